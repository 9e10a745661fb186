//! `polku translate`: which texts match their twins, and packages for translators.

mod package;

use std::path::{Path, PathBuf};

use super::{Exit, complain, fail, human, language, say};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::report::report;
use crate::base::source::{SourcePath, Sources};
use crate::io::{self, Disk};
use crate::model::book::Handbook;
use crate::model::translation::{LOCK, State, Translations, Unit};
use crate::snapshot::{Settings, Snapshot};

pub use package::Form;

/// What to do with translations.
pub enum Action {
    /// Lists the texts that are not current.
    Status(Form),
    /// Notes that texts match.
    Confirm(Which),
    /// Writes what is to be translated into a language.
    Export(Lang, Form),
    /// Takes translations in.
    Import(PathBuf),
}

/// Which texts to confirm.
pub enum Which {
    /// Those that are in every language.
    All,
    /// Those with these addresses; an entity's address stands for all its texts.
    These(Vec<String>),
}

/// What to do, and where.
pub struct Translate {
    /// The handbook's folder.
    pub root: PathBuf,
    /// The language of messages; the handbook's where not given.
    pub lang: Option<Lang>,
    /// What does not stand in the handbook.
    pub settings: Settings,
    /// What to do.
    pub action: Action,
}

/// Carries it out.
pub fn translate(translate: &Translate) -> Exit {
    let disk = match Disk::open(&translate.root) {
        Ok(disk) => disk,
        Err(finding) => return fail(&[finding], language(translate.lang)),
    };
    let snapshot = Snapshot::take(disk.sources(), translate.settings, None);
    let lang = translate.lang.unwrap_or(snapshot.lang);
    let Some(site) = &snapshot.site else {
        complain(&report(&snapshot.findings, &snapshot.sources, human(), lang));
        return Exit::Findings;
    };
    let work = Work {
        root: disk.root(),
        sources: disk.sources(),
        book: site.book(),
        lang,
        settings: translate.settings,
    };
    let translations = site.translations();
    let done = match &translate.action {
        Action::Status(form) => {
            say(&package::status(translations, &work, *form));
            Ok(Exit::Done)
        }
        Action::Export(to, form) => {
            say(&package::export(translations, &work, *to, *form));
            Ok(Exit::Done)
        }
        Action::Confirm(which) => confirm(translations, &work, which),
        Action::Import(file) => package::import(translations, &work, file),
    };
    done.unwrap_or_else(|finding| fail(&[finding], lang))
}

/// The handbook that is worked on.
struct Work<'a> {
    root: &'a Path,
    sources: &'a Sources,
    book: &'a Handbook,
    lang: Lang,
    settings: Settings,
}

impl Work<'_> {
    /// The words in the language of messages.
    fn word<'w>(&self, fi: &'w str, sv: &'w str, en: &'w str) -> &'w str {
        match self.lang {
            Lang::FI => fi,
            Lang::SV => sv,
            _ => en,
        }
    }
}

fn confirm(translations: &Translations, work: &Work<'_>, which: &Which) -> Result<Exit, Diagnostic> {
    let whole = |unit: &&Unit| unit.langs.iter().all(|lang| unit.sides.get(*lang).is_some());
    let meant = |unit: &Unit, id: &String| {
        let own = unit.id.as_str();
        own == id || own.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with(['.', '#']))
    };
    let chosen: Vec<&Unit> = match which {
        Which::All => translations.units.iter().filter(whole).collect(),
        Which::These(ids) => {
            let unknown: Vec<&String> =
                ids.iter().filter(|id| !translations.units.iter().any(|unit| meant(unit, id))).collect();
            if let Some(id) = unknown.first() {
                let words = work.word("Tekstiä ei ole", "Texten finns inte", "There is no text");
                complain(&format!("{words}: {id}\n"));
                return Ok(Exit::Failed);
            }
            let named = |unit: &&Unit| ids.iter().any(|id| meant(unit, id));
            translations.units.iter().filter(named).filter(whole).collect()
        }
    };
    write_lock(translations, work.root, work.book, &chosen)?;
    let words = work.word("Vahvistettu tekstejä", "Bekräftade texter", "Texts confirmed");
    say(&format!("{words}: {}\n", chosen.len()));
    Ok(Exit::Done)
}

fn write_lock(
    translations: &Translations,
    root: &Path,
    book: &Handbook,
    confirmed: &[&Unit],
) -> Result<(), Diagnostic> {
    let mut lock = book.lock.clone();
    lock.keep(&translations.units);
    confirmed.iter().for_each(|unit| lock.confirm(unit));
    let path = SourcePath::new(LOCK).expect("the lock's path is a path");
    io::write(root, &path, &lock.write())
}

/// Texts in a state, with the language that has it.
fn in_states<'t>(
    translations: &'t Translations,
    wanted: &'t [State],
) -> impl Iterator<Item = (&'t Unit, Lang, State)> {
    translations.states().flat_map(move |(unit, states)| {
        let found = states.iter().filter(|(_, state)| wanted.contains(state));
        found.map(move |(lang, state)| (unit, *lang, *state))
    })
}
