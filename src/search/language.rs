//! What of Finnish and Swedish the browser is told.

use crate::base::lang::Lang;

/// Words of a language that a query and a text have without being about them.
pub(super) fn stop_words(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::FI => &FINNISH,
        Lang::SV => &SWEDISH,
        _ => &[],
    }
}

/// Endings behind which two forms of one word may differ, `a` also for `ä` and `å`, `o` for `ö`.
pub(super) fn endings(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::FI => &FINNISH_ENDINGS,
        Lang::SV => &SWEDISH_ENDINGS,
        _ => &[],
    }
}

/// How a section is spoken of, by the beginning of the word.
pub(super) const SECTIONS: [&str; 2] = ["pykal", "paragraf"];

const FINNISH: [&str; 69] = [
    "ja",
    "tai",
    "että",
    "jos",
    "kun",
    "kuin",
    "on",
    "ei",
    "ole",
    "se",
    "sen",
    "sitä",
    "siitä",
    "ne",
    "hän",
    "hänen",
    "he",
    "joka",
    "jonka",
    "jota",
    "jotka",
    "kuka",
    "kenen",
    "kenelle",
    "ketä",
    "kenet",
    "ketkä",
    "mikä",
    "mitä",
    "minkä",
    "mihin",
    "missä",
    "mistä",
    "mitkä",
    "miten",
    "miksi",
    "milloin",
    "mille",
    "kuinka",
    "onko",
    "voiko",
    "saako",
    "pitääkö",
    "täytyykö",
    "tuleeko",
    "pitää",
    "voi",
    "saa",
    "tulee",
    "mutta",
    "myös",
    "sekä",
    "vai",
    "niin",
    "kanssa",
    "ovat",
    "olla",
    "kumpi",
    "eli",
    "tämä",
    "jo",
    "tehdä",
    "tekee",
    "teen",
    "saanko",
    "voinko",
    "kuuluu",
    "millainen",
    "millaisia",
];

const SWEDISH: [&str; 65] = [
    "och", "eller", "att", "om", "som", "är", "inte", "en", "ett", "det", "den", "de", "dem", "han", "hon",
    "i", "på", "av", "för", "med", "till", "från", "vid", "vem", "vems", "vilka", "vilken", "vilket", "vad",
    "var", "när", "hur", "varför", "vart", "kan", "får", "ska", "skall", "måste", "bör", "gör", "har", "jag",
    "man", "vi", "sig", "sin", "sitt", "sina", "då", "så", "men", "också", "samt", "där", "under", "mellan",
    "mycket", "många", "gäller", "behöver", "finns", "göra", "görs", "mitt",
];

const FINNISH_ENDINGS: [&str; 124] = [
    "", "n", "a", "t", "ta", "tta", "ssa", "sta", "lla", "lta", "lle", "ksi", "na", "an", "on", "en", "in",
    "un", "yn", "aan", "oon", "een", "iin", "uun", "hin", "hon", "hun", "han", "hyn", "seen", "siin", "den",
    "tten", "ten", "ien", "jen", "iden", "itten", "ia", "ja", "ita", "issa", "ista", "illa", "ilta", "ille",
    "iksi", "ina", "ihin", "isiin", "eja", "ejen", "eihin", "eissa", "eista", "eilla", "eilta", "eille",
    "eita", "eiden", "eiksi", "oja", "ojen", "oihin", "oissa", "oista", "oilla", "oilta", "oille", "oita",
    "oiden", "oiksi", "oina", "i", "ni", "si", "nsa", "mme", "nne", "kin", "kaan", "ko", "ssaan", "staan",
    "llaan", "ltaan", "lleen", "kseen", "taan", "ansa", "ensa", "insa", "onsa", "aansa", "issaan", "istaan",
    "illaan", "iaan", "itaan", "idensa", "iensa", "jaan", "jensa", "ssakin", "nkin", "llakin", "tkin", "lta",
    "sti", "mpi", "mman", "minen", "misen", "mista", "miseen", "misessa", "misesta", "miseksi", "va", "vat",
    "taa", "daan", "ut", "nut",
];

const SWEDISH_ENDINGS: [&str; 46] = [
    "", "s", "n", "t", "a", "e", "r", "en", "et", "er", "ar", "or", "na", "ns", "ts", "ens", "ets", "ers",
    "ars", "ors", "erna", "arna", "orna", "ernas", "arnas", "ornas", "nas", "as", "an", "ans", "de", "dde",
    "te", "ade", "at", "ad", "ande", "ende", "andet", "andets", "are", "aren", "arens", "aste", "es", "rna",
];
