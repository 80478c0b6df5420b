//! A widget's content on the company's facts.
//!
//! Every value is made by the KPI library from its parts, as everywhere; what has no value is no mark, and a
//! widget without any says what it needs.

mod changes;
mod deals;
mod look;
mod parts;
mod periods;
mod tiles;
mod titles;

use std::collections::BTreeMap;

use yeji_core::Ratio;
use yeji_core::calendar::Period;
use yeji_report::chart::{Chart, Lang, Role};

use self::look::Look;
use crate::access::AccessError;
use crate::api::Message;
use crate::api::boards::{DrawWidget, Drawn, Form, Mark, Shows, ViewQuestion};
use crate::api::forecast::GetForecast;
use crate::api::kpi::{GetMetric, Grain, MetricDrill};
use crate::api::performance::{Days, ListCustomerValues};
use crate::context::App;
use crate::error::{Error, Result};
use crate::words::pick;

impl App {
    /// What a widget shows of a unit and period.
    pub async fn draw_widget(&self, args: DrawWidget) -> Result<Drawn> {
        let drawn = match &args.shows {
            Shows::Tiles { metrics } => Box::pin(self.draw_tiles(metrics, &args)).await,
            Shows::Leaderboard {} => {
                let mut drawn = nothing(pick(args.language, "排行榜", "Leaderboard").to_owned());
                drawn.leaderboard =
                    Box::pin(self.leaderboard_of(&args.scope, args.language)).await?;
                if drawn.leaderboard.is_empty() {
                    drawn.lack = Some(Message::new("drawn_nothing", &[]));
                }
                Ok(drawn)
            }
            Shows::Customers {} => Box::pin(self.draw_customers(&args)).await,
            Shows::Chart { question } => Box::pin(self.draw(question, &args)).await,
            Shows::View { view } => match self.seen_question(view).await {
                Ok((name, question)) => {
                    Box::pin(self.draw(&question, &args))
                        .await
                        .map(|mut drawn| {
                            drawn.title = name;
                            drawn
                        })
                }
                Err(error) => Err(error),
            },
        };
        drawn.or_else(|error| {
            let mut drawn = nothing(String::new());
            drawn.lack = Some(lack(error)?);
            Ok(drawn)
        })
    }

    /// A question, drawn in its form.
    async fn draw(&self, question: &ViewQuestion, args: &DrawWidget) -> Result<Drawn> {
        let look = Look::new(self, question, args).await?;
        if let Some(misfit) = look.misfit() {
            let mut drawn = look.drawn(String::new());
            drawn.lack = Some(Message::from(&misfit));
            return Ok(drawn);
        }
        let mut drawn = match question.form {
            Form::Bars if question.by.is_none() => look.bars_of_periods().await,
            Form::Bars => look.bars_of_parts().await,
            Form::Shares => look.shares().await,
            Form::Ranking | Form::Attainment => look.ranking().await,
            Form::Pareto => look.pareto().await,
            Form::HeatMap => look.heat_map().await,
            Form::Waterfall => look.waterfall().await,
            Form::Funnel => look.funnel().await,
            Form::Cohort => look.cohorts().await,
            Form::Distribution => look.sizes().await,
            Form::Trend if look.is_forecast() => self.draw_trend(&look).await,
            Form::Trend => look.trend_of_rates().await,
            Form::Table => self.draw_table(&look).await,
        }?;
        if let Some(chart) = &drawn.chart {
            chart.check()?;
            if chart.is_empty() && drawn.lack.is_none() {
                drawn.lack = Some(look.why_nothing().await?);
            }
        }
        if question.form == Form::Trend {
            drawn.span = drawn.chart.as_ref().and_then(known_span);
        }
        if drawn.lack.is_some() {
            drawn.chart = None;
            drawn.marks.clear();
        }
        drawn.own_rows = drawn
            .chart
            .as_ref()
            .is_some_and(|chart| has_own_rows(chart, question));
        Ok(drawn)
    }

    /// The first customers by what they bought up to the end of the period.
    async fn draw_customers(&self, args: &DrawWidget) -> Result<Drawn> {
        let mut drawn =
            nothing(pick(args.language, "客户累计业绩", "Customers by amount").to_owned());
        let values = self
            .list_customer_values(ListCustomerValues {
                unit: args.scope.unit,
                before: Some(Days::from(args.scope.period).to),
                cursor: None,
            })
            .await?;
        if values.rows.is_empty() {
            drawn.lack = Some(Message::new("drawn_nothing", &[]));
        }
        if values.next_cursor.is_some() {
            let count = values.rows.len().to_string();
            drawn
                .notes
                .push(Message::new("drawn_first", &[("count", count)]));
        }
        drawn.customers = values.rows;
        Ok(drawn)
    }

