//! From one total to the next by steps, each from where the one before ended.

use yeji_core::Ratio;

use super::theme::{self, SMALL_PX, ZERO_LINE};
use super::vertical::Plot;
use crate::chart::{Chart, Lang, Role};
use crate::font::text_width;
use crate::{Result, format};

const MAX_BAR_PX: f64 = 56.0;

impl Plot<'_, '_> {
    pub(super) fn draw_waterfall(&self) -> Result<()> {
        let Some((totals, _)) = self.chart.pair(Role::Change)? else {
            return Ok(());
        };
        let spans = self.chart.spans()?;
        let figures = figures(self.chart, self.lang)?;
        let fit = |text: &String| text_width(text, SMALL_PX) + 6.0 <= self.slot;
        let labelled = figures.iter().all(fit);
        let half = (self.slot * 0.68).min(MAX_BAR_PX) / 2.0;
        for (place, (from, to)) in spans.iter().copied().enumerate() {
            let color = match (&totals.values[place], to < from) {
                (Some(_), _) => theme::TOTAL,
                (None, false) => theme::UP,
                (None, true) => theme::DOWN,
            };
            let middle = self.middle(place);
            let (high, low) = (self.y(from.max(to)), self.y(from.min(to)));
            // A step of nothing is a line and not invisible.
            let low = low.max(high + 1.0);
            self.canvas
                .rect((middle - half, high), (middle + half, low), color)?;
            if place + 1 < spans.len() {
                let level = self.y(to).round();
                let next = self.middle(place + 1) - half;
                self.canvas
                    .rect((middle + half, level), (next, level + 1.0), ZERO_LINE)?;
            }
        }
        if labelled {
            for (place, ((from, to), text)) in spans.iter().copied().zip(&figures).enumerate() {
                let below = from.max(to) <= Ratio::ZERO && from.min(to) < Ratio::ZERO;
                let baseline = if below {
                    self.y(from.min(to)) + 14.0
                } else {
                    self.y(from.max(to)) - 5.0
                };
                self.draw_figure(text, (self.middle(place), baseline))?;
            }
        }
        Ok(())
    }
}

/// Totals as they are, steps with their sign: it says the direction as well as the colour does.
fn figures(chart: &Chart, lang: Lang) -> Result<Vec<String>> {
    let Some((totals, changes)) = chart.pair(Role::Change)? else {
        return Ok(Vec::new());
    };
    let texts = totals.values.iter().zip(&changes.values);
    texts
        .map(|pair| match pair {
            (None, Some(change)) => format::compact_change(change, chart.unit, lang),
            (total, _) => format::compact_or_missing(total.as_ref(), chart.unit, lang),
        })
        .collect()
}
