//! A handbook of another field than the example, home care: nothing in the code knows it, and everything
//! that it says stands where a reader looks for it. In two languages, and in Finnish alone.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test reads the handbook")]

mod common;

use std::path::Path;

use common::{Handbook, settings};
use polku::base::source::{Content, SourcePath, Sources};
use polku::io::Disk;
use polku::snapshot::Snapshot;

fn sources() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second");
    Disk::open(&root).expect("the second handbook").sources().clone()
}

fn two_languages() -> Handbook {
    Handbook(Snapshot::take(&sources(), settings(), None))
}

/// The same in Finnish: no Swedish text is left, and no handbook says that one is missing.
fn finnish_alone() -> Handbook {
    let keep = |path: &SourcePath| !path.as_str().ends_with(".sv.md");
    let finnish = |text: &str| -> String {
        let lines =
            text.lines().filter(|line| !line.split(" = ").next().unwrap_or_default().ends_with(".sv"));
        lines.map(|line| line.replace("[\"fi\", \"sv\"]", "[\"fi\"]") + "\n").collect()
    };
    let all = sources();
    let files = all.iter().filter(|file| keep(&file.path)).map(|file| {
        let content = match &file.content {
            Content::Text(text) => Content::Text(finnish(text).into()),
            other => other.clone(),
        };
        (file.path.clone(), content)
    });
    Handbook(Snapshot::take(&Sources::new(files), settings(), None))
}

/// A page or file, and what stands in it.
const FINNISH: &[(&str, &[&str])] = &[
    ("fi/index.html", &["Kotihoidon työnjako", "Kotihoidon päivystys", "Ensimmäinen yhteys"]),
    ("fi/roolit/tiimivastaava.html", &["Kelpoisuudet (kaikki)", "Lähijohtamisen opinnot", "virkasuhde"]),
    ("fi/roolit/lahihoitaja.html", &["Koti tuntuu kodilta.", "Vastuuhoitaja", "Sovitut kotikäynnit"]),
    ("fi/roolit/vastuuhoitaja.html", &["Sairaanhoitaja", "Havaintojen kirjaaminen"]),
    ("fi/vaiheet/laakehoito.html", &["Lääkkeiden jakaminen ja antaminen", "Kotihoidon lääkäri"]),
    ("fi/tehtavat/havainnot.html", &["Palveluohjaaja", "Tiimivastaava", "Asiakastietojärjestelmä"]),
    ("fi/tehtavat/kotihoidon-paatos.html", &["LTK/12/2026", "Enintään neljä käyntiä", "harkinnanvarainen"]),
    ("fi/tehtavat/hoidosta-paattaminen.html", &["lääketieteellinen päätös", "Kotihoidon lääkäri"]),
    ("fi/tyonjako/hoitopolku.html", &["Käynnit", "Lääkehoito", "tehtäväroolissa: Vastuuhoitaja"]),
    ("fi/tyonjako/hoitopolku.csv", &["Käynnit;Sovitut kotikäynnit;;", "Sisältö:"]),
    ("fi/lait/shl/19a.html", &["SHL 19 a §", "Päätös kotihoidosta"]),
    ("fi/lait/thal/22.html", &["Lääkityksestä päättäminen"]),
    ("fi/kumppanit/apteekki.html", &["Annosjakelu", "Asiakkaan suostumus tarvitaan"]),
    ("fi/ohjeet/nain-luet.html", &["hoitopolusta", "Vastuuhoitaja"]),
    ("fi/sanasto.html", &["Hoitaja, joka tuntee asiakkaan arjen parhaiten."]),
    ("fi/prosessit/index.html", &["Kotihoidon aloitus"]),
    ("fi/paatosoppaat/index.html", &["Kuinka pian kotiin mennään?"]),
    ("fi/palvelut/index.html", &["Kotihoito"]),
    ("fi/tiimit/index.csv", &["paiva;Päivätiimi", "Joka päivä klo 7–21"]),
    ("fi/alueet.csv", &["99010-99014\n99020", "Lounatuuli"]),
    ("fi/asiakasryhmat/index.csv", &["65–79", "80–"]),
    ("fi/mittarit/index.csv", &["62,5", "Tuttu hoitaja"]),
    ("fi/kokeilut/index.csv", &["20000", "Pari iltavuorossa"]),
    ("fi/tarkistuslistat/index.csv", &["Lääkelista on tarkistettu"]),
    ("fi/perehdytys/index.csv", &["Lue hoitopolku"]),
    ("fi/kysymykset.csv", &["Kuka käy yöllä, kun kaatuu?", "Tiimipalaveri"]),
    ("fi/muutokset.csv", &["Palveluohjaaja päättää itse rajaan asti."]),
    ("handbook.json", &["\"guide/kuinka-pian\"", "\"band\":[4,6]", "\"responsible\":[\"*\"]"]),
];

const SWEDISH: &[(&str, &[&str])] = &[
    ("sv/index.html", &["Hemvårdens arbetsfördelning", "Första kontakten"]),
    ("sv/roller/tiimivastaava.html", &["Studier i närledarskap"]),
    ("sv/roller/lahihoitaja.html", &["Kommer som gäst till någon annans hem."]),
    ("sv/uppgifter/kotihoidon-paatos.html", &["19 a § SVL", "Högst fyra besök per dygn"]),
    ("sv/arbetsfordelning/hoitopolku.html", &["Läkemedelsbehandling"]),
];

fn holds(handbook: &Handbook, pages: &[(&str, &[&str])]) {
    for (url, texts) in pages {
        let page = handbook.page(url).unwrap_or_else(|| panic!("no page {url}"));
        // Citations are not broken over lines.
        let page = page.replace('\u{a0}', " ");
        for text in *texts {
            assert!(page.contains(text), "{url} does not hold {text}");
        }
    }
}

#[test]
fn it_loads_without_findings_and_says_what_it_says() {
    let handbook = two_languages();
    assert_eq!(handbook.says("en"), "");
    holds(&handbook, FINNISH);
    holds(&handbook, SWEDISH);
}

#[test]
fn in_one_language_it_is_as_whole() {
    let handbook = finnish_alone();
    assert_eq!(handbook.says("en"), "");
    holds(&handbook, FINNISH);
    let all: Vec<String> =
        handbook.0.site.as_ref().unwrap().routes().iter().map(|(url, _)| url.to_string()).collect();
    assert!(all.iter().all(|url| !url.starts_with("sv/")), "{all:?}");
    let data = handbook.page("handbook.json").unwrap();
    assert!(!data.contains("\"sv\""), "a Swedish text is left");
    assert!(!handbook.page("fi/roolit/index.csv").unwrap().contains("ruotsiksi"));
}

#[test]
fn a_band_runs_only_along_the_phases_it_names() {
    let handbook = two_languages();
    let book = handbook.0.site.as_ref().unwrap().book();
    let framework = book.tables.frameworks.iter().next().unwrap();
    assert_eq!((framework.data.phases.len(), framework.data.band[0].spans.len()), (5, 2));
    assert!(handbook.page("fi/vaiheet/index.html").unwrap().contains("Lääkehoito"));
}

#[test]
fn what_a_few_answered_is_given_out_nowhere() {
    let handbook = two_languages();
    for (url, _) in handbook.0.site.as_ref().unwrap().routes().iter() {
        let told = handbook.page(url.as_str()).unwrap_or_default();
        assert!(!told.contains("27.1828") && !told.contains("27,1828"), "{url}");
    }
}
