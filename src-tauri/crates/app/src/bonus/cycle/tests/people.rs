//! Who may, runs of some people, adjustments by hand, and pay that waits.

use yeji_core::Money;
use yeji_core::account::Role;
use yeji_core::bonus_cycle::Decision;
use yeji_core::calendar::Period;
use yeji_core::ids::PersonId;
use yeji_core::org::MemberRole;

use super::{House, q, refused};
use crate::access::{AccessError, PaySight, Right, led_units};
use crate::api::NoArgs;
use crate::api::accounts::{AddAccount, Password, ResetPassword};
use crate::api::bonus::{GetStatement, RunBonus};
use crate::api::bonus_cycle::{
    AddBonusAdjustment, AdjustmentRow, CycleAction, DecideBonusAdjustments, StepBonusCycle,
};
use crate::bonus::CycleError;
use crate::bonus::cycle::error::against;
use crate::bonus::cycle::people::teams;
use crate::bonus::cycle::review::PersonPay;
use crate::bonus::versions::last_day;
use crate::error::{Error, Result};
use crate::organisation::present_team;

impl House {
    async fn add(&self, person: PersonId, period: Period, minor: i64) -> Result<AdjustmentRow> {
        let currency = self.app().await.currency().await.unwrap();
        let args = AddBonusAdjustment {
            person,
            period,
            plan: None,
            amount: Money::new(minor, currency),
            reason: "a fair share".to_owned(),
        };
        self.desk.add_bonus_adjustment(args).await
    }

    async fn decide_on(&self, row: &AdjustmentRow, decision: Decision) -> Result<()> {
        let args = DecideBonusAdjustments {
            adjustments: vec![row.id],
            decision,
            reason: None,
        };
        self.desk.decide_bonus_adjustments(args).await.map(drop)
    }
}

#[tokio::test]
async fn a_manager_approves_the_own_team_and_sees_its_sum_only() {
    let house = House::new().await;
    let app = house.app().await;
    let organisation = app.store().unwrap().organisation().await.unwrap();
    let today = app.clock.today();
    let stays = organisation.memberships().iter();
    let mut leads = stays.filter(|stay| {
        stay.role == MemberRole::Manager
            && stay.from <= today
            && today < stay.to
            && organisation.children(stay.unit).is_empty()
    });
    let (leader, team) = leads.next().map(|stay| (stay.person, stay.unit)).unwrap();
    house.paid(q(1)).await;
    house.act(house.anna);
    house.run(q(2)).await.unwrap();
    let hold = house.blocked(q(2)).await;
    let submitted = house.step_with(q(2), CycleAction::Submit, |step| StepBonusCycle {
        hold,
        ..step
    });
    let of_hr = submitted.await.unwrap();
    let rows = house.desk.add_account(AddAccount {
        name: "leader".to_owned(),
        role: Role::Manager,
        person: Some(leader),
        password: Password("correct horse".to_owned()),
    });
    let rows = rows.await.unwrap();
    house.act(rows.iter().find(|row| row.name == "leader").unwrap().id);

    let seen = house.cycle(q(2)).await;
    let led = led_units(&organisation, leader, today);
    assert!(!seen.teams.is_empty());
    assert!(seen.teams.iter().all(|one| led.contains(&one.unit)));
    let of = |teams: &[crate::api::bonus_cycle::TeamApproval]| {
        let own = teams.iter().find(|one| one.unit == team).unwrap();
        (own.total, own.people)
    };
    assert_eq!(of(&seen.teams), of(&of_hr.teams));
    assert!(
        seen.anomalies.iter().all(|one| one.person == leader),
        "no single pay"
    );
    assert_eq!(seen.can, [CycleAction::ApproveTeam]);
    let other = of_hr
        .teams
        .iter()
        .find(|one| !led.contains(&one.unit))
        .unwrap();
    let unit = Some(other.unit);
    let foreign = house.step_with(q(2), CycleAction::ApproveTeam, |step| StepBonusCycle {
        unit,
        ..step
    });
    assert!(matches!(
        foreign.await.unwrap_err(),
        Error::Access(AccessError::RightMissing {
            right: Right::RunBonus,
            ..
        })
    ));
    assert!(seen.teams.iter().all(|one| !one.in_place));
    let own = house.step_with(q(2), CycleAction::ApproveTeam, |step| StepBonusCycle {
        unit: Some(team),
        reason: None,
        ..step
    });
    let after = own.await.unwrap();
    let own = after.teams.iter().find(|one| one.unit == team).unwrap();
    assert_eq!(own.approved_by.as_deref(), Some("leader"));
    let as_hr = house.step(q(2), CycleAction::ApproveHr).await.unwrap_err();
    assert!(matches!(
        as_hr,
        Error::Access(AccessError::RightMissing { .. })
    ));
}

