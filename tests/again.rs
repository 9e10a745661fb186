//! What is kept from one snapshot to the next never shows: after any series of edits, every page and every
//! finding is as in a snapshot that knows nothing of the one before.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

mod common;

use std::collections::BTreeMap;

use common::settings;
use polku::base::lang::Lang;
use polku::base::report::{Format, report};
use polku::base::source::{Content, SourcePath, Sources};
use polku::page::Profile;
use polku::route::Drafts;
use polku::snapshot::{Settings, Snapshot};
use proptest::prelude::*;

/// A file and what may stand in it; an empty text stands for no file.
type File = (&'static str, &'static [&'static str]);

const SITE: &str = "title.fi = \"Käsikirja\"\ntitle.sv = \"Handbok\"\n";

/// The files of a small handbook, each in all the ways in which it is edited. The first text of each is sound.
const FILES: &[File] = &[
    (
        "site.toml",
        &[
            "languages = [\"fi\", \"sv\"]\n",
            "languages = [\"sv\", \"fi\"]\n",
            "languages = [\"fi\"]\n",
            "languages = [\"fi\", \"sv\"]\ndefault_language = \"sv\"\nbase_url = \"https://a.example/\"\n",
            "languages = [\"fi\", \"sv\"]\naccent = \"#a03060\"\nseverity.missing-text = \"error\"\n",
            "languages = [\"fi\", \"sv\"\n",
        ],
    ),
    (
        "content/law.toml",
        &[
            "[statute.shl]\nname.fi = \"Sosiaalihuoltolaki\"\nname.sv = \"Socialvårdslag\"\nnumber = \"1301/2014\"\nshort.fi = [\"SHL\"]\nshort.sv = [\"SVL\"]\n[statute.shl.section.\"36\"]\nname.fi = \"Arviointi\"\nname.sv = \"Bedömning\"\n",
            "# edit\n[statute.shl]\nname.fi = \"Sosiaalihuoltolaki\"\nname.sv = \"Socialvårdslag\"\nnumber = \"1301/2014\"\nshort.fi = [\"SHL\"]\nshort.sv = [\"SVL\"]\nrepealed = true\n[statute.shl.section.\"36\"]\nname.fi = \"Arviointi\"\n[statute.shl.section.\"37\"]\nname.fi = \"Toinen\"\nname.sv = \"Andra\"\n",
            "[statute.toinen]\nname.fi = \"Sosiaalihuoltolaki\"\nname.sv = \"Socialvårdslag\"\nnumber = \"1301/2014\"\n",
            "",
        ],
    ),
    (
        "content/who.toml",
        &[
            "[role.ohjaaja]\nname.fi = \"Ohjaaja\"\nname.sv = \"Handledare\"\nsummary.fi = \"Tekee (SHL 36 §).\"\nsummary.sv = \"Gör (36 § SVL).\"\n[role.tyontekija]\nname.fi = \"Työntekijä\"\nname.sv = \"Arbetare\"\n",
            "[role.ohjaaja]\nname.fi = \"Uusi ohjaaja\"\nname.sv = \"Ny handledare\"\nsummary.fi = \"Tekee (SHL 99 §).\"\n[role.tyontekija]\nname.fi = \"Työntekijä\"\nname.sv = \"Arbetare\"\nslug.fi = \"tekija\"\nformer_slugs.fi = [\"vanha\"]\n",
            "[role.tyontekija]\nname.fi = \"Työntekijä\"\nname.sv = \"Arbetare\"\nstatus = \"draft\"\n[role.ohjaaja]\nname.fi = \"Ohjaaja\"\nname.sv = \"Handledare\"\nslug.fi = \"tyontekija\"\n",
            "[role.tyontekija]\nname.fi = \"Työntekijä\"\nname.sv = \"Arbetare\"\nformer_ids = [\"ohjaaja\"]\n",
            "[partner.ohjaaja]\nname.fi = \"Ohjaaja\"\nname.sv = \"Handledare\"\n[role.ohjaja]\nnmae.fi = \"Ohjaja\"\n",
        ],
    ),
    (
        "content/more.toml",
        &[
            "",
            "[role.ohjaaja]\nname.fi = \"Sama tunnus\"\nname.sv = \"Samma id\"\n",
            "[term.ohjaus]\nname.fi = \"ohjaus\"\nname.sv = \"handledning\"\noutdated.fi = [\"opastus\"]\nsummary.fi = \"Neuvontaa.\"\nsummary.sv = \"Råd.\"\n",
            "[page.ohjaaja]\nname.fi = \"Sivu samalla tunnuksella\"\nname.sv = \"Sida med samma id\"\n",
        ],
    ),
    (
        "content/path.toml",
        &[
            "[framework.polku]\nname.fi = \"Polku\"\nname.sv = \"Väg\"\nphases = [\"alku\", \"loppu\"]\n[phase.alku]\nname.fi = \"Alku\"\nname.sv = \"Början\"\n[phase.loppu]\nname.fi = \"Loppu\"\nname.sv = \"Slut\"\n",
            "[framework.polku]\nname.fi = \"Polku\"\nname.sv = \"Väg\"\nphases = [\"loppu\", \"alku\"]\n[phase.loppu]\nname.fi = \"Päätös\"\nname.sv = \"Slut\"\n[phase.alku]\nname.fi = \"Aloitus\"\nname.sv = \"Början\"\n",
            "[phase.alku]\nname.fi = \"Loppu\"\nname.sv = \"Slut\"\n[phase.loppu]\nname.fi = \"Loppu\"\nname.sv = \"Slut\"\n",
        ],
    ),
    (
        "content/work.toml",
        &[
            "[task.arvioi]\nname.fi = \"Arvioi\"\nname.sv = \"Bedöm\"\nphase = \"alku\"\naccountable = \"ohjaaja\"\nsupports = [\"tyontekija\"]\nlaw = [\"SHL 36 §\"]\n[checklist.lista]\nname.fi = \"Lista\"\nname.sv = \"Lista\"\n[[checklist.lista.item]]\nid = \"a\"\ntext.fi = \"Onko kaikki kohdallaan?\"\ntext.sv = \"Är allt i sin ordning?\"\ncheck = \"missing-text\"\n",
            "[task.arvioi]\nname.fi = \"Arvioi\"\nname.sv = \"Bedöm\"\nphase = \"loppu\"\naccountable = \"tyontekija\"\nlaw = [\"SHL 99 §\", \"1301/2014\"]\nvalid.from = 2030-01-01\n",
            "[task.arvioi]\nname.fi = \"Arvioi\"\nphase = [\"alku\", \"loppu\"]\naccountable = \"olematon\"\ndecision = \"adult_services\"\n[task.toinen]\nname.fi = \"Toinen\"\nname.sv = \"Andra\"\nphase = \"alku\"\naccountable = \"ohjaaja\"\n",
        ],
    ),
    (
        "content/roles/ohjaaja.fi.md",
        &[
            "Katso [[arvioi]] ja SHL 36 §.\n\n## Alku\n\n### Työn sisältö\n\nKuulee [[tyontekija]] (SHL 36 §).\n\n## Muuta {#muuta}\n\nLisää.\n",
            "Katso [[arvioi]].\n\n## Loppu\n\nOpastus ABC.\n\n### Tavoite\n\nTavoite.\n\n## Uusi\n\nSHL 37 §.\n",
            "## Alkku\n\n[x](../phases/alku.fi.md) ja [[olematon]] ![y](../media/kuva.png)\n",
            "",
        ],
    ),
    (
        "content/roles/ohjaaja.sv.md",
        &[
            "Se [[arvioi]] och 36 § SVL.\n\n## Början\n\n### Arbetets innehåll\n\nHör [[tyontekija]] (36 § SVL).\n\n## Annat {#muuta}\n\nMera.\n",
            "## Slut\n\nKort.\n\n## Nytt\n\n37 § SVL.\n\n## Tredje\n\nSe [[role:tyontekija]].\n",
            "",
        ],
    ),
    ("content/muut/roles/ohjaaja.fi.md", &["", "Toinen teksti.\n"]),
    ("content/phases/alku.fi.md", &["", "Katso [[ohjaaja#muuta]].\n\n## Otsikko {#a}\n\n## Toinen {#a}\n"]),
    ("content/media/kuva.png", &["", "ei kuva"]),
    ("content/_aside/roles/tyontekija.fi.md", &["", "Ei luettu."]),
    ("themes/polku/css/base.css", &["", ".pk-own { color: red }\n"]),
    ("themes/polku/strings/fi.toml", &["", "[nav]\nroles = \"Tekijät\"\n"]),
    ("themes/polku/templates/page/page.html", &["", "{{ broken"]),
    ("search.toml", &["", "[[same]]\nwords = [\"ohjaaja\", \"opastaja\"]\n"]),
    ("translations.lock", &["", "role/ohjaaja.name fi:0123456789 sv:9876543210\nrole/ohjaaja# fi:x\n"]),
    (
        "urls.lock",
        &[
            "",
            "fi/roolit/ohjaaja.html role/ohjaaja #alku #muuta\nfi/roolit/poissa.html role/poissa\nsv/roller/ohjaaja.html role/ohjaaja #vanha\n",
            "fi/roolit/tyontekija.html role/ohjaaja #a #muuta>a\n",
        ],
    ),
];

/// Which of its texts each file has.
type State = BTreeMap<&'static str, usize>;

fn files(state: &State) -> impl Iterator<Item = (SourcePath, Content)> {
    let text = |(path, texts): &File| {
        let text = texts[state.get(path).copied().unwrap_or_default()];
        (!text.is_empty()).then(|| {
            let text = if *path == "site.toml" { format!("{SITE}{text}") } else { text.to_owned() };
            let bytes = || Content::Bytes(text.as_bytes().into());
            let content = if path.ends_with(".png") { bytes() } else { Content::Text(text.as_str().into()) };
            (SourcePath::new(path).unwrap(), content)
        })
    };
    FILES.iter().filter_map(text).collect::<Vec<_>>().into_iter()
}

/// Everything that a snapshot says, in words.
fn told(snapshot: &Snapshot) -> Vec<(String, String)> {
    let findings = report(&snapshot.findings, &snapshot.sources, Format::Json, Lang::FI);
    let mut told = vec![("findings".to_owned(), findings)];
    if let Some(site) = &snapshot.site {
        for (url, route) in site.routes().iter() {
            let page = site.render(route, Profile::Preview).map(|artifact| artifact.bytes);
            let page =
                page.map_or_else(|finding| format!("{finding:?}"), |it| String::from_utf8_lossy(&it).into());
            told.push((url.to_string(), page));
        }
        told.push(("ledger".to_owned(), site.ledger().write()));
    }
    told
}

fn preview() -> Settings {
    Settings { drafts: Drafts::Shown, ..settings() }
}

/// Makes edits one after the other, now and then without a check between them.
fn edited(edits: &[(usize, usize)], settings: Settings) {
    let mut state = State::new();
    let mut now = Snapshot::take(&Sources::new(files(&state)), settings, None);
    for (at, (file, text)) in edits.iter().enumerate() {
        let (path, texts) = FILES[file % FILES.len()];
        state.insert(path, text % texts.len());
        let next = Snapshot::read(&now.sources.replaced(files(&state)), settings, Some(&now));
        now = if at % 3 == 2 { next } else { next.check() };
    }
    let (now, fresh) = (now.check(), Snapshot::take(&now.sources, settings, None));
    for (own, fresh) in told(&now).iter().zip(&told(&fresh)) {
        assert_eq!(own, fresh, "after {edits:?}");
    }
    assert_eq!(told(&now).len(), told(&fresh).len(), "after {edits:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_leave_nothing_behind(
        edits in proptest::collection::vec((0..FILES.len(), 0_usize..6), 1..10),
        drafts in any::<bool>(),
    ) {
        edited(&edits, if drafts { preview() } else { settings() });
    }
}

#[test]
fn every_single_edit_and_its_undoing_leave_nothing_behind() {
    for (at, (_, texts)) in FILES.iter().enumerate() {
        for text in 1..texts.len() {
            edited(&[(at, text)], preview());
            edited(&[(at, text), (at, 0)], settings());
        }
    }
}
