//! What prose is read as, and what is told of it.

use proptest::prelude::*;

use super::*;
use crate::base::diag::Diagnostic;
use crate::base::source::{Content, SourcePath, Sources};

fn read(text: &str) -> Doc {
    let sources = Sources::new([(SourcePath::new("a.md").unwrap(), Content::Text(text.into()))]);
    parse(sources.find("a.md").unwrap().id, &text.into())
}

fn links(text: &str) -> Vec<Target> {
    let mut found = Vec::new();
    read(text).each_inline(&mut |inline| {
        if let Inline::Link(link) = inline {
            found.push(link.target.clone());
        }
    });
    found
}

fn codes(text: &str) -> Vec<&'static str> {
    read(text).mistakes.iter().map(|d| d.code.id()).collect()
}

#[test]
fn links_are_told_apart() {
    let entity = |kind: Option<&str>, id: &str, anchor: Option<&str>| Target::Entity {
        kind: kind.map(Piece::from),
        id: id.into(),
        anchor: anchor.map(Piece::from),
    };
    assert_eq!(
        links("[[role:x|xlle]] ja [[y#z]]"),
        [entity(Some("role"), "x", None), entity(None, "y", Some("z"))]
    );
    assert_eq!(
        links("[a](../b.fi.md#c)"),
        [Target::File { path: "../b.fi.md".into(), anchor: Some("c".into()) }]
    );
    assert_eq!(
        links("[a](#c) [m](mailto:a@b.fi)"),
        [Target::Anchor("c".into()), Target::External("mailto:a@b.fi".into())]
    );
}

#[test]
fn script_addresses_are_refused_in_every_disguise() {
    for address in ["javascript:x", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "<java\tscript:x>"] {
        assert_eq!(links(&format!("[a]({address})")), [Target::Unsafe], "{address}");
    }
    assert_eq!(codes("[a](javascript:x)"), ["markdown-unsafe-link"]);
}

#[test]
fn a_section_ends_at_the_next_heading_of_its_level() {
    let doc = read("## A\ntext\n### B\ntext\n## C\n");
    assert_eq!(doc.headings().map(|(at, h, _)| (at, h.level)).collect::<Vec<_>>(), [(0, 2), (2, 3), (4, 2)]);
    assert_eq!((doc.section_end(0, 2), doc.section_end(2, 3)), (4, 4));
}

#[test]
fn mistakes_are_found() {
    assert_eq!(codes("# Title"), ["markdown-h1"]);
    assert_eq!(codes("<script>x</script>"), ["markdown-raw-html"]);
    assert_eq!(codes("a <b>c</b>"), ["markdown-raw-html"]);
    assert_eq!(codes("<!-- a note to myself -->"), [""; 0]);
    assert_eq!(codes("![](x.png)"), ["markdown-no-alt"]);
    assert_eq!(codes("## A {#Ö}"), ["markdown-bad-anchor"]);
    assert_eq!(codes(&(">".repeat(10_000) + " deep")), ["markdown-deep"]);
    assert_eq!(codes(&("- ".repeat(10_000) + "deep")), ["markdown-deep"]);
    assert_eq!(codes("a[^x]"), ["markdown-no-footnote"]);
}

/// What is wrong in a text, as `code: what is marked`.
fn marked(text: &str) -> Vec<String> {
    let told = |d: &Diagnostic| format!("{}: {}", d.code.id(), &text[d.span.unwrap().range()]);
    read(text).mistakes.iter().map(told).collect()
}

/// What a reader sees of a text, a block a line.
fn shown(text: &str) -> Vec<String> {
    let line = |block: &Block| match &block.kind {
        BlockKind::Heading(heading) => plain(&heading.text),
        BlockKind::Paragraph(text) | BlockKind::Plain(text) => plain(text),
        BlockKind::Code(code) => code.clone(),
        other => format!("{other:?}"),
    };
    read(text).blocks.iter().map(line).collect()
}

