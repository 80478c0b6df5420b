//! Parts beside each other: bars, shares, rankings, Pareto charts.

use std::collections::BTreeSet;

use yeji_core::Ratio;
use yeji_report::chart::{Category, Chart, ChartKind, Value};
use yeji_report::{MAX_SLICES, OTHER_KEY};
use yeji_store::MeasureKey;

use super::look::{Look, Part};
use super::{folded, left_out, mark, negative, other};
use crate::api::Message;
use crate::api::boards::{Drawn, Form};
use crate::error::Result;
use crate::performance::boards::check::MAX_PARTS;
use crate::performance::metrics::key_text;
use crate::words::pick;

/// Parts that bars show one by one.
const BARS: u16 = 12;
/// Parts that a ranking or Pareto chart shows one by one.
const ROWS: u16 = 30;

impl Look<'_> {
    fn limit(&self, usual: u16) -> usize {
        usize::from(self.ask.limit.unwrap_or(usual).clamp(1, MAX_PARTS))
    }

    /// Bars of parts, with what they are held against.
    pub async fn bars_of_parts(&self) -> Result<Drawn> {
        let (parts, rest) = self.first_parts(self.split(), self.limit(BARS)).await?;
        let mut drawn = self.drawn(self.title());
        drawn.notes.extend(left_out(rest));
        let keys: Vec<&MeasureKey> = parts.iter().map(|part| &part.key).collect();
        let compared = self.compared_parts(&keys).await?;
        let mut chart = self.chart_of(ChartKind::Bar, &drawn.title, &parts)?;
        chart.series.extend(compared);
        self.mark_parts(&mut drawn, &parts);
        drawn.chart = Some(chart);
        Ok(drawn)
    }

    /// Parts in order; of shares against 100 %.
    pub async fn ranking(&self) -> Result<Drawn> {
        let (parts, rest) = self.first_parts(self.split(), self.limit(ROWS)).await?;
        let mut drawn = self.drawn(self.title());
        drawn.notes.extend(left_out(rest));
        let kind = match self.ask.form {
            Form::Attainment => ChartKind::Attainment,
            _ => ChartKind::HBar,
        };
        drawn.chart = Some(self.chart_of(kind, &drawn.title, &parts)?);
        self.mark_parts(&mut drawn, &parts);
        Ok(drawn)
    }

    /// Shares of the whole, the small ones as one.
    pub async fn shares(&self) -> Result<Drawn> {
        let mut parts = self.parts().await?;
        parts.retain(|part| part.value != Ratio::ZERO);
        if has_negative(&parts) {
            let usual = u16::try_from(MAX_SLICES).unwrap_or(BARS);
            return self.ranking_of_all(parts, self.limit(usual));
        }
        let mut drawn = self.drawn(self.title());
        let chart = self.chart_of(ChartKind::Pie, &drawn.title, &parts)?;
        let chart = chart.shares(self.lang)?;
        let is_shown = |part: &Part| {
            let key = key_text(&part.key);
            chart.categories.iter().any(|slice| slice.key == key)
        };
        let (shown, rest): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(is_shown);
        self.mark_parts(&mut drawn, &shown);
        self.mark_rest(&mut drawn, &rest);
        drawn.chart = Some(chart);
        Ok(drawn)
    }

    /// Parts from the largest down with what they come to together.
    pub async fn pareto(&self) -> Result<Drawn> {
        let mut parts = self.parts().await?;
        parts.retain(|part| part.value != Ratio::ZERO);
        let limit = self.limit(ROWS);
        if has_negative(&parts) {
            return self.ranking_of_all(parts, limit);
        }
        let mut drawn = self.drawn(self.title());
        let rest = parts.split_off(parts.len().min(limit));
        let mut chart = self.chart_of(ChartKind::Bar, &drawn.title, &parts)?;
        self.add_rest(&mut chart, &rest, parts.len())?;
        let chart = chart.pareto(pick(self.lang, "累计占比", "Cumulative share"))?;
        self.mark_parts(&mut drawn, &parts);
        self.mark_rest(&mut drawn, &rest);
        drawn.chart = Some(chart);
        Ok(drawn)
    }

    /// Parts of which some are below zero, in order: those that are furthest from it, and the others between
    /// them as one.
    fn ranking_of_all(&self, parts: Vec<Part>, limit: usize) -> Result<Drawn> {
        let mut drawn = self.drawn(self.title());
        drawn.notes.push(Message::new("drawn_negative", &[]));
        // Those with the largest amounts first, at either end; then in their order again.
        let mut by_size: Vec<usize> = (0..parts.len()).collect();
        let distance = |at: &usize| parts[*at].value.max(negative(parts[*at].value));
        by_size.sort_by_key(|at| std::cmp::Reverse(distance(at)));
        let shown: BTreeSet<usize> = by_size.into_iter().take(limit).collect();
        let (mut kept, mut rest) = (Vec::new(), Vec::new());
        for (at, part) in parts.into_iter().enumerate() {
            let side = if shown.contains(&at) {
                &mut kept
            } else {
                &mut rest
            };
            side.push(part);
        }
        let parts: Vec<Part> = kept;
        let between = parts.iter().filter(|part| part.value > Ratio::ZERO).count();
        let mut chart = self.chart_of(ChartKind::HBar, &drawn.title, &parts)?;
        self.add_rest(&mut chart, &rest, between)?;
        self.mark_parts(&mut drawn, &parts);
        self.mark_rest(&mut drawn, &rest);
        drawn.chart = Some(chart);
        Ok(drawn)
    }

    /// The rest as one, at a place.
    fn add_rest(&self, chart: &mut Chart, rest: &[Part], place: usize) -> Result<()> {
        if rest.is_empty() {
            return Ok(());
        }
        let mut sum = Ratio::ZERO;
        for part in rest {
            sum = sum.checked_add(part.value)?;
        }
        let category = Category {
            key: OTHER_KEY.to_owned(),
            label: other(self.lang).to_owned(),
        };
        chart.categories.insert(place, category);
        chart.series[0].values.insert(place, Some(self.shown(sum)?));
        Ok(())
    }

    fn chart_of(&self, kind: ChartKind, title: &str, parts: &[Part]) -> Result<Chart> {
        let categories = parts.iter().map(|part| Category {
            key: key_text(&part.key),
            label: part.label.clone(),
        });
        let values = parts.iter().map(|part| self.shown(part.value).map(Some));
        let values: Vec<Option<Value>> = values.collect::<Result<_>>()?;
        Ok(self.chart(kind, title, categories.collect(), vec![self.series(values)]))
    }

    fn mark_parts(&self, drawn: &mut Drawn, parts: &[Part]) {
        for part in parts {
            let drill = self.drill(self.ask.by, &part.key, self.days());
            drawn.marks.insert(key_text(&part.key), mark(drill));
        }
    }

    fn mark_rest(&self, drawn: &mut Drawn, rest: &[Part]) {
        if rest.is_empty() {
            return;
        }
        let keys: Vec<MeasureKey> = rest.iter().map(|part| part.key.clone()).collect();
        let drill = self.drill_of_rest(&keys, self.days());
        drawn.marks.insert(OTHER_KEY.to_owned(), mark(drill));
        drawn.notes.extend(folded(rest.len()));
    }
}

fn has_negative(parts: &[Part]) -> bool {
    parts.iter().any(|part| part.value < Ratio::ZERO)
}
