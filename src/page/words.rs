//! Words and links as templates get them: finished, in the right language, with what a reader must be
//! told about them.

use std::ops::Range;

use serde::Serialize;

use super::{Cx, Profile};
use crate::base::date::Date;
use crate::base::html::{Html, Writer};
use crate::base::lang::Lang;
use crate::base::output::UrlPath;
use crate::model::kind::Kind;
use crate::model::law::{Cited, LawRef, place, placed};
use crate::model::links::{citations, cited_key};
use crate::model::mention::Mention;
use crate::model::statute::Statute;
use crate::model::table::{AnyEntry, Entity, Entry, Key};
use crate::model::text::{At, Text, TextId};
use crate::route::{Page, Routes};
use crate::syntax::cite::SectionNumber;

/// A short text.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Words {
    /// The text.
    pub text: String,
    /// ` lang="…"` where it is in another language, and the address of the text in a preview.
    pub at_html: Html,
    /// Which language it is in, where another.
    pub mark: Option<String>,
}

/// A sentence or two in which the law is linked.
#[derive(Debug, Clone, Default)]
pub(super) struct Rich {
    /// The text with links.
    pub text_html: Html,
    /// The text without.
    pub plain: String,
    /// As in [`Words`].
    pub at_html: Html,
    /// As in [`Words`].
    pub mark: Option<String>,
}

/// A link, or plain words where there is nothing to link to.
#[derive(Debug, Clone, Default)]
pub(super) struct Link {
    /// The relative address.
    pub href: Option<String>,
    /// What is shown.
    pub words: Words,
    /// The language of the page it leads to, where another.
    pub hreflang: Option<String>,
    /// A remark behind it.
    pub note: Option<String>,
}

impl Rich {
    /// Words of the interface.
    pub(super) fn plain(text: &str) -> Rich {
        Rich { text_html: crate::base::html::escape(text), plain: text.to_owned(), ..Rich::default() }
    }
}

impl Link {
    /// Plain words.
    pub(super) fn plain(text: &str) -> Link {
        Link { words: Words { text: text.to_owned(), ..Words::default() }, ..Link::default() }
    }

    /// Words of the interface that lead somewhere.
    pub(super) fn to(href: String, text: &str) -> Link {
        Link { href: Some(href), ..Link::plain(text) }
    }

    /// Adds a remark.
    pub(super) fn noted(self, note: Option<String>) -> Link {
        Link { note, ..self }
    }
}

/// A line of facts: what, and its values.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Fact {
    pub label: String,
    pub values: Vec<Link>,
}

impl<'a> Cx<'a> {
    /// A line of facts, unless there is nothing to tell.
    pub(super) fn fact(&self, label: &'a str, values: Vec<Link>) -> Option<Fact> {
        (!values.is_empty()).then(|| Fact { label: self.word(label).to_owned(), values })
    }

    /// The same under the word for one of several.
    pub(super) fn fact_of(&self, group: &str, one: &str, values: Vec<Link>) -> Option<Fact> {
        (!values.is_empty()).then(|| Fact { label: self.word_of(group, one), values })
    }

    /// The address of a text in the preview, and the language of it where not the page's.
    pub(super) fn at(&self, lang: Lang, source: Option<&TextId>) -> Html {
        let mut out = Writer::default();
        if lang != self.lang {
            out.attr("lang", lang.as_str());
        }
        if let (Profile::Preview, Some(source)) = (self.profile, source) {
            out.attr("data-src", source.as_str());
        }
        out.finish()
    }

    /// "på finska", where a text is in another language than the page.
    pub(super) fn mark(&self, lang: Lang) -> Option<String> {
        (lang != self.lang).then(|| self.language_phrase("in", lang))
    }

    /// A phrase about a language: its own key where the theme has it, else one with the tag.
    pub(super) fn language_phrase(&self, key: &str, lang: Lang) -> String {
        let own = format!("language.{key}.{lang}");
        let word = self.strings().get(&own);
        if word == own { lang.to_string() } else { word.to_owned() }
    }

    /// A text in the page's language, else in the first other that has it.
    pub(super) fn words(&self, text: &Text, at: &At<'_>) -> Option<Words> {
        let (lang, phrase) = text.words.fallback(self.lang, &self.book().fallbacks)?;
        let at_html = self.at(lang, self.source(at).as_ref());
        Some(Words { text: String::from(&*phrase.words), at_html, mark: self.mark(lang) })
    }

