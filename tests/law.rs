//! The law as the example handbook carries it: every rule is broken and kept, every section is cited in
//! every form and has a page in both languages.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test reads the pack")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use common::{Handbook, SITE};
use polku::base::lang::Lang;
use polku::model::law::Cited;
use polku::model::links::citations;
use polku::model::statute::Statute;
use polku::model::table::{AnyEntry, Entry};

/// The statutes and rules as they stand in the example handbook, and who does the tasks of the tests.
fn with(task: &str) -> Handbook {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/laki");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let (statutes, rules) = (read("saadokset.toml"), read("saannot.toml"));
    let task = format!("{PEOPLE}\n{task}");
    Handbook::new(&[
        ("site.toml", SITE),
        ("content/laki/saadokset.toml", &statutes),
        ("content/laki/saannot.toml", &rules),
        ("content/kasikirja.toml", &task),
    ])
}

const PEOPLE: &str = r#"
role.sosiaalityontekija = { name = { fi = "Sosiaalityöntekijä", sv = "Socialarbetare" }, qualifications = "sosiaalityontekija", employment = "public_office" }
role.tyosuhteinen = { name = { fi = "Työsuhteinen sosiaalityöntekijä", sv = "Socialarbetare i arbetsavtalsförhållande" }, qualifications = "sosiaalityontekija", employment = "contract" }
role.ohjaaja = { name = { fi = "Sosiaaliohjaaja", sv = "Socialhandledare" }, qualifications = "sosionomi", employment = "public_office" }
role.ohjaaja-tyosuhde = { name = { fi = "Työsuhteinen sosiaaliohjaaja", sv = "Socialhandledare i arbetsavtalsförhållande" }, qualifications = "sosionomi", employment = "contract" }
role.moni = { name = { fi = "Sosionomi tai merkonomi", sv = "Socionom eller merkonom" }, qualifications = ["sosiaalityontekija", "sosionomi"], employment = "public_office" }
role.sihteeri = { name = { fi = "Palvelusihteeri", sv = "Servicesekreterare" }, employment = "public_office" }
role.hoitaja = { name = { fi = "Lähihoitaja", sv = "Närvårdare" }, qualifications = "lahihoitaja", employment = "contract", competences = "laakehoidon-osaaminen" }
role.sairaanhoitaja = { name = { fi = "Sairaanhoitaja", sv = "Sjukskötare" }, qualifications = "terveydenhuollon-ammattihenkilo", employment = "contract" }
role.laakari = { name = { fi = "Lääkäri", sv = "Läkare" }, qualifications = "laakari", employment = "public_office" }
partner.yritys = { name = { fi = "Yritys", sv = "Företag" }, sort = "private" }
partner.kunta = { name = { fi = "Kunta", sv = "Kommun" }, sort = "municipality" }
phase.vaihe = { name = { fi = "Vaihe", sv = "Skede" } }

[[function.omatyontekija.carrier]]
role = "sosiaalityontekija"
[[function.omatyontekija.carrier]]
role = "ohjaaja"
not_in = "erityinen-tuki"
unless_paired_with = "sosiaalityontekija"
[function.omatyontekija]
name = { fi = "Omatyöntekijä", sv = "Egen kontaktperson" }
"#;

/// A task in a few words: its keys.
fn task(keys: &str) -> String {
    let delegation = if keys.contains("decision") {
        "delegation = { text = { fi = \"Sääntö\", sv = \"Stadga\" } }\n"
    } else {
        ""
    };
    format!(
        "[task.t]\nname = {{ fi = \"Asia\", sv = \"Sak\" }}\nphase = \"vaihe\"\n{delegation}{}\n",
        keys.replace("; ", "\n")
    )
}

/// What checks of the law say of a task: the codes, and of the first the words in a language.
fn told(keys: &str, lang: &str) -> (Vec<&'static str>, String) {
    let handbook = with(&task(keys));
    let codes: Vec<&str> = polku::check::competence::CODES.iter().map(|code| code.id()).collect();
    let found = handbook.findings().iter().map(|finding| finding.code.id());
    let found = found.filter(|code| codes.contains(code) && *code != "rule-without-task").collect();
    (found, handbook.says_only(lang, &codes))
}

