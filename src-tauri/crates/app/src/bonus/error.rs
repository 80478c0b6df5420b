//! Refusals of plans by person and date, each with its place.

use std::collections::BTreeMap;

use chrono::NaiveDate;

/// Why it was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// No version of the plan holds on a period's last day.
    #[error("no version of the plan `{plan}` holds on {day}; save one that holds from then")]
    NotInForce {
        /// Code of the plan.
        plan: String,
        /// The day.
        day: NaiveDate,
    },
    /// A version may not reach into periods that are approved.
    #[error("{period} is approved; the plan `{plan}` changes from {first} at the earliest")]
    ApprovedFrom {
        /// Code of the plan.
        plan: String,
        /// Last approved period.
        period: String,
        /// The day after it.
        first: NaiveDate,
    },
    /// The same person, unit or everybody under two plans on a day.
    #[error(
        "{name} is under the plan `{plan}` from {from} to {to} already; end that first or choose other days"
    )]
    Overlap {
        /// Whom.
        name: String,
        /// The other plan.
        plan: String,
        /// Its first day.
        from: NaiveDate,
        /// Its last day.
        to: NaiveDate,
    },
    /// The end is not after the start.
    #[error("the last day must not be before the first ({from})")]
    EndsFirst {
        /// First day.
        from: NaiveDate,
    },
    /// Weights of objectives that are no whole.
    #[error("the weights of the objectives total {total}, not 100%; correct them")]
    Weights {
        /// Their sum.
        total: String,
    },
    /// A weight or result that is no share.
    #[error("`{value}` is no share for `{name}`; write 60%, 0.6 or 3/5")]
    Share {
        /// The objective.
        name: String,
        /// As given.
        value: String,
    },
    /// Objectives of an approved period.
    #[error("the bonuses of {name} for {period} are approved; send them back first")]
    Approved {
        /// Whose.
        name: String,
        /// The period.
        period: String,
    },
    /// A copy would overwrite.
    #[error("{name} has objectives for {period} already; remove them first")]
    ObjectivesThere {
        /// Whose.
        name: String,
        /// The period.
        period: String,
    },
}

impl PlanError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotInForce { .. } => "plan_not_in_force",
            Self::ApprovedFrom { .. } => "plan_approved_from",
            Self::Overlap { .. } => "plan_overlap",
            Self::EndsFirst { .. } => "plan_ends_first",
            Self::Weights { .. } => "objective_weights",
            Self::Share { .. } => "objective_share",
            Self::Approved { .. } => "objectives_approved",
            Self::ObjectivesThere { .. } => "objectives_there",
        }
    }

    /// The values of its sentence.
    pub(crate) fn params(&self) -> BTreeMap<String, String> {
        let day = |day: &NaiveDate| day.to_string();
        let pairs: Vec<(&str, String)> = match self {
            Self::NotInForce { plan, day: on } => vec![("plan", plan.clone()), ("day", day(on))],
            Self::ApprovedFrom {
                plan,
                period,
                first,
            } => vec![
                ("plan", plan.clone()),
                ("period", period.clone()),
                ("first", day(first)),
            ],
            Self::Overlap {
                name,
                plan,
                from,
                to,
            } => vec![
                ("name", name.clone()),
                ("plan", plan.clone()),
                ("from", day(from)),
                ("to", day(to)),
            ],
            Self::EndsFirst { from } => vec![("from", day(from))],
            Self::Weights { total } => vec![("total", total.clone())],
            Self::Share { name, value } => vec![("name", name.clone()), ("value", value.clone())],
            Self::Approved { name, period } | Self::ObjectivesThere { name, period } => {
                vec![("name", name.clone()), ("period", period.clone())]
            }
        };
        let owned = pairs.into_iter();
        owned
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}
