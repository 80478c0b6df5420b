//! What is wrong with a request about statements on paper and the file for payroll.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::Money;
use yeji_core::calendar::Period;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// Nothing was calculated yet that could be printed.
    #[error("no run of {period} is kept; run the bonuses first (yeji bonus run)")]
    NoRun {
        /// The period.
        period: Period,
    },
    /// Somebody has statements by several plans.
    #[error("`{name}` has statements of {period} by several plans: {plans}; say which one")]
    SeveralPlans {
        /// Name of the person.
        name: String,
        /// The period.
        period: Period,
        /// Codes of the plans.
        plans: String,
    },
    /// Nobody confirms a draft.
    #[error("the statement of `{name}` of {period} is not approved to be paid yet")]
    NotApproved {
        /// Name of the person.
        name: String,
        /// The period.
        period: Period,
    },
    /// Whose it is confirms it; HR has it on paper.
    #[error("only `{name}` confirms this statement; HR writes down that it is signed on paper")]
    NotOwn {
        /// Name of the person.
        name: String,
    },
    /// What is given is not what names the statement.
    #[error("`{hash}` is not the hash of the statement of `{name}` as it is now")]
    WrongHash {
        /// As given.
        hash: String,
        /// Name of the person.
        name: String,
        /// What it pays today.
        amount: Money,
    },
    /// Another statement than the one that was looked at.
    #[error("the statement of `{name}` pays {amount} by now")]
    ChangedMeanwhile {
        /// Name of the person.
        name: String,
        /// What it pays today.
        amount: Money,
    },
    /// The same statement.
    #[error("the statement of `{name}` was confirmed on {day}")]
    ConfirmedAlready {
        /// Name of the person.
        name: String,
        /// The day.
        day: NaiveDate,
    },
    /// Payroll pays what is approved.
    #[error("the bonuses of {period} by `{plan}` are not approved to be paid yet")]
    PayrollNotApproved {
        /// The period.
        period: Period,
        /// Code of the plan.
        plan: String,
    },
    /// What the rows pay is not what the run says.
    #[error("the rows pay {rows}, and {apart} waits; the run says {total}")]
    PayrollSum {
        /// Of the rows.
        rows: Money,
        /// Of those whose pay waits.
        apart: Money,
        /// Of the run.
        total: Money,
    },
    /// Columns that cannot be written.
    #[error("column {column} of the file for payroll: {problem} ({value})")]
    PayrollColumn {
        /// Its number, from 1; 0: the columns as a whole.
        column: usize,
        /// `none`, `too_many`, `no_header`, `long_header`, `twice`, `unknown_field`, `unknown_component`,
        /// `no_text`, `document`.
        problem: &'static str,
        /// What stands there.
        value: String,
    },
}

impl PaperError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRun { .. } => "bonus_no_run",
            Self::SeveralPlans { .. } => "statement_several_plans",
            Self::NotApproved { .. } => "statement_not_approved",
            Self::NotOwn { .. } => "statement_not_own",
            Self::WrongHash { .. } => "statement_wrong_hash",
            Self::ChangedMeanwhile { .. } => "statement_changed_meanwhile",
            Self::ConfirmedAlready { .. } => "statement_confirmed_already",
            Self::PayrollNotApproved { .. } => "payroll_not_approved",
            Self::PayrollSum { .. } => "payroll_sum_differs",
            Self::PayrollColumn { .. } => "payroll_column",
        }
    }

    /// The values of its sentence.
    pub(crate) fn params(&self) -> BTreeMap<String, String> {
        let pairs = match self {
            Self::NoRun { period } => vec![("period", period.to_string())],
            Self::SeveralPlans {
                name,
                period,
                plans,
            } => vec![
                ("name", name.clone()),
                ("period", period.to_string()),
                ("plans", plans.clone()),
            ],
            Self::NotApproved { name, period } => {
                vec![("name", name.clone()), ("period", period.to_string())]
            }
            Self::NotOwn { name } => vec![("name", name.clone())],
            Self::WrongHash { hash, name, amount } => vec![
                ("hash", hash.clone()),
                ("name", name.clone()),
                ("amount", amount.to_string()),
            ],
            Self::ChangedMeanwhile { name, amount } => {
                vec![("name", name.clone()), ("amount", amount.to_string())]
            }
            Self::ConfirmedAlready { name, day } => {
                vec![("name", name.clone()), ("day", day.to_string())]
            }
            Self::PayrollNotApproved { period, plan } => {
                vec![("period", period.to_string()), ("plan", plan.clone())]
            }
            Self::PayrollSum { rows, apart, total } => vec![
                ("rows", rows.to_string()),
                ("apart", apart.to_string()),
                ("total", total.to_string()),
            ],
            Self::PayrollColumn {
                column,
                problem,
                value,
            } => vec![
                (
                    "column",
                    match column {
                        0 => String::new(),
                        number => number.to_string(),
                    },
                ),
                ("problem", (*problem).to_owned()),
                ("value", value.clone()),
            ],
        };
        let owned = pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value));
        owned.collect()
    }
}