/// The rule, a task that breaks it, the finding and the section it names, and a task that keeps it.
const RULES: &[(&str, &str, &str, &str, &str)] = &[
    (
        "saanto-arviointi-erityinen-tuki",
        r#"topic = "aihe-palvelutarpeen-arviointi"; situations = "erityinen-tuki"; accountable = "ohjaaja""#,
        "reserved-task",
        "SHL 36 § 5 mom.",
        r#"topic = "aihe-palvelutarpeen-arviointi"; situations = "muu-tuki"; accountable = "ohjaaja""#,
    ),
    (
        "saanto-arviointi-erityinen-tuki",
        r#"topic = "aihe-palvelutarpeen-arviointi"; situations = "erityinen-tuki"; accountable = "tyosuhteinen""#,
        "task-in-office",
        "SHL 36 § 5 mom.",
        r#"topic = "aihe-palvelutarpeen-arviointi"; situations = "erityinen-tuki"; accountable = "sosiaalityontekija""#,
    ),
    (
        "saanto-arviointi-muu-tuki",
        r#"topic = "aihe-palvelutarpeen-arviointi"; situations = "muu-tuki"; accountable = "sihteeri""#,
        "reserved-task",
        "817/2015 3 §",
        r#"topic = "aihe-palvelutarpeen-arviointi"; situations = "muu-tuki"; accountable = "hoitaja""#,
    ),
    (
        "saanto-omatyontekija-erityinen-tuki",
        r#"topic = "aihe-omatyontekija"; situations = "erityinen-tuki"; accountable = "ohjaaja""#,
        "reserved-task",
        "SHL 42 § 3 mom.",
        r#"topic = "aihe-omatyontekija"; situations = "erityinen-tuki"; accountable = "ohjaaja"; pair = "sosiaalityontekija""#,
    ),
    (
        "saanto-omatyontekija-muu-tuki",
        r#"topic = "aihe-omatyontekija"; situations = "muu-tuki"; accountable = "sihteeri""#,
        "reserved-task",
        "SHL 42 § 2 mom.",
        r#"topic = "aihe-omatyontekija"; situations = "muu-tuki"; accountable = "sairaanhoitaja""#,
    ),
    (
        "saanto-turvaava-paatos",
        r#"topic = "aihe-turvaava-paatos"; situations = "erityinen-tuki"; accountable = "sosiaalityontekija"; decision = "discretionary"; decides = "ohjaaja""#,
        "reserved-task",
        "SHL 46 § 1 mom.",
        r#"topic = "aihe-turvaava-paatos"; situations = "muu-tuki"; accountable = "sosiaalityontekija"; decision = "discretionary"; decides = "ohjaaja""#,
    ),
    (
        "saanto-toimeentulotuki",
        r#"topic = "aihe-toimeentulotuki"; accountable = "ohjaaja-tyosuhde""#,
        "task-in-office",
        "SHL 46 § 3 mom.",
        r#"topic = "aihe-toimeentulotuki"; accountable = "sihteeri"; decision = "non_discretionary""#,
    ),
    (
        "saanto-julkinen-valta",
        r#"accountable = "tyosuhteinen"; decision = "discretionary""#,
        "task-in-office",
        "611/2021 92 § 2 mom.",
        r#"accountable = "tyosuhteinen""#,
    ),
    (
        "saanto-julkinen-valta",
        r#"accountable = "ohjaaja"; decision = "involuntary"; above = "tyosuhteinen""#,
        "task-in-office",
        "611/2021 92 § 2 mom.",
        r#"accountable = "tyosuhteinen"; decision = "involuntary"; decides = "ohjaaja"; substitute = "tyosuhteinen""#,
    ),
    (
        "saanto-yksityinen-sosiaalityo",
        r#"topic = "aihe-sosiaalityo"; accountable = "yritys""#,
        "forbidden-partner",
        "612/2021 12 §",
        r#"topic = "aihe-sosiaalityo"; accountable = "sosiaalityontekija"; consulted = "yritys""#,
    ),
    (
        "saanto-yksityinen-sosiaalityo",
        r#"topic = "aihe-sosiaalipaivystys"; accountable = "sosiaalityontekija"; supports = "yritys""#,
        "forbidden-partner",
        "612/2021 12 §",
        r#"topic = "aihe-sosiaalipaivystys"; accountable = "kunta""#,
    ),
    (
        "saanto-yksityinen-julkinen-valta",
        r#"accountable = "yritys"; decision = "discretionary"; decides = "sosiaalityontekija""#,
        "forbidden-partner",
        "612/2021 12 §",
        r#"accountable = "yritys""#,
    ),
    (
        "saanto-julkinen-valta",
        r#"accountable = "yritys"; decision = "discretionary""#,
        "forbidden-partner",
        "611/2021 92 § 2 mom.",
        r#"accountable = "kunta"; decision = "discretionary""#,
    ),
    (
        "saanto-ammatillinen-johtaminen",
        r#"topic = "aihe-ammatillinen-johtaminen"; accountable = "ohjaaja""#,
        "reserved-task",
        "817/2015 9 § 1 mom.",
        r#"topic = "aihe-ammatillinen-johtaminen"; accountable = "tyosuhteinen""#,
    ),
    (
        "saanto-sosiaalityo",
        r#"topic = "aihe-sosiaalityo"; accountable = "ohjaaja""#,
        "reserved-task",
        "817/2015 9 § 1 mom.",
        r#"topic = "aihe-sosiaalityo"; accountable = "tyosuhteinen"; responsible = "ohjaaja""#,
    ),
    (
        "saanto-vastaava-kuraattori",
        r#"topic = "aihe-vastaava-kuraattori"; accountable = "ohjaaja""#,
        "reserved-task",
        "1287/2013 7 § 2 mom.",
        r#"topic = "aihe-vastaava-kuraattori"; accountable = "tyosuhteinen""#,
    ),
    (
        "saanto-kuraattori",
        r#"topic = "aihe-kuraattorin-tyo"; accountable = "sihteeri""#,
        "reserved-task",
        "1287/2013 7 § 2 mom.",
        r#"topic = "aihe-kuraattorin-tyo"; accountable = "moni""#,
    ),
    (
        "saanto-vammaispalvelu",
        r#"topic = "aihe-vammaispalvelu"; accountable = "ohjaaja-tyosuhde""#,
        "task-in-office",
        "675/2023 4 §",
        r#"topic = "aihe-vammaispalvelu"; accountable = "ohjaaja""#,
    ),
    (
        "saanto-kiireellinen-sijoitus",
        r#"topic = "aihe-kiireellinen-sijoitus"; accountable = "ohjaaja"; decision = "involuntary""#,
        "reserved-task",
        "417/2007 13 § 1 mom.",
        r#"topic = "aihe-kiireellinen-sijoitus"; accountable = "ohjaaja"; decision = "involuntary"; decides = "sosiaalityontekija""#,
    ),
    (
        "saanto-lapsen-sosiaalityontekija",
        r#"topic = "aihe-lapsen-sosiaalityontekija"; accountable = "moni""#,
        "reserved-task",
        "417/2007 13 b §",
        r#"topic = "aihe-lapsen-sosiaalityontekija"; accountable = "tyosuhteinen""#,
    ),
    (
        "saanto-lastensuojelun-tarve",
        r#"topic = "aihe-lastensuojelun-tarve"; accountable = "sosiaalityontekija"; substitute = "ohjaaja""#,
        "reserved-task",
        "417/2007 26 §",
        r#"topic = "aihe-lastensuojelun-tarve"; accountable = "sosiaalityontekija"; supports = "ohjaaja""#,
    ),
    (
        "saanto-lastenvalvoja",
        r#"topic = "aihe-lastenvalvoja"; accountable = "ohjaaja""#,
        "reserved-task",
        "SHL 27 a §",
        r#"topic = "aihe-lastenvalvoja"; accountable = "tyosuhteinen""#,
    ),
    (
        "saanto-laakehoito",
        r#"topic = "aihe-laakehoito"; accountable = "hoitaja"; supports = "ohjaaja""#,
        "task-needs-competence",
        "980/2012 20 § 1 mom.",
        r#"topic = "aihe-laakehoito"; accountable = "hoitaja"; informed = "ohjaaja""#,
    ),
    (
        "saanto-laaketieteellinen-paatos",
        r#"accountable = "sairaanhoitaja"; decision = "medical""#,
        "reserved-task",
        "559/1994 22 §",
        r#"accountable = "sairaanhoitaja"; decision = "medical"; decides = "laakari""#,
    ),
];