#[test]
fn comments_are_never_shown_and_the_words_between_are() {
    for (text, expected) in [
        (
            "Alku.\n\n<!-- Kysy: Maija\n\nja Pekka -->\n\nLoppu <!-- x --> tässä.",
            &["Alku.", "Loppu  tässä."][..],
        ),
        ("<!-- a --> Tärkeää **x**. <!-- b -->", &["Tärkeää x."]),
        ("<!-- a\nb --> Tärkeää.\njatkuu", &["Tärkeää.", "jatkuu"]),
        ("a <!-- x\ny --> b", &["a  b"]),
        ("<!--> x", &["x"]),
        ("<!---->", &[]),
        ("## A <!-- x -->", &["A "]),
        ("x\n<!-- a -->\ny", &["x", "y"]),
        ("> <!-- a\n> b --> c", &[]),
        ("`<!-- a -->` \\<!-- b --> &lt;!-- c -->", &["<!-- a --> <!-- b --> <!-- c -->"]),
        ("```\n<!-- a\n```", &["<!-- a\n"]),
    ] {
        let quoted = text.starts_with('>');
        let seen = if quoted { Vec::new() } else { shown(text) };
        assert_eq!(seen, expected, "{text}");
        assert_eq!(codes(text), [""; 0], "{text}");
    }
    assert!(format!("{:?}", read("> <!-- a\n> b --> c")).contains("Text(\"c\""));
}

#[test]
fn a_comment_without_an_end_hides_what_follows_and_is_told() {
    for (text, expected) in [
        ("Alku.\n\n<!-- auki\n\nLoppu", &["Alku."][..]),
        ("Alku *a <!-- auki b* c\nd <b>\n\nLoppu", &["Alku a ", "Loppu"]),
    ] {
        assert_eq!(shown(text), expected, "{text}");
        assert_eq!(marked(text), ["markdown-open-comment: <!--"], "{text}");
    }
    assert_eq!(codes("| a <!-- |\n|--|\n| x |"), ["markdown-open-comment"]);
}

#[test]
fn html_is_told_once_a_block() {
    let text = "Ensin <nimi> ja <b>x</b>.\n\nSitten\n\n<div>\n<!-- a -->\nx\n</div>\n\n- <i>\n- <u>";
    let told = ["<nimi>", "<div>", "<i>", "<u>"].map(|html| format!("markdown-raw-html: {html}"));
    assert_eq!(marked(text).iter().map(|told| told.trim_end()).collect::<Vec<_>>(), told);
    assert_eq!(shown("<div>\n<!-- a -->\nx\n</div>"), ["<div>\n\nx\n</div>"]);
    assert_eq!(marked("<!-- a --> x <b>y</b>"), ["markdown-raw-html: <b>"]);
}

#[test]
fn a_mark_without_a_note_is_told_where_it_stands_and_stays() {
    assert_eq!(
        marked("Katso.[^1] ja [^2][^1]"),
        ["markdown-no-footnote: [^1]", "markdown-no-footnote: [^2]"]
    );
    assert_eq!(shown("Katso.[^1]"), ["Katso.[^1]"]);
    for text in ["\\[^1]", "`[^1]`", "    [^1]", "[^a b]", "[^1](x)", "[^]", "a[^A]\n\n[^a]: b"] {
        assert_eq!(codes(text), [""; 0], "{text}");
    }
}

#[test]
fn addresses_are_kept_as_written() {
    let external = |address: &str| Target::External(address.into());
    for (text, target) in [
        ("[a](<https://a.example/työn jako>)", external("https://a.example/työn%20jako")),
        ("[a](<https://a.example/a\u{7}b>)", external("https://a.example/ab")),
        ("[a](//a.example/x)", external("https://a.example/x")),
        ("[a](<ht tp://a.example>)", Target::Unsafe),
        ("[a](<b c.fi.md>)", Target::File { path: "b c.fi.md".into(), anchor: None }),
    ] {
        assert_eq!(links(text), [target], "{text}");
    }
}

#[test]
fn a_heading_is_marked_without_its_line_end() {
    assert_eq!(marked("# Ohje\n\nTeksti"), ["markdown-h1: # Ohje"]);
    let fix = |text: &str| read(text).mistakes.remove(0).fix.map(|fix| fix.text);
    assert_eq!((fix("# Ohje\n").as_deref(), fix("Ohje\n===\n")), (Some("#"), None));
    let heading = read("## A \r\nb").headings().map(|(_, _, span)| span.range()).next();
    assert_eq!(heading, Some(0..4));
}

