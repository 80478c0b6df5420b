//! The metrics that exist, with their definitions. One definition feeds tile, chart, report and `yeji kpi`.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Currency, Error, Result};

/// A measurable figure. Each is a sum over facts, put into a period by one event date.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Sum of the amounts of won opportunities by closing date.
    WonAmount,
    /// Number of won opportunities by closing date.
    WonCount,
    /// Number of lost opportunities by closing date.
    LostCount,
}

/// What a metric's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum MetricUnit {
    /// Minor units of the company's currency.
    Money,
    /// A number of things.
    Count,
}

impl Metric {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::WonAmount, Self::WonCount, Self::LostCount];

    /// The code used on the command line and in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::WonAmount => "won_amount",
            Self::WonCount => "won_count",
            Self::LostCount => "lost_count",
        }
    }

    /// What its value is.
    pub fn unit(self) -> MetricUnit {
        match self {
            Self::WonAmount => MetricUnit::Money,
            Self::WonCount | Self::LostCount => MetricUnit::Count,
        }
    }
}

impl FromStr for Metric {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|metric| metric.code() == text)
            .ok_or_else(|| Error::Unknown {
                what: "metric",
                value: text.chars().take(64).collect(),
            })
    }
}

macro_rules! goal_metrics {
    ($($variant:ident $code:literal $unit:ident $better:ident: $doc:literal;)+) => {
        /// A metric of the KPI library that goals are set for and decomposed: a sum of facts, each of one day,
        /// person and unit, so that the parts of a goal and of its results add up. A test in `app` holds that
        /// these are all such metrics of the library that come with the program.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum GoalMetric {
            $(#[doc = $doc] $variant,)+
        }

        impl GoalMetric {
            /// All of them, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code in the KPI library.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// What its value is.
            pub fn unit(self) -> MetricUnit {
                match self { $(Self::$variant => MetricUnit::$unit),+ }
            }

            /// Whether less of it is better.
            pub fn less_is_better(self) -> bool {
                match self { $(Self::$variant => goal_metrics!(@ $better)),+ }
            }
        }
    };
    (@ More) => { false };
    (@ Less) => { true };
}

goal_metrics! {
    WonAmount "won_amount" Money More: "Amounts of won deals.";
    WonCount "won_count" Count More: "Deals won.";
    LostCount "lost_count" Count Less: "Deals lost.";
    Receipts "receipts" Money More: "Receipts less refunds.";
    Invoiced "invoiced" Money More: "Amounts invoiced.";
    Contracted "contracted" Money More: "Amounts of contracts signed.";
    GrossMargin "gross_margin" Money More: "What was sold less its cost.";
    CostOfSales "cost_of_sales" Money Less: "The cost of what was sold.";
    NewCustomers "new_customers" Count More: "Customers who bought for the first time.";
    LostCustomers "lost_customers" Count Less: "Customers who did not buy for a year.";
    LeadCount "lead_count" Count More: "Leads created.";
    InteractionCount "interaction_count" Count More: "Interactions with customers.";
}

impl GoalMetric {
    /// The rollups that have its results; none: they are summed over the rows of facts.
    pub fn rolled_up(self) -> Option<Metric> {
        Metric::ALL
            .into_iter()
            .find(|one| one.code() == self.code())
    }

    /// The currency of its amounts in a company: none of a number of things.
    pub fn currency(self, company: Currency) -> Currency {
        match self.unit() {
            MetricUnit::Money => company,
            MetricUnit::Count => Currency::NONE,
        }
    }
}

impl FromStr for GoalMetric {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.iter().find(|metric| metric.code() == text);
        found.copied().ok_or_else(|| Error::Unknown {
            what: "metric",
            value: text.chars().take(64).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_rollups_have_is_the_same_metric() {
        let rolled: Vec<Metric> = GoalMetric::ALL
            .iter()
            .filter_map(|one| one.rolled_up())
            .collect();
        assert_eq!(rolled, Metric::ALL);
        for metric in GoalMetric::ALL {
            assert_eq!(metric.code().parse(), Ok(*metric));
            let text = serde_json::to_string(metric).unwrap();
            assert_eq!(
                text,
                format!("\"{}\"", metric.code()),
                "one name everywhere"
            );
            if let Some(rolled) = metric.rolled_up() {
                assert_eq!(rolled.unit(), metric.unit());
            }
        }
    }

    #[test]
    fn counts_have_no_currency() {
        assert_eq!(GoalMetric::Receipts.currency(Currency::USD), Currency::USD);
        assert_eq!(GoalMetric::WonCount.currency(Currency::USD), Currency::NONE);
    }
}
