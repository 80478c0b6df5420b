//! The plan of a year copied to another, with people who stay, leave, move and come.

use std::collections::BTreeMap;

use serde_json::json;
use yeji_core::Ratio;
use yeji_core::calendar::PeriodKind;
use yeji_core::goal::GoalPlanState;
use yeji_core::ids::{MembershipId, PersonId};
use yeji_core::metric::GoalMetric;
use yeji_core::org::{MemberRole, Membership, OPEN_END, OrgUnit, Person};
use yeji_store::{ChangeKind, Record};
use yeji_testkit::{OrgBuilder, day};

use crate::api::goal_blend::{BlendRule, FactorShare, GoalFactor, PersonTerms};
use crate::api::goal_copy::{CopyAmount, CopyGoalPlan, GoalCopied};
use crate::api::goal_grid::{EditGoal, GetGoalGrid, GoalAbove, GoalEdit, GoalGrid, GridColumns};
use crate::api::goals::{GetGoal, SetGoal, SplitGoal, SplitRule};
use crate::api::history::UndoChange;
use crate::context::App;
use crate::error::Result;
use crate::testing;

pub(super) const FROM: i32 = 2027;
const TO: i32 = 2028;

/// Two teams with a goal of 1,000,003.37 for 2027, by weights that nothing divides.
pub(super) struct House {
    pub(super) app: App,
    units: Vec<OrgUnit>,
    people: Vec<Person>,
    stays: Vec<Membership>,
    _folder: tempfile::TempDir,
}

impl House {
    pub(super) async fn new() -> Self {
        let folder = yeji_testkit::temp_folder();
        let app = testing::app(&folder.path().join("store"), "2027-06-01").await;
        let built = OrgBuilder::default()
            .team("East", &["An", "Bo", "Ci"])
            .team("West", &["Di", "Eva"]);
        let mut change = app.change(ChangeKind::Organisation, json!({}));
        change
            .put
            .extend(built.units.iter().cloned().map(Record::from));
        change
            .put
            .extend(built.people.iter().cloned().map(Record::from));
        change
            .put
            .extend(built.memberships.iter().cloned().map(Record::from));
        app.apply(change).await.unwrap();
        let goal = SetGoal {
            metric: GoalMetric::WonAmount,
            year: FROM,
            amount: "1000003.37".to_owned(),
        };
        app.set_goal(goal).await.unwrap();
        let weights = [
            ("An", "3"),
            ("Bo", "2"),
            ("Ci", "1.7"),
            ("Di", "4"),
            ("Eva", "0.31"),
        ];
        let pair = |(name, weight): (&str, &str)| (name.to_owned(), weight.to_owned());
        let split = SplitGoal {
            metric: GoalMetric::WonAmount,
            year: FROM,
            rule: SplitRule::Weights {
                weights: weights.into_iter().map(pair).collect(),
            },
            preview: false,
        };
        app.split_goal(split).await.unwrap();
        Self {
            app,
            units: built.units,
            people: built.people,
            stays: built.memberships,
            _folder: folder,
        }
    }

    pub(super) fn person(&self, name: &str) -> PersonId {
        self.people.iter().find(|one| one.name == name).unwrap().id
    }

    pub(super) fn unit(&self, name: &str) -> yeji_core::ids::UnitId {
        self.units.iter().find(|one| one.name == name).unwrap().id
    }

    /// From 2028 on somebody is no more where they were.
    async fn leaves(&self, name: &str) {
        self.leaves_on(name, "2028-01-01").await;
    }

    pub(super) async fn leaves_on(&self, name: &str, end: &str) {
        let own = self
            .stays
            .iter()
            .find(|stay| stay.person == self.person(name));
        let mut left = own.unwrap().clone();
        left.to = day(end);
        self.put(left).await;
    }

