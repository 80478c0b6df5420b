//! `yeji demo`.

use chrono::NaiveDate;
use yeji_app::Access;
use yeji_app::api::settings::CreateDemo;
use yeji_app::host::Clock as _;

use super::{Context, output};
use crate::outside::SystemClock;
use crate::words;

/// Size of the demo company.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// People, managers and leavers included
    #[arg(long, default_value_t = 40)]
    people: u32,
    /// Opportunities
    #[arg(long, default_value_t = 20_000)]
    deals: u32,
    /// Years of history
    #[arg(long, default_value_t = 3)]
    years: u32,
    /// The same seed and end date give the same company, ids included
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Last day of data; without it the end of last month
    #[arg(long, value_name = "DATE")]
    until: Option<NaiveDate>,
}

pub(super) async fn run(args: Args, context: &Context) -> anyhow::Result<()> {
    let demo = CreateDemo {
        people: args.people,
        deals: args.deals,
        years: args.years,
        seed: args.seed,
        until: args.until,
    };
    // Before a store is made for nothing.
    demo.check(SystemClock.today())?;
    let app = context.app(Access::Write).await?;
    let bar = output::Bar::new();
    let status = app.create_demo(demo, &|step| bar.show(&step)).await;
    bar.finish();
    let status = status?;
    if context.json {
        return output::json(&status);
    }
    let up_to = status
        .data_up_to
        .map(|day| day.to_string())
        .unwrap_or_default();
    let rows = status.last_batch.map_or(0, |batch| batch.new_rows);
    let params = [
        ("company", status.company.unwrap_or_default()),
        ("rows", rows.to_string()),
        ("up_to", up_to),
    ];
    output::print(&words::line("demo_made", &params))
}
