//! The organisation's own colour: what it may be, and the tokens that follow from it.
//!
//! The colour takes the place of links, marks and buttons; the pale surfaces and lines keep their lightness and
//! take its hue, so that a page has one accent and no trace of the theme's own.

use crate::base::colour::Colour;

/// Text and links against what they stand on (WCAG 2.2, 1.4.3); lines and marks need less.
pub const READABLE: f64 = 4.5;

/// A derived dark colour stands out as clearly as the theme's own.
const CLEAR: f64 = 7.0;

/// The organisation's colour in light and dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brand {
    light: Colour,
    dark: Colour,
}

/// Which pages a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Light ones.
    Light,
    /// Dark ones.
    Dark,
}

/// Why a colour cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unreadable {
    /// Its least contrast with what it stands on.
    pub ratio: f64,
    /// The nearest colour that can be read.
    pub nearest: Colour,
}

/// The tokens of a scheme: what takes the hue of the accent, then what stays as it is.
struct Tokens {
    tinted: [(&'static str, &'static str); 4],
    fixed: [&'static str; 2],
    on_accent: &'static str,
}

/// As in `css/tokens.css`, which a test holds.
const LIGHT: Tokens = Tokens {
    tinted: [("ground", "#f4f7f6"), ("soft", "#dfebe8"), ("line", "#6f8a88"), ("hair", "#cfdad8")],
    fixed: ["#ffffff", "#fbf0df"],
    on_accent: "#ffffff",
};
const DARK: Tokens = Tokens {
    tinted: [("ground", "#1b2425"), ("soft", "#243637"), ("line", "#7f9a99"), ("hair", "#354446")],
    fixed: ["#141b1c", "#33291a"],
    on_accent: "#0c1d1f",
};

/// How many of the tinted tokens text stands on.
const SURFACES: usize = 2;

impl Scheme {
    fn tokens(self) -> &'static Tokens {
        match self {
            Scheme::Light => &LIGHT,
            Scheme::Dark => &DARK,
        }
    }

    /// What links and marks of a colour stand on.
    fn surfaces(self, accent: Colour) -> Vec<Colour> {
        let tokens = self.tokens();
        let tinted = tokens.tinted.iter().take(SURFACES).map(|(_, value)| token(value).tinted(accent));
        tinted.chain(tokens.fixed.iter().map(|value| token(value))).collect()
    }

    /// Whether a colour can be read wherever the theme uses it.
    ///
    /// # Errors
    /// Where it cannot, with its contrast and the nearest colour that can.
    pub fn judge(self, accent: Colour) -> Result<(), Unreadable> {
        let ratio = accent.least(&self.surfaces(accent));
        let nearest = self.readable(accent, READABLE);
        if ratio >= READABLE { Ok(()) } else { Err(Unreadable { ratio, nearest }) }
    }

    fn readable(self, accent: Colour, ratio: f64) -> Colour {
        accent.readable(&self.surfaces(accent), ratio)
    }

    /// The tokens of a colour, as declarations.
    fn declared(self, accent: Colour) -> String {
        let tokens = self.tokens();
        let tinted =
            tokens.tinted.iter().map(|(name, value)| (*name, token(value).tinted(accent).to_string()));
        let own = ["accent", "link"].map(|name| (name, accent.to_string()));
        let all = own.into_iter().chain([("on-accent", tokens.on_accent.to_owned())]).chain(tinted);
        all.map(|(name, value)| format!("--pk-{name}:{value};")).collect()
    }
}

impl Brand {
    /// A colour for light pages, and one for dark pages where it is given; else that is made from the first.
    /// What cannot be read gives way to the nearest that can.
    pub fn new(light: Colour, dark: Option<Colour>) -> Brand {
        let made = || Scheme::Dark.readable(light, CLEAR);
        let dark = dark.map_or_else(made, |dark| Scheme::Dark.readable(dark, READABLE));
        Brand { light: Scheme::Light.readable(light, READABLE), dark }
    }

    /// The rules that follow those of the theme. Paper and forced colours keep their own.
    pub(super) fn rules(self) -> String {
        let (light, dark) = (Scheme::Light.declared(self.light), Scheme::Dark.declared(self.dark));
        format!(
            "@layer tokens{{@media screen{{:root{{{light}}}}}\n\
             @media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n\
             @media screen and (prefers-contrast:more){{:root{{--pk-hair:var(--pk-line)}}}}}}\n"
        )
    }

    /// The icon of the browser tab in this colour.
    pub(super) fn icon(self, icon: &str) -> String {
        icon.replace(ICON, &self.light.to_string())
    }
}

/// The colour in the theme's own icon.
const ICON: &str = "#1d5c63";

fn token(value: &str) -> Colour {
    Colour::parse(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSS: &str = include_str!("../../themes/polku/css/tokens.css");

    #[test]
    fn the_tokens_are_those_of_the_style_sheet() {
        let (light, dark) = CSS.split_once("prefers-color-scheme: dark").unwrap();
        for (css, tokens) in [(light, LIGHT), (dark, DARK)] {
            for (name, value) in tokens.tinted.iter().chain(&[("on-accent", tokens.on_accent)]) {
                assert!(css.contains(&format!("--pk-{name}: {value};")), "{name}");
            }
            assert!(css.contains(&format!("--pk-paper: {};", tokens.fixed[0])));
            assert!(css.contains(&format!("--pk-alert-soft: {};", tokens.fixed[1])));
        }
        assert!(include_str!("../../themes/polku/icon.svg").contains(ICON));
    }

    /// Colours all around the circle, from pale to dark.
    fn many() -> Vec<Colour> {
        const PARTS: [&str; 5] = ["00", "3c", "78", "b4", "ff"];
        let with = |begun: String| PARTS.map(|part| format!("{begun}{part}"));
        let all = with("#".to_owned()).into_iter().flat_map(with).flat_map(with);
        all.map(|text| Colour::parse(&text).unwrap()).collect()
    }

    #[test]
    fn every_colour_becomes_one_that_can_be_read_in_light_and_dark() {
        for colour in many() {
            let brand = Brand::new(colour, None);
            assert_eq!(Scheme::Light.judge(brand.light), Ok(()), "{colour}");
            assert_eq!(Scheme::Dark.judge(brand.dark), Ok(()), "{colour}");
            if let Err(unreadable) = Scheme::Light.judge(colour) {
                assert!(unreadable.ratio < READABLE);
                assert_eq!(Scheme::Light.judge(unreadable.nearest), Ok(()), "{colour}");
            }
        }
    }

    #[test]
    fn other_text_and_lines_stay_readable_in_every_hue() {
        // Ink, quiet text, text of alerts; what the theme promises of its own tokens.
        let texts = [(Scheme::Light, ["#1b2426", "#4d5a5c"]), (Scheme::Dark, ["#e6ecec", "#aebbbb"])];
        for colour in many() {
            for (scheme, texts) in texts {
                let surfaces = scheme.surfaces(colour);
                assert!(texts.iter().all(|text| token(text).least(&surfaces) >= READABLE), "{colour}");
                let line = token(scheme.tokens().tinted[2].1).tinted(colour);
                assert!(line.contrast(token(scheme.tokens().fixed[0])) >= 3.0, "{colour}: line {line}");
                let on = token(scheme.tokens().on_accent);
                let accent = scheme.readable(colour, READABLE);
                assert!(on.contrast(accent) >= READABLE, "{colour}");
            }
        }
    }
}