    /// The address of a text, where the page shows it.
    pub(super) fn source(&self, at: &At<'_>) -> Option<TextId> {
        (self.profile == Profile::Preview).then(|| at.id())
    }

    /// The address of the name of an entity, where the page shows it: for drawings.
    pub(super) fn name_source(&self, key: &Key) -> Option<String> {
        let kind = At::root(key.kind.as_str());
        let entity = kind.entity(key.id.as_str());
        Some(self.source(&entity.field("name"))?.to_string())
    }

    /// A text with its citations linked.
    pub(super) fn rich(&self, text: &Text, at: &At<'_>) -> Option<Rich> {
        let words = self.words(text, at)?;
        let mut out = Writer::default();
        self.write_cited(&words.text, &mut out);
        Some(Rich { text_html: out.finish(), plain: words.text, at_html: words.at_html, mark: words.mark })
    }

    /// Writes a text, escaped, with its citations as links.
    pub(super) fn write_cited(&self, text: &str, out: &mut Writer) {
        let mut done = 0;
        for (range, _, href) in self.cited(text) {
            out.text(&text[done..range.start]).raw("<a class=\"pk-law\"").attr("href", &href).raw(">");
            out.text(&text[range.clone()]).raw("</a>");
            done = range.end;
        }
        out.text(&text[done..]);
    }

    /// The citations in a text that lead somewhere: where each stands, what it cites, and the address of that.
    pub(super) fn cited(&self, text: &str) -> Vec<(Range<usize>, Key, String)> {
        let found = citations(self.book(), text).into_iter();
        let led = found.filter_map(|(range, citation)| {
            let cited = self.book().statutes.find(&citation.statute, Some(&citation.section));
            let known = !matches!(cited, Cited::UnknownSection(_));
            let key = cited_key(cited).filter(|_| known)?;
            let (href, _) = self.href(&key)?;
            Some((range, key, href))
        });
        led.collect()
    }

    /// The name of an entity.
    pub(super) fn name<T: Entity>(&self, entry: &Entry<T>) -> Words {
        self.name_of(entry)
    }

    /// The name of an entity of whatever kind; its id where it has none.
    pub(super) fn name_of(&self, entry: &dyn AnyEntry) -> Words {
        let key = entry.key();
        let kind = At::root(key.kind.as_str());
        let entity = kind.entity(key.id.as_str());
        let words = self.words(&entry.meta().name, &entity.field("name"));
        words.unwrap_or_else(|| Words { text: key.id.to_string(), ..Words::default() })
    }

    /// The summary of an entity.
    pub(super) fn summary(&self, entry: &dyn AnyEntry) -> Option<Rich> {
        let key = entry.key();
        let kind = At::root(key.kind.as_str());
        let entity = kind.entity(key.id.as_str());
        self.rich(&entry.meta().summary, &entity.field("summary"))
    }

    /// The relative address of an entity that is shown, and the language of the page there.
    pub(super) fn href(&self, key: &Key) -> Option<(String, Lang)> {
        self.book().shown(key)?;
        if let Some(anchor) = super::view::whole::anchor(self, key) {
            return Some((format!("#{anchor}"), self.lang));
        }
        let (page, anchor) = Routes::page_of(key);
        let langs = std::iter::once(self.lang).chain(self.book().fallbacks.iter().copied());
        let (url, lang) =
            langs.filter_map(|lang| Some((self.world.routes.page(lang, &page)?, lang))).next()?;
        Some((self.with_anchor(url, anchor.as_deref()), lang))
    }

    /// The relative address of another page of the site.
    pub(super) fn with_anchor(&self, url: &UrlPath, anchor: Option<&str>) -> String {
        let here = url == self.url && anchor.is_some();
        let href = if here { String::new() } else { self.url.to(url) };
        match anchor {
            Some(anchor) => href + "#" + anchor,
            None => href,
        }
    }

    /// The relative address of a page in the page's language.
    pub(super) fn page_href(&self, page: &Page) -> Option<String> {
        let url = self.world.routes.page(self.lang, page)?;
        Some(self.url.to(url))
    }

