//! A goal is agreed on by real accounts: who may say what, who sees it, and what the sums are.

mod published;

use yeji_core::account::Role;
use yeji_core::ids::{GoalPlanId, GoalRoundId};
use yeji_core::metric::GoalMetric;

use super::House;
use super::rows::missing;
use crate::access::Right;
use crate::api::NoArgs;
use crate::api::goal_grid::{EditGoal, GoalAbove, GoalEdit};
use crate::api::goal_letter::{
    ConfirmGoal, ConfirmationState, GetGoalConfirmation, ListGoalConfirmations, PublishGoal,
};
use crate::api::goal_round::{
    AddGoalComment, AdjustGoal, AdoptGoals, GetGoalRound, GoalRoundArgs, GoalRoundRow,
    GoalRoundStep, GoalRoundView, GoalSubmissionState, ListGoalComments, OpenGoalRound,
    ProposeGoal, SendGoalsBack, SetGoalRoundDays, SubmitGoals,
};
use crate::api::goals::GetGoal;
use crate::api::history::UndoChange;
use crate::error::{Error, Result};
use crate::goals::{GoalError, RoundError};

const METRIC: GoalMetric = GoalMetric::WonAmount;
const YEAR: i32 = 2026;

fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T>) -> RoundError {
    match result.unwrap_err() {
        Error::Goal(GoalError::Round(error)) => error,
        other => panic!("{other}"),
    }
}

impl House {
    async fn open(&self) -> GoalRoundId {
        self.act_as(Some(Role::Hr));
        let opened = self.desk.open_goal_round(OpenGoalRound {
            metric: METRIC,
            year: YEAR,
            people_due: "2026-08-01".parse().unwrap(),
            managers_due: "2026-08-15".parse().unwrap(),
        });
        opened.await.unwrap().id
    }

    /// As if the round had been opened earlier: its days are over.
    async fn days_went_by(&self, round: GoalRoundId) {
        let app = self.desk.admit(Right::Nothing).await.unwrap();
        let store = app.store().unwrap();
        let rounds = store.goal_rounds(METRIC, YEAR).await.unwrap();
        let own = rounds.into_iter().find(|one| one.id == round);
        let own = yeji_core::goal_round::GoalRound {
            people_due: "2026-07-01".parse().unwrap(),
            managers_due: "2026-07-02".parse().unwrap(),
            ..own.unwrap()
        };
        let mut change = app.change(yeji_store::ChangeKind::GoalRound, serde_json::json!({}));
        change.put.push(own.into());
        app.apply(change).await.unwrap();
    }

    async fn round(&self) -> GoalRoundView {
        let args = GetGoalRound {
            metric: METRIC,
            year: YEAR,
            round: None,
            expanded: vec!["*".to_owned()],
            search: None,
            offset: 0,
            limit: 400,
        };
        self.desk.get_goal_round(args).await.unwrap()
    }

    async fn row(&self, unit: impl std::fmt::Display) -> GoalRoundRow {
        let rows = self.round().await.rows;
        let found = rows.into_iter().find(|row| row.unit == unit.to_string());
        found.expect("a row that is seen")
    }

    async fn plan(&self) -> GoalPlanId {
        let (metric, year) = (METRIC, YEAR);
        let goal = self.desk.get_goal(GetGoal { metric, year }).await.unwrap();
        goal.plan.unwrap().id
    }

    /// Whoever acts proposes for themselves.
    async fn propose(&self, round: GoalRoundId, amount: &str) -> Result<GoalRoundStep> {
        self.desk
            .propose_goal(ProposeGoal {
                round,
                person: None,
                amount: amount.to_owned(),
                note: Some("a new region".to_owned()),
            })
            .await
    }

    async fn adjust(&self, round: GoalRoundId, amount: Option<&str>) -> Result<GoalRoundStep> {
        self.desk
            .adjust_goal(AdjustGoal {
                round,
                person: self.seller,
                amount: amount.map(str::to_owned),
                reason: "the region is shared".to_owned(),
            })
            .await
    }

    async fn submit(&self, round: GoalRoundId) -> Result<GoalRoundStep> {
        let unit = self.team.to_string();
        self.desk
            .submit_goals(SubmitGoals {
                round,
                unit,
                note: None,
            })
            .await
    }

