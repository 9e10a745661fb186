//! A generated handbook of any size, the same for the same numbers: realistic links, cells and citations.

use std::fmt::Write as _;

/// A handbook's files: path and text.
pub(crate) type Files = Vec<(String, String)>;

/// How large a handbook to generate.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    /// Entities with prose in both languages.
    pub(crate) entities: usize,
    /// Words of prose in each of them.
    pub(crate) words: usize,
    /// Links in each of them.
    pub(crate) links: usize,
    /// Whether processes, guides and values are among them.
    pub(crate) more: More,
}

/// Processes, guides and measured values beside the entities of the corpus.
#[derive(Clone, Copy)]
pub(crate) enum More {
    /// None.
    Nothing,
    /// 200 processes of 20 steps, 500 guides and 2,000 values.
    #[allow(dead_code, reason = "only one of the benches needs them")]
    Many,
}

const WORDS: [[&str; 24]; 2] = [
    [
        "asiakas",
        "palvelutarpeen",
        "arviointi",
        "sosiaaliohjaaja",
        "tukee",
        "arjessa",
        "ja",
        "sopii",
        "yhdessä",
        "omatyöntekijän",
        "kanssa",
        "seuraavista",
        "askelista",
        "jotta",
        "tuki",
        "saadaan",
        "oikeaan",
        "aikaan",
        "päätös",
        "kirjataan",
        "asiakaskertomukseen",
        "viipymättä",
        "työpari",
        "kuulee",
    ],
    [
        "klienten",
        "bedömning",
        "av",
        "servicebehovet",
        "socialhandledaren",
        "stöder",
        "i",
        "vardagen",
        "och",
        "kommer",
        "överens",
        "med",
        "den",
        "egna",
        "kontaktpersonen",
        "om",
        "följande",
        "steg",
        "så",
        "att",
        "beslutet",
        "antecknas",
        "i",
        "klientrapporten",
    ],
];

const LANGS: [&str; 2] = ["fi", "sv"];

/// Generates a handbook.
pub(crate) fn generate(size: Size) -> Files {
    let mut files = vec![("site.toml".to_owned(), site())];
    let (roles, phases) = ((size.entities / 20).max(2), (size.entities / 25).max(3));
    let (tasks, pages) = (size.entities * 2 / 5, size.entities - size.entities * 2 / 5 - roles - phases);
    files.push(("content/perusta.toml".to_owned(), basics(roles, phases)));
    files.push(("content/tehtavat.toml".to_owned(), task_table(tasks, roles, phases)));
    files.push(("content/sivut.toml".to_owned(), page_table(pages)));
    if let More::Many = size.more {
        files.push(("content/prosessit.toml".to_owned(), processes(200, roles, phases)));
        files.push(("content/oppaat.toml".to_owned(), guides(500, roles)));
        files.push(("content/mittarit.toml".to_owned(), values(20, 100)));
    }
    let all = [
        ("role", "roles", roles),
        ("phase", "phases", phases),
        ("task", "tasks", tasks),
        ("page", "pages", pages),
    ];
    let ids: Vec<String> =
        all.iter().flat_map(|(kind, _, n)| (0..*n).map(move |i| format!("{kind}-{i}"))).collect();
    let mut seed = 1;
    for (kind, folder, count) in all {
        for i in 0..count {
            // Both languages say the same: the same links and citations at the same places.
            let same = seed;
            for (l, lang) in LANGS.iter().enumerate() {
                let path = format!("content/{folder}/{kind}-{i}.{lang}.md");
                seed = same;
                files.push((path, prose(&mut seed, l, &ids, size)));
            }
        }
    }
    files
}

fn site() -> String {
    "title.fi = \"Suuri käsikirja\"\ntitle.sv = \"Stor handbok\"\nlanguages = [\"fi\", \"sv\"]\n".to_owned()
}