    /// The anchors that an anchor of this page had before.
    pub(super) fn was(&self, anchor: &str) -> Vec<String> {
        self.world.routes.aliases(self.lang, self.page, anchor).map(str::to_owned).collect()
    }

    /// The same as targets of links.
    pub(super) fn targets(&self, anchor: &str) -> Html {
        let mut out = Writer::default();
        for former in self.world.routes.aliases(self.lang, self.page, anchor) {
            out.raw("<span").attr("id", former).raw("></span>");
        }
        out.finish()
    }

    /// A link to an entity under its name; plain words where the entity is not shown.
    pub(super) fn link(&self, key: &Key) -> Option<Link> {
        let entry = self.book().entry(key)?;
        let words = self.name_of(entry);
        let Some((href, lang)) = self.href(key) else {
            return Some(Link { words, ..Link::default() });
        };
        let hreflang = (lang != self.lang).then(|| lang.to_string());
        Some(Link { href: Some(href), words, hreflang, note: None })
    }

    /// Links to entities, in the given order.
    pub(super) fn links<'k>(&self, keys: impl IntoIterator<Item = &'k Key>) -> Vec<Link> {
        keys.into_iter().filter_map(|key| self.link(key)).collect()
    }

    /// Links to whatever is mentioned and exists, each once and as it was written, but not to who mentions it.
    pub(super) fn mentioned(&self, own: &Key, mentions: &[Mention]) -> Vec<Link> {
        let mut keys: Vec<Key> = Vec::new();
        for key in mentions.iter().filter_map(|mention| mention.target(self.book())) {
            if key != *own && !keys.contains(&key) {
                keys.push(key);
            }
        }
        self.links(&keys)
    }

    /// Entities in the order of files and places.
    pub(super) fn in_order(&self, keys: impl IntoIterator<Item = Key>) -> Vec<Key> {
        let mut keys: Vec<Key> = keys.into_iter().collect();
        keys.sort_by_cached_key(|key| self.book().entry(key).map(AnyEntry::span));
        keys
    }

    /// Citations in fields as links.
    pub(super) fn law(&self, law: &[LawRef]) -> Vec<Link> {
        let link = |law: &LawRef| {
            let key = cited_key(self.book().statutes.find(&law.statute, law.section.as_ref()));
            let name = key.as_ref().map(|key| self.cited_name(key));
            let href = key.and_then(|key| self.href(&key)).map(|(href, _)| href);
            // A citation is not broken over lines.
            let text = self.cited_as(law).replace(' ', "\u{a0}");
            Link { href, ..Link::plain(&text) }.noted(name.filter(|name| *name != text))
        };
        law.iter().map(link).collect()
    }

    /// What a citation is about: the name of the section, and of the statute where it has no short name.
    pub(super) fn cited_name(&self, key: &Key) -> String {
        let tables = &self.book().tables;
        let name = tables.entry(key.kind, &key.id).map(|entry| self.name_of(entry).text).unwrap_or_default();
        let statute =
            tables.sections.get(&key.id).and_then(|s| tables.statutes.get(s.data.statute.as_ref()?));
        match statute.filter(|statute| statute.data.short.get(self.lang).next().is_none()) {
            Some(statute) => format!("{name} – {}", self.name_of(statute).text),
            None => name,
        }
    }

    /// A citation in the short name of the page's language: `SHL 36 § 5 mom.`
    /// is `36 § 5 mom. SVL` in Swedish.
    pub(super) fn cited_as(&self, law: &LawRef) -> String {
        let statute = self.book().statute_of(law);
        let short = statute.and_then(|statute| statute.data.short.get(self.lang).next());
        let Some(short) = short else { return law.text.to_string() };
        let within = law.text.replacen(&*law.statute, "", 1);
        match within.trim() {
            "" => short.to_owned(),
            within => placed(short, within, self.lang),
        }
    }

    /// A section as it is cited.
    pub(super) fn place(&self, statute: &Entry<Statute>, section: &SectionNumber) -> String {
        place(statute, section, self.lang)
    }

    /// A day in the page's language.
    pub(super) fn date(&self, date: Date) -> String {
        date.display(self.lang)
    }

    /// What a kind is called.
    pub(super) fn kind_word(&self, kind: Kind) -> String {
        crate::model::words::kind(kind).get(self.lang).cloned().unwrap_or_else(|| kind.as_str().to_owned())
    }
}
