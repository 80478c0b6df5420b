//! A personal file shows what the same person sees in the company's store.

use std::fmt::Debug;

use serde::Serialize;
use yeji_core::account::Role;
use yeji_core::ids::{AccountId, PersonId, UnitId};
use yeji_core::metric::{GoalMetric, Metric};
use yeji_report::chart::Lang;

use super::{Company, open};
use crate::Desk;
use crate::access::AccessError;
use crate::api::accounts::Policies;
use crate::api::bonus::{GetBonusRun, GetStatement};
use crate::api::bonus_people::GetBonusPlan;
use crate::api::goals::{GetGoal, GetGoalWeeks, GetGoalYears};
use crate::api::kpi::{Comparison, GetMetric, Grain, MetricBy};
use crate::api::performance::{GetDashboard, GetKpi, Split};
use crate::api::scorecards::{GetKpiGoal, GetScorecardResult, ListKpiGoals};
use crate::api::{NoArgs, Scope};
use crate::error::Result;

/// Everything that a role's pages ask for, as text, with the question.
async fn all_that_is_shown(desk: &Desk, person: PersonId, units: &[UnitId]) -> Vec<String> {
    let mut shown = Vec::new();
    let organisation = desk.get_organisation(NoArgs {}).await;
    say(&mut shown, "organisation", organisation);
    say(
        &mut shown,
        "goal years",
        desk.get_goal_years(GetGoalYears::default()).await,
    );
    say(
        &mut shown,
        "plan",
        desk.get_bonus_plan(GetBonusPlan::default()).await,
    );
    say(
        &mut shown,
        "targets",
        desk.list_target_bonuses(NoArgs {}).await,
    );
    say(&mut shown, "runs", desk.list_bonus_runs(NoArgs {}).await);
    let mut scopes: Vec<Option<UnitId>> = units.iter().copied().map(Some).collect();
    scopes.push(None);
    for unit in scopes {
        // With data, before it, in the running quarter, after it; every kind of period.
        for key in [
            "2026",
            "2025",
            "2026-Q2",
            "2026-Q1",
            "2026-Q3",
            "2026-05",
            "2026-W20",
            "2026-05/W20",
            "2023",
            "2028-Q1",
        ] {
            let period = key.parse().unwrap();
            let ask = GetDashboard {
                scope: Scope { unit, period },
                language: Lang::En,
            };
            let dashboard = desk.get_dashboard(ask).await;
            let drills = dashboard.as_ref().map_or_else(
                |_| Vec::new(),
                |dashboard| {
                    dashboard
                        .tiles
                        .iter()
                        .map(|tile| tile.drill.clone())
                        .collect()
                },
            );
            say(&mut shown, &format!("dashboard {unit:?} {key}"), dashboard);
            for drill in drills {
                let what = format!("records {unit:?} {key} {}", drill.figure);
                say(&mut shown, &what, desk.list_records(drill).await);
            }
        }
        for metric in Metric::ALL {
            for by in [
                Split::Week,
                Split::Month,
                Split::Quarter,
                Split::Person,
                Split::Team,
                Split::CustomerType,
            ] {
                let ask = GetKpi {
                    metric,
                    by,
                    from: "2025-01-01".parse().unwrap(),
                    to: "2026-07-01".parse().unwrap(),
                    unit,
                };
                say(
                    &mut shown,
                    &format!("kpi {unit:?} {metric:?} {by:?}"),
                    desk.get_kpi(ask).await,
                );
            }
        }
    }
    for metric in [
        "won_amount",
        "win_rate",
        "average_deal",
        "attainment",
        "cycle_length",
    ] {
        for by in [
            None,
            Some(MetricBy::Person),
            Some(MetricBy::Team),
            Some(MetricBy::CustomerType),
            Some(MetricBy::Product),
        ] {
            let ask = GetMetric {
                metric: metric.to_owned(),
                by,
                grain: Some(Grain::Quarter),
                from: "2025-01-01".parse().unwrap(),
                to: "2027-01-01".parse().unwrap(),
                unit: None,
                compare: Some(Comparison::LastYear),
                filter: None,
            };
            let what = format!("metric {metric} {by:?}");
            say(&mut shown, &what, desk.get_metric(ask).await);
        }
    }
    for key in ["2026", "2026-Q2", "2026-06", "2025-Q4", "2024"] {
        let period = key.parse().unwrap();
        let ask = GetScorecardResult {
            period,
            unit: None,
            person: None,
            people: true,
            language: Lang::En,
        };
        let result = desk.get_scorecard_result(ask).await;
        say(&mut shown, &format!("scorecard {key}"), result);
        for metric in ["win_rate", "cycle_length", "receipts"] {
            let ask = GetKpiGoal {
                metric: metric.to_owned(),
                unit: None,
                person: None,
                period,
            };
            let what = format!("goal {metric} {key}");
            say(&mut shown, &what, desk.get_kpi_goal(ask).await);
        }
    }
    let goals = desk.list_kpi_goals(ListKpiGoals::default()).await;
    say(&mut shown, "goals of KPIs", goals);
    for year in [2024, 2025, 2026, 2027] {
        let metric = GoalMetric::WonAmount;
        say(
            &mut shown,
            &format!("goal {year}"),
            desk.get_goal(GetGoal { metric, year }).await,
        );
        let unit = person.to_string();
        let weeks = desk
            .get_goal_weeks(GetGoalWeeks { metric, year, unit })
            .await;
        say(&mut shown, &format!("weeks {year}"), weeks);
    }
    for key in ["2026-Q2", "2026-Q1", "2025-Q4"] {
        let period = key.parse().unwrap();
        say(
            &mut shown,
            &format!("run {key}"),
            desk.get_bonus_run(GetBonusRun { period, plan: None }).await,
        );
        let ask = GetStatement {
            period,
            person,
            plan: None,
            preview: false,
        };
        let statement = desk.get_statement(ask).await.map(|mut statement| {
            // The chain is each store's own.
            statement.audit_head = None;
            // A shared deal of somebody else's is not in the file: it counts, and cannot be opened there.
            let facts = statement.components.iter_mut();
            for fact in facts.flat_map(|one| &mut one.counted) {
                fact.deal = None;
            }
            if key == "2025-Q4" {
                // Calculated now: the payout is the same, the hash is over the own part of the input.
                statement.inputs_hash.clear();
            }
            statement
        });
        say(&mut shown, &format!("statement {key}"), statement);
    }
    shown
}

