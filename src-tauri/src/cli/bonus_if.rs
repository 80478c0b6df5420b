//! `yeji bonus deal`, `expected` and `what-if`: what would be.

use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use yeji_app::Access;
use yeji_app::api::bonus_if::{
    DealBonus, ExpectedEarnings, ExplainDealBonus, GetExpectedEarnings, SimulateBonus, WhatIf,
};
use yeji_app::host::Clock as _;
use yeji_core::Money;
use yeji_core::calendar::Period;

use super::new_content::NewContent;
use super::output::Column::{Left, Right};
use super::people::{self, Names};
use super::{Context, output};
use crate::outside::SystemClock;
use crate::words;

/// Which deal, with what.
#[derive(Debug, clap::Args)]
pub(super) struct DealArgs {
    /// What the deal is called, or its id; it has to be open
    #[arg(value_name = "DEAL")]
    deal: String,
    /// Amount in major units; without it the deal's own, where it has one
    #[arg(long, allow_hyphen_values = true)]
    amount: Option<String>,
    /// Day of closing; without it today
    #[arg(long, value_name = "DATE")]
    closed_on: Option<NaiveDate>,
    /// Only this person: staff number, name or id
    #[arg(long)]
    person: Option<String>,
}

/// Whose year.
#[derive(Debug, clap::Args)]
pub(super) struct ExpectedArgs {
    /// Staff number, name or id; without it whoever is signed in
    #[arg(long)]
    person: Option<String>,
    /// Year; without it this year
    #[arg(long)]
    year: Option<i32>,
}

/// Which plans over which periods.
#[derive(Debug, clap::Args)]
pub(super) struct WhatIfArgs {
    /// Plan document (TOML or JSON) to compare with the plan in force
    #[arg(value_name = "PLAN")]
    plan: PathBuf,
    /// A second document
    #[arg(long, value_name = "FILE")]
    beside: Option<PathBuf>,
    /// First period: 2025, 2025-Q2, 2025-03
    #[arg(long)]
    from: Period,
    /// Last period
    #[arg(long)]
    to: Period,
    /// What all of it may cost, in major units
    #[arg(long, allow_hyphen_values = true)]
    budget: Option<String>,
    /// People to list, those with the largest differences first
    #[arg(long, default_value_t = 20)]
    people: usize,
    /// Also write the complete input of `yeji engine bonus.what_if` to this file
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
}

fn missing() -> String {
    yeji_report::format::MISSING.to_owned()
}

fn major(money: Option<Money>) -> String {
    money.map_or_else(missing, Money::to_major)
}

fn percent(ratio: &str) -> anyhow::Result<String> {
    Ok(yeji_report::format::percent(ratio.parse()?)?)
}

/// The one of two names that is in the terminal's language.
fn named(zh: &str, en: &str) -> String {
    match words::language() {
        yeji_report::Lang::ZhCn => zh.to_owned(),
        yeji_report::Lang::En => en.to_owned(),
    }
}

pub(super) async fn deal(args: DealArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let person = match &args.person {
        Some(key) => Some(people::person_named(&app, key).await?),
        None => None,
    };
    let request = ExplainDealBonus {
        deal: app.find_deal(&args.deal).await?,
        amount: args.amount,
        closed_on: args.closed_on,
        person,
    };
    let view = app.explain_deal_bonus(request).await?;
    if context.json {
        return output::json(&view);
    }
    output::notes(&view.notes);
    show_deal(&view, &Names::of(&app).await?)
}

