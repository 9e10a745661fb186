//! The house rules, held: layers, file heads and lengths, stems, words, theme.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test reads the sources it judges"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use common::{Handbook, SITE};
use polku::base::diag::{Code, Diagnostics, Words};
use polku::base::lang::Lang;
use polku::base::source::Sources;
use polku::model::config::Config;
use polku::model::kind::Kind;
use polku::model::meta::Meta;
use polku::model::record::{FieldDef, Record};
use polku::model::words;
use polku::route::{List, Paper, View};
use polku::theme::Theme;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with an ending, with its path from the root and its text.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    gather(&root().join(folder), ending, &mut found);
    assert!(!found.is_empty(), "no *{ending} below {folder}");
    found.sort();
    found
}

fn gather(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The layers: which modules of ours each may import. `ARCHITECTURE.md` draws the same table.
const LAYERS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("syntax", &["base"]),
    ("theme", &["base"]),
    ("io", &["base"]),
    ("model", &["base", "syntax"]),
    ("chart", &["base", "syntax", "model"]),
    ("check", &["base", "syntax", "model", "theme"]),
    ("edit", &["base", "syntax", "model"]),
    ("route", &["base", "syntax", "model", "theme"]),
    ("page", &["base", "syntax", "model", "chart", "theme", "route"]),
    ("data", &["base", "syntax", "model", "route"]),
    ("search", &["base", "syntax", "model", "theme", "route"]),
    ("site", &["base", "syntax", "model", "chart", "theme", "route", "page", "data", "search"]),
    ("snapshot", &["base", "syntax", "model", "theme", "check", "route", "page", "site"]),
    (
        "serve",
        &[
            "base", "syntax", "model", "theme", "io", "check", "edit", "data", "route", "page", "site",
            "snapshot",
        ],
    ),
    (
        "cmd",
        &[
            "base", "syntax", "model", "theme", "io", "check", "edit", "route", "page", "data", "site",
            "snapshot", "serve",
        ],
    ),
    ("cli", &["base", "model", "cmd", "data", "route", "snapshot"]),
];

/// The modules of ours that a source file names outside comments.
fn imports(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let names = code.flat_map(|line| line.split("crate::").skip(1));
    let name =
        |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    names.map(name).filter(|name| LAYERS.iter().any(|(layer, _)| layer == name)).collect()
}

