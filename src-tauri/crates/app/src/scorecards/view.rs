//! The goal of a unit or person as it is in force, and what the parts of a unit are together.

use chrono::Datelike;
use yeji_core::Ratio;
use yeji_core::calendar::Period;
use yeji_core::org::Organisation;
use yeji_goals::weighted_mean;
use yeji_insight::kpi::Unit;
use yeji_report::format;

use super::book::{Below, Book, Kind};
use super::who::Named;
use crate::api::Message;
use crate::api::performance::Days;
use crate::api::scorecards::{
    KpiGoalInForce, KpiGoalPart, KpiGoalParts, KpiGoalSource, KpiGoalView,
};
use crate::context::App;
use crate::error::Result;
use crate::performance::{Measured, Whose};

/// Years before the period in which facts are looked for: the newest may have none yet.
const YEARS_BACK: i32 = 2;

/// What parts weigh, and by what.
struct Weights {
    by: String,
    year: Option<i32>,
    each: Vec<Ratio>,
}

impl App {
    /// The same from the store.
    pub(super) async fn kpi_goal_of(
        &self,
        measured: &Measured,
        organisation: &Organisation,
        whose: Whose,
        period: Period,
    ) -> Result<KpiGoalView> {
        let metric = &measured.definition().code;
        let goals = self.store()?.kpi_goals(Some(metric)).await?;
        let book = Book::new(organisation, Kind::of(measured), period, &goals);
        let set = self
            .kpi_goal_in(measured, &book, organisation, whose, period)
            .await?;
        let Some(planned) = super::planned_metric(metric) else {
            return Ok(set);
        };
        // A plan comes before goals that are set one by one, as on scorecards.
        let planned = self.planned_goals(planned, &[whose], period.into()).await?;
        Ok(match planned.into_iter().next() {
            Some(Ok(value)) => KpiGoalView {
                goal: Some(KpiGoalInForce {
                    value: value.to_string(),
                    shown: measured.shown(value).unwrap_or_default(),
                    source: KpiGoalSource::Plan,
                    of: None,
                    set_for: Some(period),
                }),
                reason: None,
                ..set
            },
            Some(Err(why)) if set.goal.is_none() && metric == super::PLANNED => KpiGoalView {
                reason: Some(why),
                ..set
            },
            _ => set,
        })
    }

    /// From goals that were looked up.
    pub(super) async fn kpi_goal_in(
        &self,
        measured: &Measured,
        book: &Book<'_>,
        organisation: &Organisation,
        whose: Whose,
        period: Period,
    ) -> Result<KpiGoalView> {
        let shown = |value: Ratio| measured.shown(value).unwrap_or_default();
        let in_force = |value: Ratio, source| KpiGoalInForce {
            value: value.to_string(),
            shown: shown(value),
            source,
            of: None,
            set_for: None,
        };
        let own = book.own(whose);
        let (mut parts, mut together) = (None, None);
        if let Whose::Unit(unit) = whose
            && let Some(below) = book.below(unit)
        {
            let (found, value) = self
                .kpi_goal_parts(measured, book, organisation, &below, period)
                .await?;
            together = value;
            parts = Some(found);
        }
        let (mut goal, mut reason) = (None, None);
        if let Some(set) = own {
            goal = Some(KpiGoalInForce {
                set_for: set.period,
                ..in_force(set.value, KpiGoalSource::Own)
            });
        } else if let Some(parts) = &parts {
            match together {
                Some(value) if measured.is_sum() && !parts.left_out.is_empty() => {
                    let params = [("names", parts.left_out.join(", ")), ("sum", shown(value))];
                    reason = Some(Message::new("kpi_goal_parts_missing", &params));
                }
                Some(value) => goal = Some(in_force(value, parts.source)),
                None => reason = Some(Message::new("kpi_goal_none", &[])),
            }
        } else if let Some((unit, set)) = book.above(whose) {
            goal = Some(KpiGoalInForce {
                of: organisation.unit(unit).map(|unit| unit.name.clone()),
                set_for: set.period,
                ..in_force(set.value, KpiGoalSource::Inherited)
            });
        } else {
            reason = Some(Message::new("kpi_goal_none", &[]));
        }
        let difference = own.zip(together);
        let difference = difference.and_then(|(own, parts)| own.value.checked_sub(parts).ok());
        let named = Named::of(organisation, whose);
        Ok(KpiGoalView {
            metric: measured.definition().code.clone(),
            name: measured.info().name,
            whose: named.id,
            whose_name: named.name,
            level: named.level.to_owned(),
            period,
            goal,
            reason,
            parts,
            difference: difference.as_ref().map(Ratio::to_string),
            difference_shown: difference.and_then(|one| match measured.definition().unit {
                Unit::Ratio => format::change_in_points(one, self.language).ok(),
                _ => measured.shown(one),
            }),
        })
    }

