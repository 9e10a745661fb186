//! The lists of a handbook, its overviews, and the papers made of an entity.

use crate::model::book::Handbook;
use crate::model::kind::Kind;
use crate::model::task::Decision;
use crate::route::Page;

/// Where the entities of a list stand.
#[derive(PartialEq, Eq)]
enum Stand {
    /// On pages of their own.
    Pages,
    /// In the list itself.
    Inline,
}

/// Declares the lists: the word in the theme's strings, where the entities stand, and their kinds.
macro_rules! lists {
    ($($(#[$doc:meta])+ $list:ident: $word:literal, $stand:ident, [$($kind:ident),+];)+) => {
        /// The lists of a handbook: everything of a kind.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum List {
            $($(#[$doc])+ $list,)+
        }

        impl List {
            /// All lists.
            pub const ALL: &'static [List] = &[$(List::$list),+];

            /// The word in the theme's strings.
            pub fn as_str(self) -> &'static str {
                match self { $(List::$list => $word),+ }
            }

            /// The list in which a kind stands.
            pub fn of(kind: Kind) -> List {
                match kind { $($(Kind::$kind)|+ => List::$list),+ }
            }

            fn stand(self) -> Stand {
                match self { $(List::$list => Stand::$stand),+ }
            }
        }
    };
}

lists! {
    /// Frameworks, each with its matrix.
    Matrices: "matrices", Pages, [Framework];
    /// Roles and functions.
    Roles: "roles", Pages, [Role, Function];
    /// Phases.
    Phases: "phases", Pages, [Phase];
    /// Tasks by phase.
    Tasks: "tasks", Pages, [Task];
    /// Processes: the map of them.
    Processes: "processes", Pages, [Process];
    /// Decision guides.
    Guides: "guides", Pages, [Guide];
    /// Services.
    Services: "services", Pages, [Service];
    /// Statutes.
    Statutes: "statutes", Pages, [Statute, Section];
    /// Pages of prose.
    Pages: "pages", Pages, [Page];
    /// The glossary.
    Terms: "terms", Inline, [Term];
    /// Segmentations and their segments.
    Segments: "segments", Pages, [Segmentation, Segment];
    /// Partners.
    Partners: "partners", Pages, [Partner];
    /// Forms.
    Forms: "forms", Inline, [Form];
    /// Checklists.
    Checklists: "checklists", Pages, [Checklist];
    /// Teams.
    Teams: "teams", Pages, [Team];
    /// Areas.
    Areas: "areas", Inline, [Area];
    /// Forums.
    Forums: "forums", Pages, [Forum];
    /// Onboarding paths.
    Onboardings: "onboardings", Pages, [Onboarding];
    /// Qualifications.
    Qualifications: "qualifications", Inline, [Qualification];
    /// Competences.
    Competences: "competences", Inline, [Competence];
    /// Indicators.
    Indicators: "indicators", Pages, [Indicator];
    /// Pilots.
    Pilots: "pilots", Pages, [Pilot];
    /// Open questions, proposals and border cases.
    Questions: "questions", Inline, [Question];
    /// What has changed.
    Changes: "changes", Inline, [Change];
    /// Competence rules.
    Rules: "rules", Inline, [Rule];
    /// Obligations.
    Obligations: "obligations", Inline, [Obligation];
    /// Axes and their situations.
    Situations: "situations", Inline, [Axis, Situation];
    /// Topics.
    Topics: "topics", Inline, [Topic];
}

impl List {
    /// Whether a handbook has nothing of it.
    pub fn is_empty(self, book: &Handbook) -> bool {
        let all = Kind::ALL.iter().filter(|kind| List::of(**kind) == self);
        all.flat_map(|kind| book.tables.of(*kind)).next().is_none()
    }

    /// Whether the entities of this list stand in the list itself instead of on pages of their own.
    pub fn is_inline(self) -> bool {
        self.stand() == Stand::Inline
    }
}

/// An overview: a page that is worked out from entities of several kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// Who decides what.
    Decisions,
    /// The team of a postal code.
    Places,
    /// Who may see which client data (decree 457/2024).
    Access,
    /// Competences that tasks need and nobody has.
    Gaps,
    /// What has to be read again, and when.
    Reviews,
    /// Who was heard.
    Participation,
    /// The six steps of making a division of work.
    Method,
    /// The whole handbook on one page.
    Whole,
    /// The accessibility statement.
    Statement,
}

impl View {
    /// All overviews.
    pub const ALL: &'static [View] = &[
        View::Decisions,
        View::Places,
        View::Access,
        View::Gaps,
        View::Reviews,
        View::Participation,
        View::Method,
        View::Whole,
        View::Statement,
    ];

    /// The word in the theme's strings.
    pub fn as_str(self) -> &'static str {
        match self {
            View::Decisions => "decisions",
            View::Places => "places",
            View::Access => "access",
            View::Gaps => "gaps",
            View::Reviews => "reviews",
            View::Participation => "participation",
            View::Method => "method",
            View::Whole => "whole",
            View::Statement => "accessibility",
        }
    }

    /// Whether it has nothing to show.
    pub fn is_empty(self, book: &Handbook) -> bool {
        let tables = &book.tables;
        match self {
            View::Decisions => !tables.tasks.iter().any(|task| task.data.decision != Decision::None),
            View::Places => !tables.areas.iter().any(|area| !area.data.postal_codes.is_empty()),
            View::Access => !tables.roles.iter().any(|role| role.data.access.is_some()),
            View::Gaps => tables.competences.iter().next().is_none(),
            View::Reviews => !tables.entries().any(|entry| entry.meta().reviewed.0.is_some()),
            View::Participation => !tables.pilots.iter().any(|pilot| !pilot.data.heard.is_empty()),
            View::Method => tables.frameworks.iter().next().is_none(),
            View::Whole => tables.roles.iter().next().is_none(),
            View::Statement => book.config.accessibility.is_none(),
        }
    }
}

