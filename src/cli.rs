//! Arguments to commands, and back to an exit code.

mod value;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use value::{date, kind, lang, once, tag, written};

use crate::base::date::Date;
use crate::base::diag::Severity;
use crate::base::lang::Lang;
use crate::base::report::{Colour, Format};
use crate::cmd::{
    self, Access, Action, Build, Check, Compare, Compress, Exit, Form, Minify, New, Open, Publish, Schema,
    SearchReport, Serve, Table, Translate, Which,
};
use crate::data::File;
use crate::model::kind::Kind;
use crate::route::Drafts;
use crate::snapshot::Settings;

/// Publishes work-division handbooks in Finnish and Swedish.
#[derive(Parser)]
#[command(name = "polku", version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the site. Errors stop it and leave the old site as it was
    Build {
        #[command(flatten)]
        common: Common,
        /// The site's folder [default: public, below the handbook]
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// How many threads [default: one a core]
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
        jobs: Option<u16>,
        /// Shows drafts too
        #[arg(long)]
        drafts: bool,
        /// Leaves pages as rendered
        #[arg(long)]
        no_minify: bool,
    },
    /// Builds the site for its readers: remembers its addresses, keeps a dated package of it and tells what changed
    Publish {
        #[command(flatten)]
        common: Common,
        /// The site's folder [default: public, below the handbook]
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
        /// Packs the whole site into this file too
        #[arg(long, value_name = "FILE")]
        zip: Option<PathBuf>,
        /// Tells what changed since this handbook.json or package, instead of since the last publication
        #[arg(long, value_name = "FILE")]
        since: Option<PathBuf>,
        /// Puts compressed files (.gz, .br) beside the others, for servers that hand them out
        #[arg(long)]
        compress: bool,
        /// The folder for dated packages [default: .polku/archive, below the handbook]
        #[arg(long, value_name = "DIR")]
        archive: Option<PathBuf>,
        /// How many threads [default: one a core]
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
        jobs: Option<u16>,
    },
    /// Tells everything that is wrong
    Check {
        #[command(flatten)]
        common: Common,
        /// How findings are written
        #[arg(long, value_enum, default_value_t = Style::Human)]
        format: Style,
        /// Counts warnings as errors
        #[arg(long)]
        deny_warnings: bool,
    },
    /// Explains a check, or lists all checks
    Explain {
        /// The name of the check
        code: Option<String>,
        /// The language: fi, sv or en
        #[arg(long, value_parser = lang, default_value = "en")]
        lang: Lang,
    },
    /// Tells what changed in the division of work between two published handbooks, as text to paste
    Compare {
        /// The file handbook.json of the older site
        old: PathBuf,
        /// The file handbook.json of the newer site
        new: PathBuf,
        /// The language: fi, sv or en [default: every one of the newer handbook]
        #[arg(long, value_parser = lang)]
        lang: Option<Lang>,
        /// The folder for the text, a file a language [default: none, to the terminal]
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Tells which texts match their twins, and makes packages for translators
    Translate {
        #[command(subcommand)]
        action: Translation,
        #[command(flatten)]
        common: Common,
    },
    /// Tells what a file of queries finds, one query a line: which words the handbook lacks
    SearchReport {
        /// The file
        file: PathBuf,
        /// The language that is searched [default: the handbook's]
        #[arg(long = "in", value_name = "LANG", value_parser = tag)]
        search: Option<Lang>,
        /// How the report is written
        #[arg(long, value_enum, default_value_t = Report::Human)]
        format: Report,
        #[command(flatten)]
        common: Common,
    },
    /// Writes what an editor has to know of the files of a handbook (JSON Schema for TOML)
    Schema {
        /// The one kind of entities in the file [default: any]
        #[arg(value_parser = kind)]
        kind: Option<Kind>,
        /// For site.toml
        #[arg(long, conflicts_with_all = ["kind", "search"])]
        site: bool,
        /// For search.toml
        #[arg(long, conflicts_with = "kind")]
        search: bool,
        /// The folder for the schemas of all files [default: none, to the terminal]
        #[arg(long, value_name = "DIR", conflicts_with_all = ["kind", "site", "search"])]
        out: Option<PathBuf>,
        /// The handbook's folder
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        /// The first language of descriptions: fi, sv or en [default: the handbook's]
        #[arg(long, value_parser = lang)]
        lang: Option<Lang>,
    },
    /// Makes a small complete handbook with the statutes and competence rules
    New {
        /// The folder of the new handbook
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Its languages, the default first: fi, sv
        #[arg(long, value_delimiter = ',', value_parser = written, default_value = "fi,sv")]
        languages: Vec<Lang>,
        /// The language of messages: fi, sv or en [default: the handbook's]
        #[arg(long, value_parser = lang)]
        lang: Option<Lang>,
    },
    /// Shows the handbook in the browser, renewed at every change
    Serve {
        #[command(flatten)]
        common: Common,
        /// The port [default: a free one]
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// Opens the browser
        #[arg(long)]
        open: bool,
        /// Shows the handbook without letting anybody edit it
        #[arg(long)]
        read_only: bool,
    },
}

