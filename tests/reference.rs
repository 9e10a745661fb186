//! The reference of kinds and checks in `docs/`: made from the declarations, so that it is never out of
//! step. `UPDATE=1 cargo test --test reference` writes it anew.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test reads and writes docs"
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Handbook, SITE};
use polku::base::diag::gaps;
use polku::base::lang::Lang;
use polku::model::config::Config;
use polku::model::field::Shape;
use polku::model::kind::Kind;
use polku::model::meta::Meta;
use polku::model::record::{FieldDef, Need, Record};
use polku::model::wordlist::{SEARCH, SearchWords};
use polku::model::words::{self, Label};

fn docs(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(path)
}

/// Words of the reference itself.
struct Said {
    title: &'static str,
    lead: &'static str,
    kinds: &'static str,
    common: &'static str,
    site: &'static str,
    search: &'static str,
    search_lead: &'static str,
    checks: &'static str,
    head: &'static str,
    required: &'static str,
    several: &'static str,
    one_of: &'static str,
    id_of: &'static str,
    example: &'static str,
    why: &'static str,
}

const FI: Said = Said {
    title: "Hakemisto: lajit ja tarkistukset",
    lead: "Tämä sivu tehdään ohjelman omista määrittelyistä, joten se on aina ajan tasalla. Opastus alkuun on sivulla [ohje.md](ohje.md).",
    kinds: "Lajit",
    common: "Kaikille lajeille yhteiset avaimet",
    site: "Tiedosto site.toml",
    search: "Tiedosto search.toml",
    search_lead: "Haun omat sanat. Tiedosto on samassa kansiossa kuin site.toml, eikä sitä ole pakko olla. Joka rivi on joukko: vähintään kaksi sanaa, pilkku välissä.",
    checks: "Tarkistukset",
    head: "| avain | mitä siihen kirjoitetaan | muoto |\n|---|---|---|\n",
    required: "pakollinen",
    several: "yksi tai useita",
    one_of: "jokin näistä",
    id_of: "tunnus",
    example: "Esimerkki",
    why: "Miksi",
};

const SV: Said = Said {
    title: "Register: typer och kontroller",
    lead: "Den här sidan görs av programmets egna definitioner och är därför alltid aktuell. Handledningen för nybörjare finns på sidan [handledning.md](handledning.md).",
    kinds: "Typer",
    common: "Nycklar som är gemensamma för alla typer",
    site: "Filen site.toml",
    search: "Filen search.toml",
    search_lead: "Sökningens egna ord. Filen ligger i samma mapp som site.toml och behöver inte finnas. Varje rad är en grupp: minst två ord med kommatecken emellan.",
    checks: "Kontroller",
    head: "| nyckel | vad man skriver där | form |\n|---|---|---|\n",
    required: "obligatorisk",
    several: "en eller flera",
    one_of: "något av dessa",
    id_of: "id",
    example: "Exempel",
    why: "Varför",
};

const EN: Said = Said {
    title: "Reference: kinds and checks",
    lead: "This page is made from the program's own declarations, so it is never out of date. The guides for authors are [ohje.md](ohje.md) in Finnish and [handledning.md](handledning.md) in Swedish.",
    kinds: "Kinds",
    common: "Keys that all kinds have",
    site: "The file site.toml",
    search: "The file search.toml",
    search_lead: "The search's own words. The file lies in the same folder as site.toml and need not exist. Each row is a set: at least two words with commas between them.",
    checks: "Checks",
    head: "| key | what goes into it | form |\n|---|---|---|\n",
    required: "required",
    several: "one or several",
    one_of: "one of",
    id_of: "id",
    example: "Example",
    why: "Why",
};

/// Words for the search, with every key.
const SEARCH_EXAMPLE: &str = r#"synonyms.fi = [
  "sossu, sosiaalityöntekijä",
  "totu, toimeentulotuki",
]
synonyms.sv = ["socialbidrag, utkomststöd"]
forms.fi = ["lapsi, lasten, lasta"]
forms.sv = ["natt, nätter"]
"#;

