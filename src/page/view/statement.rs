//! The accessibility statement (306/2019 9 §): what the settings say of it, in the language of the page. Those who
//! write also see what is still lacking.

use super::super::Cx;
use super::super::feedback::page_mail;
use super::super::sheet::{Part, Sheet};
use super::super::words::{Fact, Link, Rich, Words};
use crate::base::date::Date;
use crate::base::html::Writer;
use crate::base::output::mailto;
use crate::model::placed::{Placed, is_mail, is_web};
use crate::model::statement::{Accessibility, Assessor, Authority, Barrier, Because, Conformance, lacking};
use crate::model::text::{At, Text};
use crate::model::values::Day;
use crate::model::words::setting;
use crate::route::{Drafts, View};

pub(super) fn sheet(cx: Cx<'_>) -> Sheet {
    let sheet = Sheet { class: "pk-statement", ..Sheet::view(cx, View::Statement.as_str()) };
    let sheet = sheet.with(Part { lead: Some(lead(cx)), ..Part::default() }).with(missing(cx));
    let Some(own) = &cx.book().config.accessibility else { return sheet };
    let sheet = Sheet { notice: own.example.then(|| cx.word("statement.example").to_owned()), ..sheet };
    let sheet = sheet.with(conformance(cx, own)).with(barriers(cx, own));
    let sheet =
        own.barrier.iter().enumerate().fold(sheet, |sheet, (at, one)| sheet.with(barrier(cx, at, one)));
    sheet
        .with(assessment(cx, own))
        .with(dates(cx, own))
        .with(contact(cx, own))
        .with(authority(cx, own))
        .with(law(cx))
}

/// Which site it is, and who answers for it.
fn lead(cx: Cx<'_>) -> String {
    let config = &cx.book().config;
    let said = |text: &Text| Some(text.words.fallback(cx.lang, &cx.book().fallbacks)?.1.words.to_string());
    let own = config.accessibility.as_ref().and_then(|own| said(&own.responsible));
    let title = said(&config.title).unwrap_or_default();
    match own.or_else(|| said(&config.organisation)) {
        Some(who) => cx.strings().with("statement.lead", &[("title", &title), ("who", &who)]),
        None => cx.strings().with("statement.lead_alone", &[("title", &title)]),
    }
}

/// What is still to be written, for those who write it.
fn missing(cx: Cx<'_>) -> Part {
    let part = Part::new("_missing", cx.word("statement.missing"));
    let label =
        |key: &&str| setting(key, cx.lang).map(|label| format!("{} ({key}): {}", label.label, label.help));
    match cx.world.drafts {
        Drafts::Hidden => Part::default(),
        Drafts::Shown => {
            let items: Vec<Rich> =
                lacking(&cx.book().config).iter().filter_map(label).map(|text| Rich::plain(&text)).collect();
            // A part with nothing in it is left out.
            let lead = (!items.is_empty()).then(|| cx.word("statement.missing_lead").to_owned());
            Part { lead, items, ..part }
        }
    }
}

fn conformance(cx: Cx<'_>, own: &Accessibility) -> Part {
    let word = own.status.map(|status| match status {
        Conformance::Full => cx.word("statement.full"),
        Conformance::Partial => cx.word("statement.partial"),
        Conformance::Failing => cx.word("statement.failing"),
    });
    Part { lead: word.map(str::to_owned), ..Part::new("_status", cx.word("statement.status")) }
}

fn barriers(cx: Cx<'_>, own: &Accessibility) -> Part {
    let lead = (!own.barrier.is_empty()).then(|| cx.word("statement.barriers_lead").to_owned());
    Part { lead, ..Part::new("_barriers", cx.word("statement.barriers")) }
}

fn barrier(cx: Cx<'_>, place: usize, barrier: &Barrier) -> Part {
    let site = At::root("site");
    let accessibility = site.field("accessibility");
    let all = accessibility.field("barrier");
    let name = barrier.id.name(place);
    let at = all.field(&name);
    let because = barrier.because.map(|because| match because {
        Because::NotYet => cx.word("statement.not_yet"),
        Because::Burden => cx.word("statement.burden"),
        Because::Outside => cx.word("statement.outside"),
    });
    let reason = cx.words(&barrier.reason, &at.field("reason"));
    let facts = [
        cx.fact("statement.because", because.map(Link::plain).into_iter().collect()),
        cx.fact("statement.reason", said(reason)),
        cx.fact("statement.until", day(cx, barrier.until)),
    ];
    Part {
        id: format!("_barrier-{name}"),
        heading: cx.words(&barrier.what, &at.field("what")).map(|words| Link { words, ..Link::default() }),
        below: true,
        facts: facts.into_iter().flatten().collect(),
        // A barrier of which nothing more is said still has its heading.
        lead: (because.is_none() && barrier.reason.is_empty() && barrier.until.0.is_none())
            .then(|| cx.word("statement.unexplained").to_owned()),
        ..Part::default()
    }
}

