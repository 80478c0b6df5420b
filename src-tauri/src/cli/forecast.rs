//! `yeji forecast`: what a metric will most likely do next; `yeji landing`: where the period under way will
//! land.

use chrono::NaiveDate;
use clap::ValueEnum;
use yeji_app::Access;
use yeji_app::api::NoArgs;
use yeji_app::api::forecast::{
    ForecastBy, ForecastRow, ForecastView, GetForecast, GetLanding, LandingRow, LandingView,
};
use yeji_app::api::kpi::Grain;
use yeji_core::ids::UnitId;

use super::kpi::signed;
use super::output::Column::{Left, Right};
use super::people::Names;
use super::{Context, output};
use crate::words;

/// Which metric, of whom, in which periods.
#[derive(Debug, clap::Args)]
pub(super) struct ForecastArgs {
    /// Figure: an amount or a count, by its code
    #[arg(long, default_value = "won_amount")]
    metric: String,
    /// A row for each unit below, or each person
    #[arg(long, value_enum)]
    by: Option<By>,
    /// Periods
    #[arg(long, value_enum, default_value = "month")]
    period: Every,
    /// Periods ahead
    #[arg(long, value_name = "N")]
    horizon: Option<u32>,
    /// Only this organisation unit and below (its id)
    #[arg(long)]
    unit: Option<UnitId>,
    /// Keep what is forecast today, and show how kept forecasts turned out
    #[arg(long, conflicts_with_all = ["metric", "by", "period", "horizon", "unit"])]
    keep: bool,
}

