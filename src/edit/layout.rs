//! Where everything stands in a TOML file: its headers, pairs and values with their bytes.
//!
//! Values are not read here: an edit replaces bytes, and what it does not name stays as it was written,
//! whatever the line ends, comments and spaces.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};

use crate::syntax::toml::{self, Data};

/// A step of the way to a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// A key.
    Key(String),
    /// A row of a list, from 0.
    Row(usize),
}

/// A file laid out.
pub(super) struct Layout<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// What stands before the first header, and each header with what stands below it.
    pub(super) sections: Vec<Section<'t>>,
}

/// A header and the pairs below it.
#[derive(Default)]
pub(super) struct Section<'t> {
    /// From its first bracket to its last; empty before the first header.
    pub(super) header: Range<usize>,
    /// The keys in the brackets.
    pub(super) keys: Vec<Key<'t>>,
    /// Whether it opens a row: `[[…]]`.
    pub(super) is_row: bool,
    /// The way to it, with the numbers of rows.
    pub(super) path: Vec<Step>,
    /// The pairs below it.
    pub(super) pairs: Vec<Pair<'t>>,
}

/// A key of a header or of a pair.
#[derive(Debug, Clone)]
pub(super) struct Key<'t> {
    /// Without quotation marks.
    pub(super) name: Cow<'t, str>,
    /// Where it stands, with them.
    pub(super) span: Range<usize>,
}

/// `key.key = value`
#[derive(Debug)]
pub(super) struct Pair<'t> {
    /// The keys before the sign.
    pub(super) keys: Vec<Key<'t>>,
    /// What stands behind it.
    pub(super) value: Node<'t>,
}

/// A value.
#[derive(Debug)]
pub(super) struct Node<'t> {
    /// Where it stands.
    pub(super) span: Range<usize>,
    /// What stands in it.
    pub(super) inner: Inner<'t>,
}

/// What stands in a value.
#[derive(Debug)]
pub(super) enum Inner<'t> {
    /// Nothing that could be addressed.
    Scalar,
    /// `[…]`
    Array(Vec<Node<'t>>),
    /// `{…}`
    Inline(Vec<Pair<'t>>),
}

impl Pair<'_> {
    /// From its first key to the end of its value.
    pub(super) fn span(&self) -> Range<usize> {
        self.keys.first().map_or(self.value.span.start, |key| key.span.start)..self.value.span.end
    }
}

impl<'t> Layout<'t> {
    /// Lays a file out. Of one with mistakes of notation it has what could be followed.
    pub(super) fn of(text: &'t str) -> Layout<'t> {
        let source = Source::new(text);
        let tokens = source.lex().into_vec();
        let mut events: Vec<Event> = Vec::with_capacity(tokens.len());
        parse_document(&tokens, &mut RecursionGuard::new(&mut events, DEEPEST), &mut ());
        let blank = |event: &Event| {
            matches!(event.kind(), EventKind::Whitespace | EventKind::Comment | EventKind::Newline)
        };
        events.retain(|event| !blank(event));
        let mut sections = Walk { text, events: &events, at: 0 }.sections();
        number_rows(&mut sections);
        Layout { text, sections }
    }

    /// What a value is.
    pub(super) fn read(&self, node: &Node<'_>) -> Data {
        read(self.text.get(node.span.clone()).unwrap_or_default())
    }
}

/// How deep values are followed; no field is half as deep.
const DEEPEST: u32 = 64;

/// What a value is that stands alone.
pub(super) fn read(value: &str) -> Data {
    let file = toml::parse(crate::base::source::FileId::default(), &format!("x = {value}"));
    file.root.get("x").map_or(Data::Time, |value| value.data.clone())
}

struct Walk<'e, 't> {
    text: &'t str,
    events: &'e [Event],
    at: usize,
}

impl<'t> Walk<'_, 't> {
    fn next(&mut self) -> Option<(EventKind, Range<usize>)> {
        let event = self.events.get(self.at)?;
        self.at += 1;
        Some((event.kind(), event.span().start()..event.span().end()))
    }

    fn kind(&self) -> Option<EventKind> {
        self.events.get(self.at).map(Event::kind)
    }