#[derive(Subcommand)]
enum Translation {
    /// Lists texts that are missing, stale or to be confirmed
    Status {
        /// How the list is written
        #[arg(long, value_enum, default_value_t = Listing::Human)]
        format: Listing,
    },
    /// Notes that the texts say the same in every language
    Confirm {
        /// The texts, such as role/x.name; role/x stands for all its texts
        #[arg(value_name = "TEXT", required_unless_present = "all")]
        texts: Vec<String>,
        /// All that are in every language
        #[arg(long, conflicts_with = "texts")]
        all: bool,
    },
    /// Writes what is missing or stale in a language, for a translator
    Export {
        /// The language to translate into
        #[arg(long, value_name = "LANG", value_parser = tag)]
        to: Lang,
        /// How the texts are written
        #[arg(long, value_enum, default_value_t = Listing::Csv)]
        format: Listing,
    },
    /// Takes an exported table in again: CSV, or HTML as a word processor saved it
    Import {
        /// The file, CSV or HTML
        file: PathBuf,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Listing {
    /// Lines to read
    Human,
    /// For a spreadsheet
    Csv,
    /// A page with a table, for a word processor
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum Report {
    /// Lines to read
    Human,
    /// For a spreadsheet
    Csv,
}

impl Report {
    fn table(self) -> Table {
        match self {
            Report::Human => Table::Human,
            Report::Csv => Table::Csv,
        }
    }
}

impl Listing {
    fn form(self) -> Form {
        match self {
            Listing::Human => Form::Human,
            Listing::Csv => Form::Csv,
            Listing::Html => Form::Html,
        }
    }
}

#[derive(clap::Args)]
struct Common {
    /// The handbook's folder
    #[arg(long, value_name = "DIR", default_value = ".", global = true)]
    root: PathBuf,
    /// The language of messages: fi, sv or en [default: the handbook's]
    #[arg(long, value_parser = lang, global = true)]
    lang: Option<Lang>,
    /// The day of reading, as 2026-11-21 [default: today]
    #[arg(long, value_name = "DATE", value_parser = date, global = true)]
    today: Option<Date>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Style {
    /// With the line and a caret
    Human,
    /// One line a finding
    Short,
    /// For programs
    Json,
}

/// Carries out a command line.
pub fn run() -> std::process::ExitCode {
    let exit = match Cli::parse().command {
        Command::Build { common, out, jobs, drafts, no_minify } => cmd::build(&Build {
            settings: settings(&common, if drafts { Drafts::Shown } else { Drafts::Hidden }),
            root: common.root,
            out,
            jobs: jobs.map(usize::from),
            minify: if no_minify { Minify::No } else { Minify::Yes },
            lang: common.lang,
        }),
        Command::Publish { common, to, zip, since, compress, archive, jobs } => cmd::publish(&Publish {
            settings: settings(&common, Drafts::Hidden),
            root: common.root,
            to,
            zip,
            since,
            compress: if compress { Compress::Yes } else { Compress::No },
            archive,
            jobs: jobs.map(usize::from),
            lang: common.lang,
        }),
        Command::Check { common, format, deny_warnings } => cmd::check(&Check {
            settings: settings(&common, Drafts::Shown),
            root: common.root,
            format: style(format),
            lang: common.lang,
            deny: if deny_warnings { Severity::Warning } else { Severity::Error },
        }),
        Command::Explain { code, lang } => cmd::explain(code.as_deref(), lang),
        Command::Compare { old, new, lang, out } => cmd::compare(&Compare { old, new, lang, out }),
        Command::Translate { action, common } => translate(action, common),
        Command::SearchReport { file, search, format, common } => cmd::search_report(&SearchReport {
            settings: settings(&common, Drafts::Hidden),
            root: common.root,
            queries: file,
            search,
            form: format.table(),
            lang: common.lang,
        }),
        Command::Schema { kind, site, search, out, root, lang } => {
            cmd::schema(&Schema { root, file: file(kind, site, search), out, lang })
        }
        Command::New { folder, languages, lang } => {
            cmd::new(&New { folder, languages: once(languages), lang })
        }
        Command::Serve { common, port, open, read_only } => cmd::serve(&Serve {
            settings: settings(&common, Drafts::Shown),
            root: common.root,
            port,
            open: if open { Open::Browser } else { Open::Nothing },
            access: if read_only { Access::Read } else { Access::Edit },
            lang: common.lang,
        }),
    };
    match exit {
        Exit::Done => 0.into(),
        Exit::Findings => 1.into(),
        Exit::Failed => 2.into(),
    }
}

fn translate(action: Translation, common: Common) -> Exit {
    cmd::translate(&Translate {
        settings: settings(&common, Drafts::Shown),
        root: common.root,
        lang: common.lang,
        action: match action {
            Translation::Status { format } => Action::Status(format.form()),
            Translation::Confirm { all: true, .. } => Action::Confirm(Which::All),
            Translation::Confirm { texts, .. } => Action::Confirm(Which::These(texts)),
            Translation::Export { to, format } => Action::Export(to, format.form()),
            Translation::Import { file } => Action::Import(file),
        },
    })
}

fn file(kind: Option<Kind>, site: bool, search: bool) -> File {
    match kind {
        Some(kind) => File::Of(kind),
        None if site => File::Site,
        None if search => File::Search,
        None => File::Content,
    }
}

fn settings(common: &Common, drafts: Drafts) -> Settings {
    Settings { drafts, today: common.today.unwrap_or_else(today) }
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
fn today() -> Date {
    let today = jiff::Zoned::now().date();
    Date::new(today.year(), today.month(), today.day()).unwrap_or_default()
}

fn style(style: Style) -> Format {
    use std::io::IsTerminal;
    match style {
        Style::Human if std::io::stdout().is_terminal() => Format::Human(Colour::Yes),
        Style::Human => Format::Human(Colour::No),
        Style::Short => Format::Short,
        Style::Json => Format::Json,
    }
}
