//! `polku schema`: what an editor has to know of the files of a handbook.

use std::path::{Path, PathBuf};

use super::{Exit, codes, fail, language, say};
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::source::Sources;
use crate::data::{File, Wording, editor};
use crate::io::{self, Disk};
use crate::model::kind::Kind;
use crate::model::load::load;
use crate::page::chosen;
use crate::theme::Theme;

/// What to write.
pub struct Schema {
    /// The handbook's folder: its languages are those that texts may have.
    pub root: PathBuf,
    /// The file.
    pub file: File,
    /// The folder into which the schemas of all files go; the terminal where not given.
    pub out: Option<PathBuf>,
    /// The first language of descriptions; the handbook's where not given.
    pub lang: Option<Lang>,
}

/// Every schema that goes into a folder.
const FILES: [(&str, File); 3] = [
    ("content.schema.json", File::Content),
    ("site.schema.json", File::Site),
    ("search.schema.json", File::Search),
];

/// Writes schemas.
pub fn schema(order: &Schema) -> Exit {
    let (texts, own) = langs(&order.root);
    let first = order.lang.or(own).unwrap_or(language(None));
    let others = Lang::SPOKEN.into_iter().filter(|lang| *lang != first);
    let langs: Vec<Lang> = std::iter::once(first).chain(others).collect();
    let theme = Theme::load(&Sources::default(), "polku", &Lang::SPOKEN, &mut Diagnostics::default());
    let choice =
        |lang: Lang, field: (Kind, &str), word: &str| chosen(theme.as_ref()?.strings(lang), field, word);
    let codes: Vec<&str> = codes().iter().map(|code| code.id()).collect();
    let wording = Wording { langs: &langs, texts: &texts, choice: &choice, codes: &codes };
    let Some(folder) = &order.out else {
        say(&editor(order.file, &wording));
        return Exit::Done;
    };
    match written(folder, &wording) {
        Ok(paths) => {
            say(&paths);
            Exit::Done
        }
        Err(finding) => fail(&[finding], first),
    }
}

/// The languages of a handbook, and the one of its messages; none where there is no handbook.
fn langs(root: &Path) -> (Vec<Lang>, Option<Lang>) {
    let Ok(disk) = Disk::open(root) else { return (Vec::new(), None) };
    let book = load(disk.sources(), &mut Diagnostics::default());
    let texts = if book.languages_told { book.langs.clone() } else { Vec::new() };
    (texts, Some(book.default_lang).filter(|lang| Lang::SPOKEN.contains(lang)))
}

fn written(folder: &Path, wording: &Wording<'_>) -> Result<String, Diagnostic> {
    let mut paths = String::new();
    io::make_folder(folder)?;
    for (name, file) in FILES {
        let path = folder.join(name);
        io::write(&path, &editor(file, wording))?;
        paths += &format!("{}\n", path.display());
    }
    Ok(paths)
}
