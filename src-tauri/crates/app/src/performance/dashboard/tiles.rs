//! Key figures, each with the period before and the months up to now.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use yeji_core::calendar::{Period, PeriodKind, periods};
use yeji_core::goal::attainment;
use yeji_core::{Ratio, Rounding};
use yeji_store::RollupSplit;

use super::View;
use crate::api::performance::{Tile, TileValue};
use crate::error::Result;
use crate::performance::Sums;

/// Months on a sparkline.
const SPARKLINE_MONTHS: u32 = 12;

impl View<'_> {
    pub(super) async fn tiles(&self) -> Result<Vec<Tile>> {
        let (from, to) = (self.period().start(), self.period().end());
        let now = self.app.result(from, to, self.units()).await?;
        let comparison = self.comparison();
        let before = match comparison {
            Some((period, until)) => {
                Some(self.app.result(period.start(), until, self.units()).await?)
            }
            None => None,
        };
        let goal = self
            .app
            .goal_of(&self.index, self.units(), self.period().into())
            .await?
            .map(|minor| self.money(minor));
        // Attainment is compared between whole periods only: the goal of a part is not its share of days.
        let goal_before = match comparison {
            Some((period, until)) if until == period.end() => {
                self.app
                    .goal_of(&self.index, self.units(), period.into())
                    .await?
            }
            _ => None,
        };
        let known = self.is_known(self.period());
        let reached = match goal.filter(|_| known) {
            Some(goal) => attainment(self.money(now.won_minor), goal)?,
            None => None,
        };
        let reached_before = match (goal_before, before) {
            (Some(goal), Some(before)) => {
                attainment(self.money(before.won_minor), self.money(goal))?
            }
            _ => None,
        };
        let months = self.sparkline_months().await?;
        let tile = |code: &str, figure: fn(&Self, Sums) -> Option<Figure>| {
            let value = known.then(|| figure(self, now)).flatten();
            let previous = before.and_then(|sums| figure(self, sums));
            Tile {
                code: code.to_owned(),
                change: change(value, previous),
                value: value.map(|figure| self.tile_value(figure)),
                previous: previous.map(|figure| self.tile_value(figure)),
                compared_with: comparison.map(|(period, _)| period.to_string()),
                attainment: None,
                goal: None,
                sparkline: months
                    .iter()
                    .map(|sums| sums.and_then(|s| figure(self, s)).map(|f| self.plain(f)))
                    .collect(),
                drill: self.drill(code),
            }
        };
        let mut won = tile("won_amount", |_, sums| Some(Figure::Money(sums.won_minor)));
        won.goal = goal;
        won.attainment = reached.map(|ratio| ratio.to_string());
        let attained = Tile {
            code: "attainment".to_owned(),
            value: reached.map(|ratio| TileValue::Percent(ratio.to_string())),
            previous: reached_before.map(|ratio| TileValue::Percent(ratio.to_string())),
            change: change(
                reached.map(Figure::Ratio),
                reached_before.map(Figure::Ratio),
            ),
            compared_with: comparison.map(|(period, _)| period.to_string()),
            attainment: reached.map(|ratio| ratio.to_string()),
            goal,
            sparkline: Vec::new(),
            drill: self.drill("attainment"),
        };
        Ok(vec![
            won,
            attained,
            tile("won_count", |_, sums| Some(Figure::Count(sums.won_count))),
            tile("win_rate", |_, sums| {
                sums.library_metric("win_rate").map(Figure::Ratio)
            }),
            tile("average_deal", |_, sums| {
                let average = sums.library_metric("average_deal")?;
                average.round(Rounding::HalfUp).ok().map(Figure::Money)
            }),
        ])
    }

    fn tile_value(&self, figure: Figure) -> TileValue {
        match figure {
            Figure::Money(minor) => TileValue::Money(self.money(minor)),
            Figure::Count(count) => TileValue::Count(count.to_string()),
            Figure::Ratio(ratio) => TileValue::Percent(ratio.to_string()),
        }
    }

    fn plain(&self, figure: Figure) -> String {
        match figure {
            Figure::Money(minor) => self.money(minor).to_major(),
            Figure::Count(count) => count.to_string(),
            Figure::Ratio(ratio) => ratio.to_string(),
        }
    }

    /// The months up to the end of the period; None before the first and after the last result.
    async fn sparkline_months(&self) -> Result<Vec<Option<Sums>>> {
        let last_day = self
            .period()
            .end()
            .pred_opt()
            .unwrap_or(self.period().end());
        let last = Period::containing(PeriodKind::Month, last_day)?;
        let Some(from) = last
            .start()
            .checked_sub_months(Months::new(SPARKLINE_MONTHS - 1))
        else {
            return Ok(Vec::new());
        };
        let mut sums: BTreeMap<NaiveDate, Sums> = BTreeMap::new();
        for row in self
            .app
            .results(from, last.end(), self.units(), RollupSplit::Month)
            .await?
        {
            if let Some(start) = row.start {
                sums.insert(start, Sums::of(&row));
            }
        }
        Ok(periods(PeriodKind::Month, from, last.end())
            .into_iter()
            .map(|month| {
                let of_month = sums.get(&month.start()).copied();
                of_month.or_else(|| self.is_known(month).then(Sums::default))
            })
            .collect())
    }
}

/// A figure before it has words.
#[derive(Debug, Clone, Copy)]
enum Figure {
    Money(i64),
    Count(i64),
    Ratio(Ratio),
}

impl Figure {
    fn exact(self) -> Ratio {
        match self {
            Self::Money(value) | Self::Count(value) => Ratio::from_int(value),
            Self::Ratio(ratio) => ratio,
        }
    }
}

/// `(now - before) / before`, None without a comparison above zero; of a share the difference: "1.9 %
/// less" of a win rate would be read as points.
fn change(now: Option<Figure>, before: Option<Figure>) -> Option<String> {
    let (now, before) = (now?, before?);
    let difference = now.exact().checked_sub(before.exact()).ok()?;
    if let Figure::Ratio(_) = now {
        return Some(difference.to_string());
    }
    if before.exact() <= Ratio::ZERO {
        return None;
    }
    Some(difference.checked_div(before.exact()).ok()?.to_string())
}
