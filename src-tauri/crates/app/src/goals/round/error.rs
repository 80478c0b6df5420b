//! What is wrong with a step towards an agreed goal. Each says what to do instead.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::Money;

use crate::error::Error;
use crate::goals::GoalError;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoundError {
    /// One round at a time.
    #[error("a round for {year} is open already")]
    OpenAlready {
        /// Year.
        year: i32,
    },
    /// Nothing is said in a round that is over.
    #[error("the round for {year} is closed")]
    Closed {
        /// Year.
        year: i32,
    },
    /// Managers go on with what people said.
    #[error("managers are due on {managers}, before people on {people}")]
    DueDays {
        /// The last day for people.
        people: NaiveDate,
        /// The last day for managers.
        managers: NaiveDate,
    },
    /// Nobody can do anything by a day that is over.
    #[error("{day} is over")]
    DayPast {
        /// As given.
        day: NaiveDate,
    },
    /// Its numbers are read-only.
    #[error("`{unit}` is handed in")]
    Submitted {
        /// Name of the unit.
        unit: String,
    },
    /// Handing in twice.
    #[error("`{unit}` was handed in already by {author}")]
    SubmittedAlready {
        /// Name of the unit.
        unit: String,
        /// Who did.
        author: String,
    },
    /// Nothing to send back.
    #[error("`{unit}` is not handed in")]
    NotSubmitted {
        /// Name of the unit.
        unit: String,
    },
    /// It would stay read-only.
    #[error("`{above}`, which `{unit}` belongs to, is handed in")]
    SubmittedAbove {
        /// Name of the unit.
        unit: String,
        /// Name of the one above.
        above: String,
    },
    /// Who handed in does not open it again.
    #[error("`{unit}` is sent back by HR or by a manager of a unit above")]
    SentBackFromAbove {
        /// Name of the unit.
        unit: String,
    },
    /// Who has no goal has none to propose.
    #[error("`{name}` has no goal in {year}")]
    NoRow {
        /// Name of the person.
        name: String,
        /// Year.
        year: i32,
    },
    /// A goal below zero.
    #[error("{amount} is negative")]
    Negative {
        /// As given.
        amount: Money,
    },
    /// All numbers are the goals already, or there are none.
    #[error("nothing to take over for `{unit}`")]
    NothingToAdopt {
        /// Name of the unit.
        unit: String,
    },
    /// The team is to keep its goal, and nobody is left who could absorb the difference.
    #[error("the numbers of `{unit}` sum to {sum}, its goal is {goal}")]
    DoesNotFit {
        /// Name of the unit.
        unit: String,
        /// Of the numbers taken over.
        sum: Money,
        /// Of the unit.
        goal: Money,
    },
    /// There is nothing to confirm before.
    #[error("version {version} of the goal of {year} is not published")]
    NotPublished {
        /// Version.
        version: i64,
        /// Year.
        year: i32,
    },
    /// What stands there now was never said to be final.
    #[error("version {version} of the goal of {year} was changed since it was published")]
    ChangedSincePublished {
        /// Version.
        version: i64,
        /// Year.
        year: i32,
    },
    /// With the same numbers.
    #[error("version {version} of the goal of {year} is published already")]
    PublishedAlready {
        /// Version.
        version: i64,
        /// Year.
        year: i32,
    },
    /// What was published is not made undone.
    #[error("version {version} of the goal of {year} is published and stays")]
    PublishedStays {
        /// Version.
        version: i64,
        /// Year.
        year: i32,
    },
    /// Other numbers than those that were looked at.
    #[error("the goal of `{name}` is {amount} by now")]
    ChangedMeanwhile {
        /// Name of the person.
        name: String,
        /// The goal of today.
        amount: Money,
    },
    /// What is given is not what names the numbers.
    #[error("`{hash}` is not the hash of the goal of `{name}` as it is now")]
    WrongHash {
        /// As given.
        hash: String,
        /// Name of the person.
        name: String,
        /// The goal of today.
        amount: Money,
    },
    /// The same numbers.
    #[error("the goal of `{name}` was confirmed on {day}")]
    ConfirmedAlready {
        /// Name of the person.
        name: String,
        /// The day.
        day: NaiveDate,
    },
    /// What managers do does not come back from a personal file.
    #[error("this is done in the company's store")]
    InCompanyStore,
}

