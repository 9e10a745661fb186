//! What a work-division handbook has to show, element by element of the material it was made from, can be
//! pointed at in the example handbook in both languages.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test reads the example")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::Handbook;

/// A feature, and in each language a page and what it shows.
type Row = (&'static str, [(&'static str, &'static str); 2]);

const FEATURES: &[Row] = &[
    (
        "phases with a band along them",
        [
            ("fi/vaiheet/index.html", "Rakenteellinen sosiaalityö"),
            ("sv/skeden/index.html", "Strukturellt socialt arbete"),
        ],
    ),
    (
        "a second framework: areas of work",
        [
            ("fi/tyonjako/opiskeluhuollon-kuraattorityo.html", "Yhteisöllinen opiskeluhuolto"),
            ("sv/arbetsfordelning/opiskeluhuollon-kuraattorityo.html", "Generellt inriktad elevhälsa"),
        ],
    ),
    (
        "contents, goals and relation to the client by role and phase",
        [
            ("fi/roolit/sosiaalityontekija.html", "Suhde asiakkaaseen"),
            ("sv/roller/sosiaalityontekija.html", "Relation till klienten"),
        ],
    ),
    (
        "who does what by situation",
        [
            ("fi/tyonjako/aikuissosiaalityon-polku.html", "Osallistuu"),
            ("sv/arbetsfordelning/aikuissosiaalityon-polku.html", "Deltar"),
        ],
    ),
    (
        "qualification and employment of a role",
        [
            ("fi/roolit/sosiaaliohjaaja.html", "virkasuhde"),
            ("sv/roller/sosiaaliohjaaja.html", "tjänsteförhållande"),
        ],
    ),
    (
        "a decision guide that routes",
        [
            ("fi/paatosoppaat/erityisen-tuen-tarve.html", "ehdotus"),
            ("sv/beslutsguider/erityisen-tuen-tarve.html", "förslag"),
        ],
    ),
    (
        "who decides",
        [("fi/kuka-paattaa.html", "Palvelusihteeri"), ("sv/vem-beslutar.html", "Servicesekreterare")],
    ),
    (
        "a swimlane from text",
        [("fi/prosessit/alkuarviointi.html", "<svg"), ("sv/processer/alkuarviointi.html", "<svg")],
    ),
    (
        "a map of processes",
        [
            ("fi/prosessit/index.html", "Sosiaalihuollon asiakasprosessi"),
            ("sv/processer/index.html", "Klientprocessen inom socialvården"),
        ],
    ),
    (
        "client categories",
        [
            ("fi/asiakasryhmat/asiakasluokat.html", "Etäällä työelämästä"),
            ("sv/klientgrupper/asiakasluokat.html", "Långt från arbetslivet"),
        ],
    ),
    (
        "a target group with sums",
        [
            ("fi/asiakasryhmat/tyomarkkinatuen-kohderyhma.html", "<svg"),
            ("sv/klientgrupper/tyomarkkinatuen-kohderyhma.html", "<svg"),
        ],
    ),
    (
        "services",
        [
            ("fi/palvelut/kuntouttava-tyotoiminta.html", "Päättää"),
            ("sv/service/kuntouttava-tyotoiminta.html", "Beslutar"),
        ],
    ),
    (
        "partners and what they were called before",
        [
            ("fi/kumppanit/tyovoimaviranomainen.html", "TE-toimisto"),
            ("sv/samarbetsparter/tyovoimaviranomainen.html", "TE-byrå"),
        ],
    ),
    ("a postal code leads to a team", [("fi/etsi-tiimi.html", "Itä"), ("sv/hitta-team.html", "Öst")]),
    (
        "a meeting that shares out clients",
        [("fi/kokoukset/asiakasjakotiimi.html", "Johtaa"), ("sv/moten/asiakasjakotiimi.html", "Leder")],
    ),
    (
        "forms",
        [
            ("fi/lomakkeet.html", "Erityisen tuen tarpeen arviointilomake"),
            ("sv/blanketter.html", "Blankett för bedömning av behovet av särskilt stöd"),
        ],
    ),
    (
        "an indicator with values",
        [("fi/mittarit/alkuarvioinnit.html", "112"), ("sv/indikatorer/alkuarvioinnit.html", "112")],
    ),
    (
        "a project with parts and budget",
        [
            ("fi/kokeilut/sosiaalityon-kehittamishanke.html", "197"),
            ("sv/forsok/sosiaalityon-kehittamishanke.html", "197"),
        ],
    ),
    (
        "what four parties need",
        [
            ("fi/kokeilut/aikuissosiaalityon-tyonjako.html", "Yhteiskunta"),
            ("sv/forsok/aikuissosiaalityon-tyonjako.html", "Samhälle"),
        ],
    ),
    (
        "a checklist",
        [
            ("fi/tarkistuslistat/tyonjaon-tarkistuslista.html", "checkbox"),
            ("sv/checklistor/tyonjaon-tarkistuslista.html", "checkbox"),
        ],
    ),
    (
        "the method in six steps with progress",
        [("fi/kuusi-askelta.html", "meter"), ("sv/sex-steg.html", "meter")],
    ),
    (
        "a job description",
        [
            ("fi/roolit/sosiaaliohjaaja/tehtavankuvaus.html", "allekirjoit"),
            ("sv/roller/sosiaaliohjaaja/uppgiftsbeskrivning.html", "underskrift"),
        ],
    ),
    (
        "a sheet of competence and responsibility",
        [
            ("fi/roolit/sosiaaliohjaaja/osaaminen-ja-vastuu.html", "palka"),
            ("sv/roller/sosiaaliohjaaja/kunnande-och-ansvar.html", "lön"),
        ],
    ),
    (
        "an onboarding path",
        [
            ("fi/perehdytys/sosiaaliohjaajan-perehdytys.html", "Päivä"),
            ("sv/introduktion/sosiaaliohjaajan-perehdytys.html", "Dag"),
        ],
    ),
    (
        "law with everything that rests on it",
        [("fi/lait/shl/36.html", "Tähän nojaavat"), ("sv/lagar/shl/36.html", "Grundar sig på")],
    ),
    (
        "a glossary with abbreviations",
        [("fi/sanasto.html", "PTA"), ("sv/ordlista.html", "egen kontaktperson")],
    ),
    (
        "open questions, proposals and border cases",
        [("fi/kysymykset.html", "rajatapau"), ("sv/fragor.html", "gränsfall")],
    ),
    (
        "obligations of the organiser",
        [("fi/velvollisuudet.html", "Täytetään"), ("sv/skyldigheter.html", "Uppfylls")],
    ),
    (
        "changes of law and whom they touch",
        [("fi/lait/index.html", "Tulevat ja uudet muutokset"), ("sv/lagar/index.html", "ändringar")],
    ),
    (
        "what is to be read again",
        [("fi/tarkistuskalenteri.html", "<table"), ("sv/granskningskalender.html", "<table")],
    ),
    (
        "access rights by task",
        [("fi/kayttooikeudet.html", "457/2024"), ("sv/atkomstrattigheter.html", "457/2024")],
    ),
    ("who was heard", [("fi/osallisuus.html", "<table"), ("sv/delaktighet.html", "<table")]),
    ("competence gaps", [("fi/osaamisvajeet.html", "<table"), ("sv/kompetensluckor.html", "<table")]),
    ("a search", [("fi/haku.html", "A:sta Ö:hön"), ("sv/sok.html", "A till Ö")]),
    (
        "a team's own part",
        [
            ("fi/tiimit/keskinen-nuoret/tiimin-osa.html", "Sosiaaliohjaaja"),
            ("sv/team/keskinen-nuoret/teamets-del.html", "Socialhandledare"),
        ],
    ),
    (
        "what lies before a meeting",
        [
            ("fi/kokoukset/asiakasjakotiimi/kokousaineisto.html", "kysymy"),
            ("sv/moten/asiakasjakotiimi/motesmaterial.html", "fråg"),
        ],
    ),
    ("what has changed", [("fi/muutokset.html", "Ennen"), ("sv/andringar.html", "Tidigare")]),
    (
        "everything on one page",
        [("fi/koko-kasikirja.html", "Sosiaaliohjaaja"), ("sv/hela-handboken.html", "Socialhandledare")],
    ),
];

/// Every text below a folder of the example.
fn gather(folder: &Path, root: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, root, files);
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "md") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            files.push((name, fs::read_to_string(path).unwrap()));
        }
    }
}

fn example() -> Handbook {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![("site.toml".to_owned(), fs::read_to_string(root.join("site.toml")).unwrap())];
    gather(&root.join("content"), &root, &mut files);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    Handbook::new(&files)
}

#[test]
fn every_feature_can_be_pointed_at_in_both_languages() {
    let example = example();
    let mut lacking = Vec::new();
    for (feature, places) in FEATURES {
        for (url, shown) in places {
            let main = example.shows(url);
            if !main.contains(shown) {
                lacking.push(format!("{feature}: {url} does not show {shown}"));
            }
        }
    }
    assert!(lacking.is_empty(), "{lacking:#?}");
}