    async fn send_back(&self, round: GoalRoundId) -> Result<GoalRoundStep> {
        let unit = self.team.to_string();
        self.desk
            .send_goals_back(SendGoalsBack {
                round,
                unit,
                reason: "two are missing".to_owned(),
            })
            .await
    }

    async fn adopt(
        &self,
        round: GoalRoundId,
        unit: Option<String>,
        above: GoalAbove,
    ) -> Result<crate::api::goal_round::GoalsAdopted> {
        let plan = self.plan().await;
        self.desk
            .adopt_goals(AdoptGoals {
                round,
                plan,
                unit,
                above,
                frozen_before: None,
                reason: None,
                preview: false,
            })
            .await
    }
}

#[tokio::test]
async fn a_person_proposes_a_manager_adjusts_and_hands_in_and_hr_sends_back() {
    let house = House::new().await;
    let round = house.open().await;
    house.act_as(Some(Role::Sales));
    let own = house.propose(round, "123456.78").await.unwrap().row;
    assert_eq!(own.unit, house.seller.to_string());
    assert_eq!(own.proposal.unwrap().amount, "123456.78");
    let huge = house.propose(round, "10000000000000.01").await.unwrap_err();
    // Sums over everybody must not overflow.
    assert!(matches!(huge, Error::Input { .. }), "{huge}");
    house.propose(round, "130000").await.unwrap();
    let rows = house.round().await.rows;
    assert_eq!(rows.len(), 1, "a salesperson sees the own row");
    assert_eq!(rows[0].bottom_up.as_deref(), Some("130000.00"));
    assert!(rows[0].may.propose && !rows[0].may.adjust);

    house.act_as(Some(Role::Manager));
    let adjusted = house.adjust(round, Some("120000")).await.unwrap().row;
    assert_eq!(adjusted.bottom_up.as_deref(), Some("120000.00"));
    house.act_as(Some(Role::Sales));
    let seen = house.row(house.seller).await;
    assert_eq!(seen.proposal.unwrap().amount, "130000.00", "beside the own");
    let made = seen.adjustment.unwrap();
    assert_eq!(
        (made.amount.as_str(), made.author.as_str()),
        ("120000.00", "manager")
    );
    assert_eq!(made.reason, "the region is shared");

    house.act_as(Some(Role::Manager));
    let colleague = house.row(house.colleague).await.name;
    let done = house.submit(round).await.unwrap();
    assert_eq!(done.notes[0].code, "goal_submitted_missing");
    assert!(done.notes[0].params["names"].contains(&colleague));
    assert!(done.row.read_only && done.row.missing > 0);
    let again = refused(house.submit(round).await);
    assert!(matches!(again, RoundError::SubmittedAlready { author, .. } if author == "manager"));
    let held = refused(house.adjust(round, None).await);
    assert!(matches!(held, RoundError::Submitted { .. }));
    let own = refused(house.send_back(round).await);
    assert!(matches!(own, RoundError::SentBackFromAbove { .. }));
    house.act_as(Some(Role::Sales));
    let held = refused(house.propose(round, "1").await);
    assert!(matches!(held, RoundError::Submitted { .. }));
    assert!(house.row(house.seller).await.read_only, "and it says so");

    house.act_as(Some(Role::Hr));
    let back = house.send_back(round).await.unwrap().row;
    let submission = back.submission.unwrap();
    assert_eq!(submission.state, GoalSubmissionState::SentBack);
    assert_eq!(submission.note.as_deref(), Some("two are missing"));
    let nothing = refused(house.send_back(round).await);
    assert!(matches!(nothing, RoundError::NotSubmitted { .. }));
    house.act_as(Some(Role::Manager));
    let row = house.adjust(round, None).await.unwrap().row;
    assert_eq!(row.adjustment.map(|one| one.amount), None);
    assert_eq!(row.bottom_up.as_deref(), Some("130000.00"), "the own again");

    house.act_as(Some(Role::Hr));
    house
        .desk
        .close_goal_round(GoalRoundArgs { round })
        .await
        .unwrap();
    house.act_as(Some(Role::Sales));
    let late = refused(house.propose(round, "1").await);
    assert!(matches!(late, RoundError::Closed { year: YEAR }));
}

