//! Columns beside a chart's own values: shares of stages, and what Excel's chart is drawn from.

use yeji_core::Ratio;

use crate::Result;
use crate::chart::{Chart, ChartKind, Lang, Role, Value, ValueUnit};
use crate::slices::to_value;

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// The line at 100 %.
    Goal,
    /// For the reader only.
    Reading,
    /// Stacked and not seen: what floating bars float on.
    Base,
    /// A floating bar of a step upwards.
    Up,
    /// A floating bar of a step downwards; its length, without a sign.
    Down,
}

/// One column more.
#[derive(Debug)]
pub struct Extra {
    pub what: Use,
    pub label: &'static str,
    pub unit: ValueUnit,
    pub values: Vec<Option<Value>>,
}

/// The columns that follow the series on the chart's sheet.
pub fn columns(chart: &Chart, lang: Lang) -> Result<Vec<Extra>> {
    match chart.kind {
        ChartKind::Attainment => Ok(vec![Extra {
            what: Use::Goal,
            label: lang.pick("目标 100%", "Goal 100%"),
            unit: chart.unit,
            values: vec![Some(Value::ratio(Ratio::ONE)); chart.categories.len()],
        }]),
        ChartKind::Funnel => Ok(vec![Extra {
            what: Use::Reading,
            label: lang.pick("占上一阶段", "Of previous stage"),
            unit: ValueUnit::Percent,
            values: chart.steps()?.iter().map(|s| s.map(Value::ratio)).collect(),
        }]),
        ChartKind::Waterfall => floating(chart, lang),
        _ => Ok(Vec::new()),
    }
}

/// Excel stacks what is above zero and what is below it apart, so a bar through zero is two parts:
/// each column twice, the second time for what is below, where there is any.
fn floating(chart: &Chart, lang: Lang) -> Result<Vec<Extra>> {
    let Some((totals, _)) = chart.pair(Role::Change)? else {
        return Ok(Vec::new());
    };
    let (base, up, down) = (
        lang.pick("底座", "Base"),
        lang.pick("增加", "Increase"),
        lang.pick("减少", "Decrease"),
    );
    let (base_below, up_below, down_below) = (
        lang.pick("底座（零以下）", "Base below zero"),
        lang.pick("增加（零以下）", "Increase below zero"),
        lang.pick("减少（零以下）", "Decrease below zero"),
    );
    let mut columns = Vec::new();
    for (above, labels) in [
        (true, [base, up, down]),
        (false, [base_below, up_below, down_below]),
    ] {
        for (what, label) in [Use::Base, Use::Up, Use::Down].into_iter().zip(labels) {
            let mut values = Vec::with_capacity(chart.categories.len());
            for (place, (from, to)) in chart.spans()?.into_iter().enumerate() {
                let height = match totals.values[place] {
                    Some(_) => Ratio::ZERO,
                    None => part(what, above, from, to)?,
                };
                values.push(if height == Ratio::ZERO {
                    None
                } else {
                    Some(to_value(height, chart.unit)?)
                });
            }
            if values.iter().any(Option::is_some) {
                columns.push(Extra {
                    what,
                    label,
                    unit: chart.unit,
                    values,
                });
            }
        }
    }
    Ok(columns)
}

/// How much of a bar from `from` to `to` is on this side of zero, or how much room it leaves there.
fn part(what: Use, above: bool, from: Ratio, to: Ratio) -> Result<Ratio> {
    let side = |end: Ratio| {
        if above {
            end.max(Ratio::ZERO)
        } else {
            end.min(Ratio::ZERO)
        }
    };
    let (near, far) = if above {
        (side(from.min(to)), side(from.max(to)))
    } else {
        (side(from.max(to)), side(from.min(to)))
    };
    Ok(match (what, to < from) {
        (Use::Base, _) => near,
        (Use::Up, false) | (Use::Down, true) => far.checked_sub(near)?,
        _ => Ratio::ZERO,
    })
}