#[tokio::test]
async fn a_sum_of_few_people_is_not_told_to_whom_their_pay_is_not() {
    let house = House::new().await;
    let app = house.app().await;
    let organisation = app.store().unwrap().organisation().await.unwrap();
    let run = house.run(q(1)).await.unwrap();
    let cycle = app.cycle(q(1), None).await.unwrap();
    let reviewed = app.reviewed(&cycle, cycle.run().unwrap()).await.unwrap();
    let all = PaySight::Everybody;
    let whole = teams(&organisation, q(1), &reviewed.people, &cycle.standing, &all).unwrap();
    let largest = whole.iter().max_by_key(|team| team.people).unwrap();
    assert!(largest.people >= 4, "a manager and three others");
    let in_team = |person| {
        let unit = present_team(&organisation, person, last_day(q(1)));
        unit.is_some_and(|unit| unit.id == largest.unit)
    };
    let mut members = run.statements.iter().filter(|one| in_team(one.person));
    let own = members.next().unwrap().person;
    let others: Vec<PersonId> = members.map(|one| one.person).collect();
    let seen = PaySight::People([own].into());
    for count in 0..=4.min(others.len()) {
        let shown = [&[own], &others[..count]].concat();
        let people = reviewed.people.iter();
        let people = people.filter(|one| shown.contains(&one.person));
        let people: Vec<PersonPay> = people.cloned().collect();
        let told = teams(&organisation, q(1), &people, &cycle.standing, &seen).unwrap();
        let sum = people.iter().map(|one| one.payout.minor).sum();
        let expected = (count == 0 || count >= 3).then_some(sum);
        let found = told[0].total.map(|total| total.minor);
        assert_eq!(found, expected, "beside the own pay that of {count}");
    }
}

#[tokio::test]
async fn a_manager_is_told_that_a_unit_is_too_small_for_its_sum() {
    let house = House::new().await;
    let app = house.app().await;
    let organisation = app.store().unwrap().organisation().await.unwrap();
    let today = app.clock.today();
    let run = house.run(q(1)).await.unwrap();
    let of = |unit| {
        let people = run.statements.iter().map(|one| one.person);
        let inside = |person: &PersonId| {
            let team = present_team(&organisation, *person, last_day(q(1)));
            team.is_some_and(|team| team.id == unit)
        };
        people.filter(inside).collect::<Vec<PersonId>>()
    };
    let mut leads = organisation.memberships().iter().filter(|stay| {
        stay.role == MemberRole::Manager
            && stay.from <= today
            && today < stay.to
            && of(stay.unit).len() > 3
    });
    let stay = leads.next().unwrap();
    // One is paid, the pay of the others waits.
    let paid = of(stay.unit)
        .into_iter()
        .find(|one| *one != stay.person)
        .unwrap();
    let mut hold = house.blocked(q(1)).await;
    assert!(!hold.contains(&paid));
    hold.extend(of(stay.unit).into_iter().filter(|one| *one != paid));
    let submitted = house.step_with(q(1), CycleAction::Submit, |step| StepBonusCycle {
        hold,
        ..step
    });
    let of_hr = submitted.await.unwrap();
    assert!(of_hr.notes.is_empty());
    let rows = house.desk.add_account(AddAccount {
        name: "leader".to_owned(),
        role: Role::Manager,
        person: Some(stay.person),
        password: Password("correct horse".to_owned()),
    });
    let rows = rows.await.unwrap();
    house.act(rows.iter().find(|row| row.name == "leader").unwrap().id);
    let seen = house.cycle(q(1)).await;
    let team = |cycle: &crate::api::bonus_cycle::BonusCycle| {
        let mut teams = cycle.teams.iter();
        teams.find(|one| one.unit == stay.unit).unwrap().total
    };
    assert!(team(&of_hr).is_some());
    assert_eq!(team(&seen), None);
    let note = seen
        .notes
        .iter()
        .find(|note| note.code == "bonus_team_too_small");
    let name = organisation.unit(stay.unit).unwrap().name.as_str();
    assert!(note.unwrap().params["names"].contains(name));
}

