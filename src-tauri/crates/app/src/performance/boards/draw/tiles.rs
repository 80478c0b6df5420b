//! Key figures beside the period before, with the months up to now.

use chrono::Months;
use yeji_core::calendar::{Period, PeriodKind, periods};
use yeji_core::{Ratio, Rounding};
use yeji_insight::kpi::{Measure, Unit};
use yeji_store::{MeasureKey, MeasureSplit};

use super::look::Look;
use super::{lack, nothing};
use crate::api::Message;
use crate::api::boards::{DrawWidget, Drawn, Form, MetricTile, ViewQuestion};
use crate::api::kpi::{Comparison, GetMetric, MetricCell};
use crate::api::performance::Days;
use crate::context::App;
use crate::error::Result;
use crate::performance::metrics::metric_info;
use crate::words::pick;

/// Months on a sparkline.
const SPARKLINE_MONTHS: u32 = 12;

impl App {
    /// One figure a metric; those that cannot be shown are said below.
    pub(super) async fn draw_tiles(&self, metrics: &[String], args: &DrawWidget) -> Result<Drawn> {
        let mut drawn = nothing(pick(args.language, "关键指标", "Key figures").to_owned());
        for metric in metrics {
            let ask = ViewQuestion {
                form: Form::Table,
                metric: metric.clone(),
                by: None,
                grain: None,
                compare: None,
                filter: None,
                limit: None,
            };
            let tile = match Look::new(self, &ask, args).await {
                Ok(look) => look.tile().await,
                Err(error) => Err(error),
            };
            match tile {
                Ok(tile) => drawn.tiles.push(tile),
                Err(error) => drawn.notes.push(lack(error)?),
            }
        }
        if drawn.tiles.is_empty() {
            let nothing = || Message::new("drawn_nothing", &[]);
            drawn.lack = Some(drawn.notes.pop().unwrap_or_else(nothing));
            return Ok(drawn);
        }
        drawn
            .notes
            .extend(self.notes_of(&args.scope, args.language).await?);
        Ok(drawn)
    }
}

impl Look<'_> {
    async fn tile(&self) -> Result<MetricTile> {
        let cell = self.cell(Comparison::LastPeriod).await?;
        let of_goal = match self.question.goal_metric() {
            Some(_) => Some(self.cell(Comparison::Goal).await?),
            None => None,
        };
        let attainment = match &of_goal {
            Some(cell) => cell.change.clone(),
            None => cell
                .value
                .clone()
                .filter(|_| self.ask.metric == "attainment"),
        };
        let previous = self.period().previous().ok();
        Ok(MetricTile {
            metric: metric_info(&self.question.metric, &self.question.library),
            currency: (self.question.metric.definition.unit == Unit::Money)
                .then(|| self.question.currency.to_string()),
            compared_with: previous
                .filter(|_| cell.compared.is_some())
                .map(|period| period.to_string()),
            goal: match of_goal {
                Some(cell) => cell.compared,
                None if self.ask.metric == "attainment" => self.goal_in(&cell)?,
                None => None,
            },
            attainment,
            sparkline: self.sparkline().await?,
            cell,
        })
    }

    /// The goal that an attainment is of.
    fn goal_in(&self, cell: &MetricCell) -> Result<Option<String>> {
        let Some(goal) = cell.parts.get(Measure::GoalAmount.code()) else {
            return Ok(None);
        };
        let digits = self.question.currency.decimals();
        let goal: Ratio = goal.parse()?;
        Ok(Some(goal.to_decimal(digits, Rounding::HalfUp)?))
    }

    /// The value of the whole, held against something.
    async fn cell(&self, compare: Comparison) -> Result<MetricCell> {
        let args = GetMetric {
            compare: Some(compare),
            ..self.table_question()
        };
        let mut cell = self.app.total(&self.question, &args, self.days()).await?;
        // A period whose first months are unknown (the export starts within it) is no comparison.
        if compare == Comparison::LastPeriod
            && let Some(first) = self.app.data_span().await?.first_closed
            && let Ok(previous) = self.period().previous()
            && let Ok(month) = Period::containing(PeriodKind::Month, first)
            && previous.start() < month.start()
        {
            cell.compared = None;
            cell.change = None;
            cell.change_shown = None;
        }
        Ok(cell)
    }

    async fn sparkline(&self) -> Result<Vec<Option<String>>> {
        let last = self.days().to.pred_opt().unwrap_or(self.days().to);
        let last = Period::containing(PeriodKind::Month, last)?;
        let months = Months::new(SPARKLINE_MONTHS - 1);
        let Some(from) = last.start().checked_sub_months(months) else {
            return Ok(Vec::new());
        };
        let days: Vec<Days> = periods(PeriodKind::Month, from, last.end())
            .into_iter()
            .map(Days::from)
            .collect();
        let values = self.values(MeasureSplit::None, &days).await?;
        let value = |at| self.question.value(&values, &MeasureKey::All, at).ok();
        let values = (0..days.len()).map(|at| {
            let shown = value(at).map(|value| self.shown(value)).transpose()?;
            Ok(shown.map(|value| value.raw().to_owned()))
        });
        values.collect()
    }
}
