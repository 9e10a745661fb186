//! Colours: how well one is read on another, and the nearest one that is read well enough.

use std::fmt;

/// A colour of the screen (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// A colour as the eye tells it: lightness from 0 to 1, strength, and hue in radians (Oklab, B. Ottosson 2020).
#[derive(Debug, Clone, Copy)]
struct Seen {
    light: f64,
    strength: f64,
    hue: f64,
}

/// Into how many steps the way to black or white is cut when a readable colour is looked for.
const STEPS: u32 = 400;

/// The names of colours that every browser knows from the first (HTML 4.01, 6.5), and orange.
const NAMES: [(&str, &str); 17] = [
    ("black", "000000"),
    ("silver", "c0c0c0"),
    ("gray", "808080"),
    ("white", "ffffff"),
    ("maroon", "800000"),
    ("red", "ff0000"),
    ("purple", "800080"),
    ("fuchsia", "ff00ff"),
    ("green", "008000"),
    ("lime", "00ff00"),
    ("olive", "808000"),
    ("yellow", "ffff00"),
    ("navy", "000080"),
    ("blue", "0000ff"),
    ("teal", "008080"),
    ("aqua", "00ffff"),
    ("orange", "ffa500"),
];

impl Colour {
    /// Reads `#17565d`.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Colour { red: part(0)?, green: part(2)?, blue: part(4)? })
    }

    /// The colour that was probably meant by words that [`Colour::parse`] does not read: without the `#`, with three
    /// digits, or one of the names of HTML.
    pub fn meant(text: &str) -> Option<Colour> {
        let text = text.trim().to_ascii_lowercase();
        let digits = text.trim_start_matches('#');
        let named = NAMES.iter().find(|(name, _)| *name == digits).map(|(_, digits)| (*digits).to_owned());
        let short = || (digits.len() == 3).then(|| digits.chars().flat_map(|digit| [digit, digit]).collect());
        let digits = named.or_else(short).unwrap_or_else(|| digits.to_owned());
        Colour::parse(&format!("#{digits}"))
    }

    /// How much lighter the lighter of two colours is than the other, from 1 to 21 (WCAG 2.2, contrast ratio).
    pub fn contrast(self, other: Colour) -> f64 {
        let (own, there) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if own > there { own / there } else { there / own }
    }

    /// The least contrast with any of several colours.
    pub fn least(self, others: &[Colour]) -> f64 {
        others.iter().map(|other| self.contrast(*other)).fold(21.0, f64::min)
    }

    /// The nearest colour of the same hue that has at least this contrast with each of the others: darker where
    /// they are light, lighter where they are dark.
    #[must_use]
    pub fn readable(self, on: &[Colour], ratio: f64) -> Colour {
        if self.least(on) >= ratio {
            return self;
        }
        let (black, white) = (Colour::default(), Colour { red: 255, green: 255, blue: 255 });
        let end = if black.least(on) > white.least(on) { 0.0 } else { 1.0 };
        let seen = self.seen();
        let step = |n: u32| {
            let way = f64::from(n) / f64::from(STEPS);
            Seen { light: seen.light + (end - seen.light) * way, ..seen }.shown()
        };
        let found = (1..STEPS).map(step).find(|colour| colour.least(on) >= ratio);
        found.unwrap_or(if end > 0.0 { white } else { black })
    }

    /// This colour in the hue of another; a grey gives grey.
    #[must_use]
    pub fn tinted(self, by: Colour) -> Colour {
        let (own, other) = (self.seen(), by.seen());
        Seen { strength: own.strength.min(other.strength), hue: other.hue, ..own }.shown()
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn seen(self) -> Seen {
        let [red, green, blue] = self.linear();
        let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let middle = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        let light = 0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short;
        let a = 1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short;
        let b = 0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short;
        Seen { light, strength: a.hypot(b), hue: b.atan2(a) }
    }
}

impl Seen {
    /// The colour on a screen; where the screen has none so strong, the strongest that it has.
    fn shown(self) -> Colour {
        let weaker = |n: u32| Seen { strength: self.strength * (1.0 - f64::from(n) / 50.0), ..self };
        let fits = |parts: &[f64; 3]| parts.iter().all(|part| (-0.000_5..=1.000_5).contains(part));
        let found = (0..50).map(|n| weaker(n).parts()).find(fits);
        let [red, green, blue] = found.unwrap_or_else(|| weaker(50).parts()).map(encoded);
        Colour { red, green, blue }
    }

    /// Linear red, green and blue.
    fn parts(self) -> [f64; 3] {
        let (a, b) = (self.strength * self.hue.cos(), self.strength * self.hue.sin());
        let long = (self.light + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let middle = (self.light - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let short = (self.light - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
        ]
    }
}

/// A linear part as it is written (sRGB, IEC 61966-2-1).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded and clamped to a byte")]
fn encoded(part: f64) -> u8 {
    let part = part.clamp(0.0, 1.0);
    let part = if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 };
    (part * 255.0).round() as u8
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let ratio = |one: &str, other: &str| (colour(one).contrast(colour(other)) * 100.0).round() / 100.0;
        assert_eq!(ratio("#000000", "#ffffff"), 21.0);
        assert_eq!(ratio("#777777", "#ffffff"), 4.48);
        assert_eq!(ratio("#ffffff", "#0000ff"), 8.59);
    }

    #[test]
    fn only_six_digits_behind_a_hash_are_a_colour() {
        for bad in ["17565d", "#17565", "#17565g", "#+7565d", "#17565d0", "red", ""] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
        assert_eq!(colour("#17565D").to_string(), "#17565d");
    }

    #[test]
    fn the_nearest_readable_colour_is_readable_and_keeps_its_hue() {
        let (white, dark) = (colour("#ffffff"), colour("#141b1c"));
        for text in ["#ffcc00", "#ff0000", "#00ff00", "#7cc7c4", "#aaaaaa", "#ffffff", "#f0a0ff"] {
            let found = colour(text).readable(&[white], 4.5);
            assert!((4.5..4.75).contains(&found.contrast(white)), "{text} → {found}");
            assert!(found.readable(&[dark], 4.5).contrast(dark) >= 4.5, "{text}");
        }
        assert_eq!(colour("#17565d").readable(&[white], 4.5), colour("#17565d"));
    }

    #[test]
    fn a_colour_seen_and_shown_is_the_same() {
        for text in ["#17565d", "#ffffff", "#000000", "#b3470b", "#dfebe8"] {
            assert_eq!(colour(text).tinted(colour(text)), colour(text));
        }
        let grey = colour("#dfebe8").tinted(colour("#808080")).to_string();
        assert_eq!((&grey[1..3], &grey[3..5]), (&grey[3..5], &grey[5..7]));
    }
}
