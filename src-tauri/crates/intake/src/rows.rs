//! Typed rows. References to other files are names or numbers, as the file spells them.

use chrono::NaiveDate;
use yeji_core::Money;
use yeji_core::facts::Stage;

use crate::{FactRow, RoleRule, Warning};

/// One row of a file, typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Of [`crate::Kind::People`].
    Person(PersonRow),
    /// Of [`crate::Kind::Customers`].
    Customer(CustomerRow),
    /// Of [`crate::Kind::Products`].
    Product(ProductRow),
    /// Of [`crate::Kind::Opportunities`].
    Opportunity(OpportunityRow),
    /// Of every other kind.
    Fact(FactRow),
}

/// A person. A team known only by its manager has `manager` and no `team`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Physical line of the file on which the row starts, from 1.
    pub line: u32,
    /// Staff number where the file has one; else the name is the identity.
    pub staff_number: Option<String>,
    /// Name.
    pub name: String,
    /// Name of the manager.
    pub manager: Option<String>,
    /// Team.
    pub team: Option<String>,
    /// Department or regional office.
    pub department: Option<String>,
    /// What the role or job title is taken for.
    pub role: Option<RoleRule>,
    /// Hire date.
    pub hired_on: Option<NaiveDate>,
    /// Leave date as the file gives it.
    pub left_on: Option<NaiveDate>,
    /// What is odd about the row, though it can be imported.
    pub warnings: Vec<Warning>,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Physical line of the file on which the row starts, from 1.
    pub line: u32,
    /// Number in the source where the file has one; else the name is the identity.
    pub external_id: Option<String>,
    /// Name.
    pub name: String,
    /// Type (sector).
    pub customer_type: Option<String>,
    /// Segment.
    pub segment: Option<String>,
    /// Region or country.
    pub region: Option<String>,
    /// Name of the parent company.
    pub parent: Option<String>,
    /// Employees.
    pub employees: Option<i64>,
    /// Annual revenue, text in the source's unit.
    pub revenue: Option<String>,
    /// Year of foundation.
    pub founded_year: Option<i32>,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRow {
    /// Physical line of the file on which the row starts, from 1.
    pub line: u32,
    /// Number in the source where the file has one; else the name is the identity.
    pub external_id: Option<String>,
    /// Name.
    pub name: String,
    /// Series or category.
    pub category: Option<String>,
    /// List price.
    pub list_price: Option<Money>,
    /// Unit cost.
    pub cost: Option<Money>,
}

/// A deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpportunityRow {
    /// Physical line of the file on which the row starts, from 1.
    pub line: u32,
    /// Identity in the source.
    pub external_id: String,
    /// Name or staff number of who sells.
    pub owner: String,
    /// Name or number of the customer.
    pub customer: Option<String>,
    /// Name or number of the product.
    pub product: Option<String>,
    /// Stage.
    pub stage: Stage,
    /// First day of work on it.
    pub opened_on: Option<NaiveDate>,
    /// Day it was won or lost; always none while open (a date there is a forecast: see `warnings`).
    pub closed_on: Option<NaiveDate>,
    /// Amount as the file gives it; none where it gives none (unknown is not zero).
    pub amount: Option<Money>,
    /// What is odd about the row, though it can be imported.
    pub warnings: Vec<Warning>,
}

impl Row {
    /// Physical line of the file on which the row starts, from 1.
    pub fn line(&self) -> u32 {
        match self {
            Self::Person(row) => row.line,
            Self::Customer(row) => row.line,
            Self::Product(row) => row.line,
            Self::Opportunity(row) => row.line,
            Self::Fact(row) => row.line,
        }
    }

    /// What is odd about the row, though it can be imported.
    pub fn warnings(&self) -> &[Warning] {
        match self {
            Self::Person(row) => &row.warnings,
            Self::Opportunity(row) => &row.warnings,
            Self::Customer(_) | Self::Product(_) | Self::Fact(_) => &[],
        }
    }
}
