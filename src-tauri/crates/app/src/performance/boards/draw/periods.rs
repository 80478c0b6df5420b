//! Periods beside each other: bars over time, and the heat map of parts by periods.

use yeji_core::calendar::{Period, PeriodKind, periods};
use yeji_report::chart::{Category, Chart, ChartKind, Role, Series, Value};
use yeji_report::{MAX_HEAT_COLUMNS, MAX_HEAT_ROWS};
use yeji_store::{MeasureKey, MeasureSplit};

use super::look::{Look, Part};
use super::{left_out, mark};
use crate::api::Message;
use crate::api::boards::Drawn;
use crate::api::kpi::{Comparison, Grain, MetricBy};
use crate::api::performance::Days;
use crate::error::Result;
use crate::performance::metrics::{key_text, kind_of, split_of};
use crate::words::{self, pick};

/// Rows of a heat map.
const ROWS: usize = 30;

/// A period's part of the days that are shown.
type Slot = (Period, Days);

impl Look<'_> {
    /// The metric period by period, with what it is held against.
    pub async fn bars_of_periods(&self) -> Result<Drawn> {
        let (grain, slots) = self.slots(usize::MAX);
        let mut drawn = self.drawn(self.title_by(Some(grain)));
        let days: Vec<Days> = slots.iter().map(|(_, days)| *days).collect();
        let values = self.values(MeasureSplit::None, &days).await?;
        let mut actual = Vec::with_capacity(slots.len());
        for (at, (period, days)) in slots.iter().enumerate() {
            let value = self.question.value(&values, &MeasureKey::All, at).ok();
            if value.is_some() {
                let drill = self.drill_of_whole(*days);
                drawn.marks.insert(period.to_string(), mark(drill));
            }
            actual.push(value.map(|value| self.shown(value)).transpose()?);
        }
        let mut series = vec![self.series(actual)];
        if let Some(compare) = self.ask.compare {
            let all = slots.iter().map(|(period, days)| (Some(*period), *days));
            let compared = self
                .app
                .compared(&self.question, MeasureSplit::None, compare, all.collect())
                .await?;
            let each = (0..slots.len()).map(|at| {
                let value = compared.value(&self.question, &MeasureKey::All, at);
                value.map(|value| self.shown(value)).transpose()
            });
            series.extend(self.beside(compare, each.collect::<Result<_>>()?));
        }
        let today = self.app.actor().day(self.app.clock.today());
        let mut categories = self.columns(&slots);
        let known = series[0].values.iter().map(Option::is_some);
        // The last bar is short because it is not over; where there is none, nothing has come so far.
        let running = slots
            .iter()
            .zip(known)
            .position(|((_, days), is_known)| is_known && days.from <= today && today < days.to);
        if let Some(at) = running {
            categories[at].label = words::so_far(&categories[at].label, self.lang);
        }
        let under_way = running.map(|at| categories[at].key.clone());
        let chart = self.chart(ChartKind::Bar, &drawn.title, categories, series);
        drawn.chart = Some(Chart { under_way, ..chart });
        Ok(drawn)
    }

    /// A metric that does not add up, as a line up to the end of the days that are shown: each period made
    /// of its own parts. What comes next is not said, as nothing that is added up is known of it.
    pub async fn trend_of_rates(&self) -> Result<Drawn> {
        let grain = self.ask.grain.unwrap_or(Grain::Month);
        let slots = self.history(grain)?;
        let mut drawn = self.drawn(self.title_by(Some(grain)));
        let days: Vec<Days> = slots.iter().map(|(_, days)| *days).collect();
        let values = self.values(MeasureSplit::None, &days).await?;
        let mut known = Vec::with_capacity(slots.len());
        for (at, (period, days)) in slots.iter().enumerate() {
            let value = self.question.value(&values, &MeasureKey::All, at).ok();
            if value.is_some() {
                let drill = self.drill_of_whole(*days);
                drawn.marks.insert(period.to_string(), mark(drill));
            }
            known.push(value.map(|value| self.shown(value)).transpose()?);
        }
        // Before the first and after the last known one nothing was measured yet.
        let first = known.iter().position(Option::is_some).unwrap_or(0);
        let end = known
            .iter()
            .rposition(Option::is_some)
            .map_or(0, |at| at + 1);
        let categories = self.columns(slots.get(first..end).unwrap_or_default());
        let series = self.series(known.get(first..end).unwrap_or_default().to_vec());
        let mut chart = self.chart(ChartKind::Trend, &drawn.title, categories, vec![series]);
        chart.subtitle = Some(self.whose());
        drawn.chart = Some(chart);
        drawn.notes.push(Message::new("drawn_no_forecast", &[]));
        Ok(drawn)
    }

    /// The last periods up to the end of the days that are shown.
    fn history(&self, grain: Grain) -> Result<Vec<Slot>> {
        let count = match grain {
            Grain::Week => 53,
            Grain::Month => 24,
            Grain::Quarter => 12,
            Grain::Year => 10,
        };
        let Days { from, to } = self.days();
        let mut period = Period::containing(kind_of(grain), to.pred_opt().unwrap_or(from))?;
        let mut slots = Vec::with_capacity(count);
        for _ in 0..count {
            slots.push((period, Days::from(period)));
            match period.previous() {
                Ok(before) => period = before,
                // Before the calendar begins.
                Err(_) => break,
            }
        }
        slots.reverse();
        Ok(slots)
    }

    /// What parts are held against.
    pub async fn compared_parts(&self, keys: &[&MeasureKey]) -> Result<Option<Series>> {
        let Some(compare) = self.ask.compare else {
            return Ok(None);
        };
        let days = vec![(None, self.days())];
        let compared = self
            .app
            .compared(&self.question, self.split(), compare, days)
            .await?;
        let values = keys.iter().map(|key| {
            let value = compared.value(&self.question, key, 0);
            value.map(|value| self.shown(value)).transpose()
        });
        Ok(self.beside(compare, values.collect::<Result<_>>()?))
    }

    /// A series of what is held against; none where nothing is known of it.
    fn beside(&self, compare: Comparison, values: Vec<Option<Value>>) -> Option<Series> {
        let (key, zh, en, role) = match compare {
            Comparison::Goal => ("goal", "目标", "Goal", Role::Goal),
            Comparison::LastPeriod => ("last_period", "上一周期", "Period before", Role::Previous),
            Comparison::LastYear => ("last_year", "上年同期", "Year before", Role::Previous),
        };
        values.iter().any(Option::is_some).then(|| Series {
            key: key.to_owned(),
            label: pick(self.lang, zh, en).to_owned(),
            role,
            values,
        })
    }

    /// Parts (people, unless said otherwise) by periods, those with the most first.
    pub async fn heat_map(&self) -> Result<Drawn> {
        let by = self.ask.by.unwrap_or(MetricBy::Person);
        let split = split_of(Some(by));
        let (grain, slots) = self.slots(MAX_HEAT_COLUMNS);
        let mut drawn = self.drawn(self.title_of_map(by, grain));
        let limit = self.ask.limit.map_or(ROWS, usize::from).min(MAX_HEAT_ROWS);
        let (rows, rest) = self.first_parts(split, limit).await?;
        drawn.notes.extend(left_out(rest));
        let days: Vec<Days> = slots.iter().map(|(_, days)| *days).collect();
        let keys = rows.iter().map(|row| row.key.clone()).collect();
        let values = self.values_among(split, keys, &days).await?;
        let mut series = Vec::with_capacity(rows.len());
        for Part { key, label, .. } in rows {
            let mut cells = Vec::with_capacity(slots.len());
            for (at, (period, days)) in slots.iter().enumerate() {
                let value = self.question.value(&values, &key, at).ok();
                if value.is_some() {
                    let drill = self.drill(Some(by), &key, *days);
                    let place = format!("{}/{period}", key_text(&key));
                    drawn.marks.insert(place, mark(drill));
                }
                cells.push(value.map(|value| self.shown(value)).transpose()?);
            }
            series.push(Series {
                key: key_text(&key),
                label,
                role: Role::Actual,
                values: cells,
            });
        }
        let categories = self.columns(&slots);
        drawn.chart = Some(self.chart(ChartKind::HeatMap, &drawn.title, categories, series));
        Ok(drawn)
    }

    fn columns(&self, slots: &[Slot]) -> Vec<Category> {
        let label = |period: Period| match period.kind() {
            PeriodKind::IsoWeek => words::week_label(period, self.period(), self.lang),
            _ => words::period(period, self.lang),
        };
        let column = |(period, _): &Slot| Category {
            key: period.to_string(),
            label: label(*period),
        };
        slots.iter().map(column).collect()
    }

    /// The periods of the days that are shown: those asked for, or weeks of up to a quarter and months of more;
    /// longer ones where there would be too many.
    fn slots(&self, most: usize) -> (Grain, Vec<Slot>) {
        let usual = match self.period().kind() {
            PeriodKind::Year => Grain::Month,
            _ => Grain::Week,
        };
        let mut grain = self.ask.grain.unwrap_or(usual);
        loop {
            let Days { from, to } = self.days();
            let all = periods(kind_of(grain), from, to).into_iter();
            let slots: Vec<Slot> = all
                .filter_map(|period| Some((period, Days::from(period).within(self.days())?)))
                .collect();
            let longer = match grain {
                Grain::Week => Grain::Month,
                Grain::Month => Grain::Quarter,
                Grain::Quarter | Grain::Year => Grain::Year,
            };
            if slots.len() <= most || grain == Grain::Year {
                return (grain, slots);
            }
            grain = longer;
        }
    }
}
