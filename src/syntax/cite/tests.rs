//! What is a citation and what is not: tables of both, and every form put together at random.

use std::ops::Range;

use proptest::prelude::*;

use super::{Citation, SectionNumber, find, parse};

/// What a handbook of the tests calls its statutes.
fn known(word: &str) -> bool {
    [
        "asiakaslaki",
        "sosiaalihuoltolaki",
        "socialvårdslag",
        "asiakasmaksuasetus",
        "klientavgiftsförordning",
        "laki toimeentulotuesta",
        "laki sosiaalihuollon asiakkaan asemasta ja oikeuksista",
        "lag om utkomststöd",
        "lag om klientens ställning och rättigheter inom socialvården",
    ]
    .contains(&word.to_lowercase().as_str())
}

/// The citations in a text as `text as written -> statute|section|subsection|item`.
fn cited(text: &str) -> Vec<String> {
    let part = |n: Option<u16>| n.map_or(String::new(), |n| n.to_string());
    let tell = |(range, c): (Range<usize>, Citation)| {
        format!("{} -> {}|{}|{}|{}", &text[range], c.statute, c.section, part(c.subsection), part(c.item))
    };
    find(text, &known).into_iter().map(tell).collect()
}

fn check(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(cited(text).join("; "), *expected, "{text}");
    }
}

#[test]
fn plain_forms_are_found() {
    check(&[
        ("Ks. SHL 36 § 5 mom. ja muut", "SHL 36 § 5 mom. -> SHL|36|5|"),
        ("SHL 3 § 1 mom. 3 k.", "SHL 3 § 1 mom. 3 k. -> SHL|3|1|3"),
        ("SHL 3 § 1 mom ja", "SHL 3 § 1 mom -> SHL|3|1|"),
        ("SHL 3 § 2 kohta.", "SHL 3 § 2 kohta -> SHL|3||2"),
        ("(817/2015 9 §)", "817/2015 9 § -> 817/2015|9||"),
        ("LSL 13 b §:n", "LSL 13 b § -> LSL|13 b||"),
        ("LSL 13b §", "LSL 13b § -> LSL|13 b||"),
        ("1290/2002 5:4 §", "1290/2002 5:4 § -> 1290/2002|5:4||"),
        ("asiakaslaki 5 § ja laki 5 §", "asiakaslaki 5 § -> asiakaslaki|5||"),
        ("SHL 36§", "SHL 36§ -> SHL|36||"),
        ("SHL\u{a0}36\u{a0}§ 5\u{202f}mom.", "SHL\u{a0}36\u{a0}§ 5\u{202f}mom. -> SHL|36|5|"),
        ("SHL 34 § ja SHL 35 §", "SHL 34 § -> SHL|34||; SHL 35 § -> SHL|35||"),
        ("Päätös:SHL 36 §", "SHL 36 § -> SHL|36||"),
    ]);
}

#[test]
fn endings_are_understood() {
    check(&[
        ("SHL:n 36 §:n 5 momentissa.", "SHL:n 36 §:n 5 momentissa -> SHL|36|5|"),
        ("SHL 36 §:ssä", "SHL 36 § -> SHL|36||"),
        ("SHL 36 §:ää", "SHL 36 § -> SHL|36||"),
        ("SHL 36 §:n 1 momentin 2 kohdan", "SHL 36 §:n 1 momentin 2 kohdan -> SHL|36|1|2"),
        ("817/2015:n 9 §", "817/2015:n 9 § -> 817/2015|9||"),
        ("Sosiaalihuoltolain 36 §:n mukaan", "Sosiaalihuoltolain 36 § -> Sosiaalihuoltolaki|36||"),
        ("asiakasmaksuasetuksen 2 §", "asiakasmaksuasetuksen 2 § -> asiakasmaksuasetus|2||"),
        (
            "enligt 2 § klientavgiftsförordningen",
            "2 § klientavgiftsförordningen -> klientavgiftsförordning|2||",
        ),
    ]);
}

