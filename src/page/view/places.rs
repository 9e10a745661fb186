//! The look-up: from a postal code to the area, its teams and how they are reached. A table for everybody; a script
//! lays a field over it (`places.js`).

use super::super::Cx;
use super::super::sheet::{Cell, Part, Sheet, Table};
use super::super::team::{clients, languages, reached, words};
use super::super::words::Link;
use crate::base::html::{Html, Writer};
use crate::model::area::Area;
use crate::model::places::{self, Codes, left_over, written};
use crate::model::table::{AnyEntry, Entry};
use crate::model::team::Team;

pub(super) fn sheet(cx: Cx<'_>) -> Sheet {
    let field = Part { figure_html: Some(field(cx)), ..Part::default() };
    let table = Part { table: Some(table(cx)), ..Part::new("postinumerot", cx.word("place.codes_title")) };
    let homeless = Part { table: Some(homeless(cx)), ..Part::new("muut", cx.word("place.no_area")) };
    let sheet = Sheet { class: "pk-places-page", ..Sheet::view(cx, "places") };
    let sheet = if places_of(cx).is_empty() { sheet } else { sheet.with(field) };
    sheet.with(table).with(homeless)
}

/// A place: codes of an area, and a team that works there if there is one.
struct Place<'b> {
    codes: Vec<Codes>,
    area: &'b Entry<Area>,
    team: Option<(&'b Entry<Team>, &'b Entry<Area>)>,
}

/// Places by their codes. The codes of a larger area stand with its parts, and those that no part has by themselves.
fn places_of<'b>(cx: Cx<'b>) -> Vec<Place<'b>> {
    let mut areas: Vec<(Vec<Codes>, &Entry<Area>)> = cx
        .book()
        .tables
        .areas
        .iter()
        .map(|area| (left_over(cx.book(), area), area))
        .filter(|(codes, _)| !codes.is_empty())
        .collect();
    areas.sort_by_key(|(codes, _)| codes.iter().min().copied());
    areas.into_iter().flat_map(|(codes, area)| of_area(cx, codes, area)).collect()
}

fn of_area<'b>(cx: Cx<'b>, codes: Vec<Codes>, area: &'b Entry<Area>) -> Vec<Place<'b>> {
    let teams = places::teams(cx.book(), area);
    if teams.is_empty() {
        return vec![Place { codes, area, team: None }];
    }
    let place = |team| Place { codes: codes.clone(), area, team: Some(team) };
    teams.into_iter().map(place).collect()
}

const COLUMNS: [&str; 7] = [
    "place.codes",
    "place.area",
    "place.team",
    "team.segment",
    "team.shift",
    "team.contact",
    "team.serves_in",
];

fn table(cx: Cx<'_>) -> Table {
    let places = places_of(cx);
    Table::new(cx, &COLUMNS, places.iter().map(|place| row(cx, place)).collect())
}

fn spans(codes: &[Codes], between: &str) -> String {
    codes.iter().map(|codes| written(*codes)).collect::<Vec<_>>().join(between)
}

fn row(cx: Cx<'_>, place: &Place<'_>) -> Vec<Cell> {
    let above = places::within(cx.book(), place.area).map(|above| cx.name(above).text);
    let part = above.map(|name| cx.strings().with("place.part_of", &[("name", &name)]));
    let area = cx.link(&place.area.key()).map(|link| link.noted(part));
    let codes = spans(&place.codes, " ").replace('–', "-");
    let head = Cell { codes: Some(codes), ..Cell::plain(&spans(&place.codes, ", ")) };
    let mut cells = vec![head, Cell::link(area)];
    match place.team {
        Some((team, _)) => cells.extend(team_cells(cx, team)),
        None => {
            cells.push(Cell::plain(cx.word("place.no_team")));
            cells.resize_with(COLUMNS.len(), Cell::default);
        }
    }
    cells
}

/// A team: its name, clients, times, contact and languages.
fn team_cells(cx: Cx<'_>, team: &Entry<Team>) -> Vec<Cell> {
    let shift = words(cx, team, &team.data.shift, &["shift"]);
    let shift = shift.map(|words| Link { words, ..Link::default() });
    vec![
        Cell::link(cx.link(&team.key())),
        Cell::links(clients(cx, &team.data)),
        Cell::link(shift),
        Cell::links(reached(cx, team)),
        Cell::links(languages(cx, &team.data)),
    ]
}

/// Teams that name no area.
fn homeless(cx: Cx<'_>) -> Table {
    let teams = cx.book().tables.teams.iter().filter(|team| team.data.area.is_empty());
    Table::new(cx, &COLUMNS[2..], teams.map(|team| team_cells(cx, team)).collect())
}

/// The field, hidden until the script shows it, and the place where the script tells what it found.
fn field(cx: Cx<'_>) -> Html {
    let mut out = Writer::default();
    out.raw("<div class=\"pk-places\" data-pk-places hidden");
    out.attr("data-pk-none", cx.word("place.none")).attr("data-pk-wrong", cx.word("place.wrong")).raw(">");
    out.raw("<label for=\"_place\">").text(cx.word("place.label")).raw("</label>");
    out.raw("<input id=\"_place\" type=\"text\" inputmode=\"numeric\" autocomplete=\"off\" maxlength=\"9\"");
    out.raw(" spellcheck=\"false\" aria-describedby=\"_place-hint\">");
    out.raw("<p id=\"_place-hint\">").text(cx.word("place.hint")).raw("</p>");
    out.raw("<div class=\"pk-places-found\" role=\"status\" data-pk-found></div></div>");
    out.finish()
}
