//! The way back from a reader: a mail that says which page it is about, in which language and which version, or a
//! form elsewhere. It works without scripts, and nothing is sent before the reader sends it.

use std::borrow::Cow;

use serde::Serialize;

use super::Cx;
use crate::base::digest::Digest;
use crate::base::output::{encoded, mailto};
use crate::model::placed::{is_mail, is_web};

/// Where feedback goes.
#[derive(Serialize)]
pub(super) struct Feedback {
    /// A mail, filled in.
    mail: Option<String>,
    /// A form elsewhere.
    form: Option<String>,
}

/// Stands for the version of a page until the page is finished.
const VERSION: &str = "pk-page-version";

/// So many letters of a title go into a mail: mail programs refuse long links.
const TITLE: usize = 100;

/// Where feedback on a page goes; none where the settings name no address.
pub(super) fn feedback(cx: Cx<'_>, title: &str) -> Option<Feedback> {
    // What stands where a page once was is no page that anybody could mend.
    if cx.world.routes.former(cx.url).is_some() {
        return None;
    }
    let config = &cx.book().config;
    let mail = config.feedback.as_ref().filter(|mail| is_mail(&mail.words));
    let form = config.feedback_form.as_ref().filter(|form| is_web(&form.words));
    let feedback = Feedback {
        mail: mail.map(|mail| page_mail(cx, &mail.words, "feedback.subject", title)),
        form: form.map(|form| form.words.clone()),
    };
    (feedback.mail.is_some() || feedback.form.is_some()).then_some(feedback)
}

/// A mail about a page: the subject names it, the body says where it stands.
pub(super) fn page_mail(cx: Cx<'_>, address: &str, subject: &'static str, title: &str) -> String {
    let (title, id) = (shortened(title), cx.page.id());
    let subject = cx.strings().with(subject, &[("title", &title), ("id", &id)]);
    let language = cx.language_phrase("name", cx.lang);
    let lines = [
        cx.word("feedback.write").to_owned(),
        String::new(),
        String::new(),
        "--".to_owned(),
        cx.strings().with("feedback.page", &[("title", &title), ("id", &id)]),
        cx.strings().with("feedback.address", &[("url", cx.url.as_str())]),
        cx.strings().with("feedback.language", &[("language", &language)]),
        cx.strings().with("feedback.version", &[("version", VERSION)]),
    ];
    mail(address, &subject, &lines.join("\r\n"))
}

/// A link that opens a mail (RFC 6068): lines end in CR LF there.
fn mail(address: &str, subject: &str, body: &str) -> String {
    format!("{}?subject={}&body={}", mailto(address), encoded(subject), encoded(body))
}

fn shortened(title: &str) -> String {
    match title.char_indices().nth(TITLE) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}

/// Puts the version of a finished page where it is spoken of: a digest of the page itself, so that it changes with
/// the page and with nothing else. The addresses of texts in a preview do not count.
pub(super) fn versioned(page: String) -> String {
    if memchr::memmem::find(page.as_bytes(), VERSION.as_bytes()).is_none() {
        return page;
    }
    let version = Digest::of(unmarked(&page).as_bytes()).short();
    page.replace(VERSION, &version)
}

/// A page without the addresses of its texts.
fn unmarked(page: &str) -> Cow<'_, str> {
    const MARK: &str = " data-src=\"";
    if !page.contains(MARK) {
        return Cow::Borrowed(page);
    }
    let mut parts = page.split(MARK);
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.filter_map(|part| Some(part.split_once('"')?.1));
    Cow::Owned(rest.fold(first, |out, part| out + part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_encoded_as_mail_programs_read_it() {
        let made = mail("työ+x@alue.example", "Palaute: Ä & ö?", "a\r\nb");
        let expected =
            "mailto:ty%C3%B6%2Bx@alue.example?subject=Palaute%3A%20%C3%84%20%26%20%C3%B6%3F&body=a%0D%0Ab";
        assert_eq!(made, expected);
    }

    #[test]
    fn the_version_is_that_of_the_page_and_not_of_the_preview() {
        let version =
            |page: &str| versioned(format!("{page} {VERSION}")).rsplit(' ').next().unwrap().to_owned();
        assert_eq!(version("<p data-src=\"role/x.name\">a</p>"), version("<p>a</p>"));
        assert_ne!(version("<p>a</p>"), version("<p>b</p>"));
        assert_eq!(version("x").len(), 10);
    }

    #[test]
    fn long_titles_are_cut_between_letters() {
        assert_eq!(shortened(&"ä".repeat(100)).chars().count(), 100);
        assert_eq!(shortened(&"ä".repeat(300)).chars().count(), 101);
    }
}