    /// Somebody stands directly under the company.
    pub(super) async fn has_no_team(&self, name: &str) {
        let own = self
            .stays
            .iter()
            .find(|stay| stay.person == self.person(name));
        let mut stay = own.unwrap().clone();
        let company = self.units.iter().find(|unit| unit.parent.is_none());
        stay.unit = company.unwrap().id;
        self.put(stay).await;
    }

    pub(super) async fn starts_on(&self, name: &str, first: &str) {
        let own = self
            .stays
            .iter()
            .find(|stay| stay.person == self.person(name));
        let mut stay = own.unwrap().clone();
        stay.from = day(first);
        self.put(stay).await;
    }

    /// From 2028 on somebody sells in a team.
    async fn comes_to(&self, person: PersonId, team: &str) {
        let unit = self.units.iter().find(|unit| unit.name == team).unwrap();
        self.put(Membership {
            id: MembershipId(self.app.clock.new_id()),
            person,
            unit: unit.id,
            role: MemberRole::Sales,
            from: day("2028-01-01"),
            to: OPEN_END,
            batch: None,
        })
        .await;
    }

    async fn moves(&self, name: &str, team: &str) {
        self.leaves(name).await;
        self.comes_to(self.person(name), team).await;
    }

    async fn is_hired(&self, name: &str, team: &str) {
        let person = Person {
            id: PersonId(self.app.clock.new_id()),
            external_id: name.to_owned(),
            name: name.to_owned(),
            ..self.people[0].clone()
        };
        let id = person.id;
        self.put(person).await;
        self.comes_to(id, team).await;
    }

    async fn put(&self, record: impl Into<Record>) {
        let mut change = self.app.change(ChangeKind::Organisation, json!({}));
        change.put.push(record.into());
        self.app.apply(change).await.unwrap();
    }

    pub(super) async fn edit(&self, edits: Vec<GoalEdit>, year: i32) {
        let plan = self.plan(year).await.unwrap();
        let edit = EditGoal {
            plan: plan.id,
            edits,
            frozen_before: None,
            reason: None,
            preview: false,
        };
        self.app.edit_goal(edit).await.unwrap();
    }

    pub(super) async fn plan(&self, year: i32) -> Option<crate::api::goals::GoalPlanInfo> {
        let metric = GoalMetric::WonAmount;
        self.app
            .get_goal(GetGoal { metric, year })
            .await
            .unwrap()
            .plan
    }

    async fn copy(&self, size: CopyAmount, preview: bool) -> Result<GoalCopied> {
        let args = CopyGoalPlan {
            metric: GoalMetric::WonAmount,
            from: FROM,
            to: TO,
            amount: size,
            preview,
        };
        self.app.copy_goal_plan(args).await
    }

    /// Every number in cents by name and column (0 is the year, months by their number).
    pub(super) async fn numbers(&self, year: i32) -> BTreeMap<String, Vec<i64>> {
        let grid = self.grid(year).await;
        let is_shown = |at: &usize| {
            let key = grid.columns[*at].period.to_string();
            !key.contains(['Q', 'H'])
        };
        let columns: Vec<usize> = (0..grid.columns.len()).filter(is_shown).collect();
        let own = grid.rows.iter().map(|row| {
            let amounts = columns.iter().map(|at| cents(&row.amounts[*at]));
            (row.name.clone(), amounts.collect())
        });
        own.collect()
    }

    /// Cents of each cut week that has a working day.
    pub(super) async fn weeks(&self, name: &str, year: i32) -> Vec<(chrono::NaiveDate, i64)> {
        let metric = GoalMetric::WonAmount;
        let grid =
            crate::goals::tests::whole_grid(&self.app, metric, year, GridColumns::Weeks).await;
        let row = grid.rows.iter().find(|row| row.name == name).unwrap();
        let working = self.app.company_calendar().await.unwrap().working_days();
        let weeks = grid.columns.iter().zip(&row.amounts);
        let weeks = weeks.filter(|(column, _)| {
            column.kind == PeriodKind::CutWeek && working.count(column.start, column.end) > 0
        });
        weeks
            .map(|(column, amount)| (column.start, cents(amount)))
            .collect()
    }