fn named(out: &mut String, head: &str, fi: &str, sv: &str) {
    let _ = write!(out, "[{head}]\nname.fi = \"{fi}\"\nname.sv = \"{sv}\"\n");
    let _ = write!(
        out,
        "summary.fi = \"{fi} lyhyesti (SHL 36 §).\"\nsummary.sv = \"{sv} i korthet (36 § SVL).\"\n"
    );
}

fn basics(roles: usize, phases: usize) -> String {
    let mut out = String::new();
    named(&mut out, "statute.shl", "Sosiaalihuoltolaki", "Socialvårdslag");
    out += "number = \"1301/2014\"\nshort.fi = [\"SHL\"]\nshort.sv = [\"SVL\"]\nchecked = 2025-02-21\n";
    for section in 30..50 {
        named(
            &mut out,
            &format!("statute.shl.section.\"{section}\""),
            &format!("Pykälä {section}"),
            &format!("Paragraf {section}"),
        );
    }
    for i in 0..roles {
        named(&mut out, &format!("role.role-{i}"), &format!("Rooli {i}"), &format!("Roll {i}"));
        out += "employment = \"public_office\"\n";
    }
    for i in 0..phases {
        named(&mut out, &format!("phase.phase-{i}"), &format!("Vaihe {i}"), &format!("Skede {i}"));
    }
    // Frameworks of seven phases, as handbooks have them.
    for (n, first) in (0..phases).step_by(7).enumerate() {
        named(&mut out, &format!("framework.path-{n}"), &format!("Polku {n}"), &format!("Väg {n}"));
        let ids: Vec<String> = (first..phases.min(first + 7)).map(|i| format!("\"phase-{i}\"")).collect();
        let _ = writeln!(out, "phases = [{}]", ids.join(", "));
    }
    out
}

fn task_table(tasks: usize, roles: usize, phases: usize) -> String {
    let mut out = String::new();
    for i in 0..tasks {
        named(&mut out, &format!("task.task-{i}"), &format!("Tehtävä {i}"), &format!("Uppgift {i}"));
        let (a, b, c) = (i % roles, (i * 7 + 1) % roles, (i * 3 + 2) % roles);
        let _ = write!(out, "phase = \"phase-{}\"\naccountable = \"role-{a}\"\n", i % phases);
        if b != a {
            let _ = writeln!(out, "supports = [\"role-{b}\"]");
        }
        if c != a && c != b {
            let _ = writeln!(out, "informed = [\"role-{c}\", \"client\"]");
        }
        let _ = writeln!(out, "law = [\"SHL {} §\", \"SHL {} § 2 mom.\"]", 30 + i % 20, 30 + (i + 7) % 20);
    }
    out
}

fn page_table(pages: usize) -> String {
    let mut out = String::new();
    for i in 0..pages {
        named(&mut out, &format!("page.page-{i}"), &format!("Sivu {i}"), &format!("Sida {i}"));
    }
    out
}

/// A text in both languages.
fn text(out: &mut String, fi: &str, sv: &str) {
    let _ = write!(out, "text.fi = \"{fi}\"\ntext.sv = \"{sv}\"\n");
}

/// Processes of twenty steps in four lanes, every fifth step a decision that may go back.
fn processes(count: usize, roles: usize, phases: usize) -> String {
    let mut out = String::new();
    for i in 0..count {
        let id = format!("process.process-{i}");
        named(&mut out, &id, &format!("Prosessi {i}"), &format!("Process {i}"));
        for step in 0..20 {
            let kind = match step {
                0 => "start",
                19 => "end",
                n if n % 5 == 4 => "decision",
                _ => "task",
            };
            let (role, phase) = ((i + step % 4) % roles, (i + step / 5) % phases);
            let _ = write!(out, "\n[[{id}.step]]\nid = \"s{step}\"\nkind = \"{kind}\"\n");
            let _ = write!(out, "actor = \"role-{role}\"\nphase = \"phase-{phase}\"\n");
            text(&mut out, &format!("Vaihe {step} tehdään"), &format!("Steg {step} utförs"));
            if kind == "decision" {
                for (answer, next) in [("a", step + 1), ("b", step - 2)] {
                    let _ = write!(out, "\n[[{id}.step.branch]]\nid = \"{answer}\"\nnext = \"s{next}\"\n");
                    text(&mut out, &format!("Vastaus {answer}"), &format!("Svar {answer}"));
                }
            }
        }
    }
    out
}

