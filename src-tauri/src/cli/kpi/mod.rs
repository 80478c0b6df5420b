//! `yeji kpi`: KPIs by periods and parts, what they mean, and own ones.

mod answer;
mod export;
mod goal;
mod scorecard;
mod who;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::ValueEnum;
use yeji_app::api::NoArgs;
use yeji_app::api::kpi::{
    Comparison, GetMetric, Grain, MetricArgs, MetricBy, MetricCell, MetricInfo, MetricTable,
    SaveMetric,
};
use yeji_app::api::performance::{CustomerValueRow, GetKpi, ListCustomerValues, Split};
use yeji_app::{Access, Desk, Error, access};
use yeji_core::ids::UnitId;
use yeji_core::metric::Metric;

use self::answer::Answer;
use super::output::Column::{Left, Right};
use super::people::Names;
use super::{Context, output, refusal};
use crate::words;

/// Which KPI, split how, over which days; or what the KPIs mean.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// KPI: a code that `--list` shows
    #[arg(long, required_unless_present_any = ["list", "explain", "define", "remove", "customers"])]
    metric: Option<String>,
    /// Split by
    #[arg(long, value_enum)]
    by: Option<By>,
    /// First day
    #[arg(long, value_name = "DATE", required_unless_present_any = ["list", "explain", "define", "remove", "customers"])]
    from: Option<NaiveDate>,
    /// Day after the last
    #[arg(long, value_name = "DATE", required_unless_present_any = ["list", "explain", "define", "remove", "customers"])]
    to: Option<NaiveDate>,
    /// Only this organisation unit and below (its id)
    #[arg(long)]
    unit: Option<UnitId>,
    /// A row for each period
    #[arg(long, value_enum)]
    period: Option<Every>,
    /// Held against
    #[arg(long, value_enum)]
    compare: Option<Against>,
    /// The 200 customers that have bought most, before the day of `--to` or up to today
    #[arg(long, conflicts_with_all = ["metric", "by", "period", "compare", "from", "list", "explain", "define", "remove"])]
    customers: bool,
    /// List all KPIs with their formulas
    #[arg(long, conflicts_with_all = ["metric", "explain", "define", "remove"])]
    list: bool,
    /// Definition, formula, measures and source of a KPI, in both languages
    #[arg(long, value_name = "CODE", conflicts_with_all = ["metric", "define", "remove"])]
    explain: Option<String>,
    /// Keep an own KPI: a file (TOML) with its definition
    #[arg(long, value_name = "FILE", conflicts_with_all = ["metric", "remove"])]
    define: Option<PathBuf>,
    /// Of `--define`: the day by which all facts of the KPI count (closing, opening, order ...), in place of the file's
    #[arg(long, value_name = "DAY", requires = "define")]
    event_date: Option<String>,
    /// Remove an own KPI
    #[arg(long, value_name = "CODE", conflicts_with = "metric")]
    remove: Option<String>,
    /// Write table and chart into this file instead: .xlsx, .csv, .pdf, .png or .svg
    #[arg(long, value_name = "FILE", requires = "metric")]
    export: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "export")]
    overwrite: bool,
}

