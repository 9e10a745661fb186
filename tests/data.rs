//! The handbook as data: everything that is declared is in it, it fits its schema, and it gives nothing
//! away that is not published. Tables for Excel hold what pages hold.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test reads the handbook")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use boon::{Compiler, Schemas};
use common::{Handbook, SITE, settings, sources};
use polku::base::date::Date;
use polku::io::Disk;
use polku::model::kind::Kind;
use polku::model::meta::Meta;
use polku::model::record::Record;
use polku::route::{Drafts, List, Page, Route};
use polku::snapshot::{Settings, Snapshot};
use serde_json::{Value, json};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn example() -> Handbook {
    let sources = Disk::open(Path::new(ROOT)).unwrap().sources().clone();
    Handbook(Snapshot::take(&sources, settings(), None))
}

fn data(handbook: &Handbook) -> Value {
    serde_json::from_str(&handbook.page("handbook.json").unwrap()).unwrap()
}

/// What the schema says against a document.
fn against(handbook: &Handbook, data: &Value) -> Option<String> {
    let schema: Value = serde_json::from_str(&handbook.page("handbook.schema.json").unwrap()).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("handbook.schema.json", schema).unwrap();
    let schema = compiler.compile("handbook.schema.json", &mut schemas).unwrap();
    schemas.validate(data, schema).err().map(|error| format!("{error:#}"))
}

#[test]
fn the_example_fits_its_schema() {
    let handbook = example();
    let data = data(&handbook);
    assert_eq!(against(&handbook, &data), None);
    assert!(data["entities"]["task"].as_array().unwrap().len() > 50);
}

#[test]
fn a_handbook_of_another_field_fits_the_same_schema() {
    let sources = Disk::open(&Path::new(ROOT).join("tests/second")).unwrap().sources().clone();
    let handbook = Handbook(Snapshot::take(&sources, settings(), None));
    let data = data(&handbook);
    assert_eq!(against(&handbook, &data), None);
    for kind in Kind::ALL.iter().filter(|kind| ![Kind::Topic, Kind::Rule].contains(kind)) {
        assert!(!data["entities"][kind.as_str()].as_array().unwrap().is_empty(), "{kind:?}");
    }
}

#[test]
fn the_schema_tells_what_does_not_fit() {
    let handbook = example();
    let good = data(&handbook);
    let spoilt: [(&str, Value); 7] = [
        ("/format", json!(2)),
        ("/entities/task/0/decision", json!("perhaps")),
        ("/entities/task/0/accountable", json!("sosiaaliohjaaja")),
        ("/entities/task/0/accountable", json!("statute/shl")),
        ("/entities/task/0/name", json!({})),
        ("/entities/role/0/id", json!("Ä")),
        ("/entities/statute/0/checked", json!("yesterday")),
    ];
    for (place, value) in spoilt {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = value;
        assert!(against(&handbook, &bad).is_some(), "{place}");
    }
    let mut unknown = good.clone();
    unknown["entities"]["task"][0]["acountable"] = json!("role/x");
    assert!(against(&handbook, &unknown).is_some());
    let mut lacking = good;
    lacking["entities"]["task"][0].as_object_mut().unwrap().remove("accountable");
    assert!(against(&handbook, &lacking).is_some());
}

#[test]
fn the_example_of_a_kind_has_every_declared_field_and_fits() {
    let mut seen = 0;
    for kind in Kind::ALL {
        let name = kind.as_str();
        let Ok(text) = fs::read_to_string(Path::new(ROOT).join(format!("docs/kinds/{name}.toml"))) else {
            continue;
        };
        seen += 1;
        let handbook = Handbook::new(&[("site.toml", SITE), ("content/all.toml", &text)]);
        let data = data(&handbook);
        assert_eq!(against(&handbook, &data), None, "docs/kinds/{name}.toml");
        let own = data["entities"][name].as_array().unwrap();
        assert!(!own.is_empty(), "docs/kinds/{name}.toml");
        let file: toml::Table = toml::from_str(&text).unwrap();
        let written = |key: &str| {
            let entities = file.get(name).and_then(toml::Value::as_table);
            entities.is_some_and(|entities| entities.values().any(|entity| entity.get(key).is_some()))
        };
        for field in kind.fields().iter().filter(|field| written(field.key)) {
            assert!(own.iter().any(|entity| entity.get(field.key).is_some()), "{name}.{} is lost", field.key);
        }
    }
    assert!(seen >= 17, "only {seen} kinds have an example");
}