    async fn grid(&self, year: i32) -> GoalGrid {
        let args = GetGoalGrid {
            metric: GoalMetric::WonAmount,
            year,
            version: None,
            columns: GridColumns::Months,
            expanded: vec!["*".to_owned()],
            search: None,
            offset: 0,
            limit: 400,
        };
        self.app.get_goal_grid(args).await.unwrap()
    }
}

fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

fn growth(factor: &str) -> CopyAmount {
    CopyAmount::Growth {
        factor: factor.to_owned(),
    }
}

/// Whom a note names.
fn named<'a>(copied: &'a GoalCopied, code: &str) -> Option<&'a str> {
    let note = copied.notes.iter().find(|note| note.code == code);
    note.map(|note| note.params["names"].as_str())
}

fn after<'a>(copied: &'a GoalCopied, name: &str) -> (Option<&'a str>, Option<&'a str>) {
    let row = copied.rows.iter().find(|row| row.name == name).unwrap();
    (row.before.as_deref(), row.after.as_deref())
}

#[tokio::test]
async fn a_copy_without_growth_has_the_same_months_for_everybody() {
    let house = House::new().await;
    // Somebody's own course of the year, not that of the company.
    house
        .edit(
            vec![GoalEdit::Set {
                unit: house.person("Di").to_string(),
                period: "2027-03".parse().unwrap(),
                amount: "7777.77".to_owned(),
                above: GoalAbove::Periods,
            }],
            FROM,
        )
        .await;
    let copied = house.copy(growth("1"), false).await.unwrap();
    assert!(copied.notes.is_empty(), "{:?}", copied.notes);
    assert_eq!(house.numbers(TO).await, house.numbers(FROM).await);
    let plan = house.plan(TO).await.unwrap();
    assert_eq!(plan.state, GoalPlanState::Published);
    assert_eq!((plan.version, plan.base), (1, Some(FROM)));
    assert_eq!(plan.split_by.as_deref(), Some("copy"));
}

#[tokio::test]
async fn who_left_leaves_their_part_to_the_team_who_moved_takes_it_along_who_is_new_has_none() {
    let house = House::new().await;
    let before = house.numbers(FROM).await;
    house.leaves("Bo").await;
    house.moves("Ci", "West").await;
    house.is_hired("Fay", "East").await;
    let copied = house.copy(growth("1.1"), false).await.unwrap();
    assert_eq!(named(&copied, "copy_people_left"), Some("Bo"));
    assert_eq!(named(&copied, "copy_people_moved"), Some("Ci"));
    assert_eq!(named(&copied, "copy_people_new"), Some("Fay"));
    let now = house.numbers(TO).await;
    // 1,000,003.37 x 1.1 = 1,100,003.707, once to the cent.
    assert_eq!(now["Company"][0], 110_000_371);
    let grown = |minor: i64| minor * 11 / 10;
    let near = |one: i64, other: i64| (one - other).abs() <= 2;
    assert!(near(now["An"][0], grown(before["An"][0] + before["Bo"][0])));
    assert!(near(now["Ci"][0], grown(before["Ci"][0])));
    assert!(near(now["Di"][0], grown(before["Di"][0])));
    assert_eq!(now["Fay"], vec![0; 13]);
    assert_eq!(now["East"][0], now["An"][0]);
    assert_eq!(now["West"][0], now["Ci"][0] + now["Di"][0] + now["Eva"][0]);
    // Closed in every column, and the months sum to the year.
    for (column, whole) in now["Company"].iter().enumerate() {
        let sum = now["East"][column] + now["West"][column];
        assert_eq!(*whole, sum, "column {column}");
    }
    for (name, own) in &now {
        assert_eq!(own[0], own[1..].iter().sum::<i64>(), "months of {name}");
    }
    let (had, has) = after(&copied, "Bo");
    assert_eq!(cents(had.unwrap()), before["Bo"][0]);
    assert_eq!(has, None, "not in the year any more");
    assert_eq!(after(&copied, "Fay"), (None, Some("0.00")));
    let an = after(&copied, "An").1.unwrap();
    assert_eq!(cents(an), now["An"][0], "the answer is what was kept");
}

