//! The search outside a browser: the very script that pages load, over the very index, so that a report says what
//! readers find.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rquickjs::{Context, Ctx, Function, Object, Runtime, Value};

use super::SEARCH_SCRIPT;
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::page::Profile;
use crate::route::Route;
use crate::site::Site;

/// What the script of the search may use, memory in bytes and in one call steps of ten thousand operations: more than
/// any handbook needs, so that a broken one ends.
const MEMORY: usize = 1 << 30;
const STEPS: u64 = 100_000;

/// What a query finds.
pub struct Answer {
    /// How many hits there are.
    pub count: usize,
    /// The titles of the first hits, each with its kind.
    pub first: Vec<(String, String)>,
    /// The nearest words of the handbook, where a word of the query stands in none of its texts.
    pub near: Vec<String>,
}

/// The search of a site.
pub struct Engine {
    context: Context,
    /// The steps of the present call.
    steps: Arc<AtomicU64>,
}

impl Engine {
    /// Loads the script and the indexes.
    ///
    /// # Errors
    /// Where the theme has a script of its own that does not run.
    pub fn new(site: &Site, langs: &[Lang]) -> Result<Engine, Diagnostic> {
        let runtime = Runtime::new().map_err(|error| told(&error.to_string()))?;
        runtime.set_memory_limit(MEMORY);
        let steps = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&steps);
        runtime
            .set_interrupt_handler(Some(Box::new(move || counted.fetch_add(1, Ordering::Relaxed) > STEPS)));
        let context = Context::full(&runtime).map_err(|error| told(&error.to_string()))?;
        let engine = Engine { context, steps };
        engine.run("globalThis.self = globalThis;")?;
        engine.run(&text(site, &site.search_route())?)?;
        for lang in langs {
            engine.run(&text(site, &Route::Index(*lang))?)?;
            engine.run(&format!(
                "(self.polkuEngines = self.polkuEngines || {{}})['{lang}'] = polkuSearch.open(polkuIndex['{lang}']);"
            ))?;
        }
        Ok(engine)
    }

    /// What a query finds in a language; `most` titles at most.
    ///
    /// # Errors
    /// Where the script fails.
    pub fn find(&self, lang: Lang, query: &str, most: usize) -> Result<Answer, Diagnostic> {
        self.steps.store(0, Ordering::Relaxed);
        self.context.with(|ctx| answer(&ctx, lang, query, most).map_err(|_| told(&thrown(&ctx))))
    }

    fn run(&self, script: &str) -> Result<(), Diagnostic> {
        self.steps.store(0, Ordering::Relaxed);
        self.context.with(|ctx| ctx.eval::<(), _>(script).map_err(|_| told(&thrown(&ctx))))
    }
}

fn answer(ctx: &Ctx<'_>, lang: Lang, query: &str, most: usize) -> rquickjs::Result<Answer> {
    let engines: Object<'_> = ctx.globals().get("polkuEngines")?;
    let engine: Object<'_> = engines.get(lang.as_str())?;
    let find: Function<'_> = engine.get("find")?;
    let found: Object<'_> = find.call((query,))?;
    let hits: Vec<Object<'_>> = found.get("hits")?;
    let title = |hit: &Object<'_>| Ok((hit.get("title")?, hit.get("label")?));
    let first = hits.iter().take(most).map(title).collect::<rquickjs::Result<_>>()?;
    Ok(Answer { count: hits.len(), first, near: found.get("near")? })
}

/// What a script threw, in words.
fn thrown(ctx: &Ctx<'_>) -> String {
    let thrown: Value<'_> = ctx.catch();
    let message = thrown.as_exception().and_then(rquickjs::Exception::message);
    message.unwrap_or_else(|| "?".to_owned())
}

fn told(detail: &str) -> Diagnostic {
    Diagnostic::of(SEARCH_SCRIPT).with("detail", detail)
}

fn text(site: &Site, route: &Route) -> Result<String, Diagnostic> {
    let artifact = site.render(route, Profile::Publish)?;
    Ok(String::from_utf8_lossy(&artifact.bytes).into_owned())
}
