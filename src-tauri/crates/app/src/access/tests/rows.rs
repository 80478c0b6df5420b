//! Which rows each role sees: own ones, the team's, everybody's.

use yeji_core::account::Role;
use yeji_core::ids::PersonId;
use yeji_core::metric::{GoalMetric, Metric};
use yeji_report::chart::Lang;

use super::House;
use crate::access::{AccessError, App, Right, Sight};
use crate::api::accounts::Policies;
use crate::api::bonus::{GetBonusRun, GetStatement, RunBonus};
use crate::api::forecast::{ForecastBy, GetForecast, GetLanding, LandingView};
use crate::api::goals::GetGoal;
use crate::api::kpi::{GetMetric, Grain, ListMetricRecords, MetricBy};
use crate::api::performance::{Dashboard, Drill, GetDashboard, GetKpi, Split, TileValue};
use crate::api::{NoArgs, Scope};
use crate::error::{Error, Result};

pub(super) fn q2() -> yeji_core::calendar::Period {
    "2026-Q2".parse().unwrap()
}

fn statement_of(person: PersonId) -> GetStatement {
    GetStatement {
        period: q2(),
        person,
        plan: None,
        preview: false,
    }
}

fn dashboard_of(unit: Option<yeji_core::ids::UnitId>) -> GetDashboard {
    GetDashboard {
        scope: Scope { unit, period: q2() },
        language: Lang::En,
    }
}

#[track_caller]
pub(super) fn missing<T: std::fmt::Debug>(result: Result<T>, right: Right) {
    match result {
        Err(Error::Access(AccessError::RightMissing { right: found, .. })) => {
            assert_eq!(found, right);
        }
        other => panic!("{right:?} is missing: {other:?}"),
    }
}

/// Whatever the metric and however it is split: nobody gets rows that they do not see elsewhere.
#[tokio::test]
async fn metrics_are_cut_to_what_is_seen() {
    let house = House::new().await;
    let desk = &house.desk;
    let period = q2();
    let ask = |metric: &str, by| GetMetric {
        metric: metric.to_owned(),
        by: Some(by),
        grain: None,
        from: period.start(),
        to: period.end(),
        unit: None,
        compare: None,
        filter: None,
    };
    house.act_as(Some(Role::Hr));
    let all = desk.list_metrics(NoArgs {}).await.unwrap();
    for metric in &all {
        let code = metric.code.as_str();
        house.act_as(Some(Role::Sales));
        let own = desk.get_metric(ask(code, MetricBy::Person)).await;
        if metric.measures.iter().any(|one| one.code == "cost_amount") {
            missing(own, Right::SeeTeamResults);
        } else {
            for row in own.unwrap().rows {
                assert_eq!(row.key, house.seller.to_string(), "{code}");
                let Some(drill) = row.cell.drill else {
                    continue;
                };
                for measure in row.cell.parts.into_keys() {
                    let list = ListMetricRecords {
                        drill: drill.clone(),
                        measure,
                        cursor: None,
                    };
                    let records = desk.list_metric_records(list).await.unwrap();
                    let hidden = records.rows.iter().all(|row| row.source.is_none());
                    assert!(hidden, "sources are for who sees imports");
                }
            }
        }
        let by_source = desk.get_metric(ask(code, MetricBy::Source)).await;
        missing(by_source, Right::SeeImports);
        house.act_as(Some(Role::Manager));
        let led = desk.get_metric(ask(code, MetricBy::Team)).await.unwrap();
        for row in led.rows {
            assert_eq!(row.key, house.team.to_string(), "{code}");
        }
        let other = GetMetric {
            unit: Some(house.other_team),
            ..ask(code, MetricBy::Team)
        };
        missing(desk.get_metric(other).await, Right::SeeAllResults);
    }
}

