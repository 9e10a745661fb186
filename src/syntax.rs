//! One file's text turned into values with places. Never fails: mistakes are findings beside the value.
//!
//! Layer 1: knows TOML, Markdown and the grammar of law citations, but no kinds and no handbook.

pub mod cite;
pub mod inflect;
pub mod markdown;
pub mod shape;
pub mod slug;
pub mod text;
pub mod toml;

crate::codes! { "syntax/syntax.toml":
    TOML_SYNTAX = "toml-syntax",
    TOML_DUPLICATE_KEY = "toml-duplicate-key",
    TOML_UNQUOTED = "toml-unquoted",
    TOML_UNCLOSED = "toml-unclosed",
    TOML_BAD_KEY = "toml-bad-key",
    TOML_NO_EQUALS = "toml-no-equals",
    TOML_BAD_DATE = "toml-bad-date",
    TOML_BAD_NUMBER = "toml-bad-number",
    TOML_SINGLE_BRACKETS = "toml-single-brackets",
    TOML_YES_NO = "toml-yes-no",
    MARKDOWN_H1 = "markdown-h1",
    MARKDOWN_DEEP = "markdown-deep",
    MARKDOWN_RAW_HTML = "markdown-raw-html",
    MARKDOWN_UNSAFE_LINK = "markdown-unsafe-link",
    MARKDOWN_NO_ALT = "markdown-no-alt",
    MARKDOWN_BAD_ANCHOR = "markdown-bad-anchor",
    MARKDOWN_NO_FOOTNOTE = "markdown-no-footnote",
    MARKDOWN_OPEN_COMMENT = "markdown-open-comment",
}