    /// History and forecast.
    async fn draw_trend(&self, look: &Look<'_>) -> Result<Drawn> {
        let view = self
            .get_forecast(GetForecast {
                metric: look.ask.metric.clone(),
                grain: look.ask.grain.unwrap_or(Grain::Month),
                horizon: None,
                unit: look.scope.unit,
                by: None,
                language: look.lang,
            })
            .await?;
        let title = view.chart.as_ref().map(|chart| chart.title.clone());
        let mut drawn = look.drawn(title.unwrap_or_else(|| look.name().to_owned()));
        let points = view.history.iter().chain(&view.under_way);
        for point in points.filter(|point| point.value.is_some()) {
            if let Ok(period) = point.period.parse::<Period>() {
                let drill = look.drill_of_whole(Days::from(period));
                drawn.marks.insert(point.period.clone(), mark(drill));
            }
        }
        drawn.notes = view.total.notes;
        if view.chart.is_none() {
            let nothing = || Message::new("drawn_nothing", &[]);
            drawn.lack = Some(view.total.refused.unwrap_or_else(nothing));
        }
        drawn.chart = view.chart;
        Ok(drawn)
    }

    /// The table of the library, of the first parts if there is a limit.
    async fn draw_table(&self, look: &Look<'_>) -> Result<Drawn> {
        let args = look.table_question();
        let mut drawn = look.drawn(look.title());
        let mut table = self.metric_table(args, look.lang).await?;
        if let Some(limit) = look.ask.limit {
            let mut shown: BTreeMap<Option<String>, u16> = BTreeMap::new();
            let before = table.rows.len();
            table.rows.retain(|row| {
                let rows = shown.entry(row.period.clone()).or_default();
                *rows += 1;
                *rows <= limit
            });
            drawn.notes.extend(left_out(before - table.rows.len()));
        }
        if table.rows.iter().all(|row| row.cell.value.is_none()) {
            drawn.lack = Some(look.why_nothing().await?);
            return Ok(drawn);
        }
        drawn.table = Some(table);
        Ok(drawn)
    }
}

/// Says why there is nothing, where it is a matter of what is asked; everything else stays an error.
fn lack(error: Error) -> Result<Message> {
    match error {
        Error::Input { .. }
        | Error::NotFound { .. }
        | Error::Kpi(_)
        | Error::Misfit(_)
        | Error::BoardUnreadable { .. }
        | Error::Access(AccessError::RightMissing { .. }) => Ok(Message {
            code: error.code().to_owned(),
            params: error.params(),
        }),
        other => Err(other),
    }
}

/// Whether the table behind a chart is the chart's own rows. A trend that goes on as a forecast has periods ahead,
/// which the metric's table has not; held against something, or split, the table has what the picture has not. Where
/// no periods were asked for, the metric's table is one row, whatever the form shows.
fn has_own_rows(chart: &Chart, question: &ViewQuestion) -> bool {
    let is_whole = question.by.is_none() && question.grain.is_none();
    let is_alone = question.by.is_none() && question.compare.is_none();
    let more = chart.categories.len() > 1;
    chart.has_own_rows() || is_whole && more || chart.goes_on() && is_alone
}

/// From the first period of a trend to the last one with a value.
fn known_span(chart: &Chart) -> Option<Days> {
    let actual = chart.series.iter().find(|one| one.role == Role::Actual)?;
    let last = actual.values.iter().rposition(Option::is_some)?;
    let days = |at: usize| {
        let period: Period = chart.categories.get(at)?.key.parse().ok()?;
        Some(Days::from(period))
    };
    Some(Days {
        from: days(0)?.from,
        to: days(last)?.to,
    })
}

/// A widget without content yet.
fn nothing(title: String) -> Drawn {
    Drawn {
        title,
        chart: None,
        tiles: Vec::new(),
        leaderboard: Vec::new(),
        customers: Vec::new(),
        table: None,
        marks: BTreeMap::new(),
        span: None,
        own_rows: false,
        lack: None,
        notes: Vec::new(),
        explain: None,
    }
}

/// What opens is the metric's own records.
fn mark(drill: MetricDrill) -> Mark {
    Mark {
        drill,
        measure: None,
        less: None,
    }
}

/// How many parts are not shown.
fn left_out(count: usize) -> Option<Message> {
    (count > 0).then(|| Message::new("drawn_left_out", &[("count", count.to_string())]))
}

/// How many parts are shown as one.
fn folded(count: usize) -> Option<Message> {
    (count > 0).then(|| Message::new("drawn_rest", &[("count", count.to_string())]))
}

/// A value with the other sign.
fn negative(value: Ratio) -> Ratio {
    Ratio::ZERO.checked_sub(value).unwrap_or(value)
}

/// What the rest is called.
fn other(lang: Lang) -> &'static str {
    pick(lang, "其他", "Other")
}

impl Look<'_> {
    fn table_question(&self) -> GetMetric {
        GetMetric {
            metric: self.ask.metric.clone(),
            by: self.ask.by,
            grain: self.ask.grain,
            from: self.days().from,
            to: self.days().to,
            unit: self.scope.unit,
            compare: self.ask.compare,
            filter: self.ask.filter.clone(),
        }
    }
}