#[tokio::test]
async fn a_team_that_nobody_is_left_in_gives_to_the_team_beside_it() {
    let house = House::new().await;
    house.leaves("Di").await;
    house.leaves("Eva").await;
    let copied = house.copy(growth("1"), false).await.unwrap();
    assert_eq!(named(&copied, "copy_people_left"), Some("Di, Eva"));
    assert_eq!(named(&copied, "copy_units_empty"), Some("West"));
    let (before, now) = (house.numbers(FROM).await, house.numbers(TO).await);
    assert_eq!(now["East"][0], before["Company"][0]);
    let (an, bo) = (now["An"][0], now["Bo"][0]);
    assert!((an * 2 - bo * 3).abs() <= 3, "still 3 to 2: {an} {bo}");
    assert!(!now.contains_key("West"));
}

#[tokio::test]
async fn a_team_of_new_people_shares_alike_and_a_new_team_has_what_its_people_bring() {
    let house = House::new().await;
    for name in ["Di", "Eva"] {
        house.leaves(name).await;
    }
    house.is_hired("Fay", "West").await;
    house.is_hired("Gu", "West").await;
    let copied = house.copy(growth("1"), true).await.unwrap();
    assert_eq!(named(&copied, "copy_alike"), Some("West"));
    let half = cents(after(&copied, "Fay").1.unwrap());
    let west = cents(after(&copied, "West").0.unwrap());
    assert!((half * 2 - west).abs() <= 1, "{half} of {west}");
    assert_eq!(after(&copied, "An").0, after(&copied, "An").1);
}

#[tokio::test]
async fn a_preview_keeps_nothing_and_a_copy_can_be_taken_back() {
    let house = House::new().await;
    let looked = house.copy(growth("1.1"), true).await.unwrap();
    assert!(house.plan(TO).await.is_none());
    assert!(looked.replaced.is_none());
    house.copy(growth("1.1"), false).await.unwrap();
    let first = house.numbers(TO).await;
    let amount = CopyAmount::Amount {
        amount: "2000000".to_owned(),
    };
    let second = house.copy(amount, false).await.unwrap();
    assert_eq!(second.replaced.unwrap().version, 1);
    assert_eq!(house.plan(TO).await.unwrap().version, 2);
    assert_eq!(house.numbers(TO).await["Company"][0], 200_000_000);
    house.app.undo_change(UndoChange::default()).await.unwrap();
    assert_eq!(house.numbers(TO).await, first, "the one before again");
    house.app.undo_change(UndoChange::default()).await.unwrap();
    assert!(house.plan(TO).await.is_none());
}

#[tokio::test]
async fn locks_are_not_copied_and_those_of_the_other_year_stop_it() {
    let house = House::new().await;
    let lock = |year: i32| GoalEdit::Lock {
        unit: house.person("An").to_string(),
        period: year.to_string().parse().unwrap(),
    };
    house.edit(vec![lock(FROM)], FROM).await;
    house.copy(growth("1.2"), false).await.unwrap();
    let plan = house.plan(TO).await.unwrap().id;
    let locks = house.app.store().unwrap().goal_locks(plan).await.unwrap();
    assert!(locks.is_empty());
    house.edit(vec![lock(TO)], TO).await;
    for preview in [true, false] {
        let refused = house.copy(growth("1.3"), preview).await.unwrap_err();
        assert_eq!(refused.code(), "goal_locked");
        assert_eq!(refused.params()["locks"], "An 2028");
    }
}

