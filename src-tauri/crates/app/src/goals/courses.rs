//! The months that people had, as months of another year. What leave, a first and a last day or the ramp took
//! from a month of the year that is copied does not come again: that month is taken as it would have been
//! with the person there. What they take from the other year decides there (docs/decisions/0023).

use yeji_core::calendar::{Period, PeriodKind, WorkingDays};
use yeji_core::{Error as CoreError, Ratio};
use yeji_goals::PeriodWeight;
use yeji_goals::carry::Course;
use yeji_goals::presence::UnitPresence;
use yeji_goals::weigh::RampStep;

use super::book::Book;
use super::input::Tree;
use super::kept_rule;
use super::presence::{Calendar, There, steps};
use super::reduced::terms_of;
use crate::error::Result;

/// Everybody's course of the other year, and who is not there in which of its weeks.
pub(super) fn courses(
    book: &Book,
    tree: &Tree<'_>,
    working: &WorkingDays,
    year: Period,
) -> Result<(Vec<Course>, Vec<UnitPresence>)> {
    let base = book.year()?;
    let blend = kept_rule(&book.plan).and_then(|rule| rule.blend);
    // Only a blend cuts for absence, and for the first months of new people.
    let ramp = blend.as_ref().map_or_else(whole_days, |blend| steps(blend));
    let (had, other) = (
        Calendar::new(tree.organisation, working, base),
        Calendar::new(tree.organisation, working, year),
    );
    let (months, others) = (base.parts(PeriodKind::Month), year.parts(PeriodKind::Month));
    let common = sums(book, 0, &months)?;
    let numbers = book.staff_numbers();
    let (mut courses, mut presence) = (Vec::new(), Vec::new());
    for (unit, (person, _)) in &tree.leaves {
        let name = tree
            .organisation
            .person(*person)
            .map(|own| own.name.as_str());
        let terms = blend
            .as_ref()
            .and_then(|blend| terms_of(blend, unit, numbers.get(unit), name.unwrap_or_default()));
        let full = match book.place(unit) {
            Ok(at) => {
                let shares = match &blend {
                    Some(_) => There::new(&had, *person, terms).months(base, &ramp)?,
                    None => vec![Ratio::ONE; months.len()],
                };
                as_if_there(&sums(book, at, &months)?, &shares, &common)?
            }
            // New: there is no course of their own.
            Err(_) => common.clone(),
        };
        let there = There::new(&other, *person, terms);
        let weeks = there.weeks(year, &ramp)?;
        let mut own = full.clone();
        if !weeks.is_empty() {
            for (month, share) in own.iter_mut().zip(there.months(year, &ramp)?) {
                *month = part(*month, share)?;
            }
        }
        if own.iter().all(|minor| *minor == 0) {
            // In no month of the year: the number runs as it did, and HR has a name to look at.
            own = full;
        } else if !weeks.is_empty() {
            let unit = unit.clone();
            presence.push(UnitPresence {
                unit,
                shares: weeks,
            });
        }
        let weights = others.iter().zip(own);
        courses.push(Course {
            unit: unit.clone(),
            weights: weights
                .map(|(period, minor)| PeriodWeight {
                    period: *period,
                    weight: Ratio::from_int(minor),
                })
                .collect(),
        });
    }
    Ok((courses, presence))
}

fn whole_days() -> Vec<RampStep> {
    vec![RampStep {
        from_month: 0,
        share: Ratio::ONE,
    }]
}

fn sums(book: &Book, at: usize, months: &[Period]) -> Result<Vec<i64>> {
    months.iter().map(|month| book.sum(at, *month)).collect()
}

/// Months as they would have been with the person there: a month of which they were there for a part as that
/// part says, one of which they were not there as the company's months run. A number that stands in such a
/// month was put there by hand, and stays.
fn as_if_there(had: &[i64], shares: &[Ratio], common: &[i64]) -> Result<Vec<i64>> {
    let is_away = |at: usize| shares[at] == Ratio::ZERO && had[at] == 0;
    let mut full = Vec::with_capacity(had.len());
    for (minor, share) in had.iter().zip(shares) {
        full.push(if *share == Ratio::ZERO {
            *minor
        } else {
            part(*minor, Ratio::ONE.checked_div(*share)?)?
        });
    }
    let of_known = |all: &[i64]| -> i128 {
        let known = (0..all.len()).filter(|at| !is_away(*at));
        known.map(|at| i128::from(all[at])).sum()
    };
    let (own, of) = (of_known(&full), of_known(common));
    for at in (0..had.len()).filter(|at| is_away(*at)) {
        if of > 0 {
            let minor = i128::from(common[at])
                .checked_mul(own)
                .map(|product| product / of);
            full[at] = fits(minor)?;
        }
    }
    Ok(full)
}

/// A share of an amount, rounded to the minor unit.
fn part(minor: i64, share: Ratio) -> Result<i64> {
    let product = i128::from(minor).checked_mul(share.numerator());
    fits(product.map(|product| (product + share.denominator() / 2) / share.denominator()))
}

fn fits(minor: Option<i128>) -> Result<i64> {
    let minor = minor.and_then(|minor| i64::try_from(minor).ok());
    Ok(minor.ok_or(CoreError::Overflow("goal of a month"))?)
}