#[tokio::test]
async fn each_speaks_for_themselves_and_managers_for_their_units() {
    let house = House::new().await;
    let round = house.open().await;
    let for_another = ProposeGoal {
        round,
        person: Some(house.colleague),
        amount: "5".to_owned(),
        note: None,
    };
    for role in [Role::Sales, Role::Manager] {
        house.act_as(Some(role));
        let result = house.desk.propose_goal(for_another.clone()).await;
        missing(result, Right::SetGoals);
    }
    let of_stranger = AdjustGoal {
        round,
        person: house.stranger,
        amount: Some("5".to_owned()),
        reason: "no".to_owned(),
    };
    let result = house.desk.adjust_goal(of_stranger).await;
    missing(result, Right::SetGoals);
    let other_team = SubmitGoals {
        round,
        unit: house.other_team.to_string(),
        note: None,
    };
    let result = house.desk.submit_goals(other_team).await;
    missing(result, Right::SetGoals);
    let seen = house.round().await.rows;
    let other = [house.stranger.to_string(), house.other_team.to_string()];
    assert!(seen.iter().all(|row| !other.contains(&row.unit)));

    house.act_as(Some(Role::Hr));
    house.desk.propose_goal(for_another).await.unwrap();
    let row = house.row(house.colleague).await;
    let proposal = row.proposal.unwrap();
    assert_eq!(
        (proposal.amount.as_str(), proposal.author.as_str()),
        ("5.00", "hr")
    );
    let manager = ProposeGoal {
        round,
        person: Some(house.leader),
        amount: "5".to_owned(),
        note: None,
    };
    let nobody = refused(house.desk.propose_goal(manager).await);
    assert!(matches!(nobody, RoundError::NoRow { year: YEAR, .. }));
    let below = ProposeGoal {
        round,
        person: Some(house.seller),
        amount: "-5".to_owned(),
        note: None,
    };
    let below = refused(house.desk.propose_goal(below).await);
    assert!(matches!(below, RoundError::Negative { .. }));
}

/// Every unit is the sum of its parts on both sides, and people without a number are missing, not taken for
/// their goal.
#[tokio::test]
async fn gaps_and_missing_close_at_every_level() {
    let house = House::new().await;
    let round = house.open().await;
    for (person, amount) in [(house.seller, "111111.11"), (house.stranger, "0")] {
        let propose = ProposeGoal {
            round,
            person: Some(person),
            amount: amount.to_owned(),
            note: None,
        };
        house.desk.propose_goal(propose).await.unwrap();
    }
    let view = house.round().await;
    let info = view.round.unwrap();
    assert_eq!((info.said, info.people), (2, info.missing + 2));
    for row in &view.rows {
        let parts = || {
            view.rows
                .iter()
                .filter(|one| one.parent.as_ref() == Some(&row.unit))
        };
        let sum = |of: fn(&GoalRoundRow) -> i64| parts().map(of).sum::<i64>();
        let gap = |row: &GoalRoundRow| row.gap.as_deref().map_or(0, cents);
        if parts().next().is_some() {
            assert_eq!(cents(&row.goal), sum(|one| cents(&one.goal)));
            assert_eq!(cents(&row.expected), sum(|one| cents(&one.expected)));
            assert_eq!(gap(row), parts().map(gap).sum::<i64>());
            assert_eq!(row.missing, parts().map(|one| one.missing).sum::<u32>());
        }
        assert_eq!(
            cents(&row.expected) - cents(&row.goal),
            gap(row),
            "{}",
            row.name
        );
        assert_eq!(row.missing_names.len(), row.missing.min(20) as usize);
    }
    let company = &view.rows[0];
    assert_eq!(
        company.bottom_up.as_deref(),
        Some("111111.11"),
        "of two people"
    );
    assert!(!company.late, "before the days");
    let over = SetGoalRoundDays {
        round,
        people_due: "2026-07-01".parse().unwrap(),
        managers_due: "2026-08-15".parse().unwrap(),
    };
    let over = refused(house.desk.set_goal_round_days(over).await);
    assert!(
        matches!(over, RoundError::DayPast { day } if day.to_string() == "2026-07-01"),
        "nobody can say anything by then: {over}"
    );
    house.days_went_by(round).await;
    let later = SetGoalRoundDays {
        round,
        people_due: "2026-07-01".parse().unwrap(),
        managers_due: "2026-07-08".parse().unwrap(),
    };
    house.desk.set_goal_round_days(later).await.unwrap();
    house.days_went_by(round).await;
    assert!(
        house.row(house.colleague).await.late,
        "no number after the day"
    );
    assert!(
        house.row(house.team).await.late,
        "not handed in after the day"
    );
    let wrong = SetGoalRoundDays {
        round,
        people_due: "2026-07-03".parse().unwrap(),
        managers_due: "2026-07-02".parse().unwrap(),
    };
    let wrong = refused(house.desk.set_goal_round_days(wrong).await);
    assert!(matches!(wrong, RoundError::DueDays { .. }));
    let past = OpenGoalRound {
        metric: METRIC,
        year: YEAR,
        people_due: "2026-07-06".parse().unwrap(),
        managers_due: "2026-08-01".parse().unwrap(),
    };
    let past = refused(house.desk.open_goal_round(past).await);
    assert!(matches!(past, RoundError::DayPast { .. }), "{past}");
    let twice = refused(
        house
            .desk
            .open_goal_round(OpenGoalRound {
                metric: METRIC,
                year: YEAR,
                people_due: "2026-08-01".parse().unwrap(),
                managers_due: "2026-08-01".parse().unwrap(),
            })
            .await,
    );
    assert!(matches!(twice, RoundError::OpenAlready { year: YEAR }));
}