/// Guides of six questions with three answers and four outcomes.
fn guides(count: usize, roles: usize) -> String {
    let mut out = String::new();
    for i in 0..count {
        let id = format!("guide.guide-{i}");
        named(&mut out, &id, &format!("Opas {i}"), &format!("Guide {i}"));
        out += "mode = \"tree\"\n";
        for question in 0..6 {
            let _ = write!(out, "\n[[{id}.question]]\nid = \"q{question}\"\n");
            text(&mut out, &format!("Kysymys {question}?"), &format!("Fråga {question}?"));
            for answer in 0..3 {
                let _ = write!(out, "\n[[{id}.question.answer]]\nid = \"a{answer}\"\n");
                text(&mut out, &format!("Vastaus {answer}"), &format!("Svar {answer}"));
                let leads = if question < 5 && answer < 2 { "next" } else { "outcome" };
                let to = if leads == "next" {
                    format!("q{}", question + 1)
                } else {
                    format!("o{}", (question + answer) % 4)
                };
                let _ = writeln!(out, "{leads} = \"{to}\"");
            }
        }
        for outcome in 0..4 {
            let _ = write!(
                out,
                "\n[[{id}.outcome]]\nid = \"o{outcome}\"\nactor = \"role-{}\"\n",
                (i + outcome) % roles
            );
            text(&mut out, &format!("Ehdotus {outcome}"), &format!("Förslag {outcome}"));
        }
    }
    out
}

/// Indicators with a value a month.
fn values(indicators: usize, each: usize) -> String {
    let mut out = String::new();
    for i in 0..indicators {
        let id = format!("indicator.indicator-{i}");
        named(&mut out, &id, &format!("Mittari {i}"), &format!("Indikator {i}"));
        out += "unit = \"percent\"\ntarget = 80\nexample = true\n";
        for at in 0..each {
            let (year, month) = (2018 + at / 12, at % 12 + 1);
            let _ = write!(out, "\n[[{id}.value]]\nid = \"v{at}\"\ndate = {year}-{month:02}-28\n");
            let _ = writeln!(out, "value = {}\nn = {}", (at * 7 + i) % 100, 20 + at);
        }
    }
    out
}

/// Prose with headings, a list, a table, links and citations.
fn prose(seed: &mut u64, lang: usize, ids: &[String], size: Size) -> String {
    let mut out = String::new();
    let mut next = |limit: usize| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(*seed >> 33).unwrap_or(0) % limit.max(1)
    };
    let every = (size.words / size.links.max(1)).max(1);
    for word in 0..size.words {
        match word % 100 {
            0 => {
                let _ = write!(out, "\n\n## {} {}\n\n", WORDS[lang][next(24)], word / 100);
            }
            40 => out += "\n\n- ",
            50 => out += "\n- ",
            60 => out += "\n\n",
            _ => {}
        }
        if word % every == every - 1 {
            let _ = write!(out, "[[{}|{}]] ", ids[next(ids.len())], WORDS[lang][next(24)]);
        } else if word % 170 == 90 {
            let section = 30 + next(20);
            out += &if lang == 0 { format!("SHL {section} § ") } else { format!("{section} § SVL ") };
        } else {
            out += WORDS[lang][next(24)];
            out.push(' ');
        }
    }
    out + "\n\n| A | B |\n|---|---|\n| x | 1 |\n| y | 2 |\n"
}
