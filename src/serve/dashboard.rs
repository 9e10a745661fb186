//! The dashboard: what is to be done in the handbook before it can be published, and by whom. A page of its own
//! in the look of the handbook, which is read without scripts.

mod parts;
mod told;

use std::collections::BTreeMap;

use crate::base::date::Date;
use crate::base::diag::Severity;
use crate::base::html::{Html, Writer};
use crate::base::lang::Lang;
use crate::data::ChangedPage;
use crate::model::book::Handbook;
use crate::model::review;
use crate::model::table::{AnyEntry, Key};
use crate::model::translation::State;
use crate::route::Routes;
use crate::serve::desk::Draft;
use crate::serve::http::Shared;
use crate::serve::{own, publish};
use crate::site::Site;
use crate::snapshot::Snapshot;

/// What the dashboard tells beside the handbook itself.
pub(super) struct Dashboard<'a> {
    /// The day of reading.
    pub today: Date,
    /// The revision that is shown.
    pub revision: u64,
    /// What writing requests carry; without it nothing can be done here but read.
    pub token: Option<&'a str>,
    /// What publishing would change; `None` where nothing was published yet.
    pub changed: Option<Vec<ChangedPage>>,
    /// Work of earlier sessions that was not saved, by tab.
    pub drafts: BTreeMap<String, Draft>,
}

/// The dashboard as it is now.
pub(super) fn answer(shared: &Shared, token: Option<&str>, lang: Lang) -> String {
    let now = shared.live.checked_now();
    let facts = Dashboard {
        today: shared.live.options.settings.today,
        revision: now.revision,
        token,
        changed: publish::changed(shared),
        drafts: shared.live.look(|desk| desk.left().clone()),
    };
    page(&now.checked.1, &facts, lang).to_string()
}

/// The dashboard as a whole page, with the preview's scripts in its head.
fn page(snapshot: &Snapshot, facts: &Dashboard<'_>, lang: Lang) -> Html {
    let mut out = Writer::default();
    let board = Board { snapshot, facts, lang };
    out.raw("<!doctype html>\n<html").attr("lang", lang.as_str()).raw(">\n<head>");
    out.html(&own::head(facts.revision, facts.token));
    board.head(&mut out);
    out.raw("</head>\n<body class=\"pk-body pke-dashboard\">\n");
    board.top(&mut out);
    out.raw("<main class=\"pk-main\" id=\"_main\" tabindex=\"-1\">\n");
    board.opening(&mut out);
    for part in parts::ALL {
        part(&board, &mut out);
    }
    out.raw("</main>\n</body>\n</html>\n");
    out.finish()
}

/// A dashboard being written.
struct Board<'a> {
    snapshot: &'a Snapshot,
    facts: &'a Dashboard<'a>,
    lang: Lang,
}