fn reference(lang: Lang, said: &Said) -> String {
    let mut out = format!("# {}\n\n{}\n\n## {}\n", said.title, said.lead, said.kinds);
    for kind in Kind::ALL {
        let name = words::kind(*kind).get(lang).cloned().unwrap();
        out += &format!("\n### {} – {name}\n\n{}", heading(*kind), said.head);
        out += &fields(&kind.fields(), Some(*kind), "", (lang, said));
        let example = fs::read_to_string(docs(&format!("kinds/{}.toml", kind.as_str()))).unwrap();
        let own = example.split("# --- ").next().unwrap().trim_end();
        out += &format!("\n{}:\n\n```toml\n{own}\n```\n", said.example);
    }
    out += &format!("\n## {}\n\n{}", said.common, said.head);
    out += &fields(&Meta::fields(), None, "", (lang, said));
    out += &format!("\n## {}\n\n", said.site);
    out += said.head;
    out += &settings(&Config::fields(), "", (lang, said));
    out += &search_words(lang, said);
    out += &format!("\n## {}\n", said.checks);
    for code in polku::cmd::codes() {
        let info = code.info().unwrap();
        out += &format!("\n### {} ({})\n\n", code.id(), info.severity.as_str());
        out += &format!("**{}** {}\n\n", gaps(info.message.get(lang)), gaps(info.help.get(lang)));
        out += &format!("{}: {}\n", said.why, gaps(info.why.get(lang)));
    }
    out
}

fn search_words(lang: Lang, said: &Said) -> String {
    let mut out = format!("\n## {}\n\n{}\n\n{}", said.search, said.search_lead, said.head);
    for field in SearchWords::fields() {
        let label = words::setting(field.key, lang);
        let Label { label, help } = label.unwrap_or_else(|| panic!("nothing is said of {}", field.key));
        let form = shape(&field.shape, (lang, said));
        out += &format!("| `{}` | **{label}** {help} | {form} |\n", field.key);
    }
    out + &format!("\n{}:\n\n```toml\n{SEARCH_EXAMPLE}```\n", said.example)
}

fn heading(kind: Kind) -> String {
    match kind {
        Kind::Section => "`[statute.ID.section.\"36\"]`".to_owned(),
        kind => format!("`[{}.ID]`", kind.as_str()),
    }
}

fn fields(fields: &[FieldDef], kind: Option<Kind>, above: &str, (lang, said): (Lang, &Said)) -> String {
    let mut out = String::new();
    for field in fields.iter().filter(|field| field.key != "id") {
        let label = kind.map_or_else(
            || words::label(Kind::Role, field.key, lang).filter(|_| true),
            |kind| words::label(kind, field.key, lang),
        );
        let label = label.unwrap_or_else(|| panic!("no label {kind:?}.{}", field.key));
        let need = if field.need == Need::Required { format!(", {}", said.required) } else { String::new() };
        let form = shape(&field.shape, (lang, said));
        let help = label.help.replace('|', "\\|");
        out += &format!("| `{above}{}` | **{}** {help} | {form}{need} |\n", field.key, label.label);
        if let Some(inner) = inner(&field.shape) {
            out += &self::fields(inner, kind, &format!("{above}{}.", field.key), (lang, said));
        }
    }
    out
}

/// The keys of `site.toml`, with those of their tables.
fn settings(fields: &[FieldDef], above: &str, (lang, said): (Lang, &Said)) -> String {
    let row = |field: &FieldDef| {
        let label = words::setting(field.key, lang).unwrap_or_else(|| panic!("no label site.{}", field.key));
        let need = if field.need == Need::Required { format!(", {}", said.required) } else { String::new() };
        let (form, help) = (shape(&field.shape, (lang, said)), label.help.replace('|', "\\|"));
        let own = format!("| `{above}{}` | **{}** {help} | {form}{need} |\n", field.key, label.label);
        let inside = inner(&field.shape)
            .map(|inside| settings(inside, &format!("{above}{}.", field.key), (lang, said)));
        own + &inside.unwrap_or_default()
    };
    fields.iter().filter(|field| field.key != "id").map(row).collect()
}

fn inner(shape: &Shape) -> Option<&[FieldDef]> {
    match shape {
        Shape::Record(fields) => Some(fields),
        Shape::List(shape) => inner(shape),
        _ => None,
    }
}

