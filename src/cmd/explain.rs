//! `polku explain`: why a check exists, and an example of it.

use super::{Exit, complain, say};
use crate::base::diag::{Code, gaps};
use crate::base::lang::Lang;
use crate::base::near::nearest;
use crate::check::all_codes;

/// Explains a check, or lists all of them.
pub fn explain(code: Option<&str>, lang: Lang) -> Exit {
    let codes = codes();
    let Some(wished) = code else {
        say(&codes.iter().map(|code| line(*code, lang)).collect::<String>());
        return Exit::Done;
    };
    match codes.iter().find(|code| code.id() == wished) {
        Some(code) => {
            say(&full(*code, lang));
            Exit::Done
        }
        None => {
            complain(&unknown(wished, nearest(wished, codes.iter().map(|code| code.id())), lang));
            Exit::Failed
        }
    }
}

/// Every code a user can meet.
pub fn codes() -> Vec<Code> {
    let outer =
        [crate::edit::CODES, crate::route::CODES, crate::io::CODES, crate::serve::CODES, super::CODES];
    let mut codes = all_codes();
    codes.extend(outer.into_iter().flatten().copied());
    codes.sort_by_key(|code| code.id());
    codes
}

fn line(code: Code, lang: Lang) -> String {
    let Some(info) = code.info() else { return format!("{}\n", code.id()) };
    format!("{:<28} {:<8} {}\n", code.id(), info.severity.as_str(), gaps(info.message.get(lang)))
}

fn full(code: Code, lang: Lang) -> String {
    let Some(info) = code.info() else { return format!("{}\n", code.id()) };
    let mut out = format!("{} ({})\n\n{}\n", code.id(), info.severity.as_str(), gaps(info.message.get(lang)));
    out += &format!("\n{}\n", info.why.get(lang));
    out += &format!("\n{}\n", gaps(info.help.get(lang)));
    let [bad, good] = headings(lang);
    for (heading, example) in [(bad, &info.bad), (good, &info.good)] {
        if !example.trim().is_empty() {
            out += &format!("\n{heading}\n\n{}\n", indented(example));
        }
    }
    out
}

fn headings(lang: Lang) -> [&'static str; 2] {
    match lang {
        Lang::FI => ["Näin löytyy:", "Näin on hyvin:"],
        Lang::SV => ["Så här hittas det:", "Så här är det bra:"],
        _ => ["Found in:", "Mended:"],
    }
}

fn indented(example: &str) -> String {
    example
        .trim()
        .lines()
        .map(|line| format!("    {line}").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

fn unknown(wished: &str, near: Option<&str>, lang: Lang) -> String {
    let (says, meant) = match lang {
        Lang::FI => (format!("Tarkistusta ”{wished}” ei ole."), "Tarkoititko"),
        Lang::SV => (format!("Kontrollen ”{wished}” finns inte."), "Menade du"),
        _ => (format!("There is no check “{wished}”."), "Did you mean"),
    };
    near.map_or(format!("{says}\n"), |near| format!("{says} {meant} {near}?\n"))
}
