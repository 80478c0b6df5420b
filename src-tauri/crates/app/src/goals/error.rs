//! What is wrong with a request about goals that the engines do not know of: versions, calendars, names.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_core::metric::GoalMetric;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GoalError {
    /// Only a split goal has numbers to change.
    #[error("the goal of {year} for `{}` is not split yet", metric.code())]
    NotSplit {
        /// Of which figure.
        metric: GoalMetric,
        /// Year.
        year: i32,
    },
    /// A split would give everybody a new number, also who is locked.
    #[error("numbers of the goal of {year} are locked ({locks}); a split would change them")]
    Locked {
        /// Year.
        year: i32,
        /// The locks: name and period.
        locks: String,
    },
    /// A version that is not in force is not changed.
    #[error("version {version} of the goal of {year} is not in force; version {newest} is")]
    OldVersion {
        /// The one asked for.
        version: i64,
        /// The one in force.
        newest: i64,
        /// Year.
        year: i32,
    },
    /// The cells are those of another calendar.
    #[error(
        "the goal of {year} was split by another calendar: {start} is no first day of a week now"
    )]
    OtherCalendar {
        /// Year.
        year: i32,
        /// First day of a cell.
        start: NaiveDate,
    },
    /// A file that is no blend of factors.
    #[error("`{file}` is no blend of factors: {reason}")]
    BlendDocument {
        /// The file's name.
        file: String,
        /// What the reader says.
        reason: String,
    },
    /// A line of a workbook of goals.
    #[error("{file}, line {line}: {problem} ({value})")]
    Sheet {
        /// The file's name.
        file: String,
        /// Its line, from 1; 0: the whole.
        line: u32,
        /// `no_header`, `unknown`, `ambiguous`, `other_name`, `other_unit`, `other_level`, `other_figure`, `twice`, `no_amount`,
        /// `negative`, `not_calculated`, `too_many_rows`.
        problem: &'static str,
        /// What stands there.
        value: String,
    },
    /// A workbook is looked at before it is taken in.
    #[error("no workbook was chosen, or it changes nothing")]
    NoSheetPicked,
    /// An amount that the locks and the past leave no room for.
    #[error("`{}` cannot have {} in {}", .0.name, .0.wanted, .0.period)]
    Impossible(Box<Impossible>),
    /// Growth caps under which a goal cannot be placed.
    #[error(
        "{} of the goal of `{}` cannot be placed: the growth caps of {} (people in all: {}) allow {}",
        .0.apart, .0.name, .0.people, .0.count, .0.bound
    )]
    CapsBind(Box<LimitsBind>),
    /// Growth floors that are more than a goal.
    #[error(
        "the growth floors of {} (people in all: {}) need {}, which is {} more than the goal of `{}`",
        .0.people, .0.count, .0.bound, .0.apart, .0.name
    )]
    FloorsBind(Box<LimitsBind>),
    /// A share or limit of a blend that is outside its range.
    #[error("{what} is {value}: it must be from {low} to {high}")]
    SettingRange {
        /// Code of the setting.
        what: &'static str,
        /// Its value, in percent where it is a share.
        value: String,
        /// Least value.
        low: String,
        /// Greatest value, `none` for no limit.
        high: String,
    },
    /// A period whose days are those of none of the goal's year.
    #[error("{asked} is no period of the goal; {own} has its first day")]
    OtherPeriod {
        /// The one asked for.
        asked: Period,
        /// The goal's own in which its first day lies.
        own: Period,
    },
    /// No goal holds the days.
    #[error("no goal for `{}` is set for {year}, in which {period} lies", metric.code())]
    NoGoalOn {
        /// Of which figure.
        metric: GoalMetric,
        /// The period asked for.
        period: Period,
        /// The company's fiscal year in which it begins.
        year: Period,
    },
    /// Results that who asks does not see.
    #[error("results of `{}` are not seen here ({hidden})", metric.code())]
    Hidden {
        /// Of which figure.
        metric: GoalMetric,
        /// Why: `costs`, `not_here`.
        hidden: &'static str,
    },
    /// A step towards an agreed goal.
    #[error(transparent)]
    Round(#[from] super::round::RoundError),
}

/// An amount that is not possible, and those that are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    /// Of whom.
    pub name: String,
    /// In which period.
    pub period: String,
    /// What was wished; of a shift, what was to be moved.
    pub wanted: Money,
    /// The smallest amount that is possible.
    pub smallest: Option<Money>,
    /// The largest; none: no limit.
    pub largest: Option<Money>,
    /// The locks in the way: name and period.
    pub locks: Vec<String>,
    /// Cells of the past among those looked at.
    pub frozen: usize,
}

/// A goal that does not fit between the limits of growth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitsBind {
    /// Of which unit.
    pub name: String,
    /// Whose limits, at most ten of them.
    pub people: String,
    /// How many they are.
    pub count: usize,
    /// How much lies outside the limits.
    pub apart: Money,
    /// What all limits together come to.
    pub bound: Money,
    /// The smallest cap for all with which it fits, in percent; `none` if nobody has a history.
    pub needed: String,
}