/// A sum of nothing would be taken for the unit's.
#[tokio::test]
async fn who_sees_own_results_is_refused_another_units() {
    let house = House::new().await;
    let desk = &house.desk;
    let organisation = desk.shared.store().unwrap().organisation().await.unwrap();
    let company = organisation.company().unwrap().id;
    house.act_as(Some(Role::Sales));
    for (unit, seen) in [
        (house.other_team, false),
        (house.team, true),
        (company, true),
    ] {
        let metric = GetMetric {
            metric: "won_amount".to_owned(),
            by: None,
            grain: None,
            from: q2().start(),
            to: q2().end(),
            unit: Some(unit),
            compare: None,
            filter: None,
        };
        let answers = [
            desk.get_metric(metric).await.map(drop),
            desk.get_dashboard(dashboard_of(Some(unit))).await.map(drop),
            desk.get_landing(landing_of(Some(unit))).await.map(drop),
        ];
        for answer in answers {
            if seen {
                answer.unwrap();
            } else {
                missing(answer, Right::SeeTeamResults);
            }
        }
    }
}

async fn with_run() -> House {
    let house = House::new().await;
    let run = RunBonus {
        period: q2(),
        plan: None,
        preview: false,
        people: None,
    };
    house.act_as(Some(Role::Hr));
    house.desk.run_bonus(run, &|_| ()).await.unwrap();
    house
}

#[tokio::test]
async fn a_salesperson_sees_own_pay_only() {
    let house = with_run().await;
    let whole = house.desk.get_bonus_run(GetBonusRun {
        period: q2(),
        plan: None,
    });
    let whole = whole.await.unwrap().unwrap();
    let own = house
        .desk
        .get_statement(statement_of(house.seller))
        .await
        .unwrap();
    house.act_as(Some(Role::Sales));
    let desk = &house.desk;
    for other in [house.colleague, house.stranger] {
        missing(
            desk.get_statement(statement_of(other)).await,
            Right::SeeAllPay,
        );
        let preview = GetStatement {
            preview: true,
            ..statement_of(other)
        };
        missing(desk.get_statement(preview).await, Right::SeeAllPay);
    }
    let seen = desk
        .get_statement(statement_of(house.seller))
        .await
        .unwrap();
    assert_eq!(seen.summary.payout, own.summary.payout);
    assert_eq!(
        seen.inputs_hash, own.inputs_hash,
        "the very statement that HR sees"
    );
    let preview = GetStatement {
        preview: true,
        ..statement_of(house.seller)
    };
    let preview = desk.get_statement(preview).await.unwrap();
    assert_eq!(
        preview.inputs_hash, own.inputs_hash,
        "made of the same input"
    );

    let run = desk
        .get_bonus_run(GetBonusRun {
            period: q2(),
            plan: None,
        })
        .await
        .unwrap()
        .unwrap();
    let people: Vec<PersonId> = run.statements.iter().map(|one| one.person).collect();
    assert_eq!(people, [house.seller]);
    assert_eq!(
        run.total, own.summary.payout,
        "no sum tells what others get"
    );
    assert!(whole.statements.len() > 1, "there were others to hide");
    let runs = desk.list_bonus_runs(NoArgs {}).await.unwrap().runs;
    assert_eq!(runs[0].total, own.summary.payout);
    let bonuses = desk.list_target_bonuses(NoArgs {}).await.unwrap();
    assert!(bonuses.iter().all(|row| row.person == house.seller));
}

#[tokio::test]
async fn a_manager_sees_the_teams_pay_only_if_the_policy_says_so() {
    let house = with_run().await;
    house.act_as(Some(Role::Manager));
    let desk = &house.desk;
    missing(
        desk.get_statement(statement_of(house.seller)).await,
        Right::SeeTeamPay,
    );
    assert!(
        desk.get_bonus_run(GetBonusRun {
            period: q2(),
            plan: None
        })
        .await
        .unwrap()
        .is_none()
    );
    house
        .allow(Policies {
            manager_sees_pay: true,
            board_amounts: false,
        })
        .await;
    for own in [house.seller, house.colleague] {
        desk.get_statement(statement_of(own)).await.unwrap();
    }
    missing(
        desk.get_statement(statement_of(house.stranger)).await,
        Right::SeeAllPay,
    );
    let run = desk
        .get_bonus_run(GetBonusRun {
            period: q2(),
            plan: None,
        })
        .await
        .unwrap()
        .unwrap();
    assert!(
        run.statements
            .iter()
            .any(|one| one.person == house.colleague)
    );
    assert!(
        run.statements
            .iter()
            .all(|one| one.person != house.stranger)
    );
    house.allow(Policies::default()).await;
    missing(
        desk.get_statement(statement_of(house.seller)).await,
        Right::SeeTeamPay,
    );
}

