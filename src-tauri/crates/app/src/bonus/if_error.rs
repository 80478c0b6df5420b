//! Why it cannot be said what would be.

use std::collections::BTreeMap;

use yeji_core::calendar::{Period, PeriodKind};

/// What a question about deals, years and other plans can be refused for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BonusIfError {
    /// The deal is won or lost.
    #[error("the deal `{deal}` is closed ({stage}); only an open deal can still pay something")]
    DealClosed {
        /// What people call it.
        deal: String,
        /// Where it stands.
        stage: &'static str,
    },
    /// A personal file does not hold what the period is calculated from.
    #[error(
        "this personal file does not hold what the bonus of {period} is calculated from; ask in the company's store"
    )]
    NotInFile {
        /// Which period.
        period: Period,
    },
    /// Nobody was named, and who asks is nobody of the organisation.
    #[error("name a person: whoever asks is not a person of the organisation")]
    NobodyAsked,
    /// No whole period of a plan lies in the range, or none has begun.
    #[error("from {from} to {to} there is no whole {} of the plan `{plan}` that has begun", kind_code(*kind))]
    NoWholePeriod {
        /// First.
        from: Period,
        /// Last.
        to: Period,
        /// The plan's code.
        plan: String,
        /// Its periods.
        kind: PeriodKind,
    },
    /// More periods than are calculated at once.
    #[error("from {from} to {to} there are {count} periods, more than the limit of {limit}")]
    TooManyPeriods {
        /// First.
        from: Period,
        /// Last.
        to: Period,
        /// How many.
        count: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// None of one or two plans.
    #[error("{count} plans were given; give one or two")]
    PlanCount {
        /// How many.
        count: usize,
    },
    /// Two plans that are for different people.
    #[error("the plans `{plan}` and `{other}` are for different people; compare them one by one")]
    OtherPeople {
        /// Code of the first.
        plan: String,
        /// Code of the other.
        other: String,
    },
    /// A budget that is not above zero.
    #[error("the budget {amount} is not above zero")]
    Budget {
        /// As given.
        amount: String,
    },
}

impl BonusIfError {
    /// All codes.
    pub const CODES: [&'static str; 8] = [
        "deal_closed",
        "bonus_not_in_file",
        "earnings_nobody",
        "what_if_no_period",
        "what_if_too_many",
        "what_if_plan_count",
        "what_if_other_people",
        "what_if_budget",
    ];

    /// Closed code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DealClosed { .. } => "deal_closed",
            Self::NotInFile { .. } => "bonus_not_in_file",
            Self::NobodyAsked => "earnings_nobody",
            Self::NoWholePeriod { .. } => "what_if_no_period",
            Self::TooManyPeriods { .. } => "what_if_too_many",
            Self::PlanCount { .. } => "what_if_plan_count",
            Self::OtherPeople { .. } => "what_if_other_people",
            Self::Budget { .. } => "what_if_budget",
        }
    }

    /// Values for the sentence.
    pub fn params(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            Self::DealClosed { deal, stage } => {
                vec![("deal", deal.clone()), ("stage", (*stage).to_owned())]
            }
            Self::NotInFile { period } => vec![("period", period.to_string())],
            Self::NobodyAsked => Vec::new(),
            Self::NoWholePeriod {
                from,
                to,
                plan,
                kind,
            } => vec![
                ("from", from.to_string()),
                ("to", to.to_string()),
                ("plan", plan.clone()),
                ("kind", kind_code(*kind).to_owned()),
            ],
            Self::TooManyPeriods {
                from,
                to,
                count,
                limit,
            } => vec![
                ("from", from.to_string()),
                ("to", to.to_string()),
                ("count", count.to_string()),
                ("limit", limit.to_string()),
            ],
            Self::PlanCount { count } => vec![("count", count.to_string())],
            Self::OtherPeople { plan, other } => {
                vec![("plan", plan.clone()), ("other", other.clone())]
            }
            Self::Budget { amount } => vec![("amount", amount.clone())],
        };
        let owned = pairs.into_iter();
        owned
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}

/// The word for a kind of period.
pub(super) fn kind_code(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Year => "year",
        PeriodKind::Half => "half",
        PeriodKind::Quarter => "quarter",
        PeriodKind::Month => "month",
        PeriodKind::CutWeek => "cut_week",
        PeriodKind::IsoWeek => "iso_week",
    }
}
