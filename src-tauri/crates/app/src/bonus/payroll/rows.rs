//! Who is paid what: the rows of the file for payroll, whose sum is the run's.

use std::collections::BTreeSet;

use yeji_bonus::{Statement, read_statement};
use yeji_core::calendar::Period;
use yeji_core::ids::PersonId;
use yeji_core::org::Organisation;
use yeji_core::{Money, Rounding};
use yeji_report::PayrollCell;

use super::columns::Field;
use crate::api::Message;
use crate::api::bonus_papers::{PayrollAmounts, PayrollApart, PayrollColumns};
use crate::bonus::cycle::Cycle;
use crate::bonus::document::Issued;
use crate::bonus::paper_error::PaperError;
use crate::bonus::versions::last_day;
use crate::context::App;
use crate::error::Result;

/// Digits of an attainment after the point.
const ATTAINMENT_DIGITS: u32 = 4;

/// What a period pays.
pub(super) struct Payroll {
    pub plans: Vec<Issued>,
    /// Who is paid.
    pub paid: Vec<PayRow>,
    /// Whose pay waits.
    pub apart: Vec<PayrollApart>,
    /// What they are paid.
    pub total: Money,
}

/// Somebody who is paid by a plan.
pub(super) struct PayRow {
    person: PersonId,
    /// Place of the plan.
    plan: usize,
    statement: Statement,
    hash: String,
}

impl App {
    /// What a period pays, by a plan or by all that were handed in; where none was, by the one run last.
    pub(super) async fn payroll(&self, period: Period, plan: Option<&str>) -> Result<Payroll> {
        let mut plans = Vec::new();
        if plan.is_some() {
            plans.push(Box::pin(self.issued(period, plan)).await?);
        } else {
            // Also those that were run and not handed in: a file without them would look complete.
            let (book, day) = (self.plan_book().await?, last_day(period));
            let pays = |cycle: &Cycle| {
                let known = book.stands_for(&cycle.plan, day) == cycle.plan;
                cycle.standing.counts().is_some() || known && cycle.shown_run().is_some()
            };
            let cycles = self.cycles_of(period).await?.into_iter().filter(pays);
            let codes: BTreeSet<String> = cycles.map(|cycle| cycle.plan).collect();
            for code in &codes {
                plans.push(Box::pin(self.issued(period, Some(code))).await?);
            }
            if codes.is_empty() {
                plans.push(Box::pin(self.issued(period, None)).await?);
            }
        }
        gather(plans)
    }
}

/// Those who are paid and those whose pay waits; together they are what each run says.
fn gather(plans: Vec<Issued>) -> Result<Payroll> {
    let (mut paid, mut apart) = (Vec::new(), Vec::new());
    let mut total: Option<Money> = None;
    for (at, issued) in plans.iter().enumerate() {
        let of_run = issued.run.result.get("total").cloned().unwrap_or_default();
        let of_run: Money = serde_json::from_value(of_run).map_err(yeji_store::Error::from)?;
        let mut rows = Money::new(0, of_run.currency);
        let mut waits = rows;
        for row in &issued.rows {
            let statement = read_statement(row.result.clone()).map_err(yeji_store::Error::from)?;
            let code = if issued.settled.held.contains(&row.person) {
                Some("payroll_held")
            } else {
                // A part of it is not known: nothing is paid on a guess.
                statement.blocked.then_some("payroll_blocked")
            };
            if let Some(code) = code {
                waits = waits.checked_add(statement.payout)?;
                let one = issued.organisation.person(row.person);
                apart.push(PayrollApart {
                    person: row.person,
                    name: issued.name_of(row),
                    staff_number: one.and_then(|one| one.staff_number.clone()),
                    payout: statement.payout,
                    reason: Message::new(code, &[]),
                });
            } else {
                rows = rows.checked_add(statement.payout)?;
                paid.push(PayRow {
                    person: row.person,
                    plan: at,
                    hash: issued.hash_of(row),
                    statement,
                });
            }
        }
        require_sum(rows, waits, of_run)?;
        total = Some(match total {
            None => rows,
            Some(before) => before.checked_add(rows)?,
        });
    }
    Ok(Payroll {
        total: total.unwrap_or(Money::new(0, yeji_core::Currency::NONE)),
        plans,
        paid,
        apart,
    })
}

/// Rows that pay something else than the run says leave in no file.
fn require_sum(rows: Money, apart: Money, total: Money) -> Result<()> {
    if rows.checked_add(apart)? == total {
        return Ok(());
    }
    Err(PaperError::PayrollSum { rows, apart, total }.into())
}

impl Payroll {
    /// The first plan that is not approved.
    pub fn unapproved(&self) -> Option<&Issued> {
        self.plans.iter().find(|plan| !plan.settled.approved)
    }

