//! `polku search-report`: what a file of queries finds, the poorest first, so that editors see which words are missing.

use std::path::PathBuf;

use super::engine::{Answer, Engine};
use super::{Exit, complain, fail, human, language, say};
use crate::base::csv::Csv;
use crate::base::diag::{Diagnostic, Severity};
use crate::base::lang::Lang;
use crate::base::report::report;
use crate::io::{self, Disk};
use crate::site::Site;
use crate::snapshot::{Settings, Snapshot};

/// What to report on.
pub struct SearchReport {
    /// The handbook's folder.
    pub root: PathBuf,
    /// The file with a query a line.
    pub queries: PathBuf,
    /// The language that is searched; the handbook's where not given.
    pub search: Option<Lang>,
    /// How the report is written.
    pub form: Table,
    /// What does not stand in the handbook.
    pub settings: Settings,
    /// The language of messages; the handbook's where not given.
    pub lang: Option<Lang>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Lines to read.
    Human,
    /// For a spreadsheet.
    Csv,
}

/// How well a query is answered, the poorest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    /// Nothing is found.
    Nothing,
    /// Only something that is near: a word stands in no text.
    Guessed,
    /// Every word stands in a text.
    Found,
}

struct Line<'q> {
    query: &'q str,
    grade: Grade,
    answer: Answer,
    /// The other languages in which something is found, where nothing is in this one.
    elsewhere: Vec<Lang>,
}

/// So many titles of a query are told.
const TITLES: usize = 3;

/// Tells what the queries of a file find.
pub fn search_report(order: &SearchReport) -> Exit {
    let disk = match Disk::open(&order.root) {
        Ok(disk) => disk,
        Err(finding) => return fail(&[finding], language(order.lang)),
    };
    let snapshot = Snapshot::take(disk.sources(), order.settings, None);
    let lang = order.lang.unwrap_or(snapshot.lang);
    // Without settings there is no handbook whose words could be missing.
    let Some(site) = snapshot.site.as_ref().filter(|site| site.book().languages_told) else {
        complain(&report(&snapshot.findings, &snapshot.sources, human(), lang));
        return Exit::Findings;
    };
    // A word list that cannot be read has no effect, and the report would not say why.
    let wrong: Vec<Diagnostic> =
        snapshot.findings.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect();
    if !wrong.is_empty() {
        complain(&report(&wrong, &snapshot.sources, human(), lang));
    }
    if let Some(unknown) = order.search.filter(|lang| !site.book().langs.contains(lang)) {
        complain(&format!("{}: {unknown}\n", Words::of(lang).no_language));
        return Exit::Failed;
    }
    let told = io::text_of(&order.queries).and_then(|text| lines_of(order, site, &text, lang));
    match told {
        Ok(text) => {
            say(&text);
            Exit::Done
        }
        Err(finding) => fail(&[finding], lang),
    }
}

fn lines_of(order: &SearchReport, site: &Site, text: &str, lang: Lang) -> Result<String, Diagnostic> {
    let langs = &site.book().langs;
    let searched = order.search.unwrap_or(site.book().default_lang);
    let engine = Engine::new(site, langs)?;
    // Whoever typed them may have typed what moves the cursor of a terminal.
    let text: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let queries = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let lines: Result<Vec<Line<'_>>, Diagnostic> =
        queries.map(|query| answered(&engine, query, searched, langs)).collect();
    let mut lines = lines?;
    lines.sort_by_key(|line| line.grade);
    Ok(match order.form {
        Table::Csv => csv_of(&lines),
        Table::Human => told(&lines, lang),
    })
}

fn answered<'q>(
    engine: &Engine,
    query: &'q str,
    searched: Lang,
    langs: &[Lang],
) -> Result<Line<'q>, Diagnostic> {
    let answer = engine.find(searched, query, TITLES)?;
    let grade = match (answer.count, answer.near.is_empty()) {
        (0, _) => Grade::Nothing,
        (_, false) => Grade::Guessed,
        (_, true) => Grade::Found,
    };
    let mut elsewhere = Vec::new();
    for other in langs.iter().filter(|lang| grade != Grade::Found && **lang != searched) {
        let theirs = engine.find(*other, query, 0)?;
        elsewhere.extend((theirs.count > 0 && theirs.near.is_empty()).then_some(*other));
    }
    Ok(Line { query, grade, answer, elsewhere })
}