#[tokio::test]
async fn who_leads_a_unit_approves_it_without_a_reason_also_as_hr() {
    let house = House::new().await;
    let app = house.app().await;
    let organisation = app.store().unwrap().organisation().await.unwrap();
    let today = app.clock.today();
    house.run(q(1)).await.unwrap();
    let hold = house.blocked(q(1)).await;
    let submitted = house.step_with(q(1), CycleAction::Submit, |step| StepBonusCycle {
        hold,
        ..step
    });
    let teams = submitted.await.unwrap().teams;
    assert!(teams.iter().all(|team| team.in_place), "anna leads none");
    let mut stays = organisation.memberships().iter();
    let leads = stays.find(|stay| {
        let paid = teams.iter().any(|team| team.unit == stay.unit);
        stay.role == MemberRole::Manager && stay.from <= today && today < stay.to && paid
    });
    let leads = leads.unwrap();
    let rows = house.desk.add_account(AddAccount {
        name: "carl".to_owned(),
        role: Role::Hr,
        person: Some(leads.person),
        password: Password("correct horse".to_owned()),
    });
    let rows = rows.await.unwrap();
    house.act(rows.iter().find(|row| row.name == "carl").unwrap().id);
    let seen = house.cycle(q(1)).await;
    let own = seen.teams.iter().find(|team| team.unit == leads.unit);
    assert!(!own.unwrap().in_place);
    let other = seen.teams.iter().find(|team| team.in_place).unwrap().unit;
    let approve = |unit| {
        house.step_with(q(1), CycleAction::ApproveTeam, move |step| StepBonusCycle {
            unit: Some(unit),
            reason: None,
            ..step
        })
    };
    approve(leads.unit).await.expect("the own unit");
    let instead = refused(approve(other).await);
    assert!(matches!(instead, CycleError::ReasonNeeded { .. }));
}