#[tokio::test]
async fn boards_rank_everybody_and_show_amounts_by_policy() {
    let house = House::new().await;
    house.act_as(Some(Role::Hr));
    let whole = house.desk.get_dashboard(dashboard_of(None)).await.unwrap();
    house.act_as(Some(Role::Sales));
    for board_amounts in [false, true] {
        let policies = Policies {
            board_amounts,
            manager_sees_pay: false,
        };
        house.allow(policies).await;
        let own = house.desk.get_dashboard(dashboard_of(None)).await.unwrap();
        let ranks = |board: &Dashboard| -> Vec<(u32, PersonId)> {
            let rows = board.leaderboard.iter();
            rows.map(|row| (row.rank, row.person)).collect()
        };
        assert_eq!(
            ranks(&own),
            ranks(&whole),
            "the places are the same for all"
        );
        for row in &own.leaderboard {
            let is_own = row.person == house.seller;
            assert_eq!(
                row.won_amount.is_some(),
                is_own || board_amounts,
                "{}",
                row.name
            );
            assert_eq!(
                row.drill.is_some(),
                is_own,
                "deals of others open for nobody"
            );
            assert!(is_own || row.goal.is_none() && row.attainment.is_none());
        }
    }
}

#[tokio::test]
async fn goals_and_deals_of_others_are_refused() {
    let house = House::new().await;
    let desk = &house.desk;
    house.act_as(Some(Role::Sales));
    let drill = Drill {
        person: Some(house.colleague),
        ..Drill::new("won_amount", None, q2())
    };
    missing(desk.list_records(drill).await, Right::SeeTeamResults);
    let tree = desk.get_goal(goal()).await.unwrap();
    let own = house.seller.to_string();
    assert!(!tree.nodes.is_empty());
    assert!(
        tree.nodes.iter().all(|node| node.unit == own),
        "no goal of a team or colleague"
    );
    assert!(tree.actuals.iter().all(|actual| actual.unit == own));

    house.act_as(Some(Role::Manager));
    let other = Some(house.other_team);
    missing(
        desk.get_dashboard(dashboard_of(other)).await,
        Right::SeeAllResults,
    );
    let drill = Drill::new("won_amount", other, q2());
    missing(desk.list_records(drill).await, Right::SeeAllResults);
    let kpi = GetKpi {
        metric: Metric::WonAmount,
        by: Split::Person,
        from: q2().start(),
        to: q2().end(),
        unit: other,
    };
    missing(desk.get_kpi(kpi).await, Right::SeeAllResults);
    let tree = desk.get_goal(goal()).await.unwrap();
    let team = house.team.to_string();
    let top: Vec<&str> = tree
        .nodes
        .iter()
        .filter(|node| node.parent_unit.is_none())
        .map(|node| node.unit.as_str())
        .collect();
    assert!(top.iter().all(|unit| *unit == team), "{top:?}");
    let named = |person: PersonId| {
        tree.nodes
            .iter()
            .any(|node| node.unit == person.to_string())
    };
    assert!(named(house.colleague) && !named(house.stranger));
}

fn goal() -> GetGoal {
    GetGoal {
        metric: GoalMetric::WonAmount,
        year: 2026,
    }
}

#[tokio::test]
async fn an_auditor_sees_what_hr_sees() {
    let house = with_run().await;
    let mut seen = Vec::new();
    for role in [Role::Hr, Role::Auditor] {
        house.act_as(Some(role));
        let dashboard = house.desk.get_dashboard(dashboard_of(None)).await.unwrap();
        let run = house
            .desk
            .get_bonus_run(GetBonusRun {
                period: q2(),
                plan: None,
            })
            .await
            .unwrap();
        let goals = house.desk.get_goal(goal()).await.unwrap();
        let bonuses = house.desk.list_target_bonuses(NoArgs {}).await.unwrap();
        seen.push(format!("{dashboard:?} {run:?} {goals:?} {bonuses:?}"));
    }
    assert_eq!(seen[0], seen[1]);
}