#[test]
fn every_rule_is_broken_and_kept() {
    let names = rules();
    let unruled: Vec<_> = names.keys().filter(|id| RULES.iter().all(|row| row.0 != *id)).collect();
    assert!(unruled.is_empty(), "no case for {unruled:?}");
    let told_apart: BTreeSet<_> = names.values().collect();
    assert_eq!(told_apart.len(), names.len(), "two rules have one name");
    for (rule, bad, code, law, good) in RULES {
        let (codes, words) = told(bad, "fi");
        assert_eq!(codes, [*code], "{rule}: {bad}\n{words}");
        let behind = words.split_once(&format!("”{}” (", names[*rule])).map(|(_, behind)| behind);
        let laws = behind.and_then(|behind| behind.split_once(')')).map(|(laws, _)| laws);
        assert!(laws.is_some_and(|laws| laws.contains(law)), "{rule}: {bad}\n{words}");
        let (codes, words) = told(good, "fi");
        assert!(codes.is_empty(), "{rule}: {good}\n{words}");
    }
}

/// The Finnish names of all rules by their ids.
fn rules() -> BTreeMap<String, String> {
    let handbook = with("");
    let site = handbook.0.site.as_ref().unwrap();
    let rules = site.book().tables.rules.iter();
    rules.map(|rule| (rule.id().to_string(), rule.meta.name.get(Lang::FI).unwrap().to_owned())).collect()
}

