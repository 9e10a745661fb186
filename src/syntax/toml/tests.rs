//! What a file with mistakes is read as, and what is told of them.

use proptest::prelude::*;

use super::*;
use crate::base::source::{Content, SourcePath, Sources};

fn read(text: &str) -> TomlFile {
    let sources = Sources::new([(SourcePath::new("a.toml").unwrap(), Content::Text(text.into()))]);
    parse(sources.find("a.toml").unwrap().id, text)
}

fn keys(table: &Table) -> Vec<String> {
    table.iter().map(|(key, _)| key.name.to_string()).collect()
}

/// What is left of a file, as TOML on one line.
fn left(text: &str) -> String {
    fn write(data: &Data) -> String {
        match data {
            Data::Text(text) => format!("{text:?}"),
            Data::Integer(number) => number.to_string(),
            Data::Array(items) => {
                format!("[{}]", items.iter().map(|item| write(&item.data)).collect::<Vec<_>>().join(", "))
            }
            Data::Table(table) => format!("{{{}}}", inner(table)),
            other => format!("{other:?}"),
        }
    }
    fn inner(table: &Table) -> String {
        let pairs = table.iter().map(|(key, value)| format!("{}={}", key.name, write(&value.data)));
        pairs.collect::<Vec<_>>().join(" ")
    }
    inner(&read(text).root)
}

/// What is told, as `line:column code key`.
fn told(text: &str) -> Vec<String> {
    let place = |at: usize| {
        let before = &text[..at];
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count());
        format!("{}:{}", before.matches('\n').count() + 1, column + 1)
    };
    let tell = |d: &Diagnostic| {
        let range = d.span.unwrap().range();
        let also = d.also.map_or(String::new(), |also| format!(" also {}", place(also.range().start)));
        format!("{} {} {}{also}", place(range.start), d.code.id(), &text[range]).trim_end().to_owned()
    };
    read(text).mistakes.iter().map(tell).collect()
}

#[test]
fn keys_keep_the_authors_order() {
    let file = read("b = 1\na = \"x\"\n[z]\n[role.y]\n[role.x]\n");
    assert_eq!(keys(&file.root), ["b", "a", "z", "role"]);
    let Data::Table(role) = &file.root.get("role").unwrap().data else { panic!() };
    assert_eq!(keys(role), ["y", "x"]);
}

#[test]
fn every_mistake_is_found_and_the_rest_is_read() {
    let text = "a = 1\nb = oops\nc = 3\nc = 4\nd = \"open\ne = 5\nf 6\n[g]\nh = 7\n";
    let found = ["2:5 toml-unquoted oops", "4:1 toml-duplicate-key c also 3:1", "5:10 toml-unclosed"];
    assert_eq!(told(text), [&found[..], &["7:3 toml-no-equals"]].concat());
    assert_eq!(left(text), "a=1 c=3 e=5 g={h=7}");
}

#[test]
fn a_statement_with_a_mistake_is_told_once_and_left_out() {
    for (statement, expected) in [
        ("k \"x\"", "2:3 toml-no-equals"),
        ("k =", "2:4 toml-no-equals"),
        ("k = # later", "2:5 toml-no-equals"),
        ("k == \"x\"", "2:4 toml-no-equals ="),
        ("k: \"x\"", "2:4 toml-no-equals"),
        ("= \"x\"", "2:1 toml-no-equals"),
        ("Muista tarkistaa", "2:8 toml-no-equals"),
        ("Tämä on tarkistettava", "2:6 toml-no-equals"),
        ("Tämä on = tarkistettava", "2:6 toml-no-equals"),
        ("työ = \"x\"", "2:3 toml-bad-key ö"),
        ("k = \"Ohje\ntyöntekijälle\"", "2:10 toml-unclosed"),
        ("k = \"Ohje\ntyöntekijälle ja muille\"", "2:10 toml-unclosed"),
        ("k = [\"x\"", "2:9 toml-unclosed"),
        ("k = [\n  \"x\",\n  \"y\"\n", "4:6 toml-unclosed"),
        ("k = \"\"\"x\ny\n", "3:2 toml-unclosed"),
        ("k = { a = 1", "2:12 toml-unclosed"),
        ("k = [\"x\" \"y\"]", "2:10 toml-syntax"),
        ("k = [\n  \"x\"\n  \"y\",\n]", "4:3 toml-syntax"),
        ("k = \"Mitä \"ohje\" on\"", "2:12 toml-syntax"),
        ("k = { a = 1, a = 2 }", "2:14 toml-duplicate-key a"),
        ("k = [x, \"y\"]", "2:6 toml-unquoted x"),
        ("k = 1301/2014", "2:5 toml-unquoted 1301/2014"),
        ("k = 00100", "2:5 toml-unquoted 00100"),
        ("k = ”x”", "2:5 toml-unquoted ”x”"),
    ] {
        let text = format!("a = 1\n{statement}\nb = 2\n[c]\nd = 3\n");
        assert_eq!(told(&text), [expected], "{text}");
        assert_eq!(left(&text), "a=1 b=2 c={d=3}", "{text}");
        let line = read(&text).damaged;
        assert_eq!(line.len(), 1, "{text}");
        assert!(text[line[0].start as usize..line[0].end as usize].contains(statement.trim_end()), "{text}");
    }
}

