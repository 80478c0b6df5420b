//! `yeji reconcile`: what the files held, beside what the store has.

use yeji_app::Access;
use yeji_app::api::NoArgs;
use yeji_core::Money;

use super::output::Column::{Left, Right};
use super::{Context, output};
use crate::words;

pub(super) async fn run(context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let all = app.get_reconciliation(NoArgs {}).await?;
    if context.json {
        return output::json(&all);
    }
    let amount = |amount: Option<Money>| amount.map_or_else(String::new, Money::to_major);
    let rows: Vec<Vec<String>> = all
        .into_iter()
        .map(|row| {
            let state = if row.agrees { "agrees" } else { "differs" };
            vec![
                row.source,
                words::term("kind", &row.kind),
                match row.period.as_str() {
                    "" => words::line("no_day", &[]),
                    "stage_undecided" => words::line("stage_undecided", &[]),
                    _ => row.period,
                },
                row.file_rows.to_string(),
                row.store_rows.to_string(),
                row.row_difference.to_string(),
                amount(row.file_amount),
                amount(row.store_amount),
                amount(row.amount_difference),
                words::term("agreement", state),
            ]
        })
        .collect();
    let columns = [
        Left("source"),
        Left("kind"),
        Left("period"),
        Right("file_rows"),
        Right("store_rows"),
        Right("row_difference"),
        Right("file_amount"),
        Right("store_amount"),
        Right("amount_difference"),
        Left("state"),
    ];
    output::table(&columns, &rows)
}