#[test]
fn nothing_that_the_document_adds_is_called_like_a_field() {
    for kind in Kind::ALL {
        let added = ["id", "url", "prose"];
        let fields = Meta::fields().into_iter().chain(kind.fields());
        let keys: Vec<&str> = fields.map(|field| field.key).collect();
        assert!(added.iter().all(|key| !keys.contains(key)), "{kind:?}");
        let own: BTreeSet<&&str> = keys.iter().collect();
        assert_eq!(own.len(), keys.len(), "{kind:?} has a key twice");
        assert!(!["text", "words", "url", "date", "law", "prose"].contains(&kind.as_str()));
    }
}

/// Every text of a document that is a reference to an entity.
fn references<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(map) => {
            let inside = map
                .iter()
                .filter(|(key, _)| !["url", "prose", "link", "text", "fi", "sv"].contains(&key.as_str()));
            inside.for_each(|(_, value)| references(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        Value::String(text) => {
            let kind = text.split_once('/').and_then(|(kind, _)| Kind::parse(kind));
            found.extend(kind.map(|_| text.as_str()));
        }
        _ => {}
    }
}

#[test]
fn every_reference_of_the_example_leads_to_something_in_it() {
    let handbook = example();
    let data = data(&handbook);
    let ids: BTreeSet<String> = Kind::ALL
        .iter()
        .flat_map(|kind| {
            let list = data["entities"][kind.as_str()].as_array().unwrap();
            list.iter()
                .map(|entity| format!("{}/{}", kind.as_str(), entity["id"].as_str().unwrap()))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut found = BTreeSet::new();
    references(&data["entities"], &mut found);
    let lost: Vec<&&str> = found.iter().filter(|reference| !ids.contains(**reference)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(found.len() > 200, "only {} references", found.len());
}

#[test]
fn every_address_of_the_example_is_one_of_the_site() {
    let handbook = example();
    let data = data(&handbook);
    let mut seen = 0;
    for kind in Kind::ALL {
        for entity in data["entities"][kind.as_str()].as_array().unwrap() {
            for url in entity["url"].as_object().unwrap().values() {
                let url = url.as_str().unwrap();
                assert!(handbook.page(url.split('#').next().unwrap()).is_some(), "{url}");
                seen += 1;
            }
        }
    }
    assert!(seen > 300, "only {seen} addresses");
}

const HIDDEN: &str = "[role.nakyva]\nname.fi = \"Ohjaaja\"\nname.sv = \"Handledare\"\n\
    [role.luonnos]\nname.fi = \"Salainen luonnos\"\nname.sv = \"Hemligt utkast\"\nstatus = \"draft\"\n\
    [role.tuleva]\nname.fi = \"Tuleva rooli\"\nname.sv = \"Kommande roll\"\nvalid.from = 2027-01-01\n\
    [role.mennyt]\nname.fi = \"Mennyt rooli\"\nname.sv = \"Tidigare roll\"\nvalid.until = 2025-01-01\n";

#[test]
fn drafts_and_what_is_not_in_force_are_not_given_out() {
    let files = [("site.toml", SITE), ("content/a.toml", HIDDEN)];
    let handbook = Handbook::new(&files);
    for page in ["handbook.json", "fi/roolit/index.csv", "sv/roller/index.csv"] {
        let told = handbook.page(page).unwrap();
        assert!(told.contains("nakyva"), "{page}");
        for hidden in ["luonnos", "Salainen", "Hemligt", "tuleva", "Kommande", "mennyt"] {
            assert!(!told.contains(hidden), "{page} tells {hidden}");
        }
    }
    // Whoever writes the handbook sees drafts everywhere.
    let preview = Settings { drafts: Drafts::Shown, ..settings() };
    let preview = Handbook(Snapshot::take(&sources(&files), preview, None));
    assert!(preview.page("handbook.json").unwrap().contains("Salainen luonnos"));
}

#[test]
fn the_day_changes_the_day_and_not_the_digest() {
    let files =
        sources(&[("site.toml", SITE), ("content/a.toml", "[term.a]\nname.fi = \"a\"\nname.sv = \"b\"\n")]);
    let on = |day: &str| {
        let settings = Settings { today: Date::parse(day).unwrap(), ..settings() };
        data(&Handbook(Snapshot::take(&files, settings, None)))
    };
    let (one, other) = (on("2026-11-21"), on("2026-11-22"));
    assert_ne!(one["date"], other["date"]);
    assert_eq!(one["digest"], other["digest"]);
    let changed = [("site.toml", SITE), ("content/a.toml", "[term.a]\nname.fi = \"a\"\nname.sv = \"c\"\n")];
    assert_ne!(data(&Handbook::new(&changed))["digest"], one["digest"]);
}

const ROLE: &str = "[role.ohjaaja]\nname.fi = \"Ohjaaja\"\nname.sv = \"Handledare\"\n\
    [phase.alku]\nname.fi = \"Alku\"\nname.sv = \"Början\"\n";
const PROSE: &str = "Alkusanat.[^1]\n\n## Muuta\n\nTekstiä.\n\n## Alku\n\nHuomio.\n\n### Sisältö\n\n- **Tekee** työn.\n\n### Tavoite\n\n- Hyvä olo.\n\n[^1]: Alaviite.\n";

#[test]
fn prose_is_given_out_as_markdown_piece_by_piece() {
    let handbook = Handbook::new(&[
        ("site.toml", SITE),
        ("content/a.toml", ROLE),
        ("content/roles/ohjaaja.fi.md", PROSE),
    ]);
    let data = data(&handbook);
    assert_eq!(against(&handbook, &data), None);
    let prose = &data["entities"]["role"][0]["prose"]["fi"];
    let piece = |at: usize, key: &str| prose[at][key].as_str().map(str::trim);
    assert_eq!(piece(0, "text"), Some("Alkusanat.[^1]"));
    assert_eq!((piece(1, "anchor"), piece(1, "heading")), (Some("muuta"), Some("Muuta")));
    assert_eq!(piece(1, "text"), Some("Tekstiä."));
    assert_eq!(
        (piece(2, "phase"), piece(2, "part"), piece(2, "text")),
        (Some("phase/alku"), None, Some("Huomio."))
    );
    assert_eq!((piece(3, "part"), piece(3, "text")), (Some("content"), Some("- **Tekee** työn.")));
    assert_eq!(piece(4, "part"), Some("goal"));
    assert!(piece(4, "text").unwrap().contains("[^1]: Alaviite."));
}

#[test]
fn comments_of_writers_are_not_given_out() {
    let prose = "Hei <!-- SALA --> maailma.\n\n<!-- SALA\nSALA --> Jatkuu.\n\n- Yksi <!-- SALA -->\n- Kaksi\n\n  <!-- SALA -->\n\n\
        ## Muuta <!-- SALA -->\n\nTeksti.[^1]\n\n```\n<!-- koodia -->\n```\n\n## Alku\n\n<!-- SALA -->\n\n### Sisältö\n\n\
        > <!-- SALA -->\n> Lainaus.\n\n| a |\n|---|\n| b <!-- SALA --> |\n\n[^1]: Alaviite <!-- SALA\n    SALA -->.\n\n<!-- SALA -->\n\n\
        - Auki <!-- SALA\n";
    let files = [("site.toml", SITE), ("content/a.toml", ROLE), ("content/roles/ohjaaja.fi.md", prose)];
    let handbook = Handbook::new(&files);
    let told = handbook.page("handbook.json").unwrap();
    assert!(!told.contains("SALA") && !told.replace("<!-- koodia -->", "").contains("<!--"), "{told}");
    let data = data(&handbook);
    let prose = data["entities"]["role"][0]["prose"]["fi"].as_array().unwrap();
    let all: String = prose.iter().map(|piece| piece["text"].as_str().unwrap()).collect();
    for kept in [
        "Hei  maailma.\n\nJatkuu.",
        "- Yksi \n- Kaksi",
        "<!-- koodia -->",
        "Lainaus.",
        "| b  |",
        "Alaviite .",
    ] {
        assert!(all.contains(kept), "{kept} is lost: {all}");
    }
}

const SMALL: &str = "[indicator.i]\nname.fi = \"Hinta\"\nname.sv = \"Pris\"\nunit = \"euros\"\n\
    question.fi = \"Paljonko?\"\nquestion.sv = \"Hur mycket?\"\ntarget = 3000000000\nvalue = [{ date = 2026-10-01, value = 9007199254740992 }]\n\
    [indicator.p]\nname.fi = \"Osuus\"\nname.sv = \"Andel\"\nunit = \"percent\"\nscale = [0, 10]\n\
    question.fi = \"Moniko?\"\nquestion.sv = \"Hur många?\"\ntarget = 80\nvalue = [{ date = 2026-10-01, value = 12.5 }]\n";

#[test]
fn large_amounts_are_numbers_and_per_cent_lie_between_nought_and_a_hundred() {
    let handbook = Handbook::new(&[("site.toml", SITE), ("content/a.toml", SMALL)]);
    assert_eq!(handbook.says("en"), "");
    let own = &data(&handbook)["entities"]["indicator"][0];
    assert_eq!((&own["target"], &own["value"][0]["value"]), (&json!(3_000_000_000_u64), &json!(1_u64 << 53)));
    let larger = SMALL.replace("9007199254740992", "9007199254740993");
    let larger = Handbook::new(&[("site.toml", SITE), ("content/a.toml", larger.as_str())]);
    assert_eq!(larger.codes(), ["wrong-type"]);
}

#[test]
fn every_box_of_a_checklist_has_an_id_of_its_own() {
    let list = "[checklist.l]\nname.fi = \"Lista\"\nname.sv = \"Lista\"\n\
        item = [{ id = \"a-b\", text.fi = \"x\", text.sv = \"x\" }, { id = \"a\", text.fi = \"y\", text.sv = \"y\", \
        sub = [{ id = \"b\", text.fi = \"z\", text.sv = \"z\" }] }]\n";
    let page =
        Handbook::new(&[("site.toml", SITE), ("content/a.toml", list)]).shows("fi/tarkistuslistat/l.html");
    let ids: Vec<&str> = page.split(" id=\"").skip(1).map(|part| part.split('"').next().unwrap()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    assert!(ids.contains(&"_t-a-b") && ids.contains(&"_t-a.b"), "{ids:?}");
}

#[test]
fn a_process_calls_no_process_that_is_not_given_out() {
    let text = "[process.p]\nname.fi = \"Pros\"\nname.sv = \"Pros\"\n[[process.p.step]]\nid = \"a\"\ntext.fi = \"Muu\"\n\
        text.sv = \"Annat\"\nkind = \"subprocess\"\nprocess = \"q\"\n\
        [process.q]\nname.fi = \"Toinen\"\nname.sv = \"En annan\"\n";
    let told = |text: &str| {
        let files = [("site.toml", SITE), ("content/a.toml", text)];
        Handbook::new(&files).page("fi/prosessit/p.bpmn").unwrap()
    };
    assert!(told(text).contains("calledElement"));
    assert!(!told(&format!("{text}status = \"draft\"\n")).contains("calledElement"));
}

const CELLS: &str = "[role.a]\nname.fi = \"=1+1\"\nname.sv = \"@SUM(A1)\"\n\
    summary.fi = \"-2+3; ja \\\"lainaus\\\"\"\nsummary.sv = \"+ett\"\nemployment = \"public_office\"\n\
    [role.b]\nname.fi = \"Hoitaja\"\nname.sv = \"Skötare\"\nmanager = \"a\"\n\
    [phase.p]\nname.fi = \"Alku\"\nname.sv = \"Början\"\n\
    [framework.f]\nname.fi = \"Polku\"\nname.sv = \"Väg\"\nphases = [\"p\"]\n\
    [task.t]\nname.fi = \"Työ\"\nname.sv = \"Arbete\"\nphase = \"p\"\naccountable = \"a\"\nsupports = [\"b\"]\n\
    informed = [\"client\"]\n\
    [task.t.deadline]\ncount = 7\nunit = \"weekday\"\ntext.fi = \"vireilletulosta\"\ntext.sv = \"från början\"\n\
    [[task.t.recorded]]\ntext.fi = \"Yksi\"\ntext.sv = \"Ett\"\n\
    [[task.t.recorded]]\ntext.fi = \"Kaksi\"\ntext.sv = \"Två\"\n";

fn cells() -> Handbook {
    Handbook::new(&[("site.toml", SITE), ("content/a.toml", CELLS)])
}

#[test]
fn a_list_is_a_table_of_whatever_its_kind_declares_and_no_cell_is_a_formula() {
    let expected = "\u{feff}Tunnus;Nimi;Nimi (ruotsiksi);Tiivistelmä;Palvelussuhde;Esihenkilö;Tila\r\n\
        a;'=1+1;'@SUM(A1);\"'-2+3; ja \"\"lainaus\"\"\";virkasuhde;;Hyväksytty\r\n\
        b;Hoitaja;Skötare;;;=1+1;Hyväksytty\r\n";
    let told = cells().page("fi/roolit/index.csv").unwrap();
    assert_eq!(told, expected.replace(";=1+1;Hyv", ";'=1+1;Hyv"));
    assert!(
        cells().page("sv/roller/index.csv").unwrap().contains("a;'@SUM(A1);'=1+1;'+ett;tjänsteförhållande;")
    );
}

#[test]
fn rows_within_an_entity_stand_in_one_cell() {
    let told = cells().page("fi/tehtavat/index.csv").unwrap();
    assert!(told.contains("Viimeistään 7. arkipäivänä: vireilletulosta;\"Yksi\nKaksi\";"), "{told}");
}

#[test]
fn the_matrix_is_a_table_with_letters_and_their_meaning() {
    let told = cells().page("fi/tyonjako/f.csv").unwrap();
    let lines: Vec<&str> = told.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert_eq!(
        lines[..3],
        ["Kuka tekee mitä", "Vaihe;Tehtävä;Tilanne;'=1+1;Hoitaja;Asiakas", "Alku;Työ;;A;S;I"]
    );
    assert_eq!(lines[3..5], ["", "Merkinnät"]);
    assert!(lines[5].starts_with("A;Vastaa;"), "{}", lines[5]);
}

#[test]
fn what_a_role_does_in_each_phase_stands_below_the_matrix() {
    let prose =
        "## Alku\n\n### Sisältö\n\n- Auttaa; katso [[ohjaaja]].\n- *Toinen*.\n\n### Tavoite\n\n- Rauha.\n";
    let framework = "[framework.f]\nname.fi = \"Polku\"\nname.sv = \"Väg\"\nphases = [\"alku\"]\n";
    let all = format!("{ROLE}{framework}");
    let files =
        [("site.toml", SITE), ("content/a.toml", all.as_str()), ("content/roles/ohjaaja.fi.md", prose)];
    let told = Handbook::new(&files).page("fi/tyonjako/f.csv").unwrap();
    let cell = "Rooli;Alku\r\nOhjaaja;\"Sisältö:\nAuttaa; katso Ohjaaja.\nToinen.\nTavoite:\nRauha.\"\r\n";
    assert!(told.ends_with(cell), "{told}");
}

#[test]
fn statutes_come_with_their_sections() {
    let law = "[statute.shl]\nname.fi = \"Laki\"\nname.sv = \"Lag\"\nnumber = \"1301/2014\"\nshort.fi = [\"SHL\"]\nshort.sv = [\"SVL\"]\n\
        [statute.shl.section.\"36\"]\nname.fi = \"Arviointi\"\nname.sv = \"Bedömning\"\n";
    let handbook = Handbook::new(&[("site.toml", SITE), ("content/a.toml", law)]);
    let told = handbook.page("sv/lagar/index.csv").unwrap();
    assert!(told.contains("shl;Lag;Laki;1301/2014;SVL;"), "{told}");
    assert!(told.contains("shl:36;Bedömning;Arviointi;36 § SVL;"), "{told}");
}

#[test]
fn every_list_of_the_example_is_a_whole_table_and_its_page_leads_there() {
    let handbook = example();
    let site = handbook.0.site.as_ref().unwrap();
    let mut tables = 0;
    for (url, route) in site.routes().iter() {
        let Route::Page(_, Page::List(list)) = route else { continue };
        let csv = url.as_str().replace(".html", ".csv");
        let told = handbook.page(&csv).unwrap_or_else(|| panic!("no {csv}"));
        let kinds = Kind::ALL.iter().filter(|kind| List::of(**kind) == *list);
        let ids: Vec<String> = kinds
            .flat_map(|kind| site.book().tables.of(*kind))
            .map(|entry| entry.key().id.to_string())
            .collect();
        let lost: Vec<&String> = ids.iter().filter(|id| !told.contains(&format!("\n{id};"))).collect();
        assert!(lost.is_empty(), "{csv} lacks {lost:?}");
        let name = csv.rsplit('/').next().unwrap();
        let leads = handbook.shows(url.as_str()).contains(&format!("href=\"{name}\""));
        assert_eq!(leads, !ids.is_empty(), "{url}");
        tables += usize::from(!ids.is_empty());
    }
    assert!(tables > 30, "only {tables} tables");
}