#[test]
fn days_and_truths_are_told_as_what_they_are_meant_to_be() {
    let fix = |text: &str| read(text).mistakes.remove(0).fix.map(|fix| (fix.span.range(), fix.text));
    for (value, code, meant) in [
        ("21.11.2026", "toml-bad-date", Some("2026-11-21")),
        ("2026-02-30", "toml-bad-date", None),
        ("2026-1-2", "toml-bad-date", Some("2026-01-02")),
        ("kyllä", "toml-yes-no", Some("true")),
        ("nej", "toml-yes-no", Some("false")),
        ("True", "toml-yes-no", Some("true")),
    ] {
        let text = format!("a = {value} # x\n");
        assert_eq!(told(&text), [format!("1:5 {code} {value}")]);
        assert_eq!(fix(&text), meant.map(|meant| (4..4 + value.len(), meant.to_owned())));
        assert_eq!(left(&text), "");
    }
    assert_eq!(told("a = [1, 1.2.2026]\n"), ["1:9 toml-bad-date 1.2.2026"]);
}

#[test]
fn a_header_with_a_mistake_takes_its_section_along() {
    for header in ["[page.b", "[page b]", "[page.b]]", "[]", "[page.]", "[pääsivu.b]", "[page.b.työ]"] {
        let text = format!("[page.a]\nk = 1\n{header}\nk = 2\n# x\n[page.c]\nk = 3\n");
        assert_eq!(told(&text).len(), 1, "{text}");
        assert_eq!(left(&text), "page={a={k=1} c={k=3}}", "{text}");
    }
}

#[test]
fn an_id_with_other_letters_is_mended_and_told() {
    let text = "[page.työnjako]\nk = 1\n[[page.päätös.rows]]\nk = 2\n";
    assert_eq!(told(text), ["1:9 toml-bad-key ö", "3:9 toml-bad-key ää"]);
    assert_eq!(left(text), "page={tyonjako={k=1} paatos={rows=[{k=2}]}}");
    let file = read(text);
    let fixes = file.mistakes.iter().map(|d| d.fix.as_ref().map(|fix| (&text[fix.span.range()], &*fix.text)));
    assert_eq!(fixes.collect::<Vec<_>>(), [Some(("työnjako", "tyonjako")), Some(("päätös", "paatos"))]);
    assert_eq!(file.damaged, [0..17, 23..47]);
}

#[test]
fn a_copied_entity_is_told_once_with_both_places() {
    let copy = "[page.a]\nk = 1\nl.fi = \"x\"\n[[page.a.row]]\nid = \"r\"\n";
    let text = format!("{copy}[page.b]\n{copy}[page.c]\nk = 2\n");
    assert_eq!(told(&text), ["7:7 toml-duplicate-key a also 1:7"]);
    assert_eq!(left(&text), "page={a={k=1 l={fi=\"x\"} row=[{id=\"r\"}]} b={} c={k=2}}");
}

#[test]
fn the_first_place_of_a_key_is_found_at_every_depth() {
    for (text, expected) in [
        ("[a.b]\nname.fi = 1\nname.sv = 2\nname.fi = 3\n", "4:6 toml-duplicate-key fi also 2:6"),
        ("[[a.r]]\nk = 1\n[[a.r]]\nk = 2\nk = 3\n", "5:1 toml-duplicate-key k also 4:1"),
        ("[a]\nname = 1\nname.fi = 2\n", "3:1 toml-duplicate-key name also 2:1"),
        ("[a]\nname = 1\n[a.name]\nfi = 2\n", "3:4 toml-duplicate-key name also 2:1"),
        ("a.b = 1\n[a]\nc = 2\n", "2:2 toml-duplicate-key a also 1:1"),
    ] {
        assert_eq!(told(text), [expected], "{text}");
    }
}

#[test]
fn texts_are_composed() {
    assert_eq!(left("a = \"Pa\u{308}a\u{308}to\u{308}s\""), "a=\"Päätös\"");
}

#[test]
fn a_file_of_anything_is_told_and_ends() {
    for text in [
        "Tämä on proosaa.\n",
        "a = [\n",
        "[page.a]\nk = 1\n",
        "k = 1.1.2026\n",
        "k = \"\"\"\n",
        "[a\n",
        "\n]\n",
    ] {
        let file = read(&text.repeat(2000));
        assert!(!file.mistakes.is_empty() && file.mistakes.len() <= 2000, "{text}");
    }
}

proptest! {
    #[test]
    fn nothing_is_left_out_unsaid(
        lines in prop::collection::vec(prop::sample::select(vec![
            "[page.a]", "[page.b]", "[[page.a.row]]", "[page.työ]", "[page.a", "[page b]",
            "k = 1", "l.fi = \"x\"", "k = oops", "k \"x\"", "k = [", "\"x\",", "]", "k = \"\"\"", "k = {", "}",
            "Tämä on", "# x", "", "k = 21.11.2026", "työ = 1", "k = \"open", "k = [\"x\",", "m = \"y\" # z",
        ]), 0..12),
    ) {
        let text = lines.join("\n");
        let file = read(&text);
        let (_, errors) = DeTable::parse_recoverable(&text);
        prop_assert_eq!(file.mistakes.is_empty(), errors.is_empty());
        prop_assert_eq!(file.damaged.is_empty(), errors.is_empty());
        prop_assert!(file.damaged.is_sorted_by(|before, after| before.end < after.start));
        let spans = file.mistakes.iter().filter_map(|finding| finding.span);
        prop_assert!(spans.clone().all(|span| text.get(span.range()).is_some()));
        let lines = spans.map(|span| text[..span.range().start].matches('\n').count());
        prop_assert!(lines.is_sorted_by(|before, after| before < after), "two findings on a line: {}", text);
    }
}
