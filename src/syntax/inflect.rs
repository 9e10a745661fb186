//! Finnish and Swedish words in their inflected forms: `arvioinnista` is `arviointi`, `planens` is `plan`.
//!
//! Made for recognising the words of a glossary in running text, so it never cuts a word down by itself:
//! a word is asked whether it is a form of a known one. What it takes for a form may not exist, which does
//! no harm, as long as it is no form of another word.

mod finnish;
mod swedish;

use std::collections::BTreeSet;

use crate::base::lang::Lang;

/// A word whose forms are recognised.
#[derive(Debug, Clone)]
pub struct Lemma {
    word: String,
    stems: Vec<Stem>,
}

/// What forms of a word begin with, and the endings that make it whole.
#[derive(Debug, Clone)]
struct Stem {
    begins: String,
    ends: fn(stem: &str, ending: &str) -> bool,
}

impl Lemma {
    /// A word in its base form.
    pub fn new(lang: Lang, word: &str) -> Lemma {
        let word = word.to_lowercase();
        let stems = match lang {
            Lang::FI => finnish::stems(&word),
            Lang::SV => swedish::stems(&word),
            _ => Vec::new(),
        };
        Lemma { word, stems }
    }

    /// Whether a word in small letters is a form of this one.
    pub fn is(&self, form: &str) -> bool {
        let whole = |stem: &Stem| {
            form.strip_prefix(stem.begins.as_str()).is_some_and(|ending| (stem.ends)(&stem.begins, ending))
        };
        form == self.word || self.stems.iter().any(whole)
    }

    /// The beginnings of all its forms: gradation changes even the second letter, `ikä` is `iän`.
    pub fn beginnings(&self) -> BTreeSet<&str> {
        let stems = self.stems.iter().map(|stem| stem.begins.as_str());
        stems.chain([self.word.as_str()]).map(Lemma::beginning).collect()
    }