#[tokio::test]
async fn numbers_become_goals_in_one_change_that_is_taken_back_as_one() {
    let house = House::new().await;
    let round = house.open().await;
    let before = house.round().await.rows;
    let goal = |rows: &[GoalRoundRow], unit: String| {
        let row = rows.iter().find(|row| row.unit == unit).unwrap();
        cents(&row.goal)
    };
    let (seller, team) = (house.seller.to_string(), house.team.to_string());
    let was = goal(&before, seller.clone());
    let nothing = refused(house.adopt(round, None, GoalAbove::Grow).await);
    assert!(matches!(nothing, RoundError::NothingToAdopt { .. }));

    let number = was + 100_003;
    let propose = ProposeGoal {
        round,
        person: Some(house.seller),
        amount: format!("{}.{:02}", number / 100, number % 100),
        note: None,
    };
    house.desk.propose_goal(propose).await.unwrap();
    let done = house.adopt(round, None, GoalAbove::Grow).await.unwrap();
    assert_eq!(done.people, 1);
    let codes: Vec<&str> = done.notes.iter().map(|note| note.code.as_str()).collect();
    assert_eq!(codes, ["goal_adopt_missing", "goal_adopt_not_submitted"]);
    let after = house.round().await.rows;
    assert_eq!(goal(&after, seller.clone()), number);
    assert_eq!(
        goal(&after, team.clone()),
        goal(&before, team.clone()) + 100_003
    );
    let undo = UndoChange {
        change: None,
        later: crate::api::data::LaterImports::Ask,
    };
    house.desk.undo_change(undo).await.unwrap();
    let undone = house.round().await.rows;
    for (one, other) in undone.iter().zip(&before) {
        assert_eq!((&one.unit, &one.goal), (&other.unit, &other.goal));
    }

    // The team keeps its goal: whoever has no number absorbs the difference.
    let units = house
        .adopt(round, Some(team.clone()), GoalAbove::Units)
        .await;
    units.unwrap();
    let after = house.round().await.rows;
    assert_eq!(goal(&after, seller.clone()), number);
    assert_eq!(goal(&after, team.clone()), goal(&before, team.clone()));
    let locks = house.desk.shared.store().unwrap();
    let locks = locks.goal_locks(house.plan().await).await.unwrap();
    assert!(locks.is_empty(), "nothing stays locked: {locks:?}");

    // A locked number is not adopted over.
    let lock = EditGoal {
        plan: house.plan().await,
        edits: vec![GoalEdit::Lock {
            unit: seller.clone(),
            period: "2026".parse().unwrap(),
        }],
        frozen_before: None,
        reason: None,
        preview: false,
    };
    house.desk.edit_goal(lock).await.unwrap();
    let propose = ProposeGoal {
        round,
        person: Some(house.seller),
        amount: "1".to_owned(),
        note: None,
    };
    house.desk.propose_goal(propose).await.unwrap();
    let locked = house.adopt(round, None, GoalAbove::Grow).await;
    assert_eq!(locked.unwrap_err().code(), "goal_impossible");
    let report = house.desk.verify_store(NoArgs {}).await.unwrap();
    assert!(report.ok, "{:?}", report.checks);
}