    fn sections(mut self) -> Vec<Section<'t>> {
        let mut sections = vec![Section::default()];
        while let Some(kind) = self.kind() {
            match kind {
                EventKind::StdTableOpen | EventKind::ArrayTableOpen => sections.push(self.header()),
                EventKind::SimpleKey => {
                    let pair = self.pair();
                    if let (Some(section), Some(pair)) = (sections.last_mut(), pair) {
                        section.pairs.push(pair);
                    }
                }
                _ => self.at += 1,
            }
        }
        sections
    }

    fn header(&mut self) -> Section<'t> {
        let mut section = Section::default();
        let Some((kind, open)) = self.next() else { return section };
        section.is_row = kind == EventKind::ArrayTableOpen;
        section.keys = self.keys();
        section.header = open.start..section.keys.last().map_or(open.end, |key| key.span.end);
        if let Some(EventKind::StdTableClose | EventKind::ArrayTableClose) = self.kind() {
            section.header.end = self.next().map_or(section.header.end, |(_, close)| close.end);
        }
        section
    }

    fn keys(&mut self) -> Vec<Key<'t>> {
        let mut keys = Vec::with_capacity(2);
        while let Some(EventKind::SimpleKey | EventKind::KeySep) = self.kind() {
            if let Some((EventKind::SimpleKey, span)) = self.next() {
                keys.push(Key { name: name(&self.text[span.clone()]), span });
            }
        }
        keys
    }

    fn pair(&mut self) -> Option<Pair<'t>> {
        let keys = self.keys();
        if self.kind()? != EventKind::KeyValSep {
            return None;
        }
        self.at += 1;
        Some(Pair { keys, value: self.value()? })
    }

    fn value(&mut self) -> Option<Node<'t>> {
        match self.kind()? {
            EventKind::Scalar => self.next().map(|(_, span)| Node { span, inner: Inner::Scalar }),
            EventKind::ArrayOpen => self.next().map(|(_, open)| self.array(open.start)),
            EventKind::InlineTableOpen => self.next().map(|(_, open)| self.inline(open.start)),
            _ => None,
        }
    }

    fn array(&mut self, start: usize) -> Node<'t> {
        let (mut items, mut end, mut is_closed) = (Vec::new(), start, false);
        while let Some(kind) = self.kind() {
            if let Some(item) = self.value() {
                end = item.span.end;
                items.push(item);
                continue;
            }
            let span = self.next().map_or(end..end, |(_, span)| span);
            end = span.end;
            if kind == EventKind::ArrayClose {
                // The parser also closes what its author has not.
                is_closed = !span.is_empty();
                break;
            }
        }
        // Nobody knows where a list ends whose bracket is missing.
        let inner = if is_closed { Inner::Array(items) } else { Inner::Scalar };
        Node { span: start..end, inner }
    }

    fn inline(&mut self, start: usize) -> Node<'t> {
        let (mut pairs, mut end) = (Vec::new(), start);
        while let Some(kind) = self.kind() {
            if kind == EventKind::SimpleKey {
                pairs.extend(self.pair());
                continue;
            }
            end = self.next().map_or(end, |(_, span)| span.end);
            if kind == EventKind::InlineTableClose {
                break;
            }
        }
        Node { span: start..end, inner: Inner::Inline(pairs) }
    }
}

/// A key without its quotation marks.
fn name(written: &str) -> Cow<'_, str> {
    if !written.starts_with(['"', '\'']) {
        return Cow::Borrowed(written);
    }
    match read(written) {
        Data::Text(name) => Cow::Owned(name.to_string()),
        _ => Cow::Borrowed(written),
    }
}

/// Gives every section its way: a header below a list of rows speaks of the last of them.
fn number_rows(sections: &mut [Section<'_>]) {
    let mut rows: BTreeMap<Vec<Step>, usize> = BTreeMap::new();
    for section in sections {
        let mut path: Vec<Step> = Vec::with_capacity(section.keys.len() + 1);
        for (at, key) in section.keys.iter().enumerate() {
            path.push(Step::Key(key.name.to_string()));
            let opens = section.is_row && at + 1 == section.keys.len();
            match rows.get_mut(&path) {
                Some(last) => {
                    *last += usize::from(opens);
                    let row = *last;
                    path.push(Step::Row(row));
                }
                None if opens => {
                    rows.insert(path.clone(), 0);
                    path.push(Step::Row(0));
                }
                None => {}
            }
        }
        section.path = path;
    }
}