#[test]
fn words_are_composed_and_places_are_those_of_the_file() {
    let text = "## Pa\u{308}a\u{308}to\u{308}s\n\na\u{308} [[x]]";
    assert_eq!(shown(text), ["Päätös", "ä "]);
    let doc = read(text);
    let places = doc.leads.iter().map(|lead| match lead {
        Lead::Link(link) => &text[link.span.range()],
        Lead::Picture(_, span) | Lead::Law(_, span) => &text[span.range()],
    });
    assert_eq!(places.collect::<Vec<_>>(), ["[[x]]"]);
}

#[test]
fn a_refused_picture_is_no_lead() {
    assert_eq!(codes("![x](javascript:x)"), ["markdown-unsafe-link"]);
    assert_eq!(read("![x](javascript:x) ![y](y.png)").leads.len(), 1);
}

#[test]
fn notes_belong_to_the_section_they_stand_in() {
    let of = |text: &str| -> Vec<String> {
        let doc = read(text).with_shapes();
        doc.sections.iter().map(|section| text[section.span.range()].trim().to_owned()).collect()
    };
    assert_eq!(
        of("Alku.[^1]\n\n[^1]: Yksi.\n\n## A\n\na[^2]\n\n[^2]: Kaksi.\n\n    Jatkoa.\n\n## B\n\nb\n"),
        ["Alku.[^1]\n\n[^1]: Yksi.", "## A\n\na[^2]\n\n[^2]: Kaksi.\n\n    Jatkoa.", "## B\n\nb"]
    );
    assert_eq!(of("## A\n\na[^1]\n\n[^1]: Yksi.\n\nb\n"), ["## A\n\na[^1]\n\n[^1]: Yksi.\n\nb"]);
    assert_eq!(of("[^1]: Yksi.\n\n## A\n\na[^1]\n\n## B"), ["[^1]: Yksi.\n\n## A\n\na[^1]", "## B"]);
    assert_eq!(
        of("## A\n\n- a[^1]\n\n[^1]: Yksi.\n[^2]: Kaksi."),
        ["## A\n\n- a[^1]\n\n[^1]: Yksi.\n[^2]: Kaksi."]
    );
    let digest = |note: &str| {
        let text = format!("## A\n\na[^1]\n\n## B\n\nb\n\n[^1]: {note}\n");
        read(&text).with_shapes().sections.pop().map(|section| section.shape.digest)
    };
    assert_ne!(digest("Yksi."), digest("Kaksi."));
}

#[test]
fn texts_with_law_share_the_words_around_them() {
    let doc = read(&"SHL 36 § *a* [[x]] ".repeat(3));
    let laws: Vec<&Law> =
        doc.leads.iter().filter_map(|l| if let Lead::Law(law, _) = l { Some(law) } else { None }).collect();
    assert_eq!(
        laws.iter().map(|law| law.text()).collect::<Vec<_>>(),
        ["SHL 36 § ", " SHL 36 § ", " SHL 36 § "]
    );
    assert_eq!(&*laws[0].run, "SHL 36 § a [[x]] SHL 36 § a [[x]] SHL 36 § a [[x]]");
    assert!(laws.iter().all(|law| law.run.is(&laws[0].run)));
}

proptest! {
    #[test]
    fn no_comment_is_ever_shown(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "<!--", "-->", "<!-- x -->", "secret", " ", "\n", "\n\n", "> ", "- ", "*", "ä", "<b>", "[^1]", "[[x]]",
            "## ", "<div>", "| a |\n|--|\n", "1. ",
        ]), 0..16),
    ) {
        let text = pieces.concat();
        let doc = read(&text);
        let mut seen = Vec::new();
        doc.each_inline(&mut |inline| if let Inline::Text(words, span) = inline { seen.push((words, *span)) });
        prop_assert!(seen.iter().all(|(words, _)| !words.contains("<!--")), "{:?}", seen);
        prop_assert!(seen.iter().all(|(_, span)| text.get(span.range()).is_some()));
        let told = doc.mistakes.iter().filter_map(|finding| finding.span);
        prop_assert!(told.into_iter().all(|span| text.get(span.range()).is_some()));
    }
}