/// A paper made of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Paper {
    /// The job description of a role.
    Job,
    /// What a role has to know and answers for.
    Responsibility,
    /// A team's own part of the handbook.
    Part,
    /// A sheet on which a team writes what it thinks.
    Comments,
    /// What lies before a forum.
    Meeting,
}

impl Paper {
    /// All papers.
    pub const ALL: &'static [Paper] =
        &[Paper::Job, Paper::Responsibility, Paper::Part, Paper::Comments, Paper::Meeting];

    /// The word in the theme's strings.
    pub fn as_str(self) -> &'static str {
        match self {
            Paper::Job => "job",
            Paper::Responsibility => "responsibility",
            Paper::Part => "part",
            Paper::Comments => "comments",
            Paper::Meeting => "meeting",
        }
    }

    /// Of which kind it is made.
    pub fn kind(self) -> Kind {
        match self {
            Paper::Job | Paper::Responsibility => Kind::Role,
            Paper::Part | Paper::Comments => Kind::Team,
            Paper::Meeting => Kind::Forum,
        }
    }
}

/// What a page is also given out as, beside it under the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Its tables, for Excel.
    Csv,
    /// A process as BPMN 2.0 (ISO/IEC 19510).
    Bpmn,
    /// Plain text to paste elsewhere.
    Text,
}

impl Format {
    /// The ending of the file.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Bpmn => "bpmn",
            Format::Text => "txt",
        }
    }

    /// What a page is also given out as.
    pub fn of(page: &Page) -> &'static [Format] {
        match page {
            Page::Entity(key) => match key.kind {
                Kind::Process => &[Format::Bpmn],
                Kind::Pilot => &[Format::Text],
                Kind::Framework | Kind::Indicator | Kind::Segmentation => &[Format::Csv],
                _ => &[],
            },
            Page::View(View::Whole | View::Statement) => &[],
            Page::List(_) | Page::View(_) => &[Format::Csv],
            Page::Home | Page::Search | Page::Translations | Page::Style | Page::Paper(..) => &[],
        }
    }
}

/// The navigation: what stands at the head of every page.
pub const MAIN: &[List] = &[
    List::Phases,
    List::Roles,
    List::Tasks,
    List::Matrices,
    List::Processes,
    List::Guides,
    List::Services,
    List::Statutes,
    List::Pages,
    List::Terms,
];

/// What stands at the foot of every page: groups by their word in the theme's strings.
pub const MORE: &[(&str, &[Page])] = &[
    (
        "clients",
        &[
            Page::View(View::Places),
            Page::List(List::Segments),
            Page::List(List::Partners),
            Page::List(List::Forms),
            Page::List(List::Checklists),
        ],
    ),
    (
        "people",
        &[
            Page::List(List::Teams),
            Page::List(List::Areas),
            Page::List(List::Forums),
            Page::List(List::Onboardings),
            Page::List(List::Qualifications),
            Page::List(List::Competences),
            Page::View(View::Gaps),
        ],
    ),
    (
        "law",
        &[
            Page::View(View::Decisions),
            Page::View(View::Access),
            Page::List(List::Rules),
            Page::List(List::Obligations),
            Page::List(List::Situations),
            Page::List(List::Topics),
        ],
    ),
    (
        "development",
        &[
            Page::View(View::Method),
            Page::List(List::Questions),
            Page::List(List::Changes),
            Page::List(List::Indicators),
            Page::List(List::Pilots),
            Page::View(View::Participation),
            Page::View(View::Reviews),
            Page::View(View::Whole),
        ],
    ),
];