#[test]
fn imports_go_downwards_only() {
    let mut wrong = Vec::new();
    for (path, text) in files("src", ".rs") {
        let layer = path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default().to_owned();
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            assert!(matches!(layer.as_str(), "lib" | "main" | "build"), "{path} belongs to no layer");
            continue;
        };
        let beyond =
            imports(&text).into_iter().filter(|name| *name != layer && !allowed.contains(&name.as_str()));
        wrong.extend(beyond.map(|name| format!("{path} imports {name}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_says_what_it_is_for_and_stays_short() {
    for (path, text) in files("src", ".rs") {
        assert!(text.starts_with("//!"), "{path} does not open with //!");
        let lines = text.lines().count();
        assert!(lines <= 400, "{path} has {lines} lines: two ideas live in one room");
    }
}

#[test]
fn functions_stay_short() {
    let mut lengths: Vec<(usize, String)> = Vec::new();
    for (path, text) in files("src", ".rs") {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_function(line)) {
            let indent = line.len() - line.trim_start().len();
            let closes = |line: &&str| {
                line.len() - line.trim_start().len() == indent && line.trim_start().starts_with('}')
            };
            let length = lines[at..].iter().position(closes).map_or(1, |end| end + 1);
            lengths.push((length, format!("{path}:{}", at + 1)));
        }
    }
    lengths.sort();
    let at = |share: usize| lengths[lengths.len() * share / 100].0;
    let longest = lengths.last().unwrap();
    assert!(longest.0 <= 60, "{longest:?}");
    assert!(at(50) <= 8 && at(90) <= 30, "median {}, ninetieth percentile {}", at(50), at(90));
}

fn is_function(line: &str) -> bool {
    let line = line
        .trim_start()
        .trim_start_matches("pub ")
        .trim_start_matches("pub(super) ")
        .trim_start_matches("pub(crate) ");
    (line.starts_with("fn ") || line.starts_with("async fn ") || line.starts_with("const fn "))
        && !line.ends_with(';')
}

#[test]
fn a_kind_has_the_same_stem_everywhere() {
    // These stand in a list instead of on pages of their own.
    let listed = [
        Kind::Qualification,
        Kind::Competence,
        Kind::Axis,
        Kind::Situation,
        Kind::Topic,
        Kind::Rule,
        Kind::Obligation,
        Kind::Form,
        Kind::Area,
        Kind::Question,
        Kind::Change,
    ];
    for kind in Kind::ALL {
        let stem = kind.as_str();
        let mut wanted = vec![format!("src/model/{stem}.rs")];
        if !listed.contains(kind) {
            wanted.push(format!("src/page/{stem}.rs"));
            // A page is a sheet of parts or has a layout of its own.
            let page = fs::read_to_string(root().join(format!("src/page/{stem}.rs"))).unwrap_or_default();
            if !page.contains("-> Sheet {") {
                wanted.push(format!("themes/polku/templates/page/{stem}.html"));
            }
        }
        for path in wanted {
            assert!(root().join(&path).is_file(), "the kind {stem} lacks {path}");
        }
    }
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn each_language(words: &Words) -> [&str; 3] {
    [words.get(Lang::FI), words.get(Lang::SV), words.get(Lang::EN)]
}

#[test]
fn every_code_has_words_in_every_language_with_the_same_values() {
    for code in polku::cmd::codes() {
        let info = code.info().unwrap_or_else(|| panic!("{} has no words", code.id()));
        for words in [&info.message, &info.help, &info.why].into_iter().chain(&info.panel) {
            let texts = each_language(words);
            assert!(texts.iter().all(|text| !text.trim().is_empty()), "{}: empty words", code.id());
            let values = texts.map(places);
            assert!(values.iter().all(|own| *own == values[0]), "{}: {values:?}", code.id());
        }
    }
}

#[test]
fn every_word_has_a_code() {
    let codes: BTreeSet<&str> = polku::cmd::codes().iter().map(|code| code.id()).collect();
    for (path, text) in files("src", ".toml") {
        if path.contains("/words/") || path.contains("/starter/") || path.ends_with("diag_sample.toml") {
            continue;
        }
        let table: toml::Table = toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        for id in table.keys() {
            assert!(codes.contains(id.as_str()), "{path}: [{id}] is no code");
        }
    }
}

/// The findings of an example as a handbook of its own; one that says so in its first line is the settings.
/// What publishing demands is among those of the settings.
fn found(example: &str) -> Vec<&'static str> {
    if !example.trim_start().starts_with("# site.toml") {
        return Handbook::new(&[("site.toml", SITE), ("content/example.toml", example)]).codes();
    }
    let handbook = Handbook::new(&[("site.toml", example)]);
    let book = handbook.0.site.as_ref().unwrap().book();
    let demanded = polku::check::accessibility::demanded(book).into_iter().map(|finding| finding.code.id());
    handbook.codes().into_iter().chain(demanded).collect()
}

#[test]
fn the_example_of_a_code_shows_it_and_the_mended_one_does_not() {
    let mut shown = 0;
    for code in polku::cmd::codes() {
        let info = code.info().unwrap();
        if info.bad.trim().is_empty() {
            continue;
        }
        shown += 1;
        assert!(
            found(&info.bad).contains(&code.id()),
            "{} is not found in its example: {:?}",
            code.id(),
            found(&info.bad)
        );
        assert!(!found(&info.good).contains(&code.id()), "{} is found in the mended example", code.id());
    }
    assert!(shown >= 35, "only {shown} codes have an example");
}

fn labelled(kind: Kind, fields: &[FieldDef], missing: &mut Vec<String>) {
    for field in fields {
        for lang in Lang::SPOKEN {
            if words::label(kind, field.key, lang)
                .is_none_or(|label| label.label.is_empty() || label.help.is_empty())
            {
                missing.push(format!("{}.{} in {lang}", kind.as_str(), field.key));
            }
        }
        let mut shape = &field.shape;
        while let polku::model::field::Shape::List(inner) = shape {
            shape = inner;
        }
        if let polku::model::field::Shape::Record(inner) = shape {
            labelled(kind, inner, missing);
        }
    }
}

fn settings(fields: &[FieldDef], missing: &mut Vec<String>) {
    for field in fields.iter().filter(|field| field.key != "id") {
        for lang in Lang::SPOKEN.into_iter().filter(|lang| words::setting(field.key, *lang).is_none()) {
            missing.push(format!("site.{} in {lang}", field.key));
        }
        let mut shape = &field.shape;
        while let polku::model::field::Shape::List(inner) = shape {
            shape = inner;
        }
        if let polku::model::field::Shape::Record(inner) = shape {
            settings(inner, missing);
        }
    }
}

#[test]
fn every_kind_and_field_is_called_something_in_every_language() {
    let mut missing = Vec::new();
    for kind in Kind::ALL {
        assert!(words::kind(*kind).iter().all(|(_, word)| !word.is_empty()), "{kind:?} has no noun");
        labelled(*kind, &Meta::fields(), &mut missing);
        labelled(*kind, &kind.fields(), &mut missing);
    }
    settings(&Config::fields(), &mut missing);
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_theme_loads_in_every_language_polku_ships() {
    let mut diags = Diagnostics::default();
    let theme = Theme::load(&Sources::default(), "polku", &Lang::SPOKEN, &mut diags);
    let findings = diags.finish(&Sources::default(), &BTreeMap::new());
    assert!(theme.is_some() && findings.is_empty(), "{findings:?}");
}

/// The keys of the interface's words that the code asks for by name.
fn asked(text: &str) -> Vec<&str> {
    let calls = [
        "word(\"",
        "fact(\"",
        ".with(\"",
        ".count(\"",
        "heading(cx, \"",
        "=> \"",
        "=> Some(\"",
        "strings().get(\"",
    ];
    let named = calls.iter().flat_map(|call| text.split(call).skip(1));
    let keys = named.filter_map(|rest| rest.split('"').next());
    keys.filter(|key| key.contains('.') && key.chars().all(|c| c.is_ascii_lowercase() || "._".contains(c)))
        .collect()
}

#[test]
fn words_that_pages_ask_for_exist() {
    let mut diags = Diagnostics::default();
    let theme = Theme::load(&Sources::default(), "polku", &[Lang::FI], &mut diags).unwrap();
    let known: BTreeSet<&str> = theme.strings(Lang::FI).keys().collect();
    let mut checked = 0;
    for (path, text) in files("src/page", ".rs").into_iter().chain(files("src", "route.rs")) {
        for key in asked(&text) {
            checked += 1;
            let counted = known.contains(format!("{key}.one").as_str());
            assert!(known.contains(key) || counted, "{path} asks for {key}");
        }
    }
    assert!(checked > 30, "only {checked} keys were found");
}

#[test]
fn every_word_of_the_interface_is_asked_for() {
    let mut diags = Diagnostics::default();
    let theme = Theme::load(&Sources::default(), "polku", &[Lang::FI], &mut diags).unwrap();
    let asking: String = files("src", ".rs")
        .into_iter()
        .chain(files("themes/polku/templates", ".html"))
        .map(|(_, text)| text)
        .collect();
    // Asked for by a choice, a share, a kind, a list or a language: the next test looks at those.
    let named = ["word_of(\"", "fact_of(\"", "word(\"", " of(\""].into_iter().flat_map(|call| {
        asking.split(call).skip(1).filter_map(|rest| rest.split('"').next()).filter(|key| !key.contains('.'))
    });
    let built = asking.split("format!(\"").skip(1).filter_map(|rest| Some(rest.split_once(".{")?.0));
    let groups: BTreeSet<&str> = named.chain(built).collect();
    for key in theme.strings(Lang::FI).keys() {
        let key = key.trim_end_matches(".one").trim_end_matches(".many");
        let grouped = key.split('.').next().is_some_and(|group| groups.contains(group));
        let asked = asking.contains(&format!("s.{key}")) || asking.contains(&format!("\"{key}\""));
        assert!(grouped || asked, "nobody asks for {key}");
    }
}

#[test]
fn every_choice_share_kind_and_list_has_a_word() {
    use polku::model::{
        partner::Sort,
        qualification::Grade,
        role::{Access, Employment, SkillLevel},
        rule::Binds,
        statute::Certainty,
        task::Decision,
        translation::State,
    };
    let mut diags = Diagnostics::default();
    let theme = Theme::load(&Sources::default(), "polku", &[Lang::FI], &mut diags).unwrap();
    let known: BTreeSet<&str> = theme.strings(Lang::FI).keys().collect();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    let shares = polku::model::division::Share::ALL.map(polku::model::division::Share::as_str);
    let states = State::ALL.map(State::as_str);
    let lists = List::ALL.iter().map(|list| list.as_str());
    let views = View::ALL.iter().map(|view| view.as_str());
    let papers: Vec<&str> = Paper::ALL.iter().map(|paper| paper.as_str()).collect();
    let more: Vec<&str> = views.chain(papers).collect();
    let lists: Vec<&str> = lists.chain(more.iter().copied()).collect();
    let groups: &[(&str, &[&str])] = &[
        ("grade", Grade::WORDS),
        ("employment", Employment::WORDS),
        ("access", Access::WORDS),
        ("sort", Sort::WORDS),
        ("sorts", Sort::WORDS),
        ("skill", SkillLevel::WORDS),
        ("binds", Binds::WORDS),
        ("change", Certainty::WORDS),
        ("decision", &Decision::WORDS[1..]),
        ("kinds", &kinds),
        ("share", &shares),
        ("state", &states),
        ("letter", &shares),
        ("meaning", &shares),
        ("nav", &lists),
        ("lead", &lists),
        ("path", &lists),
        ("also", &more),
    ];
    for (group, words) in groups {
        for word in *words {
            assert!(known.contains(format!("{group}.{word}").as_str()), "no word {group}.{word}");
        }
    }
}

#[test]
fn every_choice_of_indicators_pilots_and_questions_has_a_word() {
    use polku::model::indicator::{Better, Computed, Measure, Stage, Viewpoint};
    use polku::model::pilot::{ActionState, Needs};
    use polku::model::question::{QuestionSort, QuestionState};
    let mut diags = Diagnostics::default();
    let theme = Theme::load(&Sources::default(), "polku", &[Lang::FI], &mut diags).unwrap();
    let known: BTreeSet<&str> = theme.strings(Lang::FI).keys().collect();
    let parties = Needs::default();
    let parties = parties.parties().map(|(party, _)| party);
    let groups: &[(&str, &[&str])] = &[
        ("measure", Measure::WORDS),
        ("viewpoint", Viewpoint::WORDS),
        ("better", Better::WORDS),
        ("stage", Stage::WORDS),
        ("computed", Computed::WORDS),
        ("action", ActionState::WORDS),
        ("party", &parties),
        ("question_sort", QuestionSort::WORDS),
        ("question_state", QuestionState::WORDS),
    ];
    for (group, words) in groups {
        for word in *words {
            assert!(known.contains(format!("{group}.{word}").as_str()), "no word {group}.{word}");
        }
    }
}

#[test]
fn templates_escape_whatever_does_not_say_itself_that_it_is_safe() {
    for (path, text) in files("themes/polku/templates", ".html") {
        assert!(!text.contains("safe"), "{path}: what is safe is a value of base::html");
        for forbidden in ["<style", " style=", "javascript:", " onclick", "<script>"] {
            assert!(!text.contains(forbidden), "{path} contains {forbidden}: a strict policy blocks it");
        }
    }
}

#[test]
fn colours_and_sizes_of_letters_stand_in_one_file() {
    for (path, text) in files("themes/polku/css", ".css") {
        if path.ends_with("tokens.css") {
            continue;
        }
        for (at, line) in text.lines().enumerate() {
            let colour =
                line.contains(": #") || line.contains(" #") || line.contains("rgb(") || line.contains("hsl(");
            let size = line.split("font-size:").skip(1).any(|rest| {
                !rest.trim_start().starts_with("var(")
                    && !rest.contains("em;")
                    && !rest.contains('%')
                    && !rest.contains("pt;")
            });
            assert!(!colour && !size, "{path}:{} names a value of its own: {line}", at + 1);
        }
    }
}

#[test]
fn code_ids_are_unique() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    polku::cmd::codes().iter().map(|code: &Code| code.id()).for_each(|id| *seen.entry(id).or_default() += 1);
    assert!(seen.values().all(|count| *count == 1), "{seen:?}");
}