#[test]
fn in_swedish_the_statute_stands_behind() {
    check(&[
        ("enligt 36 § 5 mom. SVL.", "36 § 5 mom. SVL -> SVL|36|5|"),
        ("36 § 5 mom. 2 punkten SVL", "36 § 5 mom. 2 punkten SVL -> SVL|36|5|2"),
        ("36 § 5 mom. i socialvårdslagen", "36 § 5 mom. i socialvårdslagen -> socialvårdslag|36|5|"),
        ("36 § i socialvårdslagens anda", "36 § i socialvårdslagens -> socialvårdslag|36||"),
        ("1 kap. 3 § 817/2015", "1 kap. 3 § 817/2015 -> 817/2015|1:3||"),
        ("SHL 36 § SVL 37 §", "SHL 36 § -> SHL|36||; SVL 37 § -> SVL|37||"),
        ("36 § SHL:n 37 ja 38 §", "SHL:n 37 -> SHL|37||; 38 § -> SHL|38||"),
    ]);
}

#[test]
fn statutes_are_cited_by_their_whole_title_and_with_their_number() {
    check(&[
        (
            "Ks. toimeentulotuesta annetun lain 14 a §",
            "toimeentulotuesta annetun lain 14 a § -> laki toimeentulotuesta|14 a||",
        ),
        (
            "SHL 3 § ja sosiaalihuollon asiakkaan asemasta ja oikeuksista annetussa laissa 8 §:ssä",
            "SHL 3 § -> SHL|3||; sosiaalihuollon asiakkaan asemasta ja oikeuksista annetussa laissa 8 § -> \
             laki sosiaalihuollon asiakkaan asemasta ja oikeuksista|8||",
        ),
        ("4 § i lagen om utkomststöd, som", "4 § i lagen om utkomststöd -> lag om utkomststöd|4||"),
        (
            "8 § i lagen om klientens ställning och rättigheter inom socialvården och 9 §",
            "8 § i lagen om klientens ställning och rättigheter inom socialvården -> \
             lag om klientens ställning och rättigheter inom socialvården|8||",
        ),
        ("sosiaalihuoltolain (1301/2014) 36 §:n", "sosiaalihuoltolain (1301/2014) 36 § -> 1301/2014|36||"),
        ("(1301/2014) 36 §", "(1301/2014) 36 § -> 1301/2014|36||"),
        ("tästä annetun lain 14 § ja lagen om annat 5 §", ""),
        ("5 § i lagen om annat", ""),
    ]);
}

#[test]
fn chapters_and_subsections_may_stand_with_the_number() {
    check(&[
        ("SHL 42.3 §", "SHL 42.3 § -> SHL|42|3|"),
        ("SHL 36.3 § 2 kohta", "SHL 36.3 § 2 kohta -> SHL|36|3|2"),
        ("417/2007 1 luvun 3 §", "417/2007 1 luvun 3 § -> 417/2007|1:3||"),
        ("SHL:n 1 luvun 3 ja 4 §", "SHL:n 1 luvun 3 -> SHL|1:3||; 4 § -> SHL|1:4||"),
    ]);
}

#[test]
fn each_section_of_a_list_or_range_is_cited() {
    check(&[
        ("SHL 36–37 §", "SHL 36 -> SHL|36||; 37 § -> SHL|37||"),
        ("SHL 36-37 §:ssä", "SHL 36 -> SHL|36||; 37 § -> SHL|37||"),
        ("SHL 36 a – 36 c §", "SHL 36 a -> SHL|36 a||; 36 c § -> SHL|36 c||"),
        ("SHL 36 ja 37 § 2 mom.", "SHL 36 -> SHL|36||; 37 § 2 mom. -> SHL|37|2|"),
        ("SHL 36, 37 b ja 39 §", "SHL 36 -> SHL|36||; 37 b -> SHL|37 b||; 39 § -> SHL|39||"),
        ("36–37 § SVL", "36 -> SVL|36||; 37 § SVL -> SVL|37||"),
        ("enligt 36 och 37 § SVL", "36 -> SVL|36||; 37 § SVL -> SVL|37||"),
        ("SHL 36.2 ja 37.1 §", "SHL 36.2 -> SHL|36|2|; 37.1 § -> SHL|37|1|"),
    ]);
}

