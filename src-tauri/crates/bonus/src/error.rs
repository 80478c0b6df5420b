//! What can be wrong with a plan or its input, with the place and the values in it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::{Currency, Money};

use crate::check::{PlanProblem, Severity};
use crate::fault;

/// Result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An input that cannot be paid on. `code()` and `params()` are stable; the words are for logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A document above [`crate::parse::MAX_PLAN_BYTES`].
    #[error("the plan has {bytes} bytes, more than the limit of {limit}")]
    PlanTooLarge {
        /// Bytes given.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// A document that is not the plan's schema in TOML or JSON.
    #[error("the plan cannot be read as {format}, line {line}, column {column}: {message}")]
    PlanSyntax {
        /// `TOML` or `JSON`.
        format: &'static str,
        /// Line, from 1; 0 if unknown.
        line: usize,
        /// Column, from 1; 0 if unknown.
        column: usize,
        /// What the reader says.
        message: String,
    },
    /// A plan that cannot be written as a document.
    #[error("the plan cannot be written as TOML: {message}")]
    PlanWrite {
        /// What the writer says.
        message: String,
    },
    /// A plan with problems of severity error.
    #[error("the plan has {} error(s), the first is `{}`", errors(.problems), first_code(.problems))]
    InvalidPlan {
        /// In the order of [`crate::check()`], so that an error is first; then its warnings, which
        /// may say why (`80` written for `80%`).
        problems: Vec<PlanProblem>,
    },
    /// A period of another kind than the plan's.
    #[error("the plan pays per {plan:?}, the period is {period}")]
    WrongPeriod {
        /// What the plan pays for.
        plan: PeriodKind,
        /// The period given.
        period: Period,
    },
    /// A comparison of plans without a period.
    #[error("there is no period to calculate")]
    NoPeriods,
    /// A comparison in which the periods of one plan are of another.
    #[error("{period} is of the plan `{plan}`, the periods before are not")]
    SeveralPlans {
        /// Where it is another one.
        period: Period,
        /// That one.
        plan: String,
    },
    /// A comparison in which a plan has a period twice.
    #[error("{period} is there twice")]
    PeriodTwice {
        /// Which.
        period: Period,
    },
    /// A comparison of plans over different days.
    #[error("the plan `{plan}` is not calculated for the same days as the first")]
    OtherTime {
        /// Which plan.
        plan: String,
    },
    /// Sales of a period that is no month.
    #[error("{period} is no month")]
    NoMonth {
        /// The period given.
        period: Period,
    },
    /// A deal whose event date lies outside the period.
    #[error("deal `{deal}` of `{person}` closed on {closed_on}, outside {period}")]
    DealOutsidePeriod {
        /// Whose.
        person: String,
        /// Which deal.
        deal: String,
        /// Its event date.
        closed_on: NaiveDate,
        /// The period.
        period: Period,
    },
    /// An amount in another currency than the calculation's.
    #[error("{place} of `{person}` is in {found}, the calculation in {expected}")]
    MixedCurrencies {
        /// Whose; the plan's code for its default target bonus.
        person: String,
        /// Which amount: `goal`, `target_bonus`, `default_target_bonus` or the deal's id.
        place: String,
        /// The calculation's currency.
        expected: Currency,
        /// The amount's.
        found: Currency,
    },
    /// A person listed twice.
    #[error("person `{person}` is listed twice")]
    DuplicatePerson {
        /// Who.
        person: String,
    },
    /// A fact listed twice, which would pay it twice.
    #[error("fact `{fact}` is listed twice")]
    DuplicateFact {
        /// Which.
        fact: String,
    },
    /// Refunds that take back each other.
    #[error("refund `{fact}` takes back itself through others")]
    RefundCircle {
        /// One of them.
        fact: String,
    },
    /// A share below zero.
    #[error("the share of `{person}` in fact `{fact}` is negative")]
    NegativeShare {
        /// Of what.
        fact: String,
        /// Whose.
        person: String,
    },
    /// Somebody who reports to themselves through others.
    #[error("`{person}` reports to themselves through others on {day}")]
    ManagerCircle {
        /// Who.
        person: String,
        /// When.
        day: NaiveDate,
    },
    /// Two assignments to the plan at a time.
    #[error("`{person}` has two assignments to the plan on {day}")]
    OverlappingAssignments {
        /// Whose.
        person: String,
        /// From when.
        day: NaiveDate,
    },
    /// Two goals for the same measure and period.
    #[error("`{person}` has two goals of `{measure}` for {period}")]
    DuplicateGoal {
        /// Person or team.
        person: String,
        /// Of what.
        measure: String,
        /// For when.
        period: Period,
    },
    /// Two values of a KPI for the same period.
    #[error("`{person}` has two values of `{kpi}` for {period}")]
    DuplicateKpi {
        /// Whose.
        person: String,
        /// Of what.
        kpi: String,
        /// For when.
        period: Period,
    },
    /// A team listed twice.
    #[error("team `{team}` is listed twice")]
    DuplicateTeam {
        /// Which.
        team: String,
    },
    /// An adjustment listed twice.
    #[error("adjustment `{adjustment}` is listed twice")]
    DuplicateAdjustment {
        /// Which.
        adjustment: String,
    },
    /// An adjustment of somebody who is not among the people.
    #[error("adjustment `{adjustment}` is for `{person}`, who is not among the people")]
    AdjustmentOfNobody {
        /// Which.
        adjustment: String,
        /// For whom.
        person: String,
    },
    /// A target bonus below zero.
    #[error("the target bonus of `{person}` is negative: {amount}")]
    NegativeTargetBonus {
        /// Whose.
        person: String,
        /// The amount.
        amount: Money,
    },
    /// A result outside the range that is kept exactly.
    #[error("{what} of `{person}` is outside the range that is kept exactly")]
    Overflow {
        /// Whose; empty for the total of all.
        person: String,
        /// Which figure: `total`, the sum of all payouts.
        what: &'static str,
    },
    /// A curve for a goal that is not above zero.
    #[error("a curve needs a goal above zero, not {goal}")]
    CurveGoal {
        /// The goal.
        goal: Money,
    },
    /// A curve of too few or too many points.
    #[error("a curve has {min} to {max} points, not {points}")]
    CurvePoints {
        /// Points asked for.
        points: usize,
        /// Fewest.
        min: usize,
        /// Most.
        max: usize,
    },
    /// A curve of a component that the plan does not have.
    #[error("the plan has no such component")]
    NoComponent,
    /// From the vocabulary.
    #[error(transparent)]
    Core(#[from] yeji_core::Error),
}

fn errors(problems: &[PlanProblem]) -> usize {
    let is_error = |problem: &&PlanProblem| problem.severity == Severity::Error;
    problems.iter().filter(is_error).count()
}

fn first_code(problems: &[PlanProblem]) -> &str {
    problems.first().map_or("", |problem| problem.code.as_str())
}

impl Error {
    /// The plan's problems as one error, if one of them is an error.
    pub(crate) fn of_problems(problems: Vec<PlanProblem>) -> Option<Self> {
        (errors(&problems) > 0).then_some(Self::InvalidPlan { problems })
    }

    /// Stable code, for words in two languages.
    pub fn code(&self) -> &'static str {
        match self {
            Self::PlanTooLarge { .. } => "plan_too_large",
            Self::PlanSyntax { message, .. } => {
                fault::usual(message).map_or("plan_syntax", |(code, _)| code)
            }
            Self::PlanWrite { .. } => "plan_write",
            Self::InvalidPlan { .. } => "invalid_plan",
            Self::WrongPeriod { .. } => "wrong_period",
            Self::NoPeriods => "no_periods",
            Self::SeveralPlans { .. } => "several_plans",
            Self::PeriodTwice { .. } => "period_twice",
            Self::OtherTime { .. } => "what_if_other_days",
            Self::NoMonth { .. } => "sales_of_no_month",
            Self::DealOutsidePeriod { .. } => "deal_outside_period",
            Self::MixedCurrencies { .. } => "mixed_currencies",
            Self::DuplicatePerson { .. } => "duplicate_person",
            Self::DuplicateFact { .. } => "duplicate_fact",
            Self::RefundCircle { .. } => "refund_circle",
            Self::NegativeShare { .. } => "negative_credit_share",
            Self::ManagerCircle { .. } => "manager_circle",
            Self::OverlappingAssignments { .. } => "overlapping_assignments",
            Self::DuplicateGoal { .. } => "duplicate_goal",
            Self::DuplicateKpi { .. } => "duplicate_kpi",
            Self::DuplicateTeam { .. } => "duplicate_team",
            Self::DuplicateAdjustment { .. } => "duplicate_adjustment",
            Self::AdjustmentOfNobody { .. } => "adjustment_of_nobody",
            Self::NegativeTargetBonus { .. } => "negative_target_bonus",
            Self::Overflow { .. } => "overflow",
            Self::CurveGoal { .. } => "curve_goal",
            Self::CurvePoints { .. } => "curve_points",
            Self::NoComponent => "no_component",
            Self::Core(inner) => inner.code(),
        }
    }

    /// Values for the sentence of [`Self::code`]. Of an invalid plan: `problem` (the first one's
    /// code), `tier` (counted from 1, if it has one), `count`, and the first one's own values.
    pub fn params(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            Self::PlanTooLarge { bytes, limit } => {
                vec![("bytes", bytes.to_string()), ("limit", limit.to_string())]
            }
            Self::PlanSyntax {
                format,
                line,
                column,
                message,
            } => {
                let said = fault::usual(message).map(|(_, values)| values);
                let mut pairs = said.unwrap_or_else(|| vec![("message", message.clone())]);
                pairs.extend([
                    ("format", (*format).to_owned()),
                    ("line", line.to_string()),
                    ("column", column.to_string()),
                ]);
                pairs
            }
            Self::PlanWrite { message } => vec![("message", message.clone())],
            Self::InvalidPlan { problems } => return first_problem(problems),
            Self::WrongPeriod { plan, period } => {
                vec![
                    ("plan", kind_code(*plan).to_owned()),
                    ("period", period.to_string()),
                ]
            }
            Self::SeveralPlans { period, plan } => {
                vec![("period", period.to_string()), ("plan", plan.clone())]
            }
            Self::PeriodTwice { period } | Self::NoMonth { period } => {
                vec![("period", period.to_string())]
            }
            Self::OtherTime { plan } => vec![("plan", plan.clone())],
            Self::DealOutsidePeriod {
                person,
                deal,
                closed_on,
                period,
            } => vec![
                ("person", person.clone()),
                ("deal", deal.clone()),
                ("closed_on", closed_on.to_string()),
                ("period", period.to_string()),
            ],
            Self::MixedCurrencies {
                person,
                place,
                expected,
                found,
            } => vec![
                ("person", person.clone()),
                ("place", place.clone()),
                ("expected", expected.to_string()),
                ("found", found.to_string()),
            ],
            Self::DuplicatePerson { person } => vec![("person", person.clone())],
            Self::DuplicateFact { fact } | Self::RefundCircle { fact } => {
                vec![("fact", fact.clone())]
            }
            Self::NegativeShare { fact, person } => {
                vec![("fact", fact.clone()), ("person", person.clone())]
            }
            Self::ManagerCircle { person, day } | Self::OverlappingAssignments { person, day } => {
                vec![("person", person.clone()), ("day", day.to_string())]
            }
            Self::DuplicateGoal {
                person,
                measure: what,
                period,
            }
            | Self::DuplicateKpi {
                person,
                kpi: what,
                period,
            } => vec![
                ("person", person.clone()),
                ("what", what.clone()),
                ("period", period.to_string()),
            ],
            Self::DuplicateTeam { team } => vec![("team", team.clone())],
            Self::DuplicateAdjustment { adjustment } => vec![("adjustment", adjustment.clone())],
            Self::AdjustmentOfNobody { adjustment, person } => vec![
                ("adjustment", adjustment.clone()),
                ("person", person.clone()),
            ],
            Self::NegativeTargetBonus { person, amount } => {
                vec![("person", person.clone()), ("amount", amount.to_string())]
            }
            Self::Overflow { person, what } => {
                vec![("person", person.clone()), ("what", (*what).to_owned())]
            }
            Self::CurveGoal { goal } => vec![("goal", goal.to_string())],
            Self::CurvePoints { points, min, max } => vec![
                ("points", points.to_string()),
                ("min", min.to_string()),
                ("max", max.to_string()),
            ],
            Self::NoComponent | Self::NoPeriods => Vec::new(),
            Self::Core(inner) => return inner.params(),
        };
        pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }
}

fn first_problem(problems: &[PlanProblem]) -> BTreeMap<String, String> {
    let mut params = BTreeMap::from([("count".to_owned(), errors(problems).to_string())]);
    if let Some(first) = problems.first() {
        params.extend(first.params.clone());
        params.insert("problem".to_owned(), first.code.clone());
        if let Some(tier) = first.tier {
            params.insert("tier".to_owned(), (tier + 1).to_string());
        }
        if let Some(component) = &first.component {
            params.insert("component".to_owned(), component.clone());
        }
    }
    params
}

/// The word used for a kind of period in documents.
pub(crate) fn kind_code(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Year => "year",
        PeriodKind::Half => "half",
        PeriodKind::Quarter => "quarter",
        PeriodKind::Month => "month",
        PeriodKind::CutWeek => "cut_week",
        PeriodKind::IsoWeek => "iso_week",
    }
}
