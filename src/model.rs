//! What a handbook is: kinds of entities, their fields and references, and how they are read.
//!
//! Layer 2: knows the syntax of files, but no pages, no addresses and no drawing. Loading never fails:
//! whatever is wrong becomes a finding, and what could be understood becomes a [`book::Handbook`].

mod attach;
pub mod bearing;
pub mod book;
pub mod cases;
pub mod choices;
pub mod config;
pub mod division;
pub mod field;
pub mod glossary;
pub mod kind;
pub mod law;
pub mod links;
pub mod load;
pub mod lock;
pub mod meta;
pub mod names;
pub mod parses;
pub mod prose;
pub mod record;
pub mod ruling;
pub mod table;
pub mod text;
pub mod translation;
pub mod values;
pub mod wordlist;
pub mod words;

pub mod axis;
pub mod competence;
pub mod framework;
pub mod function;
pub mod obligation;
pub mod page;
pub mod partner;
pub mod phase;
pub mod qualification;
pub mod role;
pub mod rule;
pub mod section;
pub mod situation;
pub mod statute;
pub mod task;
pub mod term;
pub mod topic;

crate::codes! { "model/model.toml":
    UNKNOWN_KIND = "unknown-kind",
    UNKNOWN_KEY = "unknown-key",
    MISSING_KEY = "missing-key",
    WRONG_TYPE = "wrong-type",
    ONE_VALUE = "one-value",
    BAD_ID = "bad-id",
    MISSING_ID = "missing-id",
    NOT_HERE = "not-here",
    DUPLICATE_ID = "duplicate-id",
    DUPLICATE_ACTOR = "duplicate-actor",
    RESERVED_ID = "reserved-id",
    DUPLICATE_ROW = "duplicate-row",
    UNKNOWN_LANGUAGE = "unknown-language",
    TEXT_WITHOUT_LANGUAGE = "text-without-language",
    EMPTY_TEXT = "empty-text",
    UNKNOWN_CHOICE = "unknown-choice",
    BAD_CITATION = "bad-citation",
    BAD_SECTION = "bad-section",
    NO_SITE = "no-site",
    BAD_LANGUAGE = "bad-language",
    DEFAULT_LANGUAGE = "default-language",
    STRAY_FILE = "stray-file",
    STRAY_PROSE = "stray-prose",
    PROSE_LANGUAGE = "prose-language",
    PROSE_TWICE = "prose-twice",
    NEAR_HEADING = "near-heading",
    AMBIGUOUS_HEADING = "ambiguous-heading",
    CELL_TWICE = "cell-twice",
    ANCHOR_TWICE = "anchor-twice",
    NOT_UTF8 = "not-utf8",
    FILE_TOO_LARGE = "file-too-large",
    FILE_REFUSED = "file-refused",
    LINK_OUTSIDE = "link-outside",
    LINK_BROKEN = "link-broken",
    LOCK_LINE = "lock-line",
    BAD_FILE_NAME = "bad-file-name",
}