#[tokio::test]
async fn what_is_no_copy_is_refused_with_its_reason() {
    let house = House::new().await;
    for factor in ["", "-1", "ten", "1/3"] {
        let refused = house.copy(growth(factor), false).await.unwrap_err();
        assert_eq!(refused.params()["field"], "growth", "{factor}");
    }
    let amount = CopyAmount::Amount {
        amount: "-1".to_owned(),
    };
    let refused = house.copy(amount, false).await.unwrap_err();
    assert_eq!(refused.code(), "negative_goal");
    let check = async |from: i32, to: i32, code: &str| {
        let args = CopyGoalPlan {
            metric: GoalMetric::WonAmount,
            from,
            to,
            amount: growth("1"),
            preview: false,
        };
        let refused = house.app.copy_goal_plan(args).await.unwrap_err();
        assert_eq!(refused.code(), code, "{from} to {to}");
    };
    check(FROM, FROM, "input").await;
    check(FROM, 2500, "input").await;
    check(2031, 2032, "no_goal_set").await;
    let set = SetGoal {
        metric: GoalMetric::WonAmount,
        year: 2029,
        amount: "1".to_owned(),
    };
    house.app.set_goal(set).await.unwrap();
    check(2029, 2030, "goal_not_split_yet").await;
    assert!(house.plan(TO).await.is_none());
}

/// Everybody alike, with leave of some.
pub(super) fn with_leave(leave: &[(&str, &str, &str)]) -> SplitRule {
    let terms = leave.iter().map(|(name, from, to)| {
        let terms = PersonTerms {
            leave: vec![(day(from), day(to))],
            ..PersonTerms::default()
        };
        ((*name).to_owned(), terms)
    });
    SplitRule::Blend(Box::new(BlendRule {
        factors: vec![FactorShare {
            factor: GoalFactor::Equal,
            share: Ratio::ONE,
        }],
        people: terms.collect(),
        ..BlendRule::default()
    }))
}

#[tokio::test]
async fn months_of_leave_are_not_copied_and_those_of_the_other_year_decide() {
    let house = House::new().await;
    let rule = with_leave(&[
        ("An", "2027-05-01", "2027-08-01"),
        ("Di", "2027-12-01", "2028-03-01"),
    ]);
    let split = SplitGoal {
        metric: GoalMetric::WonAmount,
        year: FROM,
        rule,
        preview: false,
    };
    house.app.split_goal(split).await.unwrap();
    house.leaves_on("Ci", "2028-07-16").await;
    let before = house.numbers(FROM).await;
    assert_eq!(before["An"][5..8], [0, 0, 0], "away from May to July 2027");
    assert_eq!(before["Di"][12], 0, "away in December 2027");
    house.copy(growth("1"), false).await.unwrap();
    let after = house.numbers(TO).await;
    for (name, own) in &after {
        assert_eq!(own[0], before[name][0], "the year of {name}");
        assert_eq!(own[0], own[1..].iter().sum::<i64>(), "the months of {name}");
    }
    // As in the months around: 2028 has no leave of An's.
    let [april, may, august] = [after["An"][4], after["An"][5], after["An"][8]];
    assert!(may > april / 2 && may > august / 2, "{:?}", after["An"]);
    assert_eq!(after["Di"][1..3], [0, 0], "the leave goes on in 2028");
    assert!(
        after["Di"][3] > 0 && after["Di"][12] > 0,
        "{:?}",
        after["Di"]
    );
    assert!(after["Ci"][6] > 0, "{:?}", after["Ci"]);
    assert_eq!(
        after["Ci"][8..],
        [0, 0, 0, 0, 0],
        "gone from the middle of July"
    );
    assert!(
        after["Ci"][7] < after["Ci"][6],
        "half of July: {:?}",
        after["Ci"]
    );
    let weeks = house.weeks("Ci", TO).await;
    for (start, minor) in weeks {
        assert_eq!(
            minor > 0,
            start < day("2028-07-16"),
            "week of {start}: {minor}"
        );
    }
}