/// What people see by themselves makes the whole: nothing is seen twice, nothing by nobody.
#[tokio::test]
async fn own_parts_sum_to_the_company() {
    let house = House::new().await;
    house.act_as(Some(Role::Hr));
    let app = house.desk.admit(Right::Nothing).await.unwrap();
    let organisation = app.store().unwrap().organisation().await.unwrap();
    let people = organisation.people().map(|person| Sight::Person(person.id));
    let units = organisation.units().map(|unit| Sight::Units(vec![unit.id]));
    let whole = won(&app).await;
    assert!(whole > 0);
    for sights in [people.collect::<Vec<_>>(), units.collect()] {
        let mut sum = 0;
        for sight in sights {
            let own = App {
                sight,
                ..app.clone()
            };
            let dashboard = won(&own).await;
            let opened = own
                .list_records(Drill::new("won_amount", None, q2()))
                .await
                .unwrap();
            assert_eq!(dashboard, opened.sum.minor, "the tile opens its deals");
            sum += dashboard;
        }
        assert_eq!(sum, whole);
    }
}

async fn won(app: &App) -> i64 {
    let dashboard = app.get_dashboard(dashboard_of(None)).await.unwrap();
    match &dashboard.tiles[0].value {
        Some(TileValue::Money(money)) => money.minor,
        other => panic!("{other:?}"),
    }
}

fn landing_of(unit: Option<yeji_core::ids::UnitId>) -> GetLanding {
    GetLanding {
        grain: Grain::Quarter,
        as_of: None,
        unit,
        by: Some(ForecastBy::Person),
        language: Lang::En,
    }
}

/// The deals behind a landing are as secret as results are, and so is the forecast of another team.
#[tokio::test]
async fn forecasts_and_landings_are_cut_by_who_asks() {
    let house = House::new().await;
    let organisation = house.desk.get_organisation(NoArgs {}).await.unwrap();
    let name_of = |id: PersonId| {
        let person = organisation.people.iter().find(|one| one.id == id);
        person.unwrap().name.clone()
    };
    let forecast = |unit| GetForecast {
        metric: "won_amount".to_owned(),
        grain: Grain::Month,
        horizon: None,
        unit,
        by: Some(ForecastBy::Person),
        language: Lang::En,
    };
    house.act_as(Some(Role::Hr));
    let whole = house.desk.get_landing(landing_of(None)).await.unwrap();
    let team = house
        .desk
        .get_forecast(forecast(Some(house.team)))
        .await
        .unwrap();
    house.act_as(Some(Role::Sales));
    let own: LandingView = house.desk.get_landing(landing_of(None)).await.unwrap();
    let me = name_of(house.seller);
    assert!(
        own.deals.iter().all(|deal| deal.owner == me),
        "own deals only"
    );
    assert!(own.deal_count < whole.deal_count);
    assert_eq!(own.unit_name, me);
    let mine = house.desk.get_forecast(forecast(None)).await.unwrap();
    assert!(
        mine.rows
            .iter()
            .all(|row| row.key == house.seller.to_string())
    );
    house.act_as(Some(Role::Manager));
    missing(
        house
            .desk
            .get_landing(landing_of(Some(house.other_team)))
            .await,
        Right::SeeAllResults,
    );
    missing(
        house
            .desk
            .get_forecast(forecast(Some(house.other_team)))
            .await,
        Right::SeeAllResults,
    );
    let led = house
        .desk
        .get_forecast(forecast(Some(house.team)))
        .await
        .unwrap();
    assert_eq!(led.total.ahead, team.total.ahead, "the number that HR sees");
    let led = house.desk.get_landing(landing_of(None)).await.unwrap();
    assert!(led.deal_count < whole.deal_count);
}