fn say<T: Serialize + Debug>(shown: &mut Vec<String>, what: &str, answer: Result<T>) {
    let answer = match answer {
        Ok(answer) => serde_json::to_string(&answer).unwrap(),
        // A file names what it does not hold in other words; the right is the same.
        Err(error) => {
            let code = error.code().replace("_in_file", "");
            format!("{code} {:?}", error.params())
        }
    };
    shown.push(format!("{what}: {answer}"));
}

/// The same questions in both stores.
async fn check_same(company: &Company, (person, account): (PersonId, AccountId), name: &str) {
    let file = company.export(person, name).await;
    let laptop = open(&file).await;
    company.act_as(account);
    let units: Vec<UnitId> = {
        let units = company
            .desk
            .get_organisation(NoArgs {})
            .await
            .unwrap()
            .units;
        units.iter().map(|unit| unit.id).collect()
    };
    let expected = all_that_is_shown(&company.desk, person, &units).await;
    let found = all_that_is_shown(&laptop.desk, person, &units).await;
    assert_eq!(expected.len(), found.len());
    for (expected, found) in expected.iter().zip(&found) {
        assert_eq!(
            expected, found,
            "the personal file shows what the company's store shows them"
        );
    }
    let some = found
        .iter()
        .filter(|line| line.contains("\"won_amount\""))
        .count();
    assert!(some > 20, "the questions are answered, not refused");
}

