//! `yeji goal why`, `progress`, `aim`: why a number is what it is, where somebody stands, what a goal serves.

use chrono::NaiveDate;
use yeji_app::Access;
use yeji_app::api::Message;
use yeji_app::api::goal_blend::GetGoalWhy;
use yeji_app::api::goal_progress::{GetGoalProgress, GoalLight, GoalProgress, SetGoalAim};
use yeji_app::api::goals::GetGoal;
use yeji_core::calendar::Period;
use yeji_core::metric::GoalMetric;
use yeji_core::{Currency, Ratio, Rounding};

use super::super::output::Column::{Left, Right};
use super::super::{Context, arguments, output};
use super::change::unit_named;
use crate::words;

/// Sources that weigh by amounts.
const BY_AMOUNT: [&str; 3] = ["history", "pipeline", "market"];

/// Whose number.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct WhyArgs {
    /// Figure
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    metric: GoalMetric,
    /// Year
    #[arg(long)]
    year: i32,
    /// Staff number, name or id of a person or unit
    #[arg(long)]
    who: String,
}

/// Whose standing.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ProgressArgs {
    /// Figure
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    metric: GoalMetric,
    /// A period of the year: 2026, 2026-Q1, 2026-03, 2026-03/W10
    #[arg(long)]
    period: Period,
    /// Staff number, name or id of a person or unit; the company without it
    #[arg(long)]
    who: Option<String>,
    /// The last day whose results count; yesterday without it, or the last day with data
    #[arg(long, value_name = "DAY")]
    as_of: Option<NaiveDate>,
}

/// What a goal serves.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct AimArgs {
    /// Figure
    #[arg(long, default_value = "won_amount", value_parser = arguments::goal_metric())]
    metric: GoalMetric,
    /// Year
    #[arg(long)]
    year: i32,
    /// The aim; shown without it, none with an empty one
    #[arg(long)]
    set: Option<String>,
}

pub(super) async fn why(args: WhyArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let unit = unit_named(&app, (args.metric, args.year), &args.who).await?;
    let why = app
        .get_goal_why(GetGoalWhy {
            metric: args.metric,
            year: args.year,
            unit,
        })
        .await?;
    if context.json {
        return output::json(&why);
    }
    let params = [
        ("name", why.name.clone()),
        ("goal", output::amount(&why.goal, &why.currency)),
        ("by", why.split_by.clone().unwrap_or_default()),
    ];
    output::print(&words::line("goal_why", &params))?;
    if why.parts.is_empty() {
        return Ok(());
    }
    let missing = || yeji_report::format::MISSING.to_owned();
    let currency: Currency = why.currency.parse()?;
    let mut rows = Vec::with_capacity(why.parts.len());
    for part in why.parts {
        let weight = |text: Option<String>| match text {
            Some(text) => weight_text(&part.source, &text, currency),
            None => Ok(missing()),
        };
        rows.push(vec![
            words::term("goal_source", &part.source),
            part.amount,
            weight(part.weight)?,
            weight(part.of)?,
            part.pot.unwrap_or_else(missing),
        ]);
    }
    let columns = [
        Left("source"),
        Right("amount"),
        Right("weight"),
        Right("of_all"),
        Right("pot"),
    ];
    output::table(&columns, &rows)
}

/// A weight as people read it: where it is an amount, in major units.
fn weight_text(source: &str, text: &str, currency: Currency) -> anyhow::Result<String> {
    if !BY_AMOUNT.contains(&source) {
        return Ok(text.to_owned());
    }
    let minor = Ratio::from_int(currency.minor_per_major());
    let major = text.parse::<Ratio>()?.checked_div(minor)?;
    Ok(major.to_decimal(2, Rounding::HalfUp)?)
}

pub(super) async fn progress(args: ProgressArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let year = args.period.year_number();
    let unit = match &args.who {
        Some(who) => Some(unit_named(&app, (args.metric, year), who).await?),
        None => None,
    };
    let found = app
        .get_goal_progress(GetGoalProgress {
            metric: args.metric,
            period: args.period,
            unit,
            as_of: args.as_of,
            language: words::language(),
        })
        .await?;
    if context.json {
        return output::json(&found);
    }
    output::notes(&found.notes);
    print_standing(&found)?;
    print_smart(&found)
}

fn print_standing(found: &GoalProgress) -> anyhow::Result<()> {
    let percent = match &found.pace {
        Some(pace) => yeji_report::format::percent(pace.parse()?)?,
        None => String::new(),
    };
    let landing = found.landing.as_ref();
    let end = |end: Option<&String>| end.cloned().unwrap_or_default();
    let params = [
        ("name", found.name.clone()),
        ("period", found.period.to_string()),
        ("goal", found.goal.clone()),
        ("currency", output::currency(&found.currency)),
        ("to_date", found.to_date.clone()),
        ("actual", found.actual.clone()),
        ("pace", percent),
        ("light", light(found.light)),
        ("left", found.left.clone()),
        ("days", found.days_left.to_string()),
        ("today", found.today.clone().unwrap_or_default()),
        ("landing", end(landing.map(|one| &one.expected))),
        (
            "landing_day",
            landing.map_or_else(String::new, |one| one.as_of.to_string()),
        ),
        ("lower", end(landing.and_then(|one| one.lower.as_ref()))),
        ("upper", end(landing.and_then(|one| one.upper.as_ref()))),
        ("day", found.as_of.to_string()),
    ];
    output::print(&words::line("goal_progress", &params))
}

fn print_smart(found: &GoalProgress) -> anyhow::Result<()> {
    let said = |message: &Message| words::say(message);
    let rows: Vec<Vec<String>> = found
        .smart
        .iter()
        .map(|answer| {
            let suggestions: Vec<String> = answer.suggestions.iter().map(said).collect();
            vec![
                words::term("smart_criterion", &answer.criterion),
                light(Some(answer.light)),
                said(&answer.said),
                suggestions.join("; "),
            ]
        })
        .collect();
    let columns = [
        Left("criterion"),
        Left("light"),
        Left("details"),
        Left("suggestion"),
    ];
    output::table(&columns, &rows)
}

fn light(light: Option<GoalLight>) -> String {
    let code = match light {
        None => return String::new(),
        Some(GoalLight::Green) => "green",
        Some(GoalLight::Amber) => "amber",
        Some(GoalLight::Red) => "red",
    };
    words::term("goal_light", code)
}

pub(super) async fn aim(args: AimArgs, context: &Context) -> anyhow::Result<()> {
    let (metric, year) = (args.metric, args.year);
    let aim = if let Some(aim) = args.set {
        let app = context.app(Access::Change).await?;
        app.set_goal_aim(SetGoalAim { metric, year, aim }).await?
    } else {
        let app = context.app(Access::Read).await?;
        app.get_goal_aim(GetGoal { metric, year }).await?
    };
    if context.json {
        return output::json(&aim);
    }
    if aim.aim.is_empty() {
        return output::print(&words::line("goal_aim_none", &[]));
    }
    output::print(&aim.aim)
}