    /// What forms of the word begin with, whole.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        self.stems.iter().map(|stem| stem.begins.as_str())
    }

    /// What a word begins with: so many letters that words can be told apart, so few that every stem has
    /// them.
    pub fn beginning(word: &str) -> &str {
        let end = word.char_indices().nth(2).map_or(word.len(), |(at, _)| at);
        &word[..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words and forms of them: the paradigms that the words of social work follow.
    const FORMS: &[(Lang, &str, &[&str])] = &[
        (Lang::FI, "arviointi", &["arvioinnin", "arviointia", "arvioinnissa", "arviointiin", "arviointeja"]),
        (Lang::FI, "tuki", &["tuen", "tukea", "tuessa", "tukeen", "tuet", "tukia", "tuista"]),
        (Lang::FI, "laki", &["lain", "lakia", "laissa", "lait", "lakeja", "lakien", "laeissa"]),
        (Lang::FI, "virka", &["viran", "virkaa", "virassa", "virkaan", "virkoja", "viroissa", "virat"]),
        (Lang::FI, "virkasuhde", &["virkasuhteen", "virkasuhdetta", "virkasuhteessa", "virkasuhteeseen"]),
        (Lang::FI, "palvelutarve", &["palvelutarpeen", "palvelutarvetta", "palvelutarpeet"]),
        (Lang::FI, "asiakas", &["asiakkaan", "asiakasta", "asiakkaalle", "asiakkaita", "asiakkaiden"]),
        (Lang::FI, "päätös", &["päätöksen", "päätöstä", "päätökseen", "päätöksiä", "päätösten"]),
        (Lang::FI, "asiakkuus", &["asiakkuuden", "asiakkuutta", "asiakkuuteen", "asiakkuuksien"]),
        (
            Lang::FI,
            "omatyöntekijä",
            &["omatyöntekijän", "omatyöntekijää", "omatyöntekijöitä", "omatyöntekijänä"],
        ),
        (Lang::FI, "hyvinvointialue", &["hyvinvointialueen", "hyvinvointialueella", "hyvinvointialueita"]),
        (Lang::FI, "erityinen", &["erityisen", "erityistä", "erityisessä", "erityiseen", "erityisiä"]),
        (Lang::FI, "sosiaalityö", &["sosiaalityön", "sosiaalityötä", "sosiaalityöhön", "sosiaalitöitä"]),
        (Lang::FI, "hallintosääntö", &["hallintosäännön", "hallintosääntöä", "hallintosäännössä"]),
        (Lang::FI, "huolto", &["huollon", "huoltoa", "huoltoon", "huolloissa", "huoltojen"]),
        (Lang::FI, "suunnitelma", &["suunnitelman", "suunnitelmaa", "suunnitelmaan", "suunnitelmia"]),
        (Lang::FI, "kuraattori", &["kuraattorin", "kuraattoria", "kuraattorille", "kuraattoreita"]),
        (Lang::FI, "vaihe", &["vaiheen", "vaihetta", "vaiheessa", "vaiheeseen", "vaiheita", "vaiheet"]),
        (Lang::FI, "rooli", &["roolin", "roolia", "rooleja", "rooleissa"]),
        (Lang::FI, "viranhaltija", &["viranhaltijan", "viranhaltijaa", "viranhaltijoita", "viranhaltijalle"]),
        (Lang::FI, "apu", &["avun", "apua", "avulla", "apuun", "avut"]),
        (Lang::FI, "ikä", &["iän", "ikää", "iässä", "ikään"]),
        (Lang::FI, "tila", &["tilan", "tilaa", "tilassa", "tiloja", "tilat", "tilaan", "tilansa"]),
        (Lang::SV, "vård", &["vården", "vårdens"]),
        (Lang::SV, "sjukdom", &["sjukdomar", "sjukdomarna", "sjukdomens"]),
        (Lang::SV, "plan", &["planen", "planer", "planerna", "planens"]),
        (Lang::SV, "bedömning", &["bedömningen", "bedömningar", "bedömningarna", "bedömningens"]),
        (Lang::SV, "kontaktperson", &["kontaktpersonen", "kontaktpersoner", "kontaktpersonens"]),
        (Lang::SV, "socialarbetare", &["socialarbetaren", "socialarbetarna", "socialarbetarens"]),
        (Lang::SV, "välfärdsområde", &["välfärdsområdet", "välfärdsområden", "välfärdsområdets"]),
        (Lang::SV, "beslut", &["beslutet", "besluten", "beslutets"]),
        (Lang::SV, "skede", &["skedet", "skeden", "skedena"]),
        (Lang::SV, "klient", &["klienten", "klienter", "klienterna", "klientens"]),
        (
            Lang::SV,
            "förvaltningsstadga",
            &["förvaltningsstadgan", "förvaltningsstadgor", "förvaltningsstadgans"],
        ),
        (Lang::SV, "egen", &["eget", "egna"]),
        (Lang::SV, "särskild", &["särskilt", "särskilda"]),
    ];

    #[test]
    fn forms_of_words_are_recognised() {
        for (lang, word, forms) in FORMS {
            let lemma = Lemma::new(*lang, word);
            for form in forms.iter().chain([word]) {
                assert!(lemma.is(form), "{form} is a form of {word}");
                assert!(lemma.beginnings().contains(Lemma::beginning(form)), "{form}");
            }
        }
    }

    #[test]
    fn other_words_are_not() {
        for (lang, word, others) in [
            (Lang::FI, "tuki", &["tukka", "tukos", "tuuli", "tukihenkilö"][..]),
            (Lang::FI, "laki", &["lakki", "laina", "lainata", "laiska"]),
            (Lang::FI, "virka", &["viranomainen", "vire", "virkailija"]),
            (Lang::FI, "arviointi", &["arvio", "arvioija"]),
            (Lang::FI, "asiakas", &["asia", "asiakaskertomus", "asiakkuus"]),
            (Lang::FI, "rooli", &["roolijako"]),
            (Lang::FI, "tila", &["tilanne", "tilata", "tilasi"]),
            (Lang::SV, "vård", &["vårdar", "vårda"]),
            (Lang::SV, "fråga", &["frågar"]),
            (Lang::SV, "ansvar", &["ansvarar"]),
            (Lang::SV, "plan", &["planering", "planera", "plansch"]),
            (Lang::SV, "beslut", &["besluta", "beslutande"]),
            (Lang::SV, "region", &["regional", "regionala"]),
        ] {
            let lemma = Lemma::new(lang, word);
            for other in others {
                assert!(!lemma.is(other), "{other} is no form of {word}");
            }
        }
    }
}
