//! `yeji duplicates`: customers that may be one.

use yeji_app::Access;
use yeji_app::api::NoArgs;
use yeji_app::api::customers::{CustomerName, MergeCustomers};
use yeji_core::ids::CustomerId;

use super::output::Column::Left;
use super::{Context, output};
use crate::words;

/// What to do with them.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List pairs that may be one, with the reasons
    List,
    /// Give everything of one customer to another
    Merge {
        /// The one that is given up (id, as `duplicates list` shows it)
        customer: CustomerId,
        /// The one that stays
        into: CustomerId,
    },
    /// Take a merge back
    Unmerge {
        /// The one that was given up
        customer: CustomerId,
        /// The one that stayed
        into: CustomerId,
    },
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::List => list(context).await,
        Command::Merge { customer, into } => {
            let app = context.app(Access::Change).await?;
            let done = app
                .merge_customers(MergeCustomers { customer, into })
                .await?;
            output::print(&words::line(
                "customers_merged",
                &[("rows", done.rows.to_string())],
            ))
        }
        Command::Unmerge { customer, into } => {
            let app = context.app(Access::Change).await?;
            let done = app
                .unmerge_customer(MergeCustomers { customer, into })
                .await?;
            output::print(&words::line(
                "customers_apart",
                &[("rows", done.rows.to_string())],
            ))
        }
    }
}

async fn list(context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let pairs = app.list_duplicates(NoArgs {}).await?;
    if context.json {
        return output::json(&pairs);
    }
    let shown = |one: &CustomerName| format!("{} ({} {})", one.name, one.source, one.external_id);
    let rows: Vec<Vec<String>> = pairs
        .iter()
        .map(|pair| {
            let reasons = pair.reasons.iter();
            let reasons: Vec<String> = reasons
                .map(|reason| words::term("duplicate_reason", reason))
                .collect();
            vec![
                shown(&pair.one),
                pair.one.id.to_string(),
                shown(&pair.other),
                pair.other.id.to_string(),
                reasons.join("; "),
            ]
        })
        .collect();
    let columns = [
        Left("customer"),
        Left("id"),
        Left("other_customer"),
        Left("other_id"),
        Left("reasons"),
    ];
    output::table(&columns, &rows)
}
