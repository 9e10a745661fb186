//! `polku translate`: which texts match their twins, and packages for translators.

mod cell;
mod history;
mod html;
mod import;
mod package;

use std::path::PathBuf;

use super::{Exit, complain, fail, human, language, say};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::report::report;
use crate::base::source::SourcePath;
use crate::io::Disk;
use crate::model::book::Handbook;
use crate::model::lock::{LOCK, Lock};
use crate::model::translation::{State, Translations, Unit};
use crate::snapshot::{Settings, Snapshot};

pub use package::{Form, Package, read as read_package};

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
    let (book, translations) = (site.book(), site.translations());
    let work =
        Work { disk: &disk, snapshot: &snapshot, book, translations, lang, settings: translate.settings };
    let writes = matches!(translate.action, Action::Confirm(_) | Action::Import(_));
    if writes && !book.damaged.is_empty() {
        complain(&report(&snapshot.findings, &snapshot.sources, human(), lang));
        complain(work.word(DAMAGED));
        return Exit::Findings;
    }
    let done = match &translate.action {
        Action::Status(form) => Ok(tell(&package::status(&work, *form))),
        Action::Export(to, _) if !book.langs.contains(to) => {
            complain(&format!("{}: {to}\n", work.word(NO_LANGUAGE)));
            Ok(Exit::Failed)
        }
        Action::Export(to, form) => Ok(tell(&package::export(&work, *to, *form))),
        Action::Confirm(which) => confirm(&work, which),
        Action::Import(file) => import::import(&work, file),
    };
    done.unwrap_or_else(|finding| fail(&[finding], lang))
}

fn tell(text: &str) -> Exit {
    say(text);
    Exit::Done
}

/// Words in Finnish, Swedish and English.
type Said = [&'static str; 3];

const DAMAGED: Said = [
    "Mitään ei vahvistettu eikä kirjoitettu, koska kaikkia tiedostoja ei voi lukea. Korjaa ensin yllä mainitut.\n",
    "Inget bekräftades eller skrevs, eftersom alla filer inte går att läsa. Åtgärda först dem som nämns ovan.\n",
    "Nothing was confirmed or written, because not all files can be read. Mend those named above first.\n",
];
const NO_LANGUAGE: Said = [
    "Käsikirjassa ei ole tätä kieltä",
    "Handboken har inte det här språket",
    "The handbook does not have this language",
];
const NO_TEXT: Said = ["Tekstiä ei ole", "Texten finns inte", "There is no text"];
const CONFIRMED: Said = ["Vahvistettu tekstejä", "Bekräftade texter", "Texts confirmed"];
const NOT_WHOLE: Said = [
    "Ei vahvistettu, koska teksti puuttuu jollakin kielellä",
    "Inte bekräftade, eftersom texten saknas på något språk",
    "Not confirmed, because the text is missing in a language",
];

/// The handbook that is worked on.
struct Work<'a> {
    disk: &'a Disk,
    snapshot: &'a Snapshot,
    book: &'a Handbook,
    translations: &'a Translations,
    lang: Lang,
    settings: Settings,
}

impl Work<'_> {
    /// The words in the language of messages.
    fn word(&self, [fi, sv, en]: Said) -> &'static str {
        match self.lang {
            Lang::FI => fi,
            Lang::SV => sv,
            _ => en,
        }
    }

    /// Puts a lock in the place of the one there is, without what there is no more.
    fn write_lock(&self, mut lock: Lock, units: &[Unit], book: &Handbook) -> Result<(), Diagnostic> {
        lock.keep(units, book);
        let path = SourcePath::new(LOCK).expect("the lock's path is a path");
        self.disk.write(&path, &lock.write())
    }
}

fn confirm(work: &Work<'_>, which: &Which) -> Result<Exit, Diagnostic> {
    let units = &work.translations.units;
    let named: Vec<&Unit> = match which {
        Which::All => units.iter().collect(),
        Which::These(ids) => {
            if let Some(id) = ids.iter().find(|id| !units.iter().any(|unit| unit.is_meant(id))) {
                complain(&format!("{}: {id}\n", work.word(NO_TEXT)));
                return Ok(Exit::Failed);
            }
            units.iter().filter(|unit| ids.iter().any(|id| unit.is_meant(id))).collect()
        }
    };
    let (whole, part): (Vec<&Unit>, Vec<&Unit>) = named.into_iter().partition(|unit| unit.is_whole());
    let mut lock = Lock::clone(&work.book.lock);
    whole.iter().for_each(|unit| lock.confirm(unit));
    work.write_lock(lock, units, work.book)?;
    say(&format!("{}: {}\n", work.word(CONFIRMED), whole.len()));
    if part.is_empty() {
        return Ok(Exit::Done);
    }
    let ids: String = part.iter().map(|unit| format!("  {}\n", unit.id)).collect();
    complain(&format!("{}: {}\n{ids}", work.word(NOT_WHOLE), part.len()));
    Ok(Exit::Findings)
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