impl<'a> Board<'a> {
    fn word<'k>(&self, key: &'k str) -> &'k str {
        own::word(self.lang, "dashboard", key)
    }

    fn filled(&self, key: &str, name: &str, value: &str) -> String {
        self.word(key).replace(&format!("{{{name}}}"), value)
    }

    fn site(&self) -> Option<&'a Site> {
        self.snapshot.site.as_ref()
    }

    fn book(&self) -> Option<&'a Handbook> {
        self.site().map(Site::book)
    }

    fn name(&self, entry: &dyn AnyEntry) -> String {
        let fallbacks = self.book().map_or(&[][..], |book| &book.fallbacks);
        let name = entry.meta().name.words.fallback(self.lang, fallbacks);
        name.map_or_else(|| entry.key().id.to_string(), |(_, name)| name.words.to_string())
    }

    /// Where an entity is shown, from the root of the site.
    fn href(&self, key: &Key) -> Option<String> {
        let (page, anchor) = Routes::page_of(key);
        let routes = self.site()?.routes();
        let langs = std::iter::once(self.lang).chain(self.book()?.fallbacks.iter().copied());
        let url = langs.filter_map(|lang| routes.page(lang, &page)).next()?;
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        Some(format!("/{}{anchor}", url.encoded()))
    }

    /// The page of an entity with the field of a text opened in it.
    fn field(&self, key: Option<&Key>, at: &str) -> String {
        let page = key.and_then(|key| self.href(key));
        let page = page.unwrap_or_else(|| format!("/{}/index.html", self.lang));
        let page = page.split('#').next().unwrap_or_default();
        format!("{page}#_edit={}", crate::base::output::encoded(at))
    }

    /// A link, or plain words where there is nothing to link to.
    fn link(&self, href: Option<&str>, words: &str, out: &mut Writer) {
        match href {
            Some(href) => out.raw("<a").attr("href", href).raw(">").text(words).raw("</a>"),
            None => out.raw("<span>").text(words).raw("</span>"),
        };
    }

    fn head(&self, out: &mut Writer) {
        out.raw("<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, ");
        out.raw("initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
        out.text(self.word("title")).raw(" – ").text(&self.handbook()).raw("</title>\n");
        if let Some(site) = self.site() {
            let [style, _, _, icon] = site.assets();
            out.raw("<link rel=\"icon\" type=\"image/svg+xml\"")
                .attr("href", &format!("/{}", icon.encoded()));
            out.raw(">\n<link rel=\"stylesheet\"").attr("href", &format!("/{}", style.encoded())).raw(">\n");
        }
    }

    /// What the handbook is called.
    fn handbook(&self) -> String {
        let title = self.book().and_then(|book| book.config.title.words.fallback(self.lang, &book.fallbacks));
        title.map_or_else(|| "polku".to_owned(), |(_, title)| title.words.to_string())
    }

    fn top(&self, out: &mut Writer) {
        let home = format!("/{}/index.html", self.lang);
        out.raw("<a class=\"pk-skip\" href=\"#_main\">").text(self.word("title")).raw("</a>\n");
        out.raw("<header class=\"pk-top\"><div class=\"pk-top-row\"><p class=\"pk-site\">");
        out.raw("<span class=\"pk-names\"><a").attr("href", &home).raw(">").text(&self.handbook());
        out.raw("</a></span></p><div class=\"pk-tools\"><nav class=\"pk-languages\"");
        out.attr("aria-label", self.word("languages")).raw("><ul>");
        for lang in self.book().map_or(&[][..], |book| &book.langs) {
            let name = crate::model::words::language(*lang).get(*lang).cloned();
            let name = name.unwrap_or_else(|| lang.to_string());
            out.raw("<li>");
            if *lang == self.lang {
                out.raw("<span aria-current=\"true\">").text(&name).raw("</span>");
            } else {
                out.raw("<a").attr("href", &format!("/_polku/dashboard?lang={lang}"));
                out.attr("lang", lang.as_str()).raw(">").text(&name).raw("</a>");
            }
            out.raw("</li>");
        }
        out.raw("</ul></nav></div></div></header>\n");
    }

    /// The title, and what there is to do in numbers that lead on.
    fn opening(&self, out: &mut Writer) {
        let today = self.facts.today.display(self.lang);
        out.raw("<header class=\"pk-head\"><h1>").text(self.word("title")).raw("</h1><p class=\"pk-lead\">");
        out.text(&self.filled("lead", "date", &today)).raw("</p></header>\n<ul class=\"pke-tiles\">");
        let (errors, warnings) = (self.count(Severity::Error), self.count(Severity::Warning));
        self.tile(("errors", "#_findings", if errors > 0 { "pke-is-error" } else { "" }), errors, out);
        self.tile(
            ("warnings", "#_findings", if warnings > 0 { "pke-is-warning" } else { "" }),
            warnings,
            out,
        );
        self.tile(("texts", "#_translations", ""), self.untranslated(), out);
        self.tile(("reviews", "#_reviews", ""), self.overdue().count(), out);
        let changed = self.facts.changed.as_ref().map_or(0, Vec::len);
        self.tile(("changes", "#_publish", ""), changed, out);
        out.raw("</ul>\n");
    }

    fn tile(&self, (key, href, class): (&str, &str, &str), count: usize, out: &mut Writer) {
        out.raw("<li").attr("class", &format!("pke-tile {class}")).raw("><a").attr("href", href);
        out.raw("><strong>").text(&count.to_string()).raw("</strong> <span>").text(self.word(key));
        out.raw("</span></a></li>");
    }

    fn count(&self, severity: Severity) -> usize {
        self.snapshot.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    fn untranslated(&self) -> usize {
        let states = self.site().map(|site| site.translations().states());
        let open = |state: &&State| matches!(state, State::Missing | State::Stale);
        states.into_iter().flatten().map(|(_, states)| states.values().filter(open).count()).sum()
    }

    /// What should have been read again already.
    fn overdue(&self) -> impl Iterator<Item = &'a dyn AnyEntry> {
        let today = self.facts.today;
        self.book().into_iter().flat_map(move |book| review::overdue(book, today))
    }
}