fn show_deal(view: &DealBonus, names: &Names) -> anyhow::Result<()> {
    let head = [
        ("deal", view.label.clone()),
        (
            "amount",
            view.amount.map_or_else(missing, |money| money.to_string()),
        ),
        ("day", view.closed_on.to_string()),
        ("period", view.period.to_string()),
    ];
    output::print(&words::line("deal_if_won", &head))?;
    let rows: Vec<Vec<String>> = view
        .people
        .iter()
        .map(|one| {
            vec![
                names.shown(&one.person.to_string(), &one.name),
                one.before.to_string(),
                one.after.to_string(),
                one.difference.to_string(),
            ]
        })
        .collect();
    let columns = [
        Left("name"),
        Right("payout_before"),
        Right("payout_after"),
        Right("deal_pays"),
    ];
    if !rows.is_empty() {
        output::table(&columns, &rows)?;
    }
    for one in &view.people {
        let of_components = one.components.iter().flat_map(|part| &part.reasons);
        for reason in of_components.chain(&one.reasons) {
            let name = names.shown(&one.person.to_string(), &one.name);
            let said = [("name", name), ("reason", words::say(reason))];
            output::print(&words::line("deal_reason", &said))?;
        }
    }
    Ok(())
}

pub(super) async fn expected(args: ExpectedArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let person = match &args.person {
        Some(key) => Some(people::person_named(&app, key).await?),
        None => None,
    };
    let view = app
        .get_expected_earnings(GetExpectedEarnings {
            person,
            year: args.year.unwrap_or_else(|| SystemClock.today().year()),
            language: words::language(),
        })
        .await?;
    if context.json {
        return output::json(&view);
    }
    output::notes(&view.notes);
    show_expected(&view, &Names::of(&app).await?)
}

fn show_expected(view: &ExpectedEarnings, names: &Names) -> anyhow::Result<()> {
    let head = [
        ("name", names.shown(&view.person.to_string(), &view.name)),
        ("year", view.year.to_string()),
    ];
    output::print(&words::line("expected_head", &head))?;
    let rows: Vec<Vec<String>> = view
        .periods
        .iter()
        .map(|one| {
            let notes: Vec<String> = one.notes.iter().map(words::say).collect();
            vec![
                one.label.clone(),
                words::term("earnings_state", &one.state),
                major(one.so_far),
                major(one.expected),
                major(one.total),
                major(one.lower),
                major(one.upper),
                notes.join(" "),
            ]
        })
        .collect();
    let columns = [
        Left("period"),
        Left("state"),
        Right("so_far"),
        Right("expected"),
        Right("total"),
        Right("lower"),
        Right("upper"),
        Left("remarks"),
    ];
    output::table(&columns, &rows)?;
    let sums = [
        ("kept", view.kept.to_string()),
        ("so_far", view.so_far.to_string()),
        ("expected", view.expected.to_string()),
        ("total", view.total.to_string()),
    ];
    output::print(&words::line("expected_sum", &sums))?;
    if view.incomplete {
        output::print(&words::line("expected_incomplete", &[]))?;
    }
    Ok(())
}

pub(super) async fn what_if(args: WhatIfArgs, context: &Context) -> anyhow::Result<()> {
    let mut plans = vec![yeji_app::read_text(&args.plan)?];
    if let Some(path) = &args.beside {
        plans.push(yeji_app::read_text(path)?);
    }
    // Nothing is kept, but with --input everybody's goals and pay go to a file.
    let app = match &args.input {
        None => context.app(Access::Read).await?,
        Some(_) => context.app_to_export().await?,
    };
    let request = SimulateBonus {
        plans,
        from: args.from,
        to: args.to,
        budget: args.budget,
    };
    let document = args.input.as_deref().map(NewContent::open).transpose()?;
    let bar = output::Bar::new();
    let to_file = document.is_some();
    let run = app
        .simulate_bonus_with(request, to_file, &|step| bar.show(&step))
        .await;
    bar.finish();
    let run = run?;
    if let (Some(document), Some(input)) = (document, &run.input) {
        document.write(input)?;
    }
    if context.json {
        return output::json(&run.view);
    }
    output::notes(&run.view.notes);
    show_plans(&run.view)?;
    show_months(&run.view)?;
    show_tiers(&run.view)?;
    show_people(&run.view, &Names::of(&app).await?, args.people)
}

/// What stands at the head of a plan's column: its code, and which one where two have the same.
fn plan_heads(view: &WhatIf) -> Vec<String> {
    let plans = view.plans.iter().enumerate();
    plans
        .map(|(at, plan)| format!("{} {}", at + 1, plan.code))
        .collect()
}

