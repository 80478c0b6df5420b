//! One error for all use cases: a closed code, values for the sentence, and whether it was bad input.

mod lower;

use std::collections::BTreeMap;
use std::path::PathBuf;

use yeji_core::Money;

use crate::access::AccessError;
use crate::api::{ApiError, Message};
use crate::bonus::CycleError;
use crate::bonus::PaperError;
use crate::bonus::PlanError;
use crate::goals::GoalError;
use crate::scorecards::ScorecardError;
pub(crate) use lower::store_code;
use lower::{demo_code, demo_params, store_params};

/// Result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a use case did nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A value of the request.
    #[error("{field}: `{value}` is not valid ({expected})")]
    Input {
        /// Which.
        field: &'static str,
        /// As given, shortened.
        value: String,
        /// What is expected.
        expected: &'static str,
    },
    /// No goal is set for the year.
    #[error("no goal for {metric} is set for {year}; set one first (yeji goal set)")]
    NoGoal {
        /// Figure.
        metric: String,
        /// Year.
        year: i32,
    },
    /// A goal below zero.
    #[error("the goal {amount} for {year} is negative; set 0 or more")]
    NegativeGoal {
        /// As given.
        amount: Money,
        /// Year.
        year: i32,
    },
    /// The base year of a split by history has no results.
    #[error("{base} has no results to split by; choose another base year or split equally")]
    NoHistory {
        /// Base year.
        base: i32,
    },
    /// Nobody carries a goal in the period.
    #[error("nobody carries a goal in {period}; import people first")]
    Nobody {
        /// Period.
        period: String,
    },
    /// Something named does not exist.
    #[error("there is no {what} `{value}`")]
    NotFound {
        /// What.
        what: &'static str,
        /// Its name or id, shortened.
        value: String,
    },
    /// A board that comes with the program is not changed.
    #[error("the board `{id}` comes with the program; copy it and change the copy")]
    BuiltInBoard {
        /// Its id.
        id: String,
    },
    /// Only its owner or HR changes a board or view.
    #[error("`{name}` is {owner}'s; copy it and change the copy")]
    BoardOfAnother {
        /// Its name.
        name: String,
        /// Whose it is.
        owner: String,
    },
    /// What is kept of a board or view is not what this program reads.
    #[error("`{name}` cannot be read; arrange it anew or take its last change back")]
    BoardUnreadable {
        /// Its name.
        name: String,
    },
    /// Somebody else, or another window, kept the board while it was arranged.
    #[error("`{name}` shows something else by now; look at it, then save again")]
    BoardChanged {
        /// Its name.
        name: String,
    },
    /// Two widgets in one place.
    #[error("the widgets `{one}` and `{other}` overlap; move one of them")]
    BoardOverlap {
        /// Id of one.
        one: String,
        /// Id of the other.
        other: String,
    },
    /// A file that is no board.
    #[error("this is no board: {reason}")]
    BoardDocument {
        /// What the reader says.
        reason: String,
    },
    /// A board would show something that a role does not see.
    #[error("the view `{name}` is not shared with {}; share it first", role.code())]
    ViewNotShared {
        /// The view.
        name: String,
        /// Who would not see it.
        role: yeji_core::account::Role,
    },
    /// A view would no longer be shared with a role that sees it on a board.
    #[error("the board `{board}` shows this view to {}; share the board otherwise first", role.code())]
    ViewOnBoard {
        /// The board.
        board: String,
        /// Who sees it there.
        role: yeji_core::account::Role,
    },
    /// The form cannot show the question.
    #[error(transparent)]
    Misfit(#[from] crate::performance::Misfit),
    /// A name stands for several people.
    #[error("`{name}` is the name of several people; use the staff number or id")]
    AmbiguousPerson {
        /// The name.
        name: String,
    },
    /// A weight names somebody who carries no goal in the year.
    #[error("`{name}` carries no goal in {year}; remove the weight or check the name")]
    WeightForNobody {
        /// As given.
        name: String,
        /// Year.
        year: i32,
    },
    /// A line of a weights file that is not who and weight.
    #[error("{file}:{line}: `{value}` is not `person,weight` with a decimal weight")]
    WeightLine {
        /// File name.
        file: String,
        /// Line, from 1.
        line: u64,
        /// The line, shortened.
        value: String,
    },
    /// A weights file that names somebody twice.
    #[error("{file}:{line}: `{name}` stands twice")]
    WeightTwice {
        /// File name.
        file: String,
        /// Line of the second, from 1.
        line: u64,
        /// Who.
        name: String,
    },
    /// A weights file without a line of who and weight.
    #[error("{file}: nobody is named; write one line `person,weight` for each person")]
    WeightsEmpty {
        /// File name.
        file: String,
    },
    /// A file that is no text, where text is needed.
    #[error("{file}: not a text file but {content}; save it as text")]
    NotPlainText {
        /// File name.
        file: String,
        /// What it is, as a code: `xlsx`, `pdf`, `binary` ...
        content: String,
    },
    /// No import session of that token (closed or committed).
    #[error("this import is no longer open; choose the files again")]
    NoSession,
    /// Names that want a decision before an import can go on.
    #[error(
        "{count} names are nearly known and want a decision ({first}); take the proposals with --yes, or decide in the window"
    )]
    UndecidedAliases {
        /// How many.
        count: usize,
        /// The first, with its proposal.
        first: String,
    },
    /// An import that nobody has agreed to.
    #[error("nothing was imported yet: check the mapping above, then take it with --yes")]
    NeedsConfirmation,
    /// None of the files holds anything that can be imported.
    #[error(
        "nothing to import: no file was recognised as people, customers, products or opportunities ({files})"
    )]
    NothingToImport {
        /// File names.
        files: String,
    },
    /// Rows that one source's import had rejected, mended, as another source's.
    #[error("{file} holds rejected rows of an import of `{import}`, not of `{source_name}`")]
    MendedElsewhere {
        /// File name.
        file: String,
        /// The source of the import that rejected them.
        import: String,
        /// The source that was chosen now.
        source_name: String,
    },
    /// A file's kind is not known and must be named.
    #[error("{file}: the kind cannot be told from the headers; name it with --as")]
    UnknownKind {
        /// File name.
        file: String,
    },
    /// Amounts in another currency than the company's.
    #[error(
        "the company's currency is {company}; this import is in {import}. Exchange rates are not supported yet"
    )]
    OtherCurrency {
        /// The company's.
        company: String,
        /// The import's.
        import: String,
    },
    /// The demo is only made in an empty store.
    #[error(
        "the store is not empty: a demo company is made only in an empty one (choose another --data folder)"
    )]
    NotEmpty,
    /// Files of which every row was refused.
    #[error("no row of {files} was imported; each is listed with its reason")]
    AllRejected {
        /// File names.
        files: String,
    },
    /// A file could not be read to its end; an import of a part would look like the whole.
    #[error("{file}: cannot be read beyond line {line} ({reason}); nothing was imported")]
    FileCut {
        /// File name.
        file: String,
        /// Last line that could be read.
        line: u32,
        /// What the reader said.
        reason: String,
    },
    /// Who somebody is, or may not.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// A person asked to stop.
    #[error("cancelled; nothing was changed")]
    Cancelled,
    /// The store could not be opened at the start.
    #[error("{0}")]
    Unavailable(String, &'static str, BTreeMap<String, String>),
    /// The keyring that holds the store's key does not answer.
    #[error("{0}; the store in {1} is encrypted with a key that it holds")]
    NoKey(String, PathBuf),
    /// The keyring answers but has no key for this store.
    #[error(
        "the system's keyring has no key for the store in {0}: it was made by another user or on another machine"
    )]
    KeyMissing(PathBuf),
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// No such engine.
    #[error("there is no engine `{0}`; `yeji engine` lists them")]
    NoEngine(String),
    /// The input of an engine is not what its schema says.
    #[error("the input of {engine} is not valid: {reason}")]
    EngineInput {
        /// Engine.
        engine: &'static str,
        /// What is wrong, with line and column.
        reason: String,
    },
    /// The input of an engine is not text.
    #[error("the input of {engine} is not UTF-8: byte {byte} fits no character")]
    EngineText {
        /// Engine.
        engine: &'static str,
        /// Offset from 0.
        byte: usize,
    },
    /// The engine refused.
    #[error("{engine}: {detail}")]
    EngineRefused {
        /// Engine.
        engine: &'static str,
        /// Its reason, a sentence of its own.
        reason: Message,
        /// The reason in the words of the log.
        detail: String,
        /// Each fault by itself, where the reason names only the first.
        faults: Vec<Detail>,
    },
    /// Keys, passphrases, the lock.
    #[error(transparent)]
    Keys(#[from] crate::keys::KeyError),
    /// What would be: deals, years and other plans.
    #[error(transparent)]
    BonusIf(#[from] crate::bonus::BonusIfError),
    /// Backups, several stores.
    #[error(transparent)]
    Keeping(#[from] crate::keeping::KeepingError),
    /// Personal files and what comes back from them.
    #[error(transparent)]
    Personal(#[from] crate::personal::PersonalError),
    /// An overwritten value that cannot be put back.
    #[error("{field} of the {entity} cannot be put back: {reason}")]
    CannotRestore {
        /// Table.
        entity: &'static str,
        /// Field.
        field: String,
        /// Why, as a code.
        reason: &'static str,
    },
    /// The session did nothing that could be taken back (or done again).
    #[error("there is nothing to take back")]
    NothingToUndo,
    /// The newest change is an import, and nobody named it: a whole import goes only by name.
    #[error("the newest change is an import; name it to take it back: {batch}")]
    UndoNamesImport {
        /// The import.
        batch: String,
    },
    /// A source whose value was to be taken says nothing about the field.
    #[error("{source_name} says nothing about {field} of this record; those that do: {sources}")]
    SourceSaysNothing {
        /// The source.
        source_name: String,
        /// The field, as it was asked for.
        field: String,
        /// The sources that say something, with commas.
        sources: String,
    },
    /// The newest action took an import back, and there is nothing before it.
    #[error("the newest action took the import of {files} back, which is not taken back itself")]
    ImportUndoneLast {
        /// The import's files.
        files: String,
    },
    /// The newest action took an import back; what lies before it is named, not taken back unasked.
    #[error(
        "the newest action took the import of {files} back, which is not taken back itself; what lies before it \
         goes by its name: {command}"
    )]
    ImportUndoneAfter {
        /// The import's files.
        files: String,
        /// What lies before it.
        before: Box<Message>,
        /// How it goes.
        command: String,
    },
    /// Later imports repeated rows of an import that was to be taken back, and nobody has decided on them.
    #[error(
        "{count} later imports hold rows that this import brought and repeated them without a change, so that \
         they would go with it: {imports}; take those back too and import them again, or this one alone"
    )]
    RepeatedLater {
        /// The import.
        batch: String,
        /// How many others.
        count: usize,
        /// Their files, times and repeated rows, the first ones.
        imports: String,
    },
    /// Some of several imports are taken back.
    #[error("{count} imports are taken back ({imports}), then it failed: {reason}")]
    TakenBackPartly {
        /// How many.
        count: usize,
        /// Their files, in this order.
        imports: String,
        /// Why not all.
        reason: Box<Error>,
    },
    /// What must be recorded in the audit log cannot be, so it is not done.
    #[error("this must be recorded in the audit log, and the store is open for reading only")]
    NotRecorded,
    /// Store.
    #[error(transparent)]
    Store(#[from] yeji_store::Error),
    /// Files.
    #[error(transparent)]
    Intake(#[from] yeji_intake::Error),
    /// Decomposition.
    #[error(transparent)]
    Goals(#[from] yeji_goals::Error),
    /// Versions, calendars and locks of goals.
    #[error(transparent)]
    Goal(#[from] GoalError),
    /// Scorecards, and goals of KPIs.
    #[error(transparent)]
    Scorecard(#[from] ScorecardError),
    /// Steps of a bonus cycle.
    #[error(transparent)]
    Cycle(#[from] CycleError),
    /// Versions, assignments and objectives of bonus plans.
    #[error(transparent)]
    BonusPlan(#[from] PlanError),
    /// Bonus.
    #[error(transparent)]
    Bonus(#[from] yeji_bonus::Error),
    /// Statements on paper, and the file for payroll.
    #[error(transparent)]
    Paper(#[from] PaperError),
    /// Reports.
    #[error(transparent)]
    Report(#[from] yeji_report::Error),
    /// Demo company.
    #[error(transparent)]
    Demo(#[from] yeji_demo::Error),
    /// Own metrics.
    #[error(transparent)]
    Kpi(#[from] yeji_insight::kpi::KpiError),
    /// Values.
    #[error(transparent)]
    Core(#[from] yeji_core::Error),
}

/// One of several faults.
#[derive(Debug, Clone)]
pub struct Detail {
    /// Tier of the bonus plan, from 0.
    pub tier: Option<usize>,
    /// What is wrong.
    pub message: Message,
}

/// At most this much of a value goes into a message.
const MAX_SHOWN_CHARS: usize = 80;

/// A value, shortened for a message.
pub(crate) fn shown(value: &str) -> String {
    value.chars().take(MAX_SHOWN_CHARS).collect()
}

/// The problems of a bonus plan.
pub(crate) fn plan_faults(error: &yeji_bonus::Error) -> Vec<Detail> {
    let yeji_bonus::Error::InvalidPlan { problems } = error else {
        return Vec::new();
    };
    let fault = |problem: &yeji_bonus::PlanProblem| Detail {
        tier: problem.tier,
        message: Message {
            code: problem.code.clone(),
            params: problem.params.clone(),
        },
    };
    problems.iter().map(fault).collect()
}

impl Error {
    /// An I/O error with its place.
    pub fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    /// A bad value of the request.
    pub fn input(field: &'static str, value: &str, expected: &'static str) -> Self {
        Self::Input {
            field,
            value: shown(value),
            expected,
        }
    }

    /// Closed code; the UI has words for each in both languages (`crate::codes`).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input { .. } => "input",
            Self::NoGoal { .. } => "no_goal_set",
            Self::NegativeGoal { .. } => "negative_goal",
            Self::NoHistory { .. } => "no_history",
            Self::Nobody { .. } => "nobody",
            Self::NotFound { .. } => "not_found",
            Self::BuiltInBoard { .. } => "board_built_in",
            Self::BoardOfAnother { .. } => "board_of_another",
            Self::BoardUnreadable { .. } => "board_unreadable",
            Self::BoardChanged { .. } => "board_changed",
            Self::BoardOverlap { .. } => "board_overlap",
            Self::BoardDocument { .. } => "board_document",
            Self::ViewNotShared { .. } => "view_not_shared",
            Self::ViewOnBoard { .. } => "view_on_board",
            Self::Misfit(misfit) => misfit.code(),
            Self::AmbiguousPerson { .. } => "ambiguous_person",
            Self::WeightForNobody { .. } => "weight_for_nobody",
            Self::WeightLine { .. } => "weight_line",
            Self::WeightTwice { .. } => "weight_twice",
            Self::WeightsEmpty { .. } => "weights_empty",
            Self::NotPlainText { .. } => "not_plain_text",
            Self::NoSession => "no_session",
            Self::UndecidedAliases { .. } => "undecided_aliases",
            Self::NeedsConfirmation => "needs_confirmation",
            Self::NothingToImport { .. } => "nothing_to_import",
            Self::MendedElsewhere { .. } => "mended_elsewhere",
            Self::UnknownKind { .. } => "unknown_kind",
            Self::OtherCurrency { .. } => "other_currency",
            Self::NotEmpty => "not_empty",
            Self::AllRejected { .. } => "all_rejected",
            Self::FileCut { .. } => "file_cut",
            Self::Access(error) => error.code(),
            Self::Goal(error) => error.code(),
            Self::Scorecard(error) => error.code(),
            Self::Cycle(error) => error.code(),
            Self::BonusPlan(error) => error.code(),
            Self::Cancelled => "cancelled",
            Self::Unavailable(_, code, _) => code,
            Self::NoKey(..) => "no_key",
            Self::KeyMissing(_) => "key_missing",
            Self::Io { .. } => "io",
            Self::NoEngine(_) => "no_engine",
            Self::EngineInput { .. } => "engine_input",
            Self::EngineText { .. } => "engine_text",
            Self::EngineRefused { .. } => "engine_refused",
            Self::Keys(error) => error.code(),
            Self::BonusIf(error) => error.code(),
            Self::Keeping(error) => error.code(),
            Self::Personal(error) => error.code(),
            Self::CannotRestore { .. } => "cannot_restore",
            Self::NothingToUndo => "nothing_to_undo",
            Self::UndoNamesImport { .. } => "undo_names_import",
            Self::SourceSaysNothing { .. } => "source_says_nothing",
            Self::ImportUndoneLast { .. } => "import_undone_last",
            Self::ImportUndoneAfter { .. } => "import_undone_after",
            Self::RepeatedLater { .. } => "repeated_later",
            Self::TakenBackPartly { .. } => "taken_back_partly",
            Self::NotRecorded => "not_recorded",
            Self::Store(error) => store_code(error),
            Self::Intake(error) => error.code(),
            Self::Goals(error) => error.code(),
            Self::Bonus(error) => error.code(),
            Self::Paper(error) => error.code(),
            Self::Report(_) => "report_failed",
            Self::Demo(error) => demo_code(error),
            Self::Kpi(error) => error.code(),
            // Deals have no minor unit.
            Self::Core(yeji_core::Error::TooManyDecimals { currency, .. })
                if *currency == yeji_core::Currency::NONE =>
            {
                "no_whole_number"
            }
            Self::Core(error) => error.code(),
        }
    }

    /// Values for the sentence. `detail` always holds the English sentence.
    pub fn params(&self) -> BTreeMap<String, String> {
        let mut params = match self {
            Self::Access(error) => error.params(),
            Self::Goal(error) => error.params(),
            Self::Scorecard(error) => error.params(),
            Self::Cycle(error) => error.params(),
            Self::BonusPlan(error) => error.params(),
            Self::Intake(error) => error.params(),
            Self::Goals(error) => error.params(),
            Self::Bonus(error) => error.params(),
            Self::Paper(error) => error.params(),
            Self::Kpi(error) => error.params(),
            Self::Misfit(misfit) => misfit.params(),
            Self::Core(error) | Self::Store(yeji_store::Error::Core(error)) => error.params(),
            Self::Unavailable(_, _, params) => params.clone(),
            Self::Keys(error) => error.params(),
            Self::BonusIf(error) => error.params(),
            Self::Keeping(error) => error.params(),
            Self::Personal(error) => error.params(),
            Self::Store(error) => store_params(error),
            Self::Demo(error) => demo_params(error),
            _ => BTreeMap::new(),
        };
        let mut put = |name: &str, value: String| {
            params.insert(name.to_owned(), value);
        };
        match self {
            Self::Input {
                field,
                value,
                expected,
            } => {
                put("field", (*field).to_owned());
                put("value", value.clone());
                put("expected", (*expected).to_owned());
            }
            Self::NoGoal { metric, year } => {
                put("metric", metric.clone());
                put("year", year.to_string());
            }
            Self::NegativeGoal { amount, year } => {
                put("amount", amount.to_string());
                put("year", year.to_string());
            }
            Self::NoHistory { base } => put("base", base.to_string()),
            Self::Nobody { period } => put("period", period.clone()),
            Self::NotFound { what, value } => {
                put("what", (*what).to_owned());
                put("value", value.clone());
            }
            Self::BuiltInBoard { id } => put("id", id.clone()),
            Self::BoardOfAnother { name, owner } => {
                put("name", name.clone());
                put("owner", owner.clone());
            }
            Self::BoardOverlap { one, other } => {
                put("one", one.clone());
                put("other", other.clone());
            }
            Self::BoardDocument { reason } => put("reason", reason.clone()),
            Self::ViewNotShared { name, role } => {
                put("name", name.clone());
                put("role", role.code().to_owned());
            }
            Self::ViewOnBoard { board, role } => {
                put("name", board.clone());
                put("role", role.code().to_owned());
            }
            Self::BoardUnreadable { name }
            | Self::BoardChanged { name }
            | Self::AmbiguousPerson { name } => {
                put("name", name.clone());
            }
            Self::WeightForNobody { name, year } => {
                put("name", name.clone());
                put("year", year.to_string());
            }
            Self::UndecidedAliases { count, first } => {
                put("count", count.to_string());
                put("first", first.clone());
            }
            Self::NothingToImport { files } | Self::AllRejected { files } => {
                put("files", files.clone());
            }
            Self::UnknownKind { file } | Self::WeightsEmpty { file } => put("file", file.clone()),
            Self::MendedElsewhere {
                file,
                import,
                source_name,
            } => {
                put("file", file.clone());
                put("import", import.clone());
                put("source", source_name.clone());
            }
            Self::OtherCurrency { company, import } => {
                put("company", company.clone());
                put("import", import.clone());
            }
            Self::WeightLine { file, line, value } => {
                put("file", file.clone());
                put("line", line.to_string());
                put("value", value.clone());
            }
            Self::WeightTwice { file, line, name } => {
                put("file", file.clone());
                put("line", line.to_string());
                put("name", name.clone());
            }
            Self::NotPlainText { file, content } => {
                put("file", file.clone());
                put("content", content.clone());
            }
            Self::NoEngine(name) => put("engine", name.clone()),
            Self::EngineText { engine, byte } => {
                put("engine", (*engine).to_owned());
                put("byte", byte.to_string());
            }
            Self::UndoNamesImport { batch } => put("batch", batch.clone()),
            Self::SourceSaysNothing {
                source_name,
                field,
                sources,
            } => {
                put("source", source_name.clone());
                put("field", field.clone());
                put("sources", sources.clone());
            }
            Self::ImportUndoneLast { files } => put("files", files.clone()),
            Self::ImportUndoneAfter {
                files,
                before,
                command,
            } => {
                put("files", files.clone());
                put("before", serde_json::json!(before).to_string());
                put("command", command.clone());
            }
            Self::RepeatedLater {
                batch,
                count,
                imports,
            } => {
                put("batch", batch.clone());
                put("count", count.to_string());
                put("imports", imports.clone());
            }
            Self::TakenBackPartly {
                count,
                imports,
                reason,
            } => {
                put("count", count.to_string());
                put("imports", imports.clone());
                // A sentence of its own, said in the reader's language.
                let reason = Message {
                    code: reason.code().to_owned(),
                    params: reason.params(),
                };
                put("reason", serde_json::json!(reason).to_string());
            }
            Self::FileCut { file, line, reason } => {
                put("file", file.clone());
                put("line", line.to_string());
                put("reason", reason.clone());
            }
            Self::NoKey(_, path) | Self::KeyMissing(path) => {
                put("path", path.display().to_string());
            }
            Self::Io { path, source } => {
                put("path", path.display().to_string());
                put("reason", yeji_intake::io_reason(source));
            }
            Self::CannotRestore {
                entity,
                field,
                reason,
            } => {
                put("entity", (*entity).to_owned());
                put("field", field.clone());
                put("reason", (*reason).to_owned());
            }
            Self::EngineInput { engine, reason } => {
                put("engine", (*engine).to_owned());
                put("reason", reason.clone());
            }
            Self::EngineRefused { engine, reason, .. } => {
                put("engine", (*engine).to_owned());
                put("reason", serde_json::json!(reason).to_string());
            }
            _ => {}
        }
        put("detail", self.to_string());
        params
    }

    /// Each fault by itself, with the tier (from 0) that it is in, where the sentence of [`Self::code`]
    /// names only the first: the problems of a bonus plan, with the hints that belong to them.
    pub fn details(&self) -> Vec<Detail> {
        match self {
            Self::Bonus(error) => plan_faults(error),
            Self::EngineRefused { faults, .. } => faults.clone(),
            _ => Vec::new(),
        }
    }

    /// Whether the caller gave something wrong (exit status 2), or something failed (1).
    pub fn is_bad_input(&self) -> bool {
        use yeji_store::Error as Store;
        match self {
            Self::Store(error) => matches!(
                error,
                Store::BadQuery(_)
                    | Store::Core(_)
                    | Store::NoSuchBatch(_)
                    | Store::UndoneAlready(_)
                    | Store::FileExists(_)
                    | Store::NotABackup { .. }
                    | Store::Duplicate { .. }
                    | Store::NoSuchChange(_)
                    | Store::TakenBackAlready(_)
                    | Store::CannotTakeBack { .. }
                    | Store::NotAHead(_)
            ),
            Self::Keys(error) => error.is_bad_input(),
            Self::Keeping(error) => error.is_bad_input(),
            Self::TakenBackPartly { reason, .. } => reason.is_bad_input(),
            // A name that was mistyped; everything else of the file system is a failure.
            Self::Io { source, .. } => source.kind() == std::io::ErrorKind::NotFound,
            Self::Access(AccessError::Hashing { .. })
            | Self::Unavailable(..)
            | Self::NoKey(..)
            | Self::KeyMissing(_)
            | Self::Cancelled
            | Self::Report(_)
            | Self::NotRecorded
            | Self::NotEmpty => false,
            _ => true,
        }
    }

    /// What crosses to the window.
    pub fn to_api(&self, trace_id: String) -> ApiError {
        ApiError {
            code: self.code().to_owned(),
            params: self.params(),
            retryable: self.is_retryable(),
            trace_id,
        }
    }

    fn is_retryable(&self) -> bool {
        match self {
            Self::Io { .. } | Self::Cancelled => true,
            Self::Store(error) => matches!(error, yeji_store::Error::HeldByAnother { .. }),
            Self::TakenBackPartly { reason, .. } => reason.is_retryable(),
            _ => false,
        }
    }
}