/// A line a query, and what the editor can do at the end.
fn told(lines: &[Line<'_>], lang: Lang) -> String {
    let words = Words::of(lang);
    let mut out = String::new();
    for line in lines {
        let grade = match line.grade {
            Grade::Nothing => words.nothing,
            Grade::Guessed => words.guessed,
            Grade::Found => words.found,
        };
        out += &format!("{grade:<width$} {}\n", line.query, width = words.width());
        let indent = " ".repeat(words.width() + 1);
        for (title, kind) in &line.answer.first {
            out += &format!("{indent}{title} ({kind})\n");
        }
        if !line.answer.near.is_empty() {
            out += &format!("{indent}{}: {}\n", words.near, line.answer.near.join(", "));
        }
        for other in &line.elsewhere {
            out += &format!("{indent}{}: {other}\n", words.elsewhere);
        }
    }
    let poor = lines.iter().filter(|line| line.grade != Grade::Found).count();
    out + &format!("\n{}: {}, {}: {poor}\n", words.queries, lines.len(), words.poor)
        + if poor > 0 { words.help } else { "" }
}

fn csv_of(lines: &[Line<'_>]) -> String {
    let mut out = Csv::default();
    out.row(["query", "found", "hits", "first", "near", "in_language"]);
    for line in lines {
        let grade = match line.grade {
            Grade::Nothing => "nothing",
            Grade::Guessed => "near",
            Grade::Found => "yes",
        };
        let first = line.answer.first.iter().map(|(title, _)| title.as_str()).collect::<Vec<_>>().join(" | ");
        let elsewhere = line.elsewhere.iter().map(Lang::as_str).collect::<Vec<_>>().join(" ");
        let (count, near) = (line.answer.count.to_string(), line.answer.near.join(", "));
        out.row([line.query, grade, &count, &first, &near, &elsewhere]);
    }
    out.finish()
}

struct Words {
    nothing: &'static str,
    guessed: &'static str,
    found: &'static str,
    near: &'static str,
    elsewhere: &'static str,
    queries: &'static str,
    poor: &'static str,
    help: &'static str,
    no_language: &'static str,
}

impl Words {
    fn of(lang: Lang) -> Words {
        match lang {
            Lang::FI => Words {
                nothing: "ei mitään",
                guessed: "lähellä",
                found: "löytyy",
                near: "lähimmät sanat",
                elsewhere: "löytyy kielellä",
                queries: "Hakuja",
                poor: "joiden sanaa ei ole käsikirjassa",
                help: "Lisää puuttuva sana sen kohteen avaimeen synonyms tai tiedostoon search.toml.\n",
                no_language: "Käsikirjassa ei ole kieltä",
            },
            Lang::SV => Words {
                nothing: "inget",
                guessed: "nära",
                found: "hittas",
                near: "närmaste ord",
                elsewhere: "hittas på språket",
                queries: "Sökningar",
                poor: "med ett ord som inte finns i handboken",
                help: "Lägg till det ord som saknas i nyckeln synonyms eller i filen search.toml.\n",
                no_language: "Handboken har inte språket",
            },
            _ => Words {
                nothing: "nothing",
                guessed: "near",
                found: "found",
                near: "nearest words",
                elsewhere: "found in",
                queries: "Queries",
                poor: "with a word that the handbook does not have",
                help: "Add the missing word to the key synonyms of what is meant, or to the file search.toml.\n",
                no_language: "The handbook does not have the language",
            },
        }
    }

    fn width(&self) -> usize {
        [self.nothing, self.guessed, self.found]
            .map(|word| word.chars().count())
            .into_iter()
            .max()
            .unwrap_or(0)
    }
}