fn shape(shape: &Shape, (lang, said): (Lang, &Said)) -> String {
    let noun = |of: &str| words::noun(of).get(lang).cloned().unwrap();
    match shape {
        Shape::Text | Shape::Words => noun("text"),
        Shape::Plain => noun("plain"),
        Shape::Integer => noun("integer"),
        Shape::Number => noun("number"),
        Shape::Range => noun("range"),
        Shape::Row => noun("row"),
        Shape::Bool => noun("bool"),
        Shape::Date => noun("date"),
        Shape::Since => noun("since"),
        Shape::Law => noun("law"),
        Shape::Record(_) => noun("rows"),
        Shape::Choice(choices) => format!("{}: `{}`", said.one_of, choices.join("`, `")),
        Shape::Ref(kinds) if kinds.len() == Kind::ALL.len() => noun("mention"),
        Shape::Ref(kinds) => {
            let kinds: Vec<String> =
                kinds.iter().map(|k| words::kind(*k).get(lang).cloned().unwrap()).collect();
            format!("{}: {}", said.id_of, kinds.join(" / "))
        }
        Shape::List(item) => format!("{}: {}", said.several, self::shape(item, (lang, said))),
    }
}

#[test]
fn the_reference_is_in_step_with_the_program() {
    for (path, lang, said) in [
        ("reference.fi.md", Lang::FI, &FI),
        ("reference.sv.md", Lang::SV, &SV),
        ("reference.en.md", Lang::EN, &EN),
    ] {
        let made = reference(lang, said);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(docs(path), &made).unwrap();
        }
        let kept = fs::read_to_string(docs(path)).unwrap_or_default();
        assert!(kept == made, "docs/{path} is out of step: UPDATE=1 cargo test --test reference");
    }
}

#[test]
fn every_kind_has_a_complete_example_without_findings() {
    for kind in Kind::ALL {
        let name = kind.as_str();
        let example = fs::read_to_string(docs(&format!("kinds/{name}.toml"))).unwrap();
        let files = [
            ("site.toml", SITE),
            ("content/example.toml", example.as_str()),
            ("content/media/hakemus.pdf", ""),
        ];
        let handbook = Handbook::new(&files);
        assert_eq!(handbook.says("en"), "", "{name}");
        let own: toml::Table = toml::from_str(example.split("# --- ").next().unwrap()).unwrap();
        let entities: Vec<&toml::Value> = match kind {
            Kind::Section => own["statute"]
                .as_table()
                .unwrap()
                .values()
                .flat_map(|statute| below(&statute["section"]))
                .collect(),
            kind => below(&own[kind.as_str()]).collect(),
        };
        let mut unused = keys("", &kind.fields());
        unused.retain(|path| !entities.iter().any(|entity| has(entity, path)));
        assert!(unused.is_empty(), "docs/kinds/{name}.toml does not show {unused:?}");
    }
}

#[test]
fn the_words_for_the_search_have_a_complete_example_without_findings() {
    let handbook = Handbook::new(&[("site.toml", SITE), (SEARCH, SEARCH_EXAMPLE)]);
    assert_eq!(handbook.says("en"), "");
    let own: toml::Table = toml::from_str(SEARCH_EXAMPLE).unwrap();
    assert!(SearchWords::KEYS.iter().all(|key| own.contains_key(*key)), "a key is not shown");
}

fn below(value: &toml::Value) -> impl Iterator<Item = &toml::Value> {
    value.as_table().unwrap().values()
}

/// Every field and every field of its rows, by their paths.
fn keys(above: &str, fields: &[FieldDef]) -> Vec<String> {
    let fields = fields.iter().filter(|field| field.key != "id");
    let paths = |field: &FieldDef| {
        let path = format!("{above}{}", field.key);
        let rows = inner(&field.shape).map_or_else(Vec::new, |rows| keys(&format!("{path}."), rows));
        [path].into_iter().chain(rows).collect::<Vec<_>>()
    };
    fields.flat_map(paths).collect()
}

/// Whether a value has something at a path, in any of its rows.
fn has(value: &toml::Value, path: &str) -> bool {
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    match value {
        toml::Value::Array(rows) => rows.iter().any(|row| has(row, path)),
        toml::Value::Table(table) => {
            table.get(key).is_some_and(|value| rest.is_none_or(|rest| has(value, rest)))
        }
        _ => false,
    }
}