impl House {
    /// Lets people sell elsewhere all the time, and splits the year's goal anew.
    async fn sells(&self, moves: &[(yeji_core::ids::PersonId, yeji_core::ids::UnitId)]) {
        self.act_as(Some(Role::Hr));
        let app = self.desk.admit(Right::Nothing).await.unwrap();
        let organisation = app.store().unwrap().organisation().await.unwrap();
        let mut change = app.change(yeji_store::ChangeKind::Edit, serde_json::json!({}));
        for (person, unit) in moves {
            let sold = organisation.stays(*person);
            let sold = sold.filter(|stay| stay.role == yeji_core::org::MemberRole::Sales);
            change
                .delete
                .extend(sold.map(|stay| (yeji_store::Entity::Membership, stay.id.0)));
            let stay = yeji_core::org::Membership {
                id: yeji_core::ids::MembershipId(app.clock.new_id()),
                person: *person,
                unit: *unit,
                role: yeji_core::org::MemberRole::Sales,
                from: yeji_core::org::OPEN_START,
                to: yeji_core::org::OPEN_END,
                batch: None,
            };
            change.put.push(stay.into());
        }
        app.apply(change).await.unwrap();
        let split = crate::api::goals::SplitGoal {
            metric: METRIC,
            year: YEAR,
            rule: crate::api::goals::SplitRule::Equal,
            preview: false,
        };
        app.split_goal(split).await.unwrap();
    }
}

/// A unit whose own people and whose teams both have numbers.
#[tokio::test]
async fn every_unit_keeps_its_goal_where_numbers_are_taken_over_at_two_levels() {
    let house = House::new().await;
    let organisation = house.desk.shared.store().unwrap();
    let organisation = organisation.organisation().await.unwrap();
    let department = organisation.unit(house.team).unwrap().parent.unwrap();
    let moves = [(house.colleague, department), (house.stranger, department)];
    house.sells(&moves).await;
    let round = house.open().await;
    let goal = |rows: &[GoalRoundRow], unit: String| {
        let row = rows.iter().find(|row| row.unit == unit).unwrap();
        cents(&row.goal)
    };
    let before = house.round().await.rows;
    for (person, more) in [(house.seller, 200_003), (house.colleague, 100_001)] {
        let number = goal(&before, person.to_string()) + more;
        let propose = ProposeGoal {
            round,
            person: Some(person),
            amount: format!("{}.{:02}", number / 100, number % 100),
            note: None,
        };
        house.desk.propose_goal(propose).await.unwrap();
    }
    let top = Some(department.to_string());
    house.adopt(round, top, GoalAbove::Units).await.unwrap();
    let after = house.round().await.rows;
    for unit in [house.team, department] {
        let unit = unit.to_string();
        assert_eq!(goal(&after, unit.clone()), goal(&before, unit));
    }
    let own =
        |rows: &[GoalRoundRow], person: yeji_core::ids::PersonId| goal(rows, person.to_string());
    assert_eq!(
        own(&after, house.seller),
        own(&before, house.seller) + 200_003
    );
    assert_eq!(
        own(&after, house.colleague),
        own(&before, house.colleague) + 100_001
    );
    assert_eq!(
        own(&after, house.stranger),
        own(&before, house.stranger) - 100_001,
        "who has no number in the department absorbs it"
    );
}

/// Whoever asks for somebody's progress gets the same figures.
#[tokio::test]
async fn own_progress_is_what_hr_sees_of_it() {
    use crate::api::goal_progress::GetGoalProgress;
    let house = House::new().await;
    for period in ["2026", "2026-Q3", "2026-06"] {
        let ask = || GetGoalProgress {
            metric: METRIC,
            period: period.parse().unwrap(),
            unit: Some(house.seller.to_string()),
            as_of: None,
            language: yeji_report::chart::Lang::En,
        };
        house.act_as(Some(Role::Hr));
        let hr = house.desk.get_goal_progress(ask()).await.unwrap();
        house.act_as(Some(Role::Manager));
        let manager = house.desk.get_goal_progress(ask()).await.unwrap();
        assert_eq!(format!("{hr:?}"), format!("{manager:?}"), "{period}");
        house.act_as(Some(Role::Sales));
        let own = house.desk.get_goal_progress(ask()).await.unwrap();
        let said = |progress: &crate::api::goal_progress::GoalProgress| {
            let lights: Vec<_> = progress.smart.iter().map(|one| one.light).collect();
            format!(
                "{:?} {lights:?}",
                (&progress.landing, &progress.actual, &progress.today)
            )
        };
        assert_eq!(said(&hr), said(&own), "{period}");
        // What the goal is a part of is not theirs to see.
        assert!(hr.smart[3].said.params.contains_key("share"));
        assert!(!own.smart[3].said.params.contains_key("share"));
        let other = GetGoalProgress {
            unit: Some(house.colleague.to_string()),
            ..ask()
        };
        assert!(house.desk.get_goal_progress(other).await.is_err());
    }
}

