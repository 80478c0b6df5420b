//! What job titles say about selling and leading.
//!
//! `销售经理` and `Sales Manager` are the usual titles of people who sell as well as of those who lead,
//! so a title alone does not decide who carries a goal: where it could be either, the deals do.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::traditional::simplified;

/// What a title is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RoleRule {
    /// Sells and carries a goal.
    Sales,
    /// Leads the unit and carries no goal.
    Manager,
    /// Who owns deals sells; who owns none leads.
    ByDeals,
}

impl RoleRule {
    /// All, as they are offered for a choice.
    pub const ALL: [Self; 3] = [Self::Sales, Self::Manager, Self::ByDeals];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Manager => "manager",
            Self::ByDeals => "by_deals",
        }
    }
}

impl FromStr for RoleRule {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|rule| rule.code() == code)
            .ok_or(())
    }
}

/// Parts of titles that may mean "leads the unit".
const LEADING: &[&str] = &[
    "manager",
    "director",
    "head of",
    "leader",
    "supervisor",
    "经理",
    "主管",
    "总监",
    "负责人",
    "组长",
];
/// Titles with such a part whose bearers lead nobody.
const NOT_LEADING: &[&str] = &[
    "account manager",
    "客户经理",
    "sales manager assistant",
    "经理助理",
    "产品经理",
];

/// What a title means in most sources.
pub fn known_role(title: &str) -> RoleRule {
    let title: String = title.to_lowercase().chars().map(simplified).collect();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(LEADING) && !has(NOT_LEADING) {
        RoleRule::ByDeals
    } else {
        RoleRule::Sales
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        let check = |title: &str, rule: RoleRule| assert_eq!(known_role(title), rule, "{title}");
        check("Sales Representative", RoleRule::Sales);
        check("销售顾问", RoleRule::Sales);
        check("Key Account Manager", RoleRule::Sales);
        check("大客户经理", RoleRule::Sales);
        check("Sales Manager", RoleRule::ByDeals);
        check("销售经理", RoleRule::ByDeals);
        check("MANAGER", RoleRule::ByDeals);
        check("销售总监", RoleRule::ByDeals);
        check("銷售經理", RoleRule::ByDeals);
        check("客戶經理", RoleRule::Sales);
    }

    #[test]
    fn codes_are_what_mapping_files_hold() {
        for rule in RoleRule::ALL {
            assert_eq!(rule.code().parse(), Ok(rule));
            let written = toml::Value::try_from(rule).unwrap();
            assert_eq!(written.as_str(), Some(rule.code()));
        }
    }
}
