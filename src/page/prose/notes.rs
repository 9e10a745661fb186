//! Notes: their marks in the text, and what they say at its end.

use super::Setter;

impl Setter<'_> {
    pub(super) fn note_mark(&mut self, label: &str) {
        if !self.excerpt.prose.doc.footnotes.iter().any(|note| note.label == label) {
            return;
        }
        let known = self.notes.iter().position(|known| known == label);
        let number = known.unwrap_or_else(|| {
            self.notes.push(label.to_owned());
            self.notes.len() - 1
        }) + 1;
        let name = format!("_note-{}-{number}", self.scope);
        self.out.raw("<sup>");
        self.out.raw("<a class=\"pk-note\"").attr("href", &format!("#{name}"));
        if known.is_none() {
            self.out.attr("id", &format!("{name}-ref"));
        }
        let word = self.cx.word("prose.note");
        self.out.attr("aria-label", &format!("{word} {number}")).raw(">").text(&number.to_string());
        self.out.raw("</a></sup>");
    }

    /// The notes that have been mentioned, in order.
    pub(super) fn footnotes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.out.raw("<ol class=\"pk-notes\">\n");
        let mut at = 0;
        // A note may mention another, which then follows it.
        while let Some(label) = self.notes.get(at).cloned() {
            at += 1;
            let name = format!("_note-{}-{at}", self.scope);
            self.out.raw("<li").attr("id", &name).raw(">");
            let doc = &self.excerpt.prose.doc;
            if let Some(note) = doc.footnotes.iter().find(|note| note.label == label) {
                self.blocks(&note.blocks);
            }
            let back = self.cx.word("prose.back");
            self.out.raw("<a class=\"pk-note-back\"").attr("href", &format!("#{name}-ref"));
            self.out.attr("aria-label", back).raw(">↩</a></li>\n");
        }
        self.out.raw("</ol>\n");
    }
}
