//! Texts in the languages that polku itself speaks.

use serde::Deserialize;

use crate::base::lang::Lang;

/// A text in each of the three languages polku speaks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    fi: String,
    sv: String,
    en: String,
}

impl Words {
    /// The text in this language; English where polku does not speak it.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::FI => &self.fi,
            Lang::SV => &self.sv,
            _ => &self.en,
        }
    }
}