/// A manager who sells in a team that somebody else leads.
#[tokio::test]
async fn a_managers_own_goal_elsewhere_is_proposed_once_and_confirmed() {
    let house = House::new().await;
    house.sells(&[(house.leader, house.other_team)]).await;
    let round = house.open().await;
    house.act_as(Some(Role::Manager));
    let step = house.propose(round, "1234.56").await.unwrap();
    assert_eq!(step.row.unit, house.leader.to_string());
    house.publish().await.unwrap();
    house.act_as(Some(Role::Manager));
    let view = house.desk.get_goal_confirmation(GetGoalConfirmation {
        metric: METRIC,
        year: YEAR,
        person: None,
    });
    let hash = view.await.unwrap().row.hash;
    let confirmed = house.desk.confirm_goal(ConfirmGoal {
        plan: house.plan().await,
        hash,
        person: None,
    });
    let row = confirmed.await.unwrap();
    assert_eq!(row.state, ConfirmationState::Confirmed);
}

#[tokio::test]
async fn words_are_seen_with_their_row_and_taken_back_by_who_said_them() {
    let house = House::new().await;
    let say = async |unit: String, words: &str| {
        let plan = house.plan().await;
        let words = words.to_owned();
        house
            .desk
            .add_goal_comment(AddGoalComment { plan, unit, words })
            .await
    };
    let heard = async || {
        let list = ListGoalComments {
            metric: METRIC,
            year: YEAR,
            unit: None,
        };
        let rows = house.desk.list_goal_comments(list).await.unwrap();
        rows.into_iter().map(|row| row.words).collect::<Vec<_>>()
    };
    house.act_as(Some(Role::Manager));
    say(house.team.to_string(), "to the team").await.unwrap();
    say(house.seller.to_string(), "to the seller")
        .await
        .unwrap();
    say(house.colleague.to_string(), "to the colleague")
        .await
        .unwrap();
    let other = say(house.stranger.to_string(), "to nobody of mine").await;
    assert_eq!(other.unwrap_err().code(), "not_found");
    house.act_as(Some(Role::Sales));
    assert_eq!(heard().await, ["to the seller"]);
    let rows = say(house.seller.to_string(), "thank you").await.unwrap();
    assert_eq!((rows.len(), rows[0].author.as_str()), (2, "sales"));
    assert_eq!(
        house.row_comments().await,
        None,
        "there is no round to show them in"
    );
    let undo = UndoChange {
        change: None,
        later: crate::api::data::LaterImports::Ask,
    };
    house.desk.undo_change(undo.clone()).await.unwrap();
    assert_eq!(heard().await, ["to the seller"], "the own one is gone");
    house.act_as(Some(Role::Manager));
    let theirs = house.desk.last_own_change().await.unwrap().change.unwrap();
    house.act_as(Some(Role::Sales));
    let of_another = UndoChange {
        change: Some(theirs.id),
        ..undo
    };
    let result = house.desk.undo_change(of_another).await;
    missing(result, Right::UndoChanges);
    let gone = AddGoalComment {
        plan: GoalPlanId(uuid::Uuid::nil()),
        unit: house.seller.to_string(),
        words: "on a version that is gone".to_owned(),
    };
    let gone = house.desk.add_goal_comment(gone).await;
    assert_eq!(gone.unwrap_err().code(), "not_found");
}

impl House {
    async fn row_comments(&self) -> Option<u32> {
        let rows = self.round().await.rows;
        rows.first().map(|row| row.comments)
    }
}