#[tokio::test]
async fn a_salesperson_sees_the_same_figures() {
    let company = Company::new().await;
    check_same(&company, company.seller, "a.yejipersonal").await;
    let open_boards = Policies {
        manager_sees_pay: false,
        board_amounts: true,
    };
    company.allow(open_boards).await;
    check_same(&company, company.seller, "b.yejipersonal").await;
}

#[tokio::test]
async fn a_manager_sees_the_same_figures() {
    let company = Company::new().await;
    check_same(&company, company.leader, "a.yejipersonal").await;
    let with_pay = Policies {
        manager_sees_pay: true,
        board_amounts: false,
    };
    company.allow(with_pay).await;
    check_same(&company, company.leader, "b.yejipersonal").await;
}

/// Nobody signs in, and nobody becomes HR: the file has one user, with that role's rights and the keeping
/// of the own file.
#[tokio::test]
async fn the_file_belongs_to_its_person() {
    let company = Company::new().await;
    let file = company.export(company.seller.0, "a.yejipersonal").await;
    let laptop = open(&file).await;
    let status = laptop.desk.get_status(NoArgs {}).await.unwrap();
    let signed_in = status.signed_in.unwrap();
    assert_eq!(signed_in.role, Role::Sales);
    assert_eq!(signed_in.person, Some(company.seller.0));
    let personal = status.personal.unwrap();
    assert_eq!(personal.person, company.seller.0);
    assert_eq!(personal.on.to_string(), super::TODAY);
    laptop.desk.get_key_state(NoArgs {}).await.unwrap();
    assert!(laptop.desk.verify_store(NoArgs {}).await.unwrap().ok);
    for refused in [
        laptop.desk.list_accounts(NoArgs {}).await.err(),
        laptop.desk.list_personal_files(NoArgs {}).await.err(),
        laptop.desk.list_batches(NoArgs {}).await.err(),
    ] {
        let refused = refused.expect("the role's right is missing");
        assert!(
            matches!(
                refused,
                crate::Error::Access(AccessError::RightMissing { .. })
            ),
            "{refused}"
        );
    }
    let owner = laptop.desk.get_statement(GetStatement {
        period: "2026-Q2".parse().unwrap(),
        person: company.stranger.0,
        plan: None,
        preview: false,
    });
    let code = owner.await.unwrap_err().code();
    assert_eq!(code, "right_missing_in_file", "nobody signs in to a file");
    company.act_as(company.hr);
    let status = company.desk.get_status(NoArgs {}).await.unwrap();
    assert!(
        status.personal.is_none(),
        "the company's store is nobody's file"
    );
}

/// Chances are learned from all deals of the company, which are not in the file: the landing must say that it
/// may be another number.
#[tokio::test]
async fn a_landing_says_that_the_company_may_say_another_number() {
    let company = Company::new().await;
    let ask = || crate::api::forecast::GetLanding {
        grain: Grain::Quarter,
        as_of: None,
        unit: None,
        by: None,
        language: Lang::En,
    };
    for ((person, account), name) in [(company.seller, "a"), (company.leader, "b")] {
        let file = company
            .export(person, &format!("{name}.yejipersonal"))
            .await;
        let laptop = open(&file).await;
        let there = laptop.desk.get_landing(ask()).await.unwrap();
        company.act_as(account);
        let here = company.desk.get_landing(ask()).await.unwrap();
        let is_said = |notes: &[crate::api::Message]| {
            notes
                .iter()
                .any(|note| note.code == "landing_personal_file")
        };
        assert!(is_said(&there.notes) && !is_said(&here.notes));
        let won = |view: crate::api::forecast::LandingView| view.total.map(|total| total.won);
        assert_eq!(won(there), won(here), "what is won is the same");
        company.act_as(company.hr);
    }
}
