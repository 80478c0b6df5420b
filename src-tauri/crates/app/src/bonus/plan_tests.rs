//! Plans other than the built-in one, on the facts of a demo company.

use std::collections::BTreeSet;

use yeji_bonus::plan::Who;
use yeji_bonus::{CalculateInput, Event, Figure, Statement};
use yeji_core::calendar::Period;

use super::tests::always;
use super::*;
use crate::api::bonus::RunBonus;
use crate::api::bonus_people::GetBonusPlan;
use crate::demo::tests::demo_app;

/// The newest period of the plan in force that is over.
async fn last_period(app: &App) -> Period {
    let periods = app.list_bonus_runs(NoArgs {}).await.unwrap().periods;
    let today = app.clock.today();
    let over = |period: &Period| period.end() <= today;
    periods.into_iter().find(over).unwrap()
}

#[tokio::test]
async fn every_template_runs_and_can_be_recomputed() {
    let (_folder, app) = demo_app().await;
    for template in app.list_bonus_templates(NoArgs {}).await.unwrap() {
        let view = app.save_bonus_plan(always(template.plan)).await.unwrap();
        let grave = view.problems.iter().any(|one| one.severity != "hint");
        assert!(!grave, "{}: {:?}", template.code, view.problems);
        assert!(!view.curves.is_empty(), "{}", template.code);
        let ask = RunBonus {
            period: last_period(&app).await,
            plan: None,
            preview: true,
            people: None,
        };
        let made = app.run_bonus_with(ask, None, false, &|_| ()).await.unwrap();
        assert!(!made.output.statements.is_empty(), "{}", template.code);
        let input: CalculateInput = serde_json::from_slice(&made.input).unwrap();
        let again = yeji_bonus::calculate(&input).unwrap();
        assert_eq!(again, made.output, "{}", template.code);
        if template.code != "quarterly-objectives" {
            let earns = |one: &Statement| one.payout.minor != 0 || one.blocked;
            assert!(
                made.output.statements.iter().any(earns),
                "{}",
                template.code
            );
        }
    }
}

#[tokio::test]
async fn what_is_credited_is_what_was_made() {
    let (_folder, app) = demo_app().await;
    let plan = app.get_bonus_plan(GetBonusPlan::default()).await.unwrap();
    let periods = app.list_bonus_runs(NoArgs {}).await.unwrap().periods;
    let (mut shared, mut refunded) = (false, false);
    for period in periods {
        let ask = RunBonus {
            period,
            plan: None,
            preview: true,
            people: None,
        };
        let made = app
            .run_bonus_with(ask, Some(&plan.plan), false, &|_| ())
            .await
            .unwrap();
        let input: CalculateInput = serde_json::from_slice(&made.input).unwrap();
        assert_eq!(input.plan.components[0].credit.who, Who::Owners);
        let closings: Vec<_> = input
            .facts
            .iter()
            .filter(|fact| fact.kind == Event::Closing && period.contains(fact.on))
            .collect();
        let won: i64 = closings.iter().map(|fact| fact.amount.minor).sum();
        let ids: BTreeSet<&str> = closings.iter().map(|fact| fact.id.as_str()).collect();
        // Refunds take from the deals of the period, whenever they came.
        let takes_back =
            |fact: &&yeji_bonus::FactInput| fact.refunds.iter().any(|id| ids.contains(id.as_str()));
        let refunds = input.facts.iter().filter(takes_back);
        let back: i64 = refunds.map(|fact| fact.amount.minor).sum();
        let credited: i64 = made
            .output
            .statements
            .iter()
            .flat_map(|one| &one.components[0].counted)
            .map(|fact| match fact.credited {
                Figure::Money(money) => money.minor,
                Figure::Number(_) => 0,
            })
            .sum();
        assert_eq!(credited, won + back, "{period}");
        shared |= closings.iter().any(|fact| fact.credits.len() > 1);
        refunded |= back < 0;
    }
    assert!(
        shared && refunded,
        "the demo company has both: {shared}, {refunded}"
    );
}

#[tokio::test]
async fn a_plan_asks_for_kpis_that_there_are() {
    let (_folder, app) = demo_app().await;
    let document = |kpi: &str| {
        yeji_bonus::ATTAINMENT_BANDS.replace(
            "measure = { kind = \"facts\" }",
            &format!("measure = {{ kind = \"facts\" }}\ngates = [{{ when = \"{kpi} >= 10%\" }}]"),
        )
    };
    let refused = app.save_bonus_plan(always(document("no_such_kpi"))).await;
    assert_eq!(refused.unwrap_err().code(), "not_found");
    let plan = always(document("win_rate"));
    app.save_bonus_plan(plan).await.unwrap();
    let ask = RunBonus {
        period: last_period(&app).await,
        plan: None,
        preview: true,
        people: None,
    };
    let made = app.run_bonus_with(ask, None, false, &|_| ()).await.unwrap();
    let input: CalculateInput = serde_json::from_slice(&made.input).unwrap();
    let asked = |one: &yeji_bonus::PersonInput| one.kpis.iter().any(|kpi| kpi.value.is_some());
    assert!(
        input.people.iter().any(asked),
        "values of the KPI are there"
    );
    let wrong_kind = RunBonus {
        period: Period::year(2025).unwrap(),
        plan: None,
        preview: true,
        people: None,
    };
    let refused = app.run_bonus_with(wrong_kind, None, false, &|_| ()).await;
    assert_eq!(refused.unwrap_err().code(), "wrong_period");
}

#[tokio::test]
async fn a_plan_with_an_unknown_goal_or_a_foreign_amount_is_not_kept() {
    let (_folder, app) = demo_app().await;
    let plan = |goal: &str, currency: &str| {
        format!(
            r#"schema = 2
code = "x"
period = "quarter"
name = {{ zh = "x", en = "x" }}
[[components]]
code = "a"
name = {{ zh = "a", en = "a" }}
measure = {{ kind = "facts", goal = "{goal}" }}
[components.rate]
tiers = [{{ from = "0%", pay = {{ kind = "fixed", amount = {{ amount = "10.00", currency = "{currency}" }} }} }}]
"#
        )
    };
    let save = async |text: String| app.save_bonus_plan(always(text)).await.map(|_| ());
    let unknown = save(plan("nonsense", "CNY")).await.unwrap_err();
    assert!(unknown.params().values().any(|value| value == "nonsense"));
    let foreign = save(plan("won_amount", "USD")).await.unwrap_err();
    assert!(foreign.params().values().any(|value| value == "USD"));
    save(plan("won_amount", "CNY")).await.unwrap();
}