fn show_plans(view: &WhatIf) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for (at, plan) in view.plans.iter().enumerate() {
        let share = plan.cost_of_sales.as_deref().map(percent).transpose()?;
        let against = at.checked_sub(1).and_then(|at| view.comparisons.get(at));
        let count = |of: fn(&yeji_app::api::bonus_if::WhatIfComparison) -> u32| {
            against.map_or_else(missing, |one| of(one).to_string())
        };
        rows.push(vec![
            format!("{} {}", at + 1, plan.code),
            named(&plan.name_zh, &plan.name_en),
            plan.total.clone(),
            against.map_or_else(missing, |one| one.difference.clone()),
            share.unwrap_or_else(missing),
            plan.budget_left.clone().unwrap_or_else(missing),
            count(|one| one.gain),
            count(|one| one.lose),
            count(|one| one.same),
        ]);
    }
    let columns = [
        Left("plan"),
        Left("name"),
        Right("total"),
        Right("against_first"),
        Right("cost_of_sales"),
        Right("budget_left"),
        Right("gain"),
        Right("lose"),
        Right("same"),
    ];
    output::table(&columns, &rows)
}

fn show_months(view: &WhatIf) -> anyhow::Result<()> {
    output::print("")?;
    let mut rows = Vec::new();
    for month in &view.months {
        for (head, cost) in plan_heads(view).into_iter().zip(&month.costs) {
            rows.push(vec![
                month.month.to_string(),
                head,
                cost.clone(),
                month.sales.clone(),
                month.budget.clone().unwrap_or_else(missing),
            ]);
        }
    }
    let columns = [
        Left("month"),
        Left("plan"),
        Right("cost"),
        Right("sales"),
        Right("budget"),
    ];
    output::table(&columns, &rows)
}

fn show_tiers(view: &WhatIf) -> anyhow::Result<()> {
    output::print("")?;
    let mut rows = Vec::new();
    for (head, plan) in plan_heads(view).into_iter().zip(&view.plans) {
        for component in &plan.components {
            for tier in &component.tiers {
                let number = tier
                    .number
                    .map_or_else(String::new, |number| number.to_string());
                let range = [tier.from.as_deref(), tier.to.as_deref()];
                rows.push(vec![
                    head.clone(),
                    named(&component.name_zh, &component.name_en),
                    format!("{} {number}", words::term("tier_place", &tier.place))
                        .trim_end()
                        .to_owned(),
                    range.into_iter().flatten().collect::<Vec<_>>().join(" – "),
                    tier.people.to_string(),
                    tier.statements.to_string(),
                    tier.amount.clone(),
                ]);
            }
        }
    }
    let columns = [
        Left("plan"),
        Left("component"),
        Left("tier"),
        Left("range"),
        Right("people"),
        Right("statements"),
        Right("amount"),
    ];
    output::table(&columns, &rows)
}

fn show_people(view: &WhatIf, names: &Names, most: usize) -> anyhow::Result<()> {
    if view.plans.len() < 2 || most == 0 {
        return Ok(());
    }
    output::print("")?;
    let mut rows = Vec::new();
    for one in view.people.iter().take(most) {
        let base = one.totals.first().cloned().unwrap_or_default();
        let others = one.totals.iter().skip(1).zip(&one.differences);
        for ((total, difference), head) in others.zip(plan_heads(view).into_iter().skip(1)) {
            rows.push(vec![
                names.shown(&one.person.to_string(), &one.name),
                head,
                base.clone(),
                total.clone(),
                difference.clone(),
            ]);
        }
    }
    let columns = [
        Left("name"),
        Left("plan"),
        Right("payout_first"),
        Right("payout"),
        Right("against_first"),
    ];
    output::table(&columns, &rows)?;
    let shown = view.people.len().min(most);
    let all = usize::try_from(view.people_count).unwrap_or(usize::MAX);
    if shown < all {
        let said = [("shown", shown.to_string()), ("all", all.to_string())];
        output::print(&words::line("people_shown", &said))?;
    }
    Ok(())
}