fn said(words: Option<Words>) -> Vec<Link> {
    words.map(|words| Link { words, ..Link::default() }).into_iter().collect()
}

fn day(cx: Cx<'_>, day: Day) -> Vec<Link> {
    day.0.map(|date: Date| Link::plain(&cx.date(date))).into_iter().collect()
}

fn assessment(cx: Cx<'_>, own: &Accessibility) -> Part {
    let by = own.assessed_by.map(|by| match by {
        Assessor::Own => cx.word("statement.self"),
        Assessor::ThirdParty => cx.word("statement.third_party"),
    });
    let site = At::root("site");
    let assessor = cx.words(&own.assessor, &site.field("accessibility").field("assessor"));
    let facts = [
        cx.fact("statement.assessed_by", by.map(Link::plain).into_iter().collect()),
        cx.fact("statement.assessor", said(assessor)),
        cx.fact("statement.assessed", day(cx, own.assessed)),
    ];
    with_facts(cx, "_assessment", "statement.assessment", facts)
}

fn dates(cx: Cx<'_>, own: &Accessibility) -> Part {
    let facts = [
        cx.fact("statement.prepared", day(cx, own.prepared)),
        cx.fact("statement.updated", day(cx, own.updated)),
    ];
    with_facts(cx, "_dates", "statement.dates", facts)
}

fn with_facts<const N: usize>(cx: Cx<'_>, id: &str, heading: &'static str, facts: [Option<Fact>; N]) -> Part {
    Part { facts: facts.into_iter().flatten().collect(), ..Part::new(id, cx.word(heading)) }
}

/// Where a reader tells of a barrier: the same way as of anything else, or one of its own.
fn contact(cx: Cx<'_>, own: &Accessibility) -> Part {
    let config = &cx.book().config;
    let mail = own.mail.as_ref().or(config.feedback.as_ref()).filter(|mail| is_mail(&mail.words));
    let title = cx.word_of("nav", View::Statement.as_str());
    let write =
        |mail: &Placed| Link::to(page_mail(cx, &mail.words, "statement.subject", &title), &mail.words);
    let facts = [
        cx.fact("statement.mail", mail.map(write).into_iter().collect()),
        cx.fact("statement.form", web(config.feedback_form.as_ref())),
        cx.fact("statement.phone", phone(own.phone.as_ref())),
    ];
    let answer = own.answer_days.and_then(|days| usize::try_from(days).ok());
    let answer = answer.map(|days| cx.strings().count("statement.answer", days));
    let lead = [Some(cx.word("statement.contact_lead").to_owned()), answer];
    let part = with_facts(cx, "_contact", "statement.contact", facts);
    let lead = (!part.facts.is_empty()).then(|| lead.into_iter().flatten().collect::<Vec<_>>().join(" "));
    Part { lead, ..part }
}

fn authority(cx: Cx<'_>, own: &Accessibility) -> Part {
    let none = Authority::default();
    let authority = own.authority.as_ref().unwrap_or(&none);
    let site = At::root("site");
    let name = cx.words(&authority.name, &site.field("accessibility").field("authority").field("name"));
    let mail = authority.mail.as_ref().filter(|mail| is_mail(&mail.words));
    let facts = [
        cx.fact("statement.name", said(name)),
        cx.fact("statement.link", web(authority.link.as_ref())),
        cx.fact(
            "statement.mail",
            mail.map(|mail| Link::to(mailto(&mail.words), &mail.words)).into_iter().collect(),
        ),
        cx.fact("statement.phone", phone(authority.phone.as_ref())),
    ];
    let part = with_facts(cx, "_authority", "statement.authority", facts);
    let lead = (!part.facts.is_empty()).then(|| cx.word("statement.authority_lead").to_owned());
    Part { lead, ..part }
}

fn web(page: Option<&Placed>) -> Vec<Link> {
    let page = page.filter(|page| is_web(&page.words));
    let shown = |page: &Placed| page.words.trim_start_matches("https://").trim_end_matches('/').to_owned();
    page.map(|page| Link::to(page.words.clone(), &shown(page))).into_iter().collect()
}

fn phone(number: Option<&String>) -> Vec<Link> {
    number.map(|number| Link::to(super::super::frame::call(number), number)).into_iter().collect()
}

/// The law it rests on.
fn law(cx: Cx<'_>) -> Part {
    let items = ["statement.law_demands", "statement.law_statement"].map(|key| {
        let text = cx.strings().get(key);
        let mut out = Writer::default();
        cx.write_cited(text, &mut out);
        Rich { text_html: out.finish(), plain: text.to_owned(), ..Rich::default() }
    });
    Part { items: items.into(), ..Part::new("_law", cx.word("statement.law")) }
}