impl LimitsBind {
    fn params(&self) -> Vec<(&'static str, String)> {
        vec![
            ("name", self.name.clone()),
            ("people", self.people.clone()),
            ("count", self.count.to_string()),
            ("apart", self.apart.to_string()),
            ("bound", self.bound.to_string()),
        ]
    }
}

impl GoalError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotSplit { .. } => "goal_not_split_yet",
            Self::Locked { .. } => "goal_locked",
            Self::OldVersion { .. } => "goal_version_old",
            Self::OtherCalendar { .. } => "goal_other_calendar",
            Self::BlendDocument { .. } => "blend_document",
            Self::Sheet { .. } => "goal_sheet",
            Self::NoSheetPicked => "goal_sheet_not_picked",
            Self::Impossible(_) => "goal_impossible",
            Self::CapsBind(_) => "goal_caps_bind",
            Self::FloorsBind(_) => "goal_floors_bind",
            Self::SettingRange { .. } => "setting_range",
            Self::OtherPeriod { .. } => "goal_other_period",
            Self::NoGoalOn { .. } => "no_goal_on",
            Self::Hidden { .. } => "goal_results_hidden",
            Self::Round(error) => error.code(),
        }
    }

    /// The values of its sentence.
    pub(crate) fn params(&self) -> BTreeMap<String, String> {
        let pairs = match self {
            Self::Round(error) => return error.params(),
            Self::NoSheetPicked => Vec::new(),
            Self::NotSplit { metric, year } => {
                vec![
                    ("metric", metric.code().to_owned()),
                    ("year", year.to_string()),
                ]
            }
            Self::Hidden { metric, hidden } => vec![
                ("metric", metric.code().to_owned()),
                ("why", (*hidden).to_owned()),
            ],
            Self::OtherPeriod { asked, own } => vec![
                ("asked", asked.to_string()),
                ("period", own.to_string()),
                ("from", own.start().to_string()),
                ("to", last_day(*own)),
            ],
            Self::NoGoalOn {
                metric,
                period,
                year,
            } => vec![
                ("metric", metric.code().to_owned()),
                ("period", period.to_string()),
                ("year", year.to_string()),
                ("from", year.start().to_string()),
                ("to", last_day(*year)),
            ],
            Self::OldVersion {
                version,
                newest,
                year,
            } => vec![
                ("version", version.to_string()),
                ("newest", newest.to_string()),
                ("year", year.to_string()),
            ],
            Self::Locked { year, locks } => {
                vec![("year", year.to_string()), ("locks", locks.clone())]
            }
            Self::OtherCalendar { year, start } => {
                vec![("year", year.to_string()), ("start", start.to_string())]
            }
            Self::Sheet {
                file,
                line,
                problem,
                value,
            } => vec![
                ("file", file.clone()),
                ("line", line.to_string()),
                ("problem", (*problem).to_owned()),
                ("value", value.clone()),
            ],
            Self::CapsBind(one) => {
                let mut pairs = one.params();
                pairs.push(("needed", one.needed.clone()));
                pairs
            }
            Self::FloorsBind(one) => one.params(),
            Self::SettingRange {
                what,
                value,
                low,
                high,
            } => vec![
                ("what", (*what).to_owned()),
                ("value", value.clone()),
                ("low", low.clone()),
                ("high", high.clone()),
            ],
            Self::BlendDocument { file, reason } => {
                vec![("file", file.clone()), ("reason", reason.clone())]
            }
            Self::Impossible(one) => {
                let Impossible {
                    name,
                    period,
                    wanted,
                    smallest,
                    largest,
                    locks,
                    frozen,
                } = &**one;
                let amount = |money: &Option<Money>| {
                    money.map_or_else(|| "none".to_owned(), |money| money.to_string())
                };
                let mut pairs = vec![
                    ("name", name.clone()),
                    ("period", period.clone()),
                    ("wanted", wanted.to_string()),
                    ("locks", locks_text(locks)),
                    ("frozen", frozen.to_string()),
                ];
                if smallest.is_some() && smallest == largest {
                    // There is nothing in between to choose.
                    pairs.push(("only", amount(smallest)));
                } else {
                    pairs.push(("smallest", amount(smallest)));
                    pairs.push(("largest", amount(largest)));
                }
                pairs
            }
        };
        let owned = pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value));
        owned.collect()
    }
}

fn last_day(period: Period) -> String {
    let last = period.end().pred_opt();
    last.unwrap_or(period.end()).to_string()
}

/// The names, or `none`, which the words of both languages know.
fn locks_text(locks: &[String]) -> String {
    if locks.is_empty() {
        return "none".to_owned();
    }
    locks.join(", ")
}
