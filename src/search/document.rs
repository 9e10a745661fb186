//! What is searched: each entity with its texts, sorted by where they stand.

use crate::base::lang::Lang;
use crate::model::book::Resolved;
use crate::model::field::Visitor;
use crate::model::kind::Kind;
use crate::model::law::{LawRef, place};
use crate::model::names::other_names;
use crate::model::prose::Prose;
use crate::model::table::{AnyEntry, Key};
use crate::model::text::{At, Text};
use crate::route::{Findable, List, Page, Routes};
use crate::search::Searched;
use crate::syntax::markdown::{Block, BlockKind, Inline, runs};

/// Where in a document a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Its name.
    Title,
    /// Other words for it, abbreviations included.
    Names,
    /// Its names in the other languages.
    Foreign,
    /// The headings of its prose.
    Headings,
    /// The law it cites.
    Law,
    /// Everything else.
    Body,
}

impl Field {
    /// All of them, in the order of their numbers.
    pub(super) const ALL: [Field; 6] =
        [Field::Title, Field::Names, Field::Foreign, Field::Headings, Field::Law, Field::Body];
}

/// An entity as it is searched.
#[derive(Debug)]
pub(super) struct Document {
    /// Its address from the root of the site.
    pub href: String,
    /// Its name.
    pub title: String,
    /// The language of its name, where another than that of the index.
    pub lang: Option<Lang>,
    /// Its kind; none for a list.
    pub kind: Option<Kind>,
    /// The names of the pages above it.
    pub trail: Vec<String>,
    /// Other words for it.
    pub names: Vec<String>,
    /// The texts per field, each with its language.
    pub texts: Vec<(Field, Lang, String)>,
}

impl Document {
    /// The words of the page, for passages: in the language of the index, or where there are none in the first
    /// other one, which is told.
    pub(super) fn passage(&self, lang: Lang) -> (String, Option<Lang>) {
        let shown = |field: Field| matches!(field, Field::Body | Field::Headings);
        let of = |lang: Lang| {
            let own = self.texts.iter().filter(|(field, own, _)| shown(*field) && *own == lang);
            own.map(|(_, _, text)| text.trim()).collect::<Vec<_>>().join(" · ")
        };
        let own = of(lang);
        let other = self.texts.iter().find(|(field, ..)| shown(*field)).map(|(_, other, _)| *other);
        match other {
            Some(other) if own.is_empty() => (of(other), Some(other)),
            _ => (own, None),
        }
    }
}

/// The document of what can be found.
pub(super) fn document(searched: &Searched<'_>, found: &Findable) -> Option<Document> {
    match found {
        Findable::Entity(key) => of_entry(searched, searched.book.entry(key)?),
        Findable::Page(page) => of_page(searched, page),
    }
}

/// A list, an overview or a paper, with the other words for it in the theme's strings.
fn of_page(searched: &Searched<'_>, page: &Page) -> Option<Document> {
    let own = page.word()?;
    let word = |group: &str, key: &str| searched.words.find(&format!("{group}.{key}")).map(str::to_owned);
    let called = word("nav", own)?;
    let of = match page {
        Page::Paper(paper, id) => searched.book.entry(&Key::new(paper.kind(), id.clone())),
        _ => None,
    };
    let of = of.and_then(|entry| Some((entry.key(), name(searched, entry)?.1)));
    let (title, trail) = match of {
        Some((key, name)) => {
            let above = trail(searched, &key).into_iter().chain([name.to_owned()]);
            (format!("{called}: {name}"), above.collect())
        }
        None => (called, word("nav", "home").into_iter().collect()),
    };
    let names: Vec<String> = word("also", own)
        .iter()
        .flat_map(|words| words.split(',').map(|word| word.trim().to_owned()))
        .filter(|word| !word.is_empty())
        .collect();
    let lead = word("lead", own).unwrap_or_default();
    let texts = [(Field::Title, title.clone()), (Field::Body, lead)].into_iter();
    let texts = texts.chain(names.iter().map(|name| (Field::Names, name.clone())));
    Some(Document {
        href: searched.routes.page(searched.lang, page)?.encoded(),
        lang: None,
        kind: None,
        trail,
        texts: texts.map(|(field, text)| (field, searched.lang, text)).collect(),
        title,
        names,
    })
}

fn of_entry<'a>(searched: &Searched<'a>, entry: &'a dyn AnyEntry) -> Option<Document> {
    let key = entry.key();
    let (page, anchor) = Routes::page_of(&key);
    let url = searched.routes.page(searched.lang, &page)?;
    let document = Document {
        href: url.encoded() + &anchor.map_or_else(String::new, |anchor| format!("#{anchor}")),
        title: String::new(),
        lang: None,
        kind: Some(key.kind),
        trail: trail(searched, &key),
        names: Vec::new(),
        texts: Vec::new(),
    };
    let mut gather = Gather { searched, entry, document };
    gather.names();
    gather.also();
    entry.visit(&mut gather);
    gather.prose();
    Some(gather.document)
}

/// The names of the pages above an entity.
fn trail(searched: &Searched<'_>, key: &Key) -> Vec<String> {
    let list = List::of(key.kind);
    let list = searched.words.get(&format!("nav.{}", list.as_str())).to_owned();
    let tables = &searched.book.tables;
    let above: Option<&dyn AnyEntry> = match key.kind {
        Kind::Section => searched.book.place_of(key).map(|(statute, _)| statute as &dyn AnyEntry),
        Kind::Task => {
            let task = tables.tasks.get(&key.id);
            task.and_then(|task| tables.phases.at(task.data.phase.first()?))
                .map(|phase| phase as &dyn AnyEntry)
        }
        _ => None,
    };
    let above = above.and_then(|above| name(searched, above)).map(|(_, name)| name.to_owned());
    [list].into_iter().chain(above).collect()
}