    /// What the parts of a unit are together: their sum, or their mean by what they weigh.
    async fn kpi_goal_parts(
        &self,
        measured: &Measured,
        book: &Book<'_>,
        organisation: &Organisation,
        below: &Below,
        period: Period,
    ) -> Result<(KpiGoalParts, Option<Ratio>)> {
        let weights = if measured.is_sum() {
            None
        } else {
            Some(self.kpi_goal_weights(measured, book, below, period).await?)
        };
        let value = match &weights {
            None => {
                let mut sum = Ratio::ZERO;
                for part in &below.parts {
                    sum = sum.checked_add(part.value)?;
                }
                (!below.parts.is_empty()).then_some(sum)
            }
            Some(weights) => {
                let each = weights.each.iter().zip(&below.parts);
                let pairs: Vec<(Ratio, Ratio)> =
                    each.map(|(weight, part)| (*weight, part.value)).collect();
                weighted_mean(&pairs)?
            }
        };
        let rows = below.parts.iter().enumerate().map(|(at, part)| {
            let named = Named::of(organisation, part.whose);
            let weight = weights.as_ref().and_then(|weights| weights.each.get(at));
            KpiGoalPart {
                whose: named.id,
                name: named.name,
                value: part.value.to_string(),
                shown: measured.shown(part.value).unwrap_or_default(),
                inherited: part.inherited,
                weight: weight.map(Ratio::to_string),
            }
        });
        let left_out = below.left_out.iter();
        let parts = KpiGoalParts {
            source: if measured.is_sum() {
                KpiGoalSource::Sum
            } else {
                KpiGoalSource::Mean
            },
            value: value.as_ref().map(Ratio::to_string),
            shown: value.and_then(|value| measured.shown(value)),
            weighed_by: weights.as_ref().map(|weights| weights.by.clone()),
            weighed_in: weights.as_ref().and_then(|weights| weights.year),
            rows: rows.collect(),
            left_out: left_out
                .map(|whose| Named::of(organisation, *whose).name)
                .collect(),
        };
        Ok((parts, value))
    }

    /// What each part weighs: what the ratio was divided by in the last year that has any of it, else people.
    async fn kpi_goal_weights(
        &self,
        measured: &Measured,
        book: &Book<'_>,
        below: &Below,
        period: Period,
    ) -> Result<Weights> {
        let whose: Vec<Whose> = below.parts.iter().map(|part| part.whose).collect();
        let last = self.data_span().await?.last_closed;
        if let (Some((divisor, formula)), Some(last)) = (measured.divisor(), last) {
            let newest = (period.start().year() - 1).min(last.year());
            for year in (newest - YEARS_BACK + 1..=newest).rev() {
                let days = Days::from(Period::year(year)?);
                // The same for everybody who asks: a mean depends on all that its parts did.
                let all = self.seeing_everything();
                let figures = all.figures_of(&divisor, &whose, days).await?;
                let each: Vec<Ratio> = figures
                    .into_iter()
                    // A part of which nothing is known weighs nothing; nor does one with more refunds than receipts.
                    .map(|figure| figure.map_or(Ratio::ZERO, |one| one.max(Ratio::ZERO)))
                    .collect();
                if each.iter().any(|one| *one > Ratio::ZERO) {
                    return Ok(Weights {
                        by: formula,
                        year: Some(year),
                        each,
                    });
                }
            }
        }
        let people = |whose: &Whose| match whose {
            Whose::Person(_) => 1,
            Whose::Unit(unit) => i64::try_from(book.sellers(*unit).len()).unwrap_or(i64::MAX),
        };
        let each = whose.iter().map(|whose| Ratio::from_int(people(whose)));
        Ok(Weights {
            by: "people".to_owned(),
            year: None,
            each: each.collect(),
        })
    }
}
