//! `yeji bonus objectives`: what people are to reach besides numbers, and how far they did.

use yeji_app::api::bonus_people::{
    CopyObjectives, JudgeObjective, ListObjectives, ObjectiveList, ObjectiveSetting, SetObjectives,
};
use yeji_app::{Access, Desk, Error, access};
use yeji_core::calendar::Period;
use yeji_core::ids::PersonId;

use super::output::Column::{Left, Right};
use super::{Context, output, people};

/// What to do with objectives.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List the objectives of a period
    List(ListArgs),
    /// Set all objectives of a person for a period; their weights total 100 %
    Set(SetArgs),
    /// Say how far an objective was reached
    Judge(JudgeArgs),
    /// Copy names and weights to another period or other people
    Copy(CopyArgs),
}

/// Of whom.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// The period: 2017-Q4
    #[arg(long)]
    period: Period,
    /// Staff number, name or id
    #[arg(long)]
    person: Option<String>,
}

/// Whose, and which.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["objective", "none"]))]
pub(super) struct SetArgs {
    /// Staff number, name or id
    #[arg(long)]
    person: String,
    /// The period: 2017-Q4
    #[arg(long)]
    period: Period,
    /// An objective with its weight, `NAME=40%`; all of them, one by one. A known name keeps its result
    #[arg(long, value_name = "NAME=WEIGHT")]
    objective: Vec<String>,
    /// None any more
    #[arg(long)]
    none: bool,
}

/// Which, and how far.
#[derive(Debug, clap::Args)]
pub(super) struct JudgeArgs {
    /// Staff number, name or id
    #[arg(long)]
    person: String,
    /// The period: 2017-Q4
    #[arg(long)]
    period: Period,
    /// Name of the objective
    #[arg(long, value_name = "NAME")]
    objective: String,
    /// How far it was reached: 80%, 0.8 or 4/5
    #[arg(long, value_name = "SHARE", required_unless_present = "none")]
    result: Option<String>,
    /// Take the judgement back: it waits for one again
    #[arg(long, conflicts_with = "result")]
    none: bool,
}

/// From whom to whom.
#[derive(Debug, clap::Args)]
pub(super) struct CopyArgs {
    /// Staff number, name or id of whose are copied
    #[arg(long)]
    person: String,
    /// Of this period
    #[arg(long)]
    period: Period,
    /// For this period
    #[arg(long)]
    to_period: Period,
    /// To these people; without one for the same person
    #[arg(long)]
    to_person: Vec<String>,
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    if let Command::List(args) = command {
        let app = context.app(Access::Read).await?;
        let person = match &args.person {
            Some(key) => Some(people::person_named(&app, key).await?),
            None => None,
        };
        let period = args.period;
        return show(
            &app.list_objectives(ListObjectives { period, person })
                .await?,
            context,
        );
    }
    let app = context.app(Access::Change).await?;
    app.require(access::Right::EditBonusPlan).await?;
    let list = match command {
        Command::List(_) => return Ok(()),
        Command::Set(args) => set(args, &app).await?,
        Command::Judge(args) => judge(args, &app).await?,
        Command::Copy(args) => copy(args, &app).await?,
    };
    show(&list, context)
}

async fn set(args: SetArgs, app: &Desk) -> anyhow::Result<ObjectiveList> {
    let person = people::person_named(app, &args.person).await?;
    let known = of_person(app, person, args.period).await?;
    let mut objectives = Vec::new();
    for text in &args.objective {
        let (name, weight) = text.rsplit_once('=').unwrap_or((text, ""));
        let before = known
            .people
            .iter()
            .flat_map(|one| &one.objectives)
            .find(|one| one.name == name.trim());
        objectives.push(ObjectiveSetting {
            id: before.map(|one| one.id),
            name: name.trim().to_owned(),
            weight: weight.trim().to_owned(),
        });
    }
    Ok(app
        .set_objectives(SetObjectives {
            person,
            period: args.period,
            objectives,
        })
        .await?)
}

async fn judge(args: JudgeArgs, app: &Desk) -> anyhow::Result<ObjectiveList> {
    let person = people::person_named(app, &args.person).await?;
    let known = of_person(app, person, args.period).await?;
    let mut objectives = known.people.iter().flat_map(|one| &one.objectives);
    let found = objectives.find(|one| one.name == args.objective);
    let objective = found.ok_or(Error::NotFound {
        what: "objective",
        value: args.objective,
    })?;
    Ok(app
        .judge_objective(JudgeObjective {
            objective: objective.id,
            result: args.result,
        })
        .await?)
}

async fn copy(args: CopyArgs, app: &Desk) -> anyhow::Result<ObjectiveList> {
    let from_person = people::person_named(app, &args.person).await?;
    let mut to = Vec::new();
    for key in &args.to_person {
        to.push(people::person_named(app, key).await?);
    }
    if to.is_empty() {
        to.push(from_person);
    }
    Ok(app
        .copy_objectives(CopyObjectives {
            from_person,
            from_period: args.period,
            people: to,
            period: args.to_period,
        })
        .await?)
}

async fn of_person(app: &Desk, person: PersonId, period: Period) -> anyhow::Result<ObjectiveList> {
    let person = Some(person);
    Ok(app
        .list_objectives(ListObjectives { period, person })
        .await?)
}

fn show(list: &ObjectiveList, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(list);
    }
    let mut rows = Vec::new();
    for person in &list.people {
        for one in &person.objectives {
            rows.push(vec![
                person.name.clone(),
                one.name.clone(),
                one.weight.clone(),
                one.result.clone().unwrap_or_else(missing),
                one.author.clone(),
            ]);
        }
        if person.objectives.is_empty() {
            let nothing = String::new;
            rows.push(vec![
                person.name.clone(),
                missing(),
                nothing(),
                nothing(),
                nothing(),
            ]);
        }
    }
    let columns = [
        Left("name"),
        Left("objective"),
        Right("weight"),
        Right("result"),
        Left("author"),
    ];
    output::table(&columns, &rows)?;
    let unpaid = list.people.iter();
    let unpaid = unpaid.filter(|one| one.unpaid && !one.objectives.is_empty());
    let names: Vec<&str> = unpaid.map(|one| one.name.as_str()).collect();
    if !names.is_empty() {
        let params = [("names", names.join(", "))];
        output::note_text(crate::words::line("objectives_unpaid", &params));
    }
    Ok(())
}

fn missing() -> String {
    yeji_report::format::MISSING.to_owned()
}