    /// Codes of the components of all plans.
    pub fn components(&self) -> BTreeSet<&str> {
        let all = self.plans.iter().flat_map(|plan| &plan.plan.components);
        all.map(|one| one.code.as_str()).collect()
    }

    /// The rows as the columns want them, at most so many.
    pub fn cells(&self, columns: &PayrollColumns, most: usize) -> Result<Vec<Vec<PayrollCell>>> {
        let rows = self.paid.iter().take(most);
        rows.map(|row| {
            let cells = columns.columns.iter();
            let cells = cells.map(|column| {
                let field = Field::read(&column.field);
                let text = column.text.as_deref();
                field.map_or(Ok(PayrollCell::Empty), |field| {
                    self.cell(row, field, text, columns.amounts)
                })
            });
            cells.collect()
        })
        .collect()
    }

    fn cell(
        &self,
        row: &PayRow,
        field: Field<'_>,
        fixed: Option<&str>,
        amounts: PayrollAmounts,
    ) -> Result<PayrollCell> {
        let (issued, statement) = (&self.plans[row.plan], &row.statement);
        let person = issued.organisation.person(row.person);
        let last_day = last_day(issued.period);
        let text = |text: Option<String>| text.map_or(PayrollCell::Empty, PayrollCell::Text);
        let money = |amount: Option<Money>| match (amount, amounts) {
            (None, _) => PayrollCell::Empty,
            (Some(amount), PayrollAmounts::Decimal) => PayrollCell::Number(amount.to_major()),
            (Some(amount), PayrollAmounts::Minor) => PayrollCell::Number(amount.minor.to_string()),
        };
        let zero = Money::new(0, statement.payout.currency);
        Ok(match field {
            Field::StaffNumber => text(person.and_then(|one| one.staff_number.clone())),
            Field::Name => text(Some(statement.name.clone())),
            Field::Team => {
                let unit = issued.organisation.team_on(row.person, last_day);
                let unit = unit.and_then(|id| issued.organisation.unit(id));
                text(unit.map(|unit| unit.name.clone()))
            }
            Field::Department => text(department(&issued.organisation, row.person, last_day)),
            Field::Plan => text(Some(issued.version.code.clone())),
            Field::PlanVersion => PayrollCell::Number(issued.version.version.to_string()),
            Field::Period => text(Some(issued.period.to_string())),
            Field::Payout => money(Some(statement.payout)),
            Field::Currency => text(Some(statement.payout.currency.to_string())),
            Field::Limit => money(Some(
                statement.limit.as_ref().map_or(zero, |one| one.amount),
            )),
            Field::Adjustments => {
                let paid = statement.adjustments.iter().filter(|one| one.paid);
                let mut sum = zero;
                for one in paid {
                    sum = sum.checked_add(one.amount)?;
                }
                money(Some(sum))
            }
            Field::TargetBonus => money(statement.target_bonus),
            Field::Attainment => match statement.components.first().and_then(|c| c.attainment) {
                Some(ratio) => {
                    PayrollCell::Number(ratio.to_decimal(ATTAINMENT_DIGITS, Rounding::HalfUp)?)
                }
                None => PayrollCell::Empty,
            },
            Field::Hash => text(Some(row.hash.clone())),
            Field::Text => text(fixed.map(str::to_owned)),
            Field::Component(code) => {
                let mut all = statement.components.iter();
                money(all.find(|one| one.code == code).and_then(|one| one.amount))
            }
        })
    }
}

/// The unit right below the company in which somebody was on a day.
fn department(
    organisation: &Organisation,
    person: PersonId,
    day: chrono::NaiveDate,
) -> Option<String> {
    let team = organisation.team_on(person, day)?;
    let above = |id: &yeji_core::ids::UnitId| organisation.unit(*id).and_then(|unit| unit.parent);
    let company = organisation.company().map(|unit| unit.id);
    let units = std::iter::successors(Some(team), above);
    let top = units.take_while(|unit| Some(*unit) != company).last();
    let unit = organisation.unit(top.unwrap_or(team))?;
    Some(unit.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use yeji_core::Currency;

    #[test]
    fn rows_that_do_not_sum_to_the_run_are_refused() {
        let money = |minor| Money::new(minor, Currency::CNY);
        require_sum(money(300), money(45), money(345)).unwrap();
        require_sum(money(300), money(-45), money(255)).unwrap();
        let error = require_sum(money(300), money(45), money(346)).unwrap_err();
        assert_eq!(error.code(), "payroll_sum_differs");
        assert_eq!(error.params()["total"], "3.46 CNY");
        let other = Money::new(345, "USD".parse().unwrap());
        assert!(require_sum(money(300), money(45), other).is_err());
    }
}
