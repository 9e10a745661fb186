//! What stands beside a word of the glossary or a citation of law: a name, and what it means or is about. It opens on
//! hover and on focus, and where nothing opens the link leads to the same.

use super::super::Cx;
use super::Setter;
use crate::base::lang::Lang;
use crate::model::kind::Kind;
use crate::model::table::Key;
use crate::model::text::Text;
use crate::syntax::slug::Slug;

/// A link that explains itself.
struct Explained<'t> {
    /// Of the whole, and of the link in it.
    classes: (&'static str, &'static str),
    href: &'t str,
    written: &'t str,
    /// What it leads to is called so.
    name: (Lang, &'t str),
    /// What it means or is about.
    meaning: (Lang, &'t str),
}

impl<'a> Setter<'a> {
    /// Text in which law becomes a link; the first time below a heading that a place is cited, with what it is about.
    pub(super) fn law(&mut self, text: &str) {
        let cx: &'a Cx<'a> = self.cx;
        let mut done = 0;
        for (range, key, href) in cx.cited(text) {
            self.out.text(&text[done..range.start]);
            done = range.end;
            let written = &text[range];
            // The whole handbook is read from the beginning and printed: there explanations are in the way.
            let told = self.in_table || !self.prefix.is_empty() || !self.cited.insert(key.clone());
            let entry = cx.book().entry(&key).filter(|_| !told);
            let summary = entry.and_then(|entry| said(cx, &entry.meta().summary, self.excerpt.lang));
            match summary {
                Some(meaning) => {
                    let (classes, name) = (("pk-term pk-cited", "pk-law"), cx.cited_name(&key));
                    self.beside(&Explained {
                        classes,
                        href: &href,
                        written,
                        name: (cx.lang, &name),
                        meaning,
                    });
                }
                None => {
                    let out = self.out.raw("<a class=\"pk-law\"").attr("href", &href);
                    out.raw(">").text(written).raw("</a>");
                }
            }
        }
        self.out.text(&text[done..]);
    }

    /// A word of the glossary as a link, with what it means beside it.
    pub(super) fn term(&mut self, term: &Slug, written: &str) {
        let (cx, key) = (self.cx, Key::new(Kind::Term, term.clone()));
        let (Some(entry), Some((href, _))) = (cx.book().tables.terms.get(term), cx.href(&key)) else {
            self.out.text(written);
            return;
        };
        if self.in_table {
            self.out.raw("<a class=\"pk-word\"").attr("href", &href).raw(">").text(written).raw("</a>");
            return;
        }
        let Some(meaning) = said(cx, &entry.data.definition, self.excerpt.lang) else {
            self.out.text(written);
            return;
        };
        let name = said(cx, &entry.meta.name, self.excerpt.lang).unwrap_or((self.excerpt.lang, written));
        self.beside(&Explained { classes: ("pk-term", ""), href: &href, written, name, meaning });
    }

    /// A link and beside it what stands behind.
    fn beside(&mut self, link: &Explained<'_>) {
        self.pops += 1;
        let id = format!("_here-term-{}-{}", self.scope, self.pops);
        let (outer, inner) = link.classes;
        self.out.raw("<span").attr("class", outer).raw("><a").attr("href", link.href);
        self.out.attr("aria-describedby", &id);
        if !inner.is_empty() {
            self.out.attr("class", inner);
        }
        self.out.raw(">").text(link.written);
        self.out.raw("</a><span class=\"pk-pop\" role=\"tooltip\"").attr("id", &id).raw("><b");
        self.lang(link.name.0);
        self.out.raw(">").text(link.name.1).raw("</b> <span");
        self.lang(link.meaning.0);
        self.out.raw(">").text(link.meaning.1).raw("</span></span></span>");
    }

    /// Says in which language a text is, where not in that of the prose around it.
    fn lang(&mut self, lang: Lang) {
        if lang != self.excerpt.lang {
            self.out.attr("lang", lang.as_str());
        }
    }
}

/// A text in a language, else in the first other that has it.
fn said<'a>(cx: &Cx<'a>, text: &'a Text, lang: Lang) -> Option<(Lang, &'a str)> {
    let (lang, phrase) = text.words.fallback(lang, &cx.book().fallbacks)?;
    Some((lang, &phrase.words))
}
