//! `yeji bonus plans`, `assign`, `unassign`, `assignments`: who is under which plan, and since when.

use std::sync::Arc;

use chrono::NaiveDate;
use yeji_app::api::NoArgs;
use yeji_app::api::bonus_people::{
    AssignPlan, EndPlanAssignment, ListPlanPeople, PlanAssignmentRow, PlanChange,
};
use yeji_app::{Access, Desk, Error, access};
use yeji_core::ids::{PlanAssignmentId, UnitId};

use super::output::Column::{Left, Right};
use super::{Context, output, people};
use crate::words;

/// Whom to put under a plan.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("whom").required(true).args(["person", "unit", "everybody"]))]
pub(super) struct AssignArgs {
    /// Code of the plan, as `yeji bonus plans` shows it
    #[arg(long, value_name = "CODE")]
    plan: String,
    /// Staff number, name or id; several people by several of these
    #[arg(long)]
    person: Vec<String>,
    /// Name or id of an organisation unit, with all below
    #[arg(long)]
    unit: Option<String>,
    /// Everybody for whom nothing else is said
    #[arg(long)]
    everybody: bool,
    /// First day
    #[arg(long, value_name = "DATE")]
    from: NaiveDate,
    /// Day after the last
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,
    /// Target bonus for one whole period of the plan, in major units
    #[arg(long, value_name = "AMOUNT")]
    target_bonus: Option<String>,
    /// Only show whose plan or target bonus would change
    #[arg(long)]
    dry_run: bool,
}

/// Which assignment to end.
#[derive(Debug, clap::Args)]
pub(super) struct UnassignArgs {
    /// Its id, as `yeji bonus assignments` shows it
    #[arg(value_name = "ID")]
    assignment: PlanAssignmentId,
    /// The day after its last
    #[arg(long, value_name = "DATE", required_unless_present = "remove")]
    to: Option<NaiveDate>,
    /// Remove it, as if it had never been
    #[arg(long, conflicts_with = "to")]
    remove: bool,
    /// Only show whose plan or target bonus would change
    #[arg(long)]
    dry_run: bool,
}

/// What to list.
#[derive(Debug, clap::Args)]
pub(super) struct AssignmentsArgs {
    /// First day; the first of the running year without one
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// Day after the last
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,
    /// Only people of this organisation unit (name or id), with all below
    #[arg(long)]
    unit: Option<String>,
    /// Show each person's plans instead of the assignments
    #[arg(long)]
    people: bool,
}

pub(super) async fn plans(context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let list = app.list_bonus_plans(NoArgs {}).await?;
    if context.json {
        return output::json(&list);
    }
    let mut rows = Vec::new();
    for plan in &list.plans {
        for version in &plan.versions {
            let name = match words::language() {
                yeji_report::Lang::En => &plan.name_en,
                yeji_report::Lang::ZhCn => &plan.name_zh,
            };
            rows.push(vec![
                plan.code.clone(),
                name.clone(),
                version.version.to_string(),
                day(version.from),
                day(version.to),
                if version.today {
                    plan.people.to_string()
                } else {
                    String::new()
                },
            ]);
        }
    }
    let columns = [
        Left("plan"),
        Left("name"),
        Right("version"),
        Left("from"),
        Left("to"),
        Right("people"),
    ];
    output::table(&columns, &rows)
}

pub(super) async fn assign(args: AssignArgs, context: &Context) -> anyhow::Result<()> {
    let app = open(args.dry_run, context).await?;
    let mut people = Vec::new();
    for key in &args.person {
        people.push(people::person_named(&app, key).await?);
    }
    let unit = match &args.unit {
        Some(key) => Some(unit_named(&app, key).await?),
        None => None,
    };
    let change = app
        .assign_plan(AssignPlan {
            assignment: None,
            plan: args.plan,
            people,
            unit,
            from: args.from,
            to: args.to,
            target_bonus: args.target_bonus,
            preview: args.dry_run,
        })
        .await?;
    show(&change, context)
}

pub(super) async fn unassign(args: UnassignArgs, context: &Context) -> anyhow::Result<()> {
    let app = open(args.dry_run, context).await?;
    let change = app
        .end_plan_assignment(EndPlanAssignment {
            assignment: args.assignment,
            to: args.to,
            preview: args.dry_run,
        })
        .await?;
    show(&change, context)
}

pub(super) async fn assignments(args: AssignmentsArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let unit = match &args.unit {
        Some(key) => Some(unit_named(&app, key).await?),
        None => None,
    };
    let list = app
        .list_plan_people(ListPlanPeople {
            from: args.from,
            to: args.to,
            unit,
        })
        .await?;
    if context.json {
        return output::json(&list);
    }
    if !args.people {
        let rows: Vec<Vec<String>> = list.assignments.iter().map(row).collect();
        return output::table(
            &[
                Left("id"),
                Left("plan"),
                Left("whom"),
                Left("from"),
                Left("to"),
                Right("target_bonus"),
            ],
            &rows,
        );
    }
    let mut rows = Vec::new();
    for person in &list.people {
        for plan in &person.plans {
            rows.push(vec![
                person.name.clone(),
                person.staff_number.clone().unwrap_or_default(),
                person.unit.clone().unwrap_or_default(),
                plan.plan.clone(),
                plan.from.to_string(),
                plan.to.to_string(),
                plan.target_bonus
                    .map(yeji_core::Money::to_major)
                    .unwrap_or_default(),
            ]);
        }
    }
    let columns = [
        Left("name"),
        Left("no"),
        Left("team"),
        Left("plan"),
        Left("from"),
        Left("to"),
        Right("target_bonus"),
    ];
    output::table(&columns, &rows)
}

async fn open(dry_run: bool, context: &Context) -> anyhow::Result<Arc<Desk>> {
    if dry_run {
        return context.app(Access::Read).await;
    }
    let app = context.app(Access::Change).await?;
    app.require(access::Right::EditBonusPlan).await?;
    Ok(app)
}

/// A unit by its name or id.
pub(super) async fn unit_named(app: &Desk, key: &str) -> anyhow::Result<UnitId> {
    let units = app.get_organisation(NoArgs {}).await?.units;
    let mut found = units
        .iter()
        .filter(|row| row.name == key || row.id.to_string() == key);
    match (found.next(), found.next()) {
        (Some(row), None) => Ok(row.id),
        // Of two of one name neither is meant; the id tells them apart.
        _ => Err(Error::NotFound {
            what: "unit",
            value: key.to_owned(),
        }
        .into()),
    }
}

fn row(one: &PlanAssignmentRow) -> Vec<String> {
    let everybody = || words::term("assigned", "everybody");
    vec![
        one.id.to_string(),
        one.plan.clone(),
        one.name.clone().unwrap_or_else(everybody),
        day(one.from),
        day(one.to),
        one.target_bonus
            .map(yeji_core::Money::to_major)
            .unwrap_or_default(),
    ]
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn show(change: &PlanChange, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(change);
    }
    let params = [
        ("people", change.people.to_string()),
        ("names", change.names.join(", ")),
        ("from", day(change.from)),
    ];
    output::print(&words::line("plan_change", &params))?;
    output::notes(&change.notes);
    Ok(())
}
