//! `yeji goal show` and `yeji goal locks`: the numbers of a goal, and which of them stay.

use serde::Serialize;
use yeji_app::api::goal_grid::{GetGoalGrid, GoalGrid, GridColumns, LockMark};
use yeji_app::api::goals::{GetGoal, GoalNode, GoalPlanInfo};
use yeji_app::{Access, Desk};
use yeji_core::calendar::PeriodKind;

use super::super::output::Column::{Left, Right};
use super::super::people::Names;
use super::super::{Context, output};
use super::versions::By;
use super::{YearArgs, print_nodes};
use crate::words;

/// Rows that are asked for at once.
const WINDOW: u32 = 400;

/// Which goal, and how far down.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ShowArgs {
    #[command(flatten)]
    goal: YearArgs,
    /// Periods of one kind alone; years and quarters without it
    #[arg(long, value_enum)]
    by: Option<By>,
}

#[derive(Debug, Serialize)]
struct Shown {
    plan: Option<GoalPlanInfo>,
    /// A newer goal that does not count before it is split.
    draft: Option<GoalPlanInfo>,
    nodes: Vec<GoalNode>,
}

/// A number that stays.
#[derive(Debug, Serialize)]
struct Locked {
    unit: String,
    name: String,
    level: String,
    period: String,
    amount: String,
}

pub(super) async fn show(args: &ShowArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let goal = GetGoal {
        metric: args.goal.metric,
        year: args.goal.year,
    };
    let mut nodes = app.get_goal_nodes(goal.clone()).await?;
    let tree = app.get_goal(goal).await?;
    output::notes(&tree.notes);
    let kind = args.by.map(By::kind);
    if context.json {
        nodes.retain(|node| kind.is_none_or(|kind| node.period.kind() == kind));
        return output::json(&Shown {
            plan: tree.plan,
            draft: tree.draft,
            nodes,
        });
    }
    let names = Names::of(&app).await?;
    let is_shown = |node: &&GoalNode| match kind {
        Some(kind) => node.period.kind() == kind,
        None => matches!(node.period.kind(), PeriodKind::Year | PeriodKind::Quarter),
    };
    print_nodes(&names, nodes.iter().filter(is_shown))
}

pub(super) async fn locks(args: &YearArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let mut locked = Vec::new();
    let mut offset = 0;
    loop {
        let grid = window(&app, args, offset).await?;
        offset += WINDOW;
        for row in &grid.rows {
            for (at, column) in grid.columns.iter().enumerate() {
                if row.locks[at] == LockMark::Own {
                    locked.push(Locked {
                        unit: row.unit.clone(),
                        name: row.name.clone(),
                        level: row.level.clone(),
                        period: column.period.to_string(),
                        amount: row.amounts[at].clone(),
                    });
                }
            }
        }
        if offset >= grid.total {
            break;
        }
    }
    if context.json {
        return output::json(&locked);
    }
    if locked.is_empty() {
        let params = [("year", args.year.to_string())];
        return output::print(&words::line("goal_no_locks", &params));
    }
    let names = Names::of(&app).await?;
    let rows: Vec<Vec<String>> = locked
        .into_iter()
        .map(|one| {
            vec![
                words::term("level", &one.level),
                names.shown(&one.unit, &one.name),
                one.period,
                one.amount,
            ]
        })
        .collect();
    let columns = [Left("level"), Left("name"), Left("period"), Right("amount")];
    output::table(&columns, &rows)
}

async fn window(app: &Desk, args: &YearArgs, offset: u32) -> anyhow::Result<GoalGrid> {
    let question = GetGoalGrid {
        metric: args.metric,
        year: args.year,
        version: None,
        columns: GridColumns::Weeks,
        expanded: vec!["*".to_owned()],
        search: None,
        offset,
        limit: WINDOW,
    };
    Ok(app.get_goal_grid(question).await?)
}