#[test]
fn what_is_no_citation_stays_text() {
    for text in [
        "36 §",
        "§",
        "36 §.",
        "§ 36",
        "SHL § 36",
        "SHL §",
        "1–36 §",
        "hinta 5 § (x)",
        "Hinta on 12,5 § kappale",
        "SHL 12,5 §",
        "pykälä 36 §",
        "lain 36 §",
        "tämän luvun 36 §",
        "36 § säätää",
        "36 § 5 mom. i paragrafen",
        "36 §. SVL säätää",
        "36 §, SVL",
        "36 §:n SVL",
        "x-SHL 36 §",
        "SHL 5 a luvun 3 §",
        "SHL 1 luvun 5:4 §",
        "SHL 36 a–c §",
        "SHL 1.2.3 §",
        "SHL –36 §",
        "SHL 99999 §",
        "Shl 36 §",
        "36 § SVL-lagen",
        "sosiaalihuoltolakiin verrattuna 36 §",
    ] {
        assert_eq!(cited(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_field_holds_one_citation_only() {
    assert!(parse(" SHL 36 § ").is_some());
    assert!(parse("katso SHL 36 §").is_none());
    assert!(parse("SHL 36 §, SHL 37 §").is_none());
    assert!(parse("SHL 36–37 §").is_none());
    let statute = parse("perhehoitolain 5 §").map(|citation| citation.statute);
    assert_eq!(statute.as_deref(), Some("perhehoitolain"));
}

/// A piece of a citation as written, and what it means.
type Piece<T> = (String, T);

fn gap() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![" ", " ", "\u{a0}", "\u{202f}"])
}

fn statute_before() -> impl Strategy<Value = Piece<&'static str>> {
    let forms = [
        ("SHL", "SHL"),
        ("SHL:n", "SHL"),
        ("817/2015", "817/2015"),
        ("817/2015:n", "817/2015"),
        ("asiakaslaki", "asiakaslaki"),
        ("asiakaslain", "asiakaslaki"),
        ("sosiaalihuoltolaissa", "sosiaalihuoltolaki"),
        ("asiakasmaksuasetuksessa", "asiakasmaksuasetus"),
    ];
    prop::sample::select(forms.map(|(text, meant)| (text.to_owned(), meant)).to_vec())
}

fn statute_behind() -> impl Strategy<Value = Piece<&'static str>> {
    let forms = [
        ("SVL", "SVL"),
        ("817/2015", "817/2015"),
        ("i SVL", "SVL"),
        ("socialvårdslag", "socialvårdslag"),
        ("i socialvårdslagen", "socialvårdslag"),
        ("klientavgiftsförordningen", "klientavgiftsförordning"),
    ];
    prop::sample::select(forms.map(|(text, meant)| (text.to_owned(), meant)).to_vec())
}

fn section() -> impl Strategy<Value = Piece<SectionNumber>> {
    let letter = prop::option::of(prop::char::range('a', 'f'));
    (1_u16..400, letter, prop::bool::ANY).prop_map(|(number, letter, spaced)| {
        let space = if spaced && letter.is_some() { " " } else { "" };
        let text = format!("{number}{space}{}", letter.map_or(String::new(), String::from));
        (text, SectionNumber { chapter: None, number, letter })
    })
}

/// A chapter as written before the section.
fn chapter() -> impl Strategy<Value = Piece<Option<u16>>> {
    let words = prop::sample::select(vec![" luvun ", " kap. ", ":"]);
    let written = (1_u16..40, words).prop_map(|(n, word)| (format!("{n}{word}"), Some(n)));
    prop_oneof![Just((String::new(), None)), written]
}

