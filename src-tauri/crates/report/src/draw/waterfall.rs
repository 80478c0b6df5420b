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
        let cut = self.chart.axis_start()?.is_some();
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
            // Of a cut axis the bars of totals begin below it.
            let low = low.min(self.room.bottom);
            self.canvas
                .rect((middle - half, high), (middle + half, low), color)?;
            if cut && totals.values[place].is_some() {
                self.draw_cut(middle, half)?;
            }
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

    /// Two slanted strips of the paper through the foot of a bar: it is not drawn in full.
    fn draw_cut(&self, middle: f64, half: f64) -> Result<()> {
        const SLANT_PX: f64 = 5.0;
        const GAP_PX: f64 = 3.0;
        for up in [9.0, 16.0] {
            let y = self.room.bottom - up;
            let (left, right) = (middle - half - 1.0, middle + half + 1.0);
            let strip = [
                (left, y),
                (right, y - SLANT_PX),
                (right, y - SLANT_PX - GAP_PX),
                (left, y - GAP_PX),
            ];
            self.canvas.polygon(&strip, theme::SURFACE)?;
        }
        Ok(())
    }
}

/// That the axis does not start at zero, for the note under the chart.
pub fn cut_words(start: Ratio, chart: &Chart, lang: Lang) -> Result<String> {
    let start = format::compact_ratio(start, chart.unit, lang)?;
    Ok(match lang {
        Lang::ZhCn => format!("纵轴从 {start} 起，合计柱有截断"),
        Lang::En => format!("Axis from {start}: the bars of totals are cut"),
    })
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
