//! What every page shows of the organisation: its colour, its logo, and the addresses for feedback.

use crate::base::diag::{Code, Diagnostic, Diagnostics, Fix};
use crate::base::lang::PerLang;
use crate::base::number;
use crate::check::Facts;
use crate::model::config::Config;
use crate::model::form::Attachment;
use crate::model::logo::{Fault, MAX_LOGO};
use crate::model::placed::{Placed, Tint, is_mail, is_web};
use crate::model::words::each_spoken;
use crate::theme::brand::{READABLE, Scheme};

crate::codes! { "look.toml":
    UNREADABLE_ACCENT = "unreadable-accent",
    LOGO_MISSING = "logo-missing",
    LOGO_NO_PICTURE = "logo-no-picture",
    LOGO_TOO_LARGE = "logo-too-large",
    LOGO_UNSAFE = "logo-unsafe",
    BAD_MAIL = "bad-mail",
    BAD_WEB_ADDRESS = "bad-web-address",
}

pub(super) const LOGO: &[Code] = &[LOGO_MISSING, LOGO_NO_PICTURE, LOGO_TOO_LARGE, LOGO_UNSAFE];
pub(super) const ADDRESSES: &[Code] = &[BAD_MAIL, BAD_WEB_ADDRESS];

/// The colour can be read wherever pages use it.
pub(super) fn accent(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let config = &facts.book.config;
    let schemes =
        [(Scheme::Light, &config.accent, "accent"), (Scheme::Dark, &config.accent_dark, "accent_dark")];
    let found = schemes.into_iter().filter_map(|(scheme, tint, key)| unreadable(scheme, tint.as_ref()?, key));
    diags.extend(found);
}

fn unreadable(scheme: Scheme, tint: &Tint, key: &'static str) -> Option<Diagnostic> {
    let colour = tint.colour?;
    let unreadable = scheme.judge(colour).err()?;
    let nearest = unreadable.nearest.to_string();
    let fix = Fix { span: tint.span, text: format!("\"{nearest}\"") };
    let finding = Diagnostic::at(UNREADABLE_ACCENT, tint.span).with("key", key);
    let finding = finding.with("colour", colour.to_string()).with("nearest", nearest);
    let finding = finding.with("ratio", ratio(unreadable.ratio)).with("least", ratio(READABLE));
    Some(Diagnostic { fix: Some(fix), ..finding })
}

/// A contrast with two decimals, never rounded up to what it is not.
fn ratio(ratio: f64) -> PerLang<String> {
    let ratio = (ratio * 100.0).floor() / 100.0;
    each_spoken(|lang| number::display(ratio, lang))
}

/// The files of the logo are pictures that may stand on every page.
pub(super) fn logo(facts: &Facts<'_>, diags: &mut Diagnostics) {
    diags.extend(facts.book.logo.faults.iter().map(|(file, fault)| faulty(file, fault)));
}

fn faulty(file: &Attachment, fault: &Fault) -> Diagnostic {
    let told = |code| Diagnostic::at(code, file.span).with("file", file.path.as_str());
    match fault {
        Fault::Missing => told(LOGO_MISSING),
        Fault::NoPicture => told(LOGO_NO_PICTURE),
        Fault::TooLarge(bytes) => {
            let kilobytes = |bytes: usize| bytes.div_ceil(1000).to_string();
            told(LOGO_TOO_LARGE).with("size", kilobytes(*bytes)).with("limit", kilobytes(MAX_LOGO))
        }
        Fault::Unsafe(what) => told(LOGO_UNSAFE).with("what", what.as_str()),
    }
}

/// Addresses in the settings can be written to or opened.
pub(super) fn addresses(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let config = &facts.book.config;
    let wrong = |code: Code, key: &'static str, address: &Placed| {
        Diagnostic::at(code, address.span).with("key", key).with("address", address.words.as_str())
    };
    let written = |address: &&Placed| !address.words.is_empty();
    let mails = mails(config).into_iter().filter_map(|(key, mail)| Some((key, mail.filter(written)?)));
    diags.extend(
        mails.filter(|(_, mail)| !is_mail(&mail.words)).map(|(key, mail)| wrong(BAD_MAIL, key, mail)),
    );
    let pages = pages(config).into_iter().filter_map(|(key, page)| Some((key, page.filter(written)?)));
    diags.extend(
        pages.filter(|(_, page)| !is_web(&page.words)).map(|(key, page)| wrong(BAD_WEB_ADDRESS, key, page)),
    );
}

fn mails(config: &Config) -> [(&'static str, Option<&Placed>); 3] {
    let own = config.accessibility.as_ref();
    let authority = own.and_then(|own| own.authority.as_ref());
    [
        ("feedback", config.feedback.as_ref()),
        ("accessibility.mail", own.and_then(|own| own.mail.as_ref())),
        ("accessibility.authority.mail", authority.and_then(|authority| authority.mail.as_ref())),
    ]
}

fn pages(config: &Config) -> [(&'static str, Option<&Placed>); 2] {
    let authority = config.accessibility.as_ref().and_then(|own| own.authority.as_ref());
    [
        ("feedback_form", config.feedback_form.as_ref()),
        ("accessibility.authority.link", authority.and_then(|authority| authority.link.as_ref())),
    ]
}