/// Sign, subsection and item.
fn tail() -> impl Strategy<Value = Piece<(Option<u16>, Option<u16>)>> {
    let subsection = prop::sample::select(vec!["mom.", "momentissa", "momentin", "momentet"]);
    let item = prop::sample::select(vec!["kohta", "k.", "kohdan", "punkten"]);
    let parts = (prop::option::of((1_u16..20, subsection)), prop::option::of((1_u16..20, item)));
    (parts, gap()).prop_map(|((subsection, item), gap)| {
        let write = |part: &Option<(u16, &str)>| {
            part.map_or(String::new(), |(number, word)| format!("{gap}{number}{gap}{word}"))
        };
        let text = format!("{gap}§{}{}", write(&subsection), write(&item));
        (text, (subsection.map(|part| part.0), item.map(|part| part.0)))
    })
}

/// A sentence without citations around one.
fn around() -> impl Strategy<Value = (&'static str, &'static str)> {
    let before = prop::sample::select(vec!["", "Ks. ", "Päätös tehdään (", "36 § ja "]);
    (before, prop::sample::select(vec!["", ".", ") mukaan", ", ja 5 §"]))
}

proptest! {
    #[test]
    fn every_form_with_the_statute_first_is_found(
        (statute, chapter, section, tail) in (statute_before(), chapter(), section(), tail()),
        gap in gap(),
        (before, behind) in around(),
    ) {
        let written = format!("{}{gap}{}{}{}", statute.0, chapter.0, section.0, tail.0);
        let text = format!("{before}{written}{behind}");
        let meant = Citation {
            statute: statute.1.into(),
            section: SectionNumber { chapter: chapter.1, ..section.1 },
            subsection: tail.1.0,
            item: tail.1.1,
        };
        prop_assert_eq!(find(&text, &known), [(before.len()..before.len() + written.len(), meant)]);
    }

    #[test]
    fn every_form_with_the_statute_behind_is_found(
        (statute, section, tail) in (statute_behind(), section(), tail()),
        chapter in chapter(),
        gap in gap(),
        (before, behind) in around(),
    ) {
        let written = format!("{}{}{}{gap}{}", chapter.0, section.0, tail.0, statute.0);
        let text = format!("{before}{written}{behind}");
        let meant = Citation {
            statute: statute.1.into(),
            section: SectionNumber { chapter: chapter.1, ..section.1 },
            subsection: tail.1.0,
            item: tail.1.1,
        };
        prop_assert_eq!(find(&text, &known), [(before.len()..before.len() + written.len(), meant)]);
    }

    #[test]
    fn every_section_of_a_list_is_found(
        sections in prop::collection::vec(section(), 2..6),
        between in prop::sample::select(vec!["–", "-", " – ", " ja ", " och ", ", ", " sekä "]),
        statute in statute_before(),
    ) {
        let written = sections.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(between);
        let text = format!("{} {written} §", statute.0);
        let found = find(&text, &known);
        let numbers: Vec<_> = found.iter().map(|(_, citation)| citation.section.clone()).collect();
        prop_assert_eq!(numbers, sections.iter().map(|(_, meant)| meant.clone()).collect::<Vec<_>>());
        prop_assert!(found.iter().all(|(_, citation)| &*citation.statute == statute.1));
        prop_assert!(found.is_sorted_by_key(|(range, _)| range.start));
        prop_assert_eq!((found[0].0.start, found[found.len() - 1].0.end), (0, text.len()));
    }

    #[test]
    fn any_text_is_read_without_overlap(text in "([a-zäA-Z0-9 §.,:/–-]|SHL| ja | mom\\. | luvun | i ){0,60}") {
        let found = find(&text, &known);
        prop_assert!(found.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start));
        prop_assert!(found.iter().all(|(range, _)| text.get(range.clone()).is_some()));
    }
}