/// Of which period, as known on which day, of whom.
#[derive(Debug, clap::Args)]
pub(super) struct LandingArgs {
    /// Period that holds the day
    #[arg(long, value_enum, default_value = "quarter")]
    period: Whole,
    /// As it was known at the end of this day; without it the last day with data
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// A row for each unit below, or each person
    #[arg(long, value_enum)]
    by: Option<By>,
    /// Only this organisation unit and below (its id)
    #[arg(long)]
    unit: Option<UnitId>,
    /// List the open deals with their chances
    #[arg(long)]
    deals: bool,
    /// Show early warnings only
    #[arg(long, conflicts_with = "deals")]
    warnings: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum By {
    Team,
    Person,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Every {
    Week,
    Month,
    Quarter,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Whole {
    Month,
    Quarter,
    Year,
}

impl By {
    fn rows(self) -> ForecastBy {
        match self {
            Self::Team => ForecastBy::Team,
            Self::Person => ForecastBy::Person,
        }
    }
}

pub(super) async fn forecast(args: ForecastArgs, context: &Context) -> anyhow::Result<()> {
    if args.keep {
        return keep(context).await;
    }
    let app = context.app(Access::Read).await?;
    let view = app
        .get_forecast(GetForecast {
            metric: args.metric,
            grain: match args.period {
                Every::Week => Grain::Week,
                Every::Month => Grain::Month,
                Every::Quarter => Grain::Quarter,
            },
            horizon: args.horizon,
            unit: args.unit,
            by: args.by.map(By::rows),
            language: words::language(),
        })
        .await?;
    if context.json {
        return output::json(&view);
    }
    let names = Names::of(&app).await?;
    show_forecast(&view, &names)
}

async fn keep(context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let kept = app.keep_forecasts(NoArgs {}).await?;
    if context.json {
        return output::json(&kept);
    }
    let day = kept.last_kept.map(|day| day.to_string());
    let said = [
        ("day", day.unwrap_or_default()),
        ("waiting", kept.waiting.to_string()),
    ];
    output::print(&words::line("forecast_kept", &said))?;
    if kept.rows.is_empty() {
        return Ok(());
    }
    let rows: Vec<Vec<String>> = kept
        .rows
        .into_iter()
        .map(|one| {
            let off = one.off.as_deref().map(percent).unwrap_or_default();
            let kind = words::term("kept_kind", &one.kind);
            vec![
                one.on.to_string(),
                kind,
                one.label,
                signed(&one.mean),
                signed(&one.lower),
                signed(&one.upper),
                signed(&one.actual),
                off,
            ]
        })
        .collect();
    let columns = [
        Left("day"),
        Left("kind"),
        Left("period"),
        Right("expected"),
        Right("lower"),
        Right("upper"),
        Right("actual"),
        Right("off"),
    ];
    output::table(&columns, &rows)
}

fn show_forecast(view: &ForecastView, names: &Names) -> anyhow::Result<()> {
    let split = !view.rows.is_empty();
    let total = words::term("column", "total");
    let mut rows = Vec::new();
    let mut add = |row: &ForecastRow, key: &str, label: &str| {
        for step in &row.ahead {
            let mut line = vec![step.label.clone()];
            if split {
                line.extend([key.to_owned(), label.to_owned()]);
            }
            line.extend([&step.mean, &step.lower, &step.upper].map(|one| signed(one)));
            rows.push(line);
        }
    };
    for row in &view.rows {
        let label = format!(
            "{}{}",
            "  ".repeat(above(row.depth)),
            names.shown(&row.key, &row.label)
        );
        add(row, &row.key, &label);
    }
    add(&view.total, &total, &view.unit_name);
    let value = view.currency.clone().unwrap_or_else(|| "count".to_owned());
    let mut columns = vec![Left("period")];
    if split {
        columns.extend([Left("key"), Left("label")]);
    }
    columns.extend([Right(&value), Right("lower"), Right("upper")]);
    if !rows.is_empty() {
        output::table(&columns, &rows)?;
    }
    let told = |row: &ForecastRow, label: &str| {
        let messages = row.refused.iter().chain(&row.notes);
        let lines = messages.map(|one| format!("{label}: {}", words::say(one)));
        lines.collect::<Vec<_>>()
    };
    for row in &view.rows {
        for line in told(row, &row.label) {
            output::print(&line)?;
        }
    }
    for line in told(&view.total, &view.unit_name) {
        output::print(&line)?;
    }
    Ok(())
}

pub(super) async fn landing(args: LandingArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let view = app
        .get_landing(GetLanding {
            grain: match args.period {
                Whole::Month => Grain::Month,
                Whole::Quarter => Grain::Quarter,
                Whole::Year => Grain::Year,
            },
            as_of: args.as_of,
            unit: args.unit,
            by: args.by.map(By::rows),
            language: words::language(),
        })
        .await?;
    if context.json {
        return output::json(&view);
    }
    if args.warnings {
        return warnings(&view);
    }
    let names = Names::of(&app).await?;
    let point = [
        ("period", view.period_label.clone()),
        ("day", view.as_of.to_string()),
        ("passed", view.working_days.0.to_string()),
        ("days", view.working_days.1.to_string()),
    ];
    output::print(&words::line("landing_head", &point))?;
    if let Some(total) = &view.total {
        let cells = |row: &LandingRow, key: String, label: String| {
            vec![
                key,
                label,
                signed(&row.won),
                signed(&row.open),
                signed(&row.new),
                signed(&row.landing),
                row.lower.as_deref().map(signed).unwrap_or_default(),
                row.upper.as_deref().map(signed).unwrap_or_default(),
                row.goal.clone().unwrap_or_default(),
            ]
        };
        let mut rows: Vec<Vec<String>> = view
            .rows
            .iter()
            .map(|row| {
                let name = names.shown(&row.key, &row.label);
                let label = format!("{}{name}", "  ".repeat(above(row.depth)));
                cells(row, row.key.clone(), label)
            })
            .collect();
        rows.push(cells(
            total,
            words::term("column", "total"),
            view.unit_name.clone(),
        ));
        let columns = [
            Left("key"),
            Left("label"),
            Right("won_so_far"),
            Right("open"),
            Right("not_opened"),
            Right("landing"),
            Right("lower"),
            Right("upper"),
            Right("goal"),
        ];
        output::table(&columns, &rows)?;
    }
    if args.deals {
        output::print("")?;
        deals(&view)?;
    }
    if !view.past.is_empty() {
        output::print("")?;
        past(&view)?;
    }
    warnings(&view)?;
    for note in &view.notes {
        output::print(&words::say(note))?;
    }
    Ok(())
}

fn deals(view: &LandingView) -> anyhow::Result<()> {
    let of = |(won, of): (u32, u32)| format!("{won}/{of}");
    let rows: Vec<Vec<String>> = view
        .deals
        .iter()
        .map(|deal| {
            vec![
                deal.external_id.clone(),
                deal.owner.clone(),
                deal.customer.clone().unwrap_or_default(),
                deal.stage
                    .as_deref()
                    .map(|stage| words::term("stage", stage))
                    .unwrap_or_default(),
                deal.age.map(|age| age.to_string()).unwrap_or_default(),
                signed(&deal.amount),
                amount_from(&deal.amount_from, deal.list_times.as_deref()),
                percent(&deal.chance),
                signed(&deal.expected),
                of(deal.same_age),
                deal.same_stage.map(of).unwrap_or_default(),
                of(deal.owner_deals),
            ]
        })
        .collect();
    let columns = [
        Left("id"),
        Left("person"),
        Left("customer"),
        Left("stage"),
        Right("days"),
        Right("amount"),
        Left("amount_from"),
        Right("chance"),
        Right("expected"),
        Right("won_same_age"),
        Right("won_same_stage"),
        Right("won_by_owner"),
    ];
    output::table(&columns, &rows)
}

/// Where an amount is from; of a list price also the share of it that is usual for its product.
fn amount_from(code: &str, list_times: Option<&str>) -> String {
    match list_times {
        Some(share) if code == "list_price" => {
            words::line("list_price_times", &[("share", percent(share))])
        }
        _ => words::term("amount_from", code),
    }
}

fn past(view: &LandingView) -> anyhow::Result<()> {
    let rows: Vec<Vec<String>> = view
        .past
        .iter()
        .map(|one| {
            vec![
                one.label.clone(),
                one.as_of.to_string(),
                signed(&one.landing),
                signed(&one.lower),
                signed(&one.upper),
                signed(&one.actual),
                one.off.as_deref().map(percent).unwrap_or_default(),
            ]
        })
        .collect();
    let columns = [
        Left("period"),
        Left("day"),
        Right("landing"),
        Right("lower"),
        Right("upper"),
        Right("actual"),
        Right("off"),
    ];
    output::table(&columns, &rows)
}

fn warnings(view: &LandingView) -> anyhow::Result<()> {
    for warning in &view.warnings {
        let state = words::term("warning_state", &warning.state);
        output::print(&format!("{state}: {}", words::say(&warning.message)))?;
    }
    Ok(())
}

/// An exact share in per cent with one digit.
fn percent(exact: &str) -> String {
    let share = exact.parse::<yeji_core::Ratio>().ok();
    let hundred = share.and_then(|one| one.checked_mul(yeji_core::Ratio::from_int(100)).ok());
    let text = hundred.and_then(|one| one.to_decimal(1, yeji_core::Rounding::HalfUp).ok());
    text.map(|text| signed(&format!("{text}%")))
        .unwrap_or_default()
}

/// Steps to the right of a row below the whole.
fn above(depth: u32) -> usize {
    usize::try_from(depth.saturating_sub(1)).unwrap_or(0)
}
