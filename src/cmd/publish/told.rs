//! What a publication did, in words.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::base::diag::Words;
use crate::base::lang::Lang;
use crate::cmd::build;
use crate::data::{ChangedPage, How};
use crate::io::Published;

static WORDS: LazyLock<BTreeMap<String, Words>> = LazyLock::new(|| {
    toml::from_str(include_str!("../words/publish.toml")).expect("a test reads the words of a publication")
});

/// So many pages of a language are named.
const NAMED: usize = 50;

/// What a publication did.
pub(super) struct Told<'a> {
    pub out: &'a Path,
    pub published: Published,
    /// The packages that were made.
    pub packages: Vec<PathBuf>,
    /// The pages that differ; none where there was nothing to compare with.
    pub pages: Option<Vec<ChangedPage>>,
    /// The changes in the division of work, where they were asked for.
    pub changes: Option<String>,
}

impl Told<'_> {
    /// Tells it.
    pub(super) fn tell(&self, lang: Lang) -> String {
        let mut out = build::told(self.out, &self.published, lang);
        for package in &self.packages {
            out += &format!("{}: {}\n", word("package", lang), package.display());
        }
        out += &match &self.pages {
            None => format!("\n{}\n", word("first", lang)),
            Some(pages) if pages.is_empty() => {
                let key = if self.published.written == 0 { "none" } else { "beside" };
                format!("\n{}\n", word(key, lang))
            }
            Some(pages) => listed(pages, lang),
        };
        if let Some(changes) = &self.changes {
            out += &format!("\n{changes}");
        }
        out
    }
}

fn word(key: &str, lang: Lang) -> &'static str {
    WORDS.get(key).map_or("", |words| words.get(lang))
}

/// The pages that differ, language by language.
fn listed(pages: &[ChangedPage], lang: Lang) -> String {
    let mut out = String::new();
    for of_lang in pages.chunk_by(|one, other| one.lang == other.lang) {
        let own = Lang::parse(&of_lang[0].lang).map(crate::model::words::language);
        let name = own.and_then(|own| own.get(lang).cloned()).unwrap_or_else(|| of_lang[0].lang.clone());
        out += &format!("\n{} ({name}):\n", word("pages", lang));
        out += &of_lang.iter().take(NAMED).map(|page| line(page, lang)).collect::<String>();
        if of_lang.len() > NAMED {
            out +=
                &format!("  {}\n", word("more", lang).replace("{n}", &(of_lang.len() - NAMED).to_string()));
        }
    }
    out
}

fn line(page: &ChangedPage, lang: Lang) -> String {
    let how = match page.how {
        How::Added => "added",
        How::Changed => "changed",
        How::Gone => "gone",
    };
    let title: String = page.title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("  {:<9} {title} – {}\n", word(how, lang), page.url)
}