#[test]
fn a_wrong_or_missing_topic_silences_no_rule() {
    let broken = r#"situations = "erityinen-tuki"; accountable = "ohjaaja"; law = "SHL 36 § 5 mom.""#;
    for topic in ["", r#"topic = "aihe-vammaispalvelu"; "#] {
        let (codes, words) = told(&format!("{topic}{broken}"), "sv");
        assert_eq!(codes, ["cited-topic"], "{topic}\n{words}");
        assert!(words.contains(": error") && words.contains("aihe-palvelutarpeen-arviointi"), "{words}");
    }
    // The whole section may be cited for something else: that is only a warning.
    let (codes, words) = told(r#"accountable = "ohjaaja"; law = "SHL 36 §""#, "fi");
    assert!(codes == ["cited-topic"] && words.contains(": warning"), "{words}");
    let (codes, _) = told(r#"accountable = "ohjaaja"; law = "SHL 36 § 1 mom.""#, "fi");
    assert!(codes.is_empty());
    // Without a citation the name tells.
    let named = task(r#"situations = "erityinen-tuki"; accountable = "ohjaaja""#)
        .replace("Asia", "Palvelutarpeen arviointi kotona");
    assert!(with(&named).codes().contains(&"named-topic"));
}

#[test]
fn a_task_for_all_situations_is_to_be_split_where_a_rule_tells_them_apart() {
    let (codes, words) = told(r#"topic = "aihe-palvelutarpeen-arviointi"; accountable = "ohjaaja""#, "fi");
    assert_eq!(codes, ["split-task"], "{words}");
    assert!(words.contains(r#"situations = ["erityinen-tuki"]"#), "{words}");
    let whole = r#"topic = "aihe-palvelutarpeen-arviointi"; accountable = "sosiaalityontekija""#;
    assert!(told(whole, "fi").0.is_empty(), "a social worker may do all of it");
}

#[test]
fn every_carrier_of_a_function_is_held_to_the_rules_of_the_situations_it_carries() {
    let function = |rest: &str| told(&format!(r#"accountable = "omatyontekija"; {rest}"#), "fi");
    let (codes, words) = function(r#"topic = "aihe-palvelutarpeen-arviointi""#);
    assert!(codes.is_empty(), "the social handledare does not carry it in special support\n{words}");
    let paired = r#"pair = "sosiaalityontekija""#;
    let (codes, words) = function(&format!(r#"topic = "aihe-palvelutarpeen-arviointi"; {paired}"#));
    assert_eq!(codes, ["split-task"], "in a pair, it does\n{words}");
    let (codes, _) = function(&format!(r#"topic = "aihe-omatyontekija"; {paired}"#));
    assert!(codes.is_empty(), "and there one of the pair is enough");
    let (codes, words) = function(r#"topic = "aihe-vastaava-kuraattori""#);
    assert_eq!(codes, ["reserved-task"], "{words}");
    assert!(words.contains("Sosiaaliohjaaja"), "{words}");
}

#[test]
fn one_somebody_in_a_task_gives_one_finding() {
    // Neither qualified nor in a public office, under three rules.
    let (codes, words) = told(
        r#"topic = "aihe-turvaava-paatos"; situations = "erityinen-tuki"; accountable = "ohjaaja-tyosuhde"; decision = "discretionary""#,
        "fi",
    );
    assert_eq!(codes, ["reserved-task"], "{words}");
}

/// The ways in which handbooks cite a section, each with a statute's names in the place of the first sign.
fn forms(statute: &Entry<Statute>, section: &str) -> Vec<String> {
    let name = |lang| statute.meta.name.get(lang).unwrap();
    let (fi, sv) = (name(Lang::FI), name(Lang::SV));
    let number = &statute.data.number;
    let mut forms = vec![
        format!("Ks. {number} {section} §."),
        format!("{number}:n {section} §:n 5 momentissa"),
        format!("(enligt {section} § 2 mom. {number})"),
    ];
    let finnish = statute.data.short.get(Lang::FI).chain(statute.meta.synonyms.get(Lang::FI));
    for short in finnish.filter(|short| !short.contains(' ')) {
        match short.strip_suffix("laki").or_else(|| short.strip_suffix("asetus")) {
            Some(stem) if short.ends_with("laki") => forms.push(format!("{stem}lain {section} §:n mukaan")),
            Some(stem) => forms.push(format!("{stem}asetuksen {section} §:ssä")),
            None => forms.push(format!("{short}:n {section} §:n 1 momentti")),
        }
    }
    let swedish = statute.data.short.get(Lang::SV).chain(statute.meta.synonyms.get(Lang::SV));
    for short in swedish.filter(|short| !short.contains(' ')) {
        forms.push(format!("{section} § 5 mom. i {short}, se"));
    }
    if let Some(about) = fi.strip_prefix("Laki ") {
        forms.push(format!("Tästä säädetään {about} annetun lain {section} §:ssä"));
        forms.push(format!("{about} annetun lain ({number}) {section} §"));
    } else if let Some(stem) = fi.strip_suffix("laki") {
        forms.push(format!("{stem}lain {section} §"));
        forms.push(format!("{stem}lain ({number}) {section} §:n 2 momentin"));
    }
    if let Some(about) = sv.strip_prefix("Lag ") {
        forms.push(format!("enligt {section} § i lagen {about} och annat"));
    } else if sv.ends_with("lag") {
        forms.push(format!("i {section} § {sv}en föreskrivs"));
    }
    forms
}

#[test]
fn every_section_is_found_in_every_form_in_which_it_is_cited() {
    let handbook = with("");
    let book = handbook.0.site.as_ref().unwrap().book();
    let (mut sections, mut tried) = (0, 0);
    for section in book.tables.sections.iter() {
        let statute = book.tables.statutes.get(section.data.statute.as_ref().unwrap()).unwrap();
        let number = section.data.number.as_ref().unwrap().to_string();
        sections += 1;
        for form in forms(statute, &number) {
            tried += 1;
            let found: Vec<_> = citations(book, &form).into_iter().map(|(_, citation)| citation).collect();
            let [citation] = &found[..] else { panic!("{form}: {found:?}") };
            let cited = book.statutes.find(&citation.statute, Some(&citation.section));
            assert_eq!(cited, Cited::Section(section.key()), "{form}");
        }
    }
    assert!(sections >= 140 && tried >= 8 * sections, "{tried} forms of {sections} sections");
}

#[test]
fn every_section_has_a_page_in_both_languages_that_leads_to_finlex() {
    let handbook = with("");
    let book = handbook.0.site.as_ref().unwrap().book();
    for section in book.tables.sections.iter() {
        let statute = book.tables.statutes.get(section.data.statute.as_ref().unwrap()).unwrap();
        let number = section.data.number.as_ref().unwrap();
        let (act, year) = statute.data.number.split_once('/').unwrap();
        let letter = number.letter.map_or(String::new(), String::from);
        let anchor = format!("{year}/{act}#sec_{}{letter}\"", number.number);
        for (folder, lang) in [("fi/lait", "fi"), ("sv/lagar", "sv")] {
            let url = format!("{folder}/{}/{}.html", statute.id(), number.slug());
            let page = handbook.page(&url).unwrap_or_else(|| panic!("no page {url}"));
            for path in ["fi/lainsaadanto", "sv/lagstiftning"] {
                assert!(page.contains(&format!("https://www.finlex.fi/{path}/{anchor}")), "{url}");
            }
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{url}");
        }
    }
}

/// Sentences with numbers, signs and laws in which nothing is cited.
const PLAIN: &[&str] = &[
    "Laki velvoittaa 36 asiakasta.",
    "Pykälä 36 on pitkä, ja § on merkki.",
    "Sosiaalihuoltolaki on yleislaki.",
    "Hinta on 36 € ja 5 § (ks. alla).",
    "Tämän lain 36 §:n mukaan",
    "Sosiaalihuoltolain luvussa 4 säädetään",
    "36 § 5 mom. i samma lag",
    "Enligt lagen 36 § gäller",
    "SHL on lyhenne, ja 36 § on pykälä.",
    "36 §. SHL sanoo muuta.",
    "Asiakirja SHL-36 § 5",
];

#[test]
fn sentences_that_cite_nothing_are_not_linked() {
    let handbook = with("");
    let book = handbook.0.site.as_ref().unwrap().book();
    for text in PLAIN {
        assert!(citations(book, text).is_empty(), "{text}: {:?}", citations(book, text));
    }
}

#[test]
fn repealed_law_is_found_where_it_is_cited() {
    for (cited, instead) in [
        ("SHL 48 §", "741/2023 29 §"),
        ("SHL 47 §", "741/2023 27 §"),
        ("254/2015", "703/2023"),
        ("272/2005", "Finlex"),
        ("812/2000 24 §", "739/2023"),
    ] {
        let handbook = with(&task(&format!("accountable = \"ohjaaja\"; law = \"{cited}\"")));
        let words = handbook.says_only("fi", &["repealed-law"]);
        assert!(words.contains(cited) && words.contains(instead), "{cited}: {words}");
        let prose = with(&task(
            &format!(
                "accountable = \"ohjaaja\"; summary = {{ fi = \"Perustuu: {cited} 1 §.\", sv = \"Enligt.\" }}"
            )
            .replace("§ 1 §", "§"),
        ));
        let words = prose.says_only("fi", &["repealed-law", "mentioned-section"]);
        assert!(
            words.contains("[repealed-law]") && !words.contains("[mentioned-section]"),
            "{cited}: {words}"
        );
        assert!(words.contains(cited) && words.contains(instead), "{cited}: {words}");
    }
}