/// What people are measured by.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Scorecards: the KPIs of each role with their weights; list, set, take away
    Weights(scorecard::WeightsArgs),
    /// Goals of single KPIs, such as a win rate: list, show, set, take away
    #[command(subcommand)]
    Goal(goal::Command),
    /// How far somebody is by all KPIs of their scorecard together
    Scorecard(scorecard::ScorecardArgs),
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum By {
    Week,
    Month,
    Quarter,
    Person,
    Team,
    CustomerType,
    Region,
    Segment,
    Product,
    Source,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Every {
    Week,
    Month,
    Quarter,
    Year,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Against {
    Goal,
    LastPeriod,
    LastYear,
}

pub(super) async fn run(mut args: Args, context: &Context) -> anyhow::Result<()> {
    match args.command.take() {
        Some(Command::Weights(args)) => return scorecard::weights(args, context).await,
        Some(Command::Goal(command)) => return goal::run(command, context).await,
        Some(Command::Scorecard(args)) => return scorecard::result(args, context).await,
        None => {}
    }
    if args.list {
        return list(context).await;
    }
    if args.customers {
        return customers(&args, context).await;
    }
    if let Some(code) = &args.explain {
        return explain(code, context).await;
    }
    if let Some(file) = &args.define {
        let app = context.app(Access::Change).await?;
        app.require(access::Right::EditCompany).await?;
        let document = yeji_app::read_text(file)?;
        let event_date = args.event_date;
        let kept = app
            .save_metric(SaveMetric {
                document,
                event_date,
            })
            .await?;
        if context.json {
            return output::json(&kept);
        }
        return output::print(&words::line("metric_kept", &[("metric", kept.code)]));
    }
    if let Some(code) = args.remove {
        let app = context.app(Access::Change).await?;
        app.remove_metric(MetricArgs { code: code.clone() }).await?;
        return output::print(&words::line("metric_removed", &[("metric", code)]));
    }
    let (Some(metric), Some(from), Some(to)) = (&args.metric, args.from, args.to) else {
        // clap has asked for them.
        return Ok(());
    };
    match (metric.parse::<Metric>(), args.by.and_then(By::split)) {
        (Ok(metric), Some(by))
            if args.period.is_none() && args.compare.is_none() && args.export.is_none() =>
        {
            let ask = GetKpi {
                metric,
                by,
                from,
                to,
                unit: args.unit,
            };
            plain_table(ask, context).await
        }
        _ => metric_table(metric, (from, to), &args, context).await,
    }
}

/// The table of one of the KPIs that goals are set for: its rows sum to the total.
async fn plain_table(ask: GetKpi, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let (code, by_period) = (ask.metric.code(), is_period(ask.by));
    let table = app.get_kpi(ask).await?;
    if context.json {
        let known = built_in();
        let Some(info) = known.iter().find(|one| one.code == code) else {
            return Err(unknown(code, "--metric", &known));
        };
        return output::json(&Answer::of_sums(table, info, by_period));
    }
    note_on_sight(&app).await;
    let names = Names::of(&app).await?;
    let mut rows: Vec<Vec<String>> = table
        .rows
        .into_iter()
        .map(|row| {
            let label = names.shown(&row.key, &row.label);
            vec![row.key, label, signed(&row.value)]
        })
        .collect();
    rows.push(vec![
        words::term("column", "total"),
        String::new(),
        signed(&table.total),
    ]);
    let value = table.currency.unwrap_or_else(|| "count".to_owned());
    output::table(&[Left("key"), Left("label"), Right(&value)], &rows)
}

/// Whose results are counted, for somebody who does not see everybody's: a team's line is not the team's.
async fn note_on_sight(app: &Desk) {
    for (right, line) in [
        (access::Right::SeeTeamResults, "only_own_results"),
        (access::Right::SeeAllResults, "only_led_results"),
    ] {
        let refused = app.require(right).await.err();
        if refused.is_some_and(|error| error.code().starts_with("right_missing")) {
            output::note_text(words::line(line, &[]));
            return;
        }
    }
}

async fn metric_table(
    metric: &str,
    (from, to): (NaiveDate, NaiveDate),
    args: &Args,
    context: &Context,
) -> anyhow::Result<()> {
    let known = metrics(context).await.unwrap_or_else(|_| built_in());
    if !known.iter().any(|one| one.code == metric) {
        return Err(unknown(metric, "--metric", &known));
    }
    let by = args.by.and_then(By::part);
    let grain = args.by.and_then(By::grain);
    if let (Some(_), Some(_)) = (grain, args.period) {
        let params = [
            ("arg", "--by"),
            ("other", "--period"),
            ("help", "yeji kpi --help"),
        ];
        let params = params.map(|(name, value)| (name, value.to_owned()));
        return Err(refusal("arg_conflict", &params));
    }
    let ask = GetMetric {
        metric: metric.to_owned(),
        by,
        grain: grain.or(args.period.map(Every::grain)),
        from,
        to,
        unit: args.unit,
        compare: args.compare.map(Against::comparison),
        filter: None,
    };
    if let Some(file) = &args.export {
        return export::run(file, args.overwrite, ask, context).await;
    }
    let app = context.app(Access::Read).await?;
    let table = app.get_metric(ask).await?;
    if context.json {
        return output::json(&Answer::of(table));
    }
    note_on_sight(&app).await;
    let names = Names::of(&app).await?;
    show(table, &names)
}

/// A table as the library makes it.
pub(super) fn show(table: MetricTable, names: &Names) -> anyhow::Result<()> {
    let compared = table.compare.is_some();
    let by_period = table.rows.iter().any(|row| row.period.is_some());
    let split = table.rows.iter().any(|row| !row.label.is_empty());
    let total = words::term("column", "total");
    let line = |period: Option<String>, key: String, label: String, cell: &MetricCell| {
        let mut line = Vec::new();
        if by_period {
            line.push(period.unwrap_or_default());
        }
        if split {
            line.extend([key, label]);
        }
        line.push(value_of(cell));
        if compared {
            // Why there is nothing to be held against, or no change from it.
            let why = cell.compared_reason.as_ref().map(words::say);
            let compared = cell.compared.as_deref().map(signed);
            let (against, no_change) = match compared {
                Some(compared) => (Some(compared), why),
                None => (why, None),
            };
            line.push(against.unwrap_or_default());
            line.push(cell.change_shown.clone().or(no_change).unwrap_or_default());
        }
        line
    };
    let mut rows = Vec::new();
    if by_period || split {
        for row in table.rows {
            let label = names.shown(&row.key, &row.label);
            rows.push(line(row.period, row.key, label, &row.cell));
        }
    }
    let mut last = line(Some(total.clone()), total, String::new(), &table.total);
    if by_period && split {
        last[1].clear();
    }
    rows.push(last);
    let value = table.currency.unwrap_or_else(|| table.metric.unit.clone());
    let mut columns = Vec::new();
    if by_period {
        columns.push(Left("period"));
    }
    if split {
        columns.extend([Left("key"), Left("label")]);
    }
    columns.push(Right(&value));
    if compared {
        let change = match table.compare {
            Some(Comparison::Goal) => "attainment",
            _ => "difference",
        };
        columns.extend([Right("compared"), Right(change)]);
    }
    output::table(&columns, &rows)
}

/// The value as it is shown, or why there is none.
pub(super) fn value_of(cell: &MetricCell) -> String {
    let why = || cell.reason.as_ref().map(words::say);
    let shown = cell.shown.as_deref().map(signed);
    shown.or_else(why).unwrap_or_default()
}

/// With the minus sign that changes have too.
pub(super) fn signed(shown: &str) -> String {
    match shown.strip_prefix('-') {
        Some(rest) => format!("−{rest}"),
        None => shown.to_owned(),
    }
}

async fn customers(args: &Args, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let asked = ListCustomerValues {
        unit: args.unit,
        before: args.to,
        cursor: None,
    };
    let values = app.list_customer_values(asked).await?;
    if context.json {
        return output::json(&values);
    }
    show_customers(values.rows)
}

/// Customers with what they bought.
pub(super) fn show_customers(values: Vec<CustomerValueRow>) -> anyhow::Result<()> {
    let currency = values
        .first()
        .map(|row| row.won_amount.currency.to_string());
    let rows: Vec<Vec<String>> = values
        .into_iter()
        .map(|row| {
            let count = row.won_count.to_string();
            vec![row.name, row.won_amount.to_major(), count]
        })
        .collect();
    let currency = currency.unwrap_or_default();
    output::table(
        &[Left("customer"), Right(&currency), Right("won_count")],
        &rows,
    )
}

async fn list(context: &Context) -> anyhow::Result<()> {
    let all = metrics(context).await?;
    if context.json {
        return output::json(&all);
    }
    let rows: Vec<Vec<String>> = all
        .into_iter()
        .map(|one| {
            let name = if words::is_chinese() {
                one.name.zh
            } else {
                one.name.en
            };
            let formula = match &one.problem {
                Some(problem) => words::say(problem),
                None => one.formula,
            };
            vec![one.code, name, formula]
        })
        .collect();
    output::table(&[Left("code"), Left("name"), Left("formula")], &rows)
}

/// In both languages: who asks may have to show it to somebody who reads the other one.
async fn explain(code: &str, context: &Context) -> anyhow::Result<()> {
    let all = metrics(context).await?;
    let Some(metric) = all.iter().find(|one| one.code == code) else {
        return Err(unknown(code, "--explain", &all));
    };
    if context.json {
        return output::json(metric);
    }
    let MetricInfo {
        name,
        formula,
        definition,
        source,
        ..
    } = metric;
    let mut lines = vec![
        format!("{code}: {} / {}", name.zh, name.en),
        format!("公式 Formula: {formula}"),
        format!(
            "单位 Unit: {}; 方向 Direction: {}; 小数位 Decimals: {}",
            metric.unit, metric.direction, metric.decimals
        ),
        format!("定义: {}", definition.zh),
        format!("Definition: {}", definition.en),
        format!("来源: {}", source.zh),
        format!("Source: {}", source.en),
    ];
    if let Some(day) = &metric.event_date {
        lines.push(format!("计入日期: {}", day.words.zh));
        lines.push(format!("Event date: {} ({})", day.words.en, day.code));
    }
    for measure in &metric.measures {
        lines.push(format!(
            "  {}: {}（{}） / {} ({})",
            measure.code,
            measure.words.zh,
            measure.event_date.zh,
            measure.words.en,
            measure.event_date.en
        ));
    }
    if let Some(problem) = &metric.problem {
        lines.push(words::say(problem));
    }
    output::print(&lines.join("\n"))
}

/// All metrics; where there is no store yet the built-in ones.
async fn metrics(context: &Context) -> anyhow::Result<Vec<MetricInfo>> {
    let absent = |error: &anyhow::Error| {
        let error = error.downcast_ref::<Error>();
        error.is_some_and(|error| error.code() == "store_absent")
    };
    match context.app(Access::Read).await {
        Ok(app) => Ok(app.list_metrics(NoArgs {}).await?),
        Err(error) if absent(&error) => Ok(built_in()),
        Err(error) => Err(error),
    }
}

fn built_in() -> Vec<MetricInfo> {
    yeji_app::built_in_metrics()
}

/// A code that no metric has, with those that there are and the one that is nearly it.
fn unknown(code: &str, argument: &str, known: &[MetricInfo]) -> anyhow::Error {
    let codes: Vec<&str> = known.iter().map(|one| one.code.as_str()).collect();
    let meant = yeji_app::nearest_metric(code, &codes).unwrap_or_default();
    refusal(
        "arg_value",
        &[
            ("arg", argument.to_owned()),
            ("value", code.chars().take(64).collect()),
            ("expected", codes.join(", ")),
            ("meant", meant),
            ("help", "yeji kpi --help".to_owned()),
        ],
    )
}

/// Whether the rows are periods.
fn is_period(by: Split) -> bool {
    matches!(by, Split::Week | Split::Month | Split::Quarter)
}

impl By {
    /// As the tables of goals are split.
    fn split(self) -> Option<Split> {
        Some(match self {
            Self::Week => Split::Week,
            Self::Month => Split::Month,
            Self::Quarter => Split::Quarter,
            Self::Person => Split::Person,
            Self::Team => Split::Team,
            Self::CustomerType => Split::CustomerType,
            Self::Region | Self::Segment | Self::Product | Self::Source => return None,
        })
    }

    fn part(self) -> Option<MetricBy> {
        Some(match self {
            Self::Week | Self::Month | Self::Quarter => return None,
            Self::Person => MetricBy::Person,
            Self::Team => MetricBy::Team,
            Self::CustomerType => MetricBy::CustomerType,
            Self::Region => MetricBy::Region,
            Self::Segment => MetricBy::Segment,
            Self::Product => MetricBy::Product,
            Self::Source => MetricBy::Source,
        })
    }

    fn grain(self) -> Option<Grain> {
        match self {
            Self::Week => Some(Grain::Week),
            Self::Month => Some(Grain::Month),
            Self::Quarter => Some(Grain::Quarter),
            _ => None,
        }
    }
}

impl Every {
    fn grain(self) -> Grain {
        match self {
            Self::Week => Grain::Week,
            Self::Month => Grain::Month,
            Self::Quarter => Grain::Quarter,
            Self::Year => Grain::Year,
        }
    }
}

impl Against {
    fn comparison(self) -> Comparison {
        match self {
            Self::Goal => Comparison::Goal,
            Self::LastPeriod => Comparison::LastPeriod,
            Self::LastYear => Comparison::LastYear,
        }
    }
}