/// The name of an entity, in the language of the index or in another.
fn name<'a>(searched: &Searched<'_>, entry: &'a dyn AnyEntry) -> Option<(Lang, &'a str)> {
    let found = entry.meta().name.words.fallback(searched.lang, &searched.book.fallbacks);
    found.map(|(lang, phrase)| (lang, &*phrase.words))
}

struct Gather<'s, 'a> {
    searched: &'s Searched<'a>,
    entry: &'a dyn AnyEntry,
    document: Document,
}

impl<'a> Visitor<'a> for Gather<'_, 'a> {
    fn text(&mut self, _at: &At<'_>, text: &'a Text) {
        let meta = self.entry.meta();
        if std::ptr::eq(text, &raw const meta.name) || std::ptr::eq(text, &raw const meta.slug) {
            return;
        }
        let own = text.words.fallback(self.searched.lang, &self.searched.book.fallbacks);
        if let Some((lang, phrase)) = own {
            self.add(Field::Body, lang, &phrase.words);
        }
    }

    fn law(&mut self, _at: &At<'_>, law: &'a LawRef) {
        self.add(Field::Law, self.searched.lang, &law.text);
    }
}

impl Gather<'_, '_> {
    fn add(&mut self, field: Field, lang: Lang, text: &str) {
        self.take(field, lang, text.to_owned());
    }

    fn take(&mut self, field: Field, lang: Lang, text: String) {
        if !text.trim_start().is_empty() {
            self.document.texts.push((field, lang, text));
        }
    }

    fn names(&mut self) {
        let (own, meta) = (self.searched.lang, self.entry.meta());
        let id = self.entry.key().id.to_string();
        let (lang, title) = name(self.searched, self.entry).unwrap_or((own, &id));
        let title = &self.cited_as(lang).map_or_else(|| title.to_owned(), |cited| format!("{cited} {title}"));
        self.document.lang = (lang != own).then_some(lang);
        self.document.title = title.to_owned();
        self.add(Field::Title, lang, title);
        for (other, phrase) in meta.name.words.iter().filter(|(other, _)| *other != lang) {
            self.add(Field::Foreign, other, &phrase.words);
        }
        let key = self.entry.key();
        let statute = self.searched.book.tables.statutes.get(&key.id);
        if let Some(statute) = statute.filter(|_| key.kind == Kind::Statute) {
            self.add(Field::Names, own, &statute.data.number);
            self.document.names.push(statute.data.number.clone());
        }
        for cited in self.citations() {
            self.add(Field::Names, own, &cited);
            self.document.names.push(cited);
        }
        for (lang, name) in other_names(self.entry) {
            let field = if lang == own { Field::Names } else { Field::Foreign };
            self.add(field, lang, name);
            if field == Field::Names {
                self.document.names.push(name.to_owned());
            }
        }
    }

    /// How a section is cited: `SHL 36 §`.
    fn cited_as(&self, lang: Lang) -> Option<String> {
        let (statute, number) = self.searched.book.place_of(&self.entry.key())?;
        Some(place(statute, number, lang))
    }

    /// Every way in which a section is cited, in whatever language.
    fn citations(&self) -> Vec<String> {
        let Some((statute, number)) = self.searched.book.place_of(&self.entry.key()) else {
            return Vec::new();
        };
        let names = statute.data.short.all().chain([statute.data.number.as_str()]);
        names.map(|name| format!("{name} {number} §")).collect()
    }

    /// What the handbook's own words for the search add.
    fn also(&mut self) {
        let names = [&self.document.title].into_iter().chain(&self.document.names);
        for name in self.searched.also(names) {
            self.add(Field::Names, self.searched.lang, name);
            self.document.names.push(name.to_owned());
        }
    }

    fn prose(&mut self) {
        let book = self.searched.book;
        let Some((lang, prose)) = self.entry.prose().fallback(self.searched.lang, &book.fallbacks) else {
            return;
        };
        for block in &prose.doc.blocks {
            self.block(block, lang, prose);
        }
        for note in &prose.doc.footnotes {
            note.blocks.iter().for_each(|block| self.block(block, lang, prose));
        }
    }

    fn block(&mut self, block: &Block, lang: Lang, prose: &Prose) {
        let field = if matches!(block.kind, BlockKind::Heading(_)) { Field::Headings } else { Field::Body };
        if let BlockKind::Code(text) = &block.kind {
            return self.add(field, lang, text);
        }
        runs(std::slice::from_ref(block), &mut |run| {
            let mut text = String::new();
            self.shown(run, prose, &mut text);
            self.take(field, lang, text);
        });
    }

    /// The words of running text as a reader sees them: a link without words of its own shows a name.
    fn shown(&self, run: &[Inline], prose: &Prose, out: &mut String) {
        for inline in run {
            match inline {
                Inline::Text(text, _) | Inline::Code(text) => out.push_str(text),
                Inline::Emphasis(text) | Inline::Strong(text) | Inline::Strike(text) => {
                    self.shown(text, prose, out);
                }
                Inline::Link(link) if !link.text.is_empty() => self.shown(&link.text, prose, out),
                Inline::Link(link) => {
                    let book = self.searched.book;
                    if let Resolved::Entity(key, _) = book.resolve(&link.target, &prose.path)
                        && let Some((_, name)) = book.entry(&key).and_then(|entry| name(self.searched, entry))
                    {
                        out.push_str(name);
                    }
                }
                Inline::Image(image) => out.push_str(&image.alt),
                Inline::HardBreak => out.push(' '),
                Inline::FootnoteRef(..) => {}
            }
        }
    }
}
