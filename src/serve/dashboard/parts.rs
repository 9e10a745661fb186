//! The parts of the dashboard, one below the other: each says what to do where there is nothing to show.

use super::Board;
use super::told::{Row, by_entity, by_owner};
use crate::base::date::Date;
use crate::base::diag::Severity;
use crate::base::html::Writer;
use crate::base::lang::Lang;
use crate::data::{ChangedPage, How};
use crate::model::review;
use crate::model::table::{AnyEntry, Key};
use crate::model::translation::{State, Unit};
use crate::serve::desk::Draft;

/// All parts, in their order.
pub(super) const ALL: [fn(&Board<'_>, &mut Writer); 6] =
    [drafts, publish, method, findings, translations, reviews];

/// So many rows are shown before the rest is folded away.
const SHOWN: usize = 10;

fn part(board: &Board<'_>, (id, title): (&str, &str), out: &mut Writer, inner: impl FnOnce(&mut Writer)) {
    out.raw("<section class=\"pke-part\"").attr("id", id).attr("aria-labelledby", &format!("{id}-title"));
    out.raw("><h2").attr("id", &format!("{id}-title")).raw(">").text(board.word(title)).raw("</h2>\n");
    inner(out);
    out.raw("</section>\n");
}

fn paragraph(words: &str, out: &mut Writer) {
    out.raw("<p>").text(words).raw("</p>\n");
}

/// A table, the rows beyond the first few folded away.
fn table<T>(
    board: &Board<'_>,
    (label, heads): (&str, &[&str]),
    rows: &[T],
    out: &mut Writer,
    row: impl Fn(&T, &mut Writer),
) {
    let (first, rest) = rows.split_at(rows.len().min(SHOWN));
    let one = |label: &str, rows: &[T], out: &mut Writer| {
        out.raw("<div class=\"pk-scroll\" role=\"region\" tabindex=\"0\"").attr("aria-label", label);
        out.raw("><table class=\"pk-table\"><thead><tr>");
        for (at, head) in heads.iter().enumerate() {
            let number =
                at > 0 && ["errors", "warnings", "infos"].contains(head) || head.starts_with("state_");
            out.raw("<th scope=\"col\"").raw(if number { " class=\"pk-figure\">" } else { ">" });
            out.text(board.word(head)).raw("</th>");
        }
        out.raw("</tr></thead><tbody>");
        for one in rows {
            out.raw("<tr>");
            row(one, out);
            out.raw("</tr>");
        }
        out.raw("</tbody></table></div>\n");
    };
    one(label, first, out);
    if !rest.is_empty() {
        let more = board.filled("more", "n", &rest.len().to_string());
        out.raw("<details class=\"pke-rest\"><summary>").text(&more).raw("</summary>");
        one(&format!("{label}: {more}"), rest, out);
        out.raw("</details>\n");
    }
}

fn figure(count: usize, out: &mut Writer) {
    out.raw("<td class=\"pk-figure\">").text(&count.to_string()).raw("</td>");
}

// ---- Work that was not saved

fn drafts(board: &Board<'_>, out: &mut Writer) {
    if board.facts.drafts.is_empty() || board.facts.token.is_none() {
        return;
    }
    part(board, ("_drafts", "drafts"), out, |out| {
        paragraph(board.word("drafts_hint"), out);
        out.raw("<ul class=\"pke-drafts\">");
        board.facts.drafts.iter().for_each(|draft| self::draft(board, draft, out));
        out.raw("</ul>\n");
    });
}

fn draft(board: &Board<'_>, (tab, draft): (&String, &Draft), out: &mut Writer) {
    let count = board.filled("draft_changes", "n", &draft.changes.len().to_string());
    let what = if draft.what.is_empty() { board.word("draft_unnamed") } else { &draft.what };
    out.raw("<li><p><strong>").text(what).raw("</strong><br><span class=\"pke-quiet\">");
    out.text(&moment(&draft.when, board.lang)).raw(" · ").text(&count).raw("</span></p>");
    out.raw("<p class=\"pke-actions\">");
    if let Some(at) = draft.changes.iter().find_map(|change| change["at"].as_str()) {
        let key = at.split(['.', '#']).next().and_then(|id| key(board, id));
        out.raw("<a class=\"pk-button\"").attr("href", &board.field(key.as_ref(), at));
        out.raw(">").text(board.word("draft_go")).raw("</a> ");
    }
    out.raw("<button type=\"button\" class=\"pk-button\" hidden").attr("data-drop", tab);
    out.attr("data-what", what).raw(">").text(board.word("draft_drop"));
    out.raw("</button></p></li>");
}

/// A day and time as they are kept, in the author's way.
fn moment(when: &str, lang: Lang) -> String {
    let (day, time) = when.split_once('T').unwrap_or((when, ""));
    let day = Date::parse(day).map_or_else(|| day.to_owned(), |day| day.display(lang));
    let time = time.get(..5).unwrap_or_default();
    let time = if lang == Lang::EN { time.to_owned() } else { time.replace(':', ".") };
    format!("{day} {time}").trim_end().to_owned()
}

/// An entity by its address.
fn key(board: &Board<'_>, id: &str) -> Option<Key> {
    board.book()?.tables.entries().map(AnyEntry::key).find(|key| key.to_string() == id)
}

// ---- What publishing would change

fn publish(board: &Board<'_>, out: &mut Writer) {
    part(board, ("_publish", "publish"), out, |out| {
        let errors = board.count(Severity::Error);
        if errors > 0 {
            out.raw("<p class=\"pke-blocked\">");
            out.text(&board.filled("publish_blocked", "n", &errors.to_string())).raw("</p>\n");
        }
        match &board.facts.changed {
            Some(changed) if changed.is_empty() => return paragraph(board.word("publish_none"), out),
            Some(changed) => {
                paragraph(board.word("publish_hint"), out);
                let heads = ["page", "state"];
                let label = (board.word("publish_pages"), &heads[..]);
                table(board, label, changed, out, |changed, out| self::changed(board, changed, out));
            }
            None => paragraph(board.word("publish_first"), out),
        }
        if errors == 0 && board.facts.token.is_some() {
            out.raw(
                "<p class=\"pke-actions\"><button type=\"button\" class=\"pk-button\" data-publish hidden>",
            );
            out.text(board.word("publish_now")).raw("</button></p>\n");
        }
    });
}

fn changed(board: &Board<'_>, changed: &ChangedPage, out: &mut Writer) {
    let href = (changed.how != How::Gone).then(|| format!("/{}", changed.url));
    out.raw("<th scope=\"row\">");
    board.link(href.as_deref(), &changed.title, out);
    let lang = Lang::parse(&changed.lang).map_or_else(|| changed.lang.clone(), |lang| language(board, lang));
    out.raw(" <span class=\"pke-quiet\">").text(&lang).raw("</span></th><td>");
    out.text(board.word(match changed.how {
        How::Added => "is_new",
        How::Changed => "is_changed",
        How::Gone => "is_gone",
    }));
    out.raw("</td>");
}

// ---- The six steps

fn method(board: &Board<'_>, out: &mut Writer) {
    let Some(site) = board.site() else { return };
    let (steps, page) = site.progress(board.lang);
    if steps.is_empty() {
        return;
    }
    part(board, ("_method", "method"), out, |out| {
        paragraph(board.word("method_hint"), out);
        out.raw("<ol class=\"pke-steps\">");
        for step in &steps {
            let href = page.as_ref().map(|url| format!("/{}#{}", url.encoded(), step.id));
            out.raw("<li><p>");
            board.link(href.as_deref(), &step.title, out);
            out.raw("</p><p class=\"pk-progress\">");
            meter(board, (&step.title, step.done, step.of), out);
            out.raw("</p></li>");
        }
        out.raw("</ol>\n");
    });
}

fn meter(board: &Board<'_>, (title, done, of): (&str, usize, usize), out: &mut Writer) {
    if of == 0 {
        out.raw("<strong>").text(board.word("method_none")).raw("</strong>");
        return;
    }
    out.raw("<meter min=\"0\"").attr("max", &of.to_string()).attr("value", &done.to_string());
    out.attr("aria-label", title).raw("></meter> <strong>");
    out.text(&format!("{done} / {of}")).raw("</strong>");
}

// ---- Findings

const COUNTS: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

fn findings(board: &Board<'_>, out: &mut Writer) {
    part(board, ("_findings", "findings"), out, |out| {
        if board.snapshot.findings.is_empty() {
            return paragraph(board.word("findings_none"), out);
        }
        let heads = ["page", "owner", "errors", "warnings", "infos"];
        out.raw("<h3>").text(board.word("by_page")).raw("</h3>\n");
        let rows = by_entity(board);
        table(board, (board.word("by_page"), &heads), &rows, out, |row, out| counted(board, row, true, out));
        let rows = by_owner(board);
        out.raw("<h3>").text(board.word("by_owner")).raw("</h3>\n");
        let heads = ["owner", "errors", "warnings", "infos"];
        table(board, (board.word("by_owner"), &heads), &rows, out, |row, out| {
            counted(board, row, false, out);
        });
    });
}

fn counted(board: &Board<'_>, row: &Row, owned: bool, out: &mut Writer) {
    out.raw("<th scope=\"row\">");
    board.link(row.href.as_deref(), &row.name, out);
    out.raw("</th>");
    if owned {
        out.raw("<td>").text(row.owner.as_deref().unwrap_or_default()).raw("</td>");
    }
    COUNTS.iter().enumerate().for_each(|(at, _)| figure(row.counts[at], out));
}

// ---- Translations

fn translations(board: &Board<'_>, out: &mut Writer) {
    let (Some(site), Some(book)) = (board.site(), board.book()) else { return };
    part(board, ("_translations", "translations"), out, |out| {
        if book.langs.len() < 2 {
            return paragraph(board.word("translations_one"), out);
        }
        coverage(board, out);
        let waits = |state: State| matches!(state, State::Missing | State::Stale);
        let open = site.translations().states().flat_map(|(unit, states)| {
            let open = states.iter().filter(move |(_, state)| waits(**state));
            open.map(move |(lang, state)| (unit, *lang, *state))
        });
        let mut open: Vec<(&Unit, Lang, State)> = open.collect();
        // What is stale misleads; what is missing is at least seen to be so.
        open.sort_by_key(|(_, _, state)| *state != State::Stale);
        if open.is_empty() {
            let unsure = site
                .translations()
                .states()
                .any(|(_, states)| states.values().any(|s| *s == State::ToConfirm));
            return paragraph(
                board.word(if unsure { "translations_unsure" } else { "translations_none" }),
                out,
            );
        }
        let heads = ["text", "page", "language", "state"];
        table(board, (board.word("waiting"), &heads), &open, out, |row, out| waiting(board, *row, out));
    });
}

/// How many texts are in each state, language by language.
fn coverage(board: &Board<'_>, out: &mut Writer) {
    let Some(site) = board.site() else { return };
    let whole = site.translations().tally(|_| ()).into_values().next().unwrap_or_default();
    let langs: Vec<Lang> = whole.langs().collect();
    let mut heads = vec!["language"];
    let keys: Vec<String> = State::ALL.iter().map(|state| format!("state_{}", state.as_str())).collect();
    heads.extend(keys.iter().map(String::as_str));
    table(board, (board.word("coverage"), &heads), &langs, out, |lang, out| {
        out.raw("<th scope=\"row\">").text(&language(board, *lang)).raw("</th>");
        State::ALL.iter().for_each(|state| figure(whole.count(*lang, *state), out));
    });
}

fn language(board: &Board<'_>, lang: Lang) -> String {
    let name = crate::model::words::language(lang);
    name.get(board.lang).cloned().unwrap_or_else(|| lang.to_string())
}

fn waiting(board: &Board<'_>, (unit, lang, state): (&Unit, Lang, State), out: &mut Writer) {
    let at = unit.id.as_str();
    let known =
        unit.sides.iter().find(|(other, _)| *other != lang).map(|(other, side)| (other, side.words()));
    let (of, words) = known.unwrap_or((board.lang, at));
    out.raw("<th scope=\"row\"><a").attr("href", &board.field(unit.of.as_ref(), at));
    out.attr("lang", of.as_str()).raw(">").text(&excerpt(words)).raw("</a></th><td>");
    let entry = unit.of.as_ref().and_then(|key| board.book()?.entry(key));
    let name = entry.map_or_else(|| board.word("settings").to_owned(), |entry| board.name(entry));
    out.text(&name).raw("</td><td>").text(&language(board, lang)).raw("</td><td>");
    out.text(board.word(if state == State::Stale { "state_stale" } else { "state_missing" })).raw("</td>");
}

/// The beginning of a text.
fn excerpt(words: &str) -> String {
    const MOST: usize = 80;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}

// ---- Reviews

fn reviews(board: &Board<'_>, out: &mut Writer) {
    let Some(book) = board.book() else { return };
    part(board, ("_reviews", "review_title"), out, |out| {
        let mut late: Vec<&dyn AnyEntry> = board.overdue().collect();
        late.sort_by_key(|entry| review::due(entry.meta(), &book.config));
        if late.is_empty() {
            return nothing_late(board, out);
        }
        let heads = ["page", "owner", "due"];
        table(board, (board.word("overdue"), &heads), &late, out, |entry, out| {
            let key = entry.key();
            let field = board.field(Some(&key), &format!("{key}.reviewed"));
            out.raw("<th scope=\"row\">");
            board.link(Some(&field), &board.name(*entry), out);
            out.raw("</th><td>").text(&super::told::owner(board, *entry)).raw("</td><td>");
            let due = review::due(entry.meta(), &book.config);
            out.text(&due.map(|due| due.display(board.lang)).unwrap_or_default()).raw("</td>");
        });
    });
}

fn nothing_late(board: &Board<'_>, out: &mut Writer) {
    let Some(book) = board.book() else { return };
    let due = |entry: &dyn AnyEntry| Some((review::due(entry.meta(), &book.config)?, board.name(entry)));
    match book.tables.entries().filter_map(due).min() {
        Some((day, name)) => {
            let next = format!("{name}, {}", day.display(board.lang));
            paragraph(&board.filled("review_none", "next", &next), out);
        }
        None => paragraph(board.word("review_undated"), out),
    }
}