#[tokio::test]
async fn lines_of_several_periods_are_decided_and_recorded_by_period() {
    let house = House::new().await;
    let run = house.run(q(1)).await.unwrap();
    let person = run.statements[0].person;
    let first = house.add(person, q(1), 1_00).await.unwrap();
    let second = house.add(person, q(2), 2_00).await.unwrap();
    house.act(house.bert);
    let args = DecideBonusAdjustments {
        adjustments: vec![second.id, first.id, second.id],
        decision: Decision::Approved,
        reason: None,
    };
    let decided = house.desk.decide_bonus_adjustments(args).await.unwrap();
    let decided: Vec<_> = decided.iter().map(|row| row.id).collect();
    assert_eq!(decided, [second.id, first.id], "each once");
    let app = house.app().await;
    let page = app.store().unwrap().audit_entries(None, 1).await.unwrap();
    let detail = &page.rows[0].detail;
    assert_eq!(detail["period"], "2026-Q1, 2026-Q2");
    assert_eq!(detail["amount"], "3.00");
    let amounts: Vec<&str> = detail["periods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["amount"].as_str().unwrap())
        .collect();
    assert_eq!(amounts, ["1.00", "2.00"]);
}

#[test]
fn only_a_refusal_stands_against_a_step() {
    let refusal = against(Err(CycleError::Zero.into())).unwrap();
    assert_eq!(refusal, Some(CycleError::Zero));
    assert_eq!(against(Ok(())).unwrap(), None);
    assert!(against(Err(Error::Cancelled)).is_err(), "it is not known");
}

#[tokio::test]
async fn a_run_of_some_people_is_shown_and_never_handed_in() {
    let house = House::new().await;
    let whole = house.run(q(1)).await.unwrap();
    let person = whole.statements[0].person;
    let some = house.desk.run_bonus(
        RunBonus {
            period: q(1),
            preview: false,
            people: Some(vec![person]),
            plan: None,
        },
        &|_| (),
    );
    let some = some.await.unwrap();
    assert_eq!(some.statements.len(), 1);
    assert_eq!(some.total, some.statements[0].payout);
    assert_eq!(
        some.inputs_hash, whole.inputs_hash,
        "the facts of everybody"
    );
    assert_eq!(house.cycle(q(1)).await.run, whole.id);
    let runs = house.desk.list_bonus_runs(NoArgs {}).await.unwrap().runs;
    let people: Vec<Option<u32>> = runs.iter().map(|run| run.people).collect();
    assert_eq!(people, [Some(1), None]);
    let stranger = RunBonus {
        period: q(1),
        preview: true,
        people: Some(vec![PersonId(uuid::Uuid::nil())]),
        plan: None,
    };
    let unknown = house.desk.run_bonus(stranger, &|_| ()).await.unwrap_err();
    assert!(matches!(
        unknown,
        Error::NotFound {
            what: "statement",
            ..
        }
    ));
}

#[tokio::test]
async fn an_adjustment_is_paid_when_a_second_person_has_approved_it() {
    let house = House::new().await;
    let before = house.run(q(1)).await.unwrap();
    let (person, payout) = (before.statements[0].person, before.statements[0].payout);
    let row = house.add(person, q(1), 50_00).await.unwrap();
    assert_eq!(
        (row.state.as_str(), row.may_decide, row.may_withdraw),
        ("waiting", false, true)
    );
    let alone = refused(house.decide_on(&row, Decision::Approved).await);
    assert_eq!(
        alone,
        CycleError::SecondPerson {
            name: "anna".to_owned()
        }
    );

    let run = house.run(q(1)).await.unwrap();
    let of = |run: &crate::api::bonus::BonusRun| {
        run.statements
            .iter()
            .find(|one| one.person == person)
            .unwrap()
            .payout
    };
    assert_eq!(of(&run), payout, "it waits");
    let ask = GetStatement {
        period: q(1),
        person,
        preview: false,
        plan: None,
    };
    let shown = house.desk.get_statement(ask).await.unwrap();
    assert_eq!(shown.adjustments.len(), 1);
    assert!(!shown.adjustments[0].paid);
    let submit = refused(house.step(q(1), CycleAction::Submit).await);
    assert!(matches!(
        submit,
        CycleError::AdjustmentsWait { count: 1, .. }
    ));

    house.act(house.bert);
    let withdrawn = refused(house.decide_on(&row, Decision::Withdrawn).await);
    assert_eq!(
        withdrawn,
        CycleError::NotAuthor {
            name: "anna".to_owned()
        }
    );
    house.decide_on(&row, Decision::Approved).await.unwrap();
    assert_eq!(house.audited().await, "bonus.adjust_approved");
    let again = refused(house.decide_on(&row, Decision::Refused).await);
    assert!(matches!(again, CycleError::Decided { .. }));
    let run = house.run(q(1)).await.unwrap();
    assert_eq!(of(&run).minor, payout.minor + 50_00);
}

#[tokio::test]
async fn several_adjustments_are_decided_all_or_none() {
    let house = House::new().await;
    let run = house.run(q(1)).await.unwrap();
    let person = run.statements[0].person;
    let one = house.add(person, q(1), 1_00).await.unwrap();
    house.act(house.bert);
    let own = house.add(person, q(1), 2_00).await.unwrap();
    let args = DecideBonusAdjustments {
        adjustments: vec![one.id, own.id],
        decision: Decision::Approved,
        reason: None,
    };
    refused(house.desk.decide_bonus_adjustments(args).await);
    house
        .decide_on(&one, Decision::Refused)
        .await
        .expect("it still waits");
}

#[tokio::test]
async fn nothing_is_adjusted_in_a_period_that_was_handed_in() {
    let house = House::new().await;
    house.paid(q(1)).await;
    let person = *house.payouts(q(1)).await.keys().next().unwrap();
    let late = refused(house.add(person, q(1), 1_00).await);
    assert!(matches!(late, CycleError::Frozen { .. }));
    house
        .add(person, q(3), 1_00)
        .await
        .expect("the next one is open");
}

#[tokio::test]
async fn who_has_left_gets_a_statement_of_adjustments_alone() {
    let house = House::new().await;
    let app = house.app().await;
    let organisation = app.store().unwrap().organisation().await.unwrap();
    let paid = house.run(q(2)).await.unwrap();
    let known: Vec<PersonId> = paid.statements.iter().map(|one| one.person).collect();
    let Some(gone) = organisation.people().find(|one| !known.contains(&one.id)) else {
        panic!("somebody who is not paid in the period");
    };
    let row = house.add(gone.id, q(2), -30_00).await.unwrap();
    house.act(house.bert);
    house.decide_on(&row, Decision::Approved).await.unwrap();
    let run = house.run(q(2)).await.unwrap();
    let own = run
        .statements
        .iter()
        .find(|one| one.person == gone.id)
        .unwrap();
    assert_eq!((own.payout.minor, own.blocked), (-30_00, false));
    assert_eq!(run.total.minor, paid.total.minor - 30_00);
}

#[tokio::test]
async fn pay_that_is_held_back_counts_nothing_and_comes_later() {
    let house = House::new().await;
    let run = house.run(q(1)).await.unwrap();
    let (person, payout) = (run.statements[0].person, run.statements[0].payout);
    assert!(payout.minor > 0);
    let mut hold = house.blocked(q(1)).await;
    hold.push(person);
    let waiting = hold.clone();
    let without = house.step_with(q(1), CycleAction::Submit, |step| StepBonusCycle {
        hold: waiting,
        reason: None,
        ..step
    });
    assert!(matches!(
        refused(without.await),
        CycleError::ReasonNeeded { .. }
    ));
    let submitted = house.step_with(q(1), CycleAction::Submit, |step| StepBonusCycle {
        hold,
        ..step
    });
    let cycle = submitted.await.unwrap();
    assert!(cycle.held.iter().any(|one| one.person == person));
    assert_eq!(cycle.total.unwrap().minor, run.total.minor - payout.minor);
    house.step(q(1), CycleAction::ApproveHr).await.unwrap();
    house.act(house.bert);
    house.step(q(1), CycleAction::ApprovePay).await.unwrap();
    let drift = house.cycle(q(1)).await.drift;
    assert_eq!(drift, Some(payout), "it is still to be paid");
    house.step(q(1), CycleAction::Pay).await.unwrap();
    let restated = house.restate(q(1), false).await.unwrap();
    assert_eq!(restated.people.len(), 1);
    assert_eq!(restated.people[0].difference, payout);
    assert_eq!(restated.people[0].causes[0].code, "cause_held");
}

#[tokio::test]
async fn whoever_did_the_step_before_cannot_make_the_second_person() {
    let house = House::new().await;
    house.approved_by_hr(q(1)).await;
    house.clock.by(60);
    let reset = house.desk.reset_password(ResetPassword {
        account: house.bert,
        password: Password("known to anna".to_owned()),
    });
    reset.await.unwrap();
    house.clock.by(60);
    house.act(house.bert);
    let taken = refused(house.step(q(1), CycleAction::ApprovePay).await);
    let name = "anna".to_owned();
    assert_eq!(taken, CycleError::AccountOfFirst { name });
}
