//! `yeji kpi weights` and `yeji kpi scorecard`: what roles are measured by, and how far somebody is.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::ValueEnum;
use yeji_app::api::NoArgs;
use yeji_app::api::kpi::BothWords;
use yeji_app::api::scorecards::{
    GetScorecardResult, ScorecardList, ScorecardOf, ScorecardResultKpi, SetScorecard,
};
use yeji_app::{Access, access};
use yeji_core::calendar::Period;
use yeji_core::org::MemberRole;

use super::super::output::Column::{Left, Right};
use super::super::{Context, output};
use super::who;
use crate::words;

/// Scorecards of roles.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct WeightsArgs {
    /// Keep the scorecard of a file (TOML); docs/guide/scorecards.md shows one
    #[arg(
        long,
        value_name = "FILE",
        requires = "from",
        conflicts_with = "remove"
    )]
    set: Option<PathBuf>,
    /// Take away the scorecard of this role that begins on the day of `--from`
    #[arg(long, value_enum, value_name = "ROLE", requires = "from")]
    remove: Option<RoleArg>,
    /// First day
    #[arg(long, value_name = "DAY")]
    from: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum RoleArg {
    Everybody,
    Manager,
    Sales,
}

/// Whose result.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ScorecardArgs {
    /// A year, half, quarter or month: 2027, 2027-H1, 2027-Q1, 2027-03
    #[arg(long)]
    period: Period,
    /// Staff number, name or id of a person or unit; without it your own, or the company's
    #[arg(long, conflicts_with = "team")]
    who: Option<String>,
    /// Name or id of a unit: with the people who sell in it and below
    #[arg(long)]
    team: Option<String>,
}

pub(super) async fn weights(args: WeightsArgs, context: &Context) -> anyhow::Result<()> {
    let list = match (args.set, args.remove, args.from) {
        (Some(file), _, Some(from)) => {
            let app = context.app(Access::Change).await?;
            app.require(access::Right::SetGoals).await?;
            let text = yeji_app::read_text(&file)?;
            let name = file.file_name().unwrap_or(file.as_os_str());
            let (role, kpis) = yeji_app::read_scorecard(&text, &name.to_string_lossy())?;
            app.set_scorecard(SetScorecard { role, from, kpis }).await?
        }
        (_, Some(role), Some(from)) => {
            let role = match role {
                RoleArg::Everybody => None,
                RoleArg::Manager => Some(MemberRole::Manager),
                RoleArg::Sales => Some(MemberRole::Sales),
            };
            let app = context.app(Access::Change).await?;
            let kpis = Vec::new();
            app.set_scorecard(SetScorecard { role, from, kpis }).await?
        }
        _ => {
            let app = context.app(Access::Read).await?;
            app.list_scorecards(NoArgs {}).await?
        }
    };
    show_weights(list, context)
}

fn show_weights(list: ScorecardList, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(&list);
    }
    output::notes(&list.notes);
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let mut rows = Vec::new();
    for scorecard in list.scorecards {
        for kpi in scorecard.kpis {
            rows.push(vec![
                words::term("scorecard_role", role(scorecard.role)),
                scorecard.from.to_string(),
                day(scorecard.to),
                kpi.metric,
                called(kpi.name),
                kpi.weight_shown,
                kpi.cap_shown.unwrap_or_default(),
            ]);
        }
    }
    let columns = [
        Left("role"),
        Left("from"),
        Left("until"),
        Left("code"),
        Left("name"),
        Right("weight"),
        Right("cap"),
    ];
    output::table(&columns, &rows)
}

pub(super) async fn result(args: ScorecardArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let people = args.team.is_some();
    let who = who::maybe(&app, args.who.as_deref().or(args.team.as_deref())).await?;
    let found = app
        .get_scorecard_result(GetScorecardResult {
            period: args.period,
            unit: who.and_then(who::Who::unit),
            person: who.and_then(who::Who::person),
            people,
            language: words::language(),
        })
        .await?;
    if context.json {
        return output::json(&found);
    }
    output::notes(&found.notes);
    for (at, row) in found.rows.into_iter().enumerate() {
        if at > 0 {
            output::print("")?;
        }
        show_result(row, &found.period_label)?;
    }
    Ok(())
}

fn show_result(of: ScorecardOf, period: &str) -> anyhow::Result<()> {
    let name = match &of.staff_number {
        Some(number) => format!("{} ({number})", of.name),
        None => of.name.clone(),
    };
    let since = of.since.map(|day| day.to_string());
    let own_role = if of.is_everybodys { None } else { of.role };
    let is_whole = of.total.is_some();
    let params = [
        ("name", name),
        ("period", period.to_owned()),
        ("unit", of.figures_of.unwrap_or_default()),
        ("role", role(own_role).to_owned()),
        ("since", since.unwrap_or_default()),
    ];
    if let Some(why) = &of.no_scorecard {
        return output::print(&words::line(
            "scorecard_of_none",
            &[
                ("name", params[0].1.clone()),
                ("period", period.to_owned()),
                ("why", words::say(why)),
            ],
        ));
    }
    output::print(&words::line("scorecard_of", &params))?;
    output::notes(&of.notes);
    let missing = of.missing.join(", ");
    let mut rows: Vec<Vec<String>> = of.kpis.into_iter().map(line).collect();
    let mut total = vec![String::new(); 7];
    total[0] = words::term("column", "total");
    total[4] = of.present_weight_shown.clone().unwrap_or_default();
    total[6] = of.total_shown.unwrap_or_default();
    rows.push(total);
    let columns = [
        Left("code"),
        Left("name"),
        Right("actual"),
        Right("goal"),
        Right("weight"),
        Right("attainment"),
        Right("contribution"),
    ];
    output::table(&columns, &rows)?;
    if is_whole {
        return Ok(());
    }
    let params = [
        ("missing", missing),
        ("present", of.present_shown.unwrap_or_default()),
        ("weight", of.present_weight_shown.unwrap_or_default()),
    ];
    output::print(&words::line("scorecard_part", &params))
}

fn line(kpi: ScorecardResultKpi) -> Vec<String> {
    let missing = || yeji_report::format::MISSING.to_owned();
    let why = kpi.reason.as_ref().map(words::say);
    vec![
        kpi.kpi.metric,
        called(kpi.kpi.name),
        kpi.actual_shown.unwrap_or_else(missing),
        kpi.goal.map_or_else(missing, |goal| goal.shown),
        kpi.kpi.weight_shown,
        kpi.attainment_shown.or(why).unwrap_or_else(missing),
        kpi.contribution_shown.unwrap_or_else(missing),
    ]
}

fn called(name: BothWords) -> String {
    if words::is_chinese() {
        name.zh
    } else {
        name.en
    }
}

fn role(role: Option<MemberRole>) -> &'static str {
    match role {
        None => "everybody",
        Some(MemberRole::Manager) => "manager",
        Some(MemberRole::Sales) => "sales",
    }
}
