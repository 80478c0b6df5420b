//! `yeji kpi`.

use chrono::NaiveDate;
use clap::ValueEnum;
use yeji_app::Access;
use yeji_app::api::performance::{GetKpi, Split};
use yeji_core::ids::UnitId;
use yeji_core::metric::Metric;

use super::output::Column::{Left, Right};
use super::people::Names;
use super::{Context, arguments, output};
use crate::words;

/// Which figure, split how, over which days.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Figure
    #[arg(long, value_parser = arguments::metric())]
    metric: Metric,
    /// Split by
    #[arg(long, value_enum)]
    by: By,
    /// First day
    #[arg(long, value_name = "DATE")]
    from: NaiveDate,
    /// Day after the last
    #[arg(long, value_name = "DATE")]
    to: NaiveDate,
    /// Only this organisation unit and below (its id)
    #[arg(long)]
    unit: Option<UnitId>,
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
}

pub(super) async fn run(args: Args, context: &Context) -> anyhow::Result<()> {
    let by = match args.by {
        By::Week => Split::Week,
        By::Month => Split::Month,
        By::Quarter => Split::Quarter,
        By::Person => Split::Person,
        By::Team => Split::Team,
        By::CustomerType => Split::CustomerType,
    };
    let app = context.app(Access::Read).await?;
    let table = app
        .get_kpi(GetKpi {
            metric: args.metric,
            by,
            from: args.from,
            to: args.to,
            unit: args.unit,
        })
        .await?;
    if context.json {
        return output::json(&table);
    }
    let names = Names::of(&app).await?;
    let mut rows: Vec<Vec<String>> = table
        .rows
        .into_iter()
        .map(|row| {
            let label = names.shown(&row.key, &row.label);
            vec![row.key, label, row.value]
        })
        .collect();
    rows.push(vec![
        words::term("column", "total"),
        String::new(),
        table.total,
    ]);
    let value = table.currency.unwrap_or_else(|| "count".to_owned());
    output::table(&[Left("key"), Left("label"), Right(&value)], &rows)
}