impl From<RoundError> for Error {
    fn from(error: RoundError) -> Self {
        GoalError::from(error).into()
    }
}

impl RoundError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OpenAlready { .. } => "goal_round_open",
            Self::Closed { .. } => "goal_round_closed",
            Self::DueDays { .. } => "goal_round_days",
            Self::DayPast { .. } => "goal_round_day_past",
            Self::WrongHash { .. } => "goal_wrong_hash",
            Self::Submitted { .. } => "goal_submitted",
            Self::SubmittedAlready { .. } => "goal_submitted_already",
            Self::NotSubmitted { .. } => "goal_not_submitted",
            Self::SubmittedAbove { .. } => "goal_submitted_above",
            Self::SentBackFromAbove { .. } => "goal_sent_back_from_above",
            Self::NoRow { .. } => "goal_no_row",
            Self::Negative { .. } => "goal_proposal_negative",
            Self::NothingToAdopt { .. } => "goal_nothing_to_adopt",
            Self::DoesNotFit { .. } => "goal_adopt_does_not_fit",
            Self::NotPublished { .. } => "goal_not_published",
            Self::ChangedSincePublished { .. } => "goal_changed_since_published",
            Self::PublishedAlready { .. } => "goal_published_already",
            Self::PublishedStays { .. } => "goal_published_stays",
            Self::ChangedMeanwhile { .. } => "goal_changed_meanwhile",
            Self::ConfirmedAlready { .. } => "goal_confirmed_already",
            Self::InCompanyStore => "goal_in_company_store",
        }
    }

    /// The values of its sentence.
    pub(crate) fn params(&self) -> BTreeMap<String, String> {
        let pairs = match self {
            Self::OpenAlready { year } | Self::Closed { year } => {
                vec![("year", year.to_string())]
            }
            Self::DueDays { people, managers } => vec![
                ("people", people.to_string()),
                ("managers", managers.to_string()),
            ],
            Self::DayPast { day } => vec![("day", day.to_string())],
            Self::WrongHash { hash, name, amount } => vec![
                ("hash", hash.clone()),
                ("name", name.clone()),
                ("amount", amount.to_string()),
            ],
            Self::Submitted { unit }
            | Self::NotSubmitted { unit }
            | Self::SentBackFromAbove { unit }
            | Self::NothingToAdopt { unit } => vec![("unit", unit.clone())],
            Self::SubmittedAlready { unit, author } => {
                vec![("unit", unit.clone()), ("author", author.clone())]
            }
            Self::SubmittedAbove { unit, above } => {
                vec![("unit", unit.clone()), ("above", above.clone())]
            }
            Self::NoRow { name, year } => {
                vec![("name", name.clone()), ("year", year.to_string())]
            }
            Self::Negative { amount } => vec![("amount", amount.to_string())],
            Self::DoesNotFit { unit, sum, goal } => vec![
                ("unit", unit.clone()),
                ("sum", sum.to_string()),
                ("goal", goal.to_string()),
            ],
            Self::NotPublished { version, year }
            | Self::ChangedSincePublished { version, year }
            | Self::PublishedAlready { version, year }
            | Self::PublishedStays { version, year } => {
                vec![("version", version.to_string()), ("year", year.to_string())]
            }
            Self::ChangedMeanwhile { name, amount } => {
                vec![("name", name.clone()), ("amount", amount.to_string())]
            }
            Self::ConfirmedAlready { name, day } => {
                vec![("name", name.clone()), ("day", day.to_string())]
            }
            Self::InCompanyStore => Vec::new(),
        };
        let owned = pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value));
        owned.collect()
    }
}
