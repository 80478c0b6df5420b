//! Whose plan on which day: against the rule asked day by day.

use proptest::prelude::*;
use uuid::Uuid;
use yeji_core::ids::MembershipId;
use yeji_core::org::{MemberRole, OrgUnit, Person, UnitKind};
use yeji_testkit::day;

use super::*;

const COMPANY: u128 = 1;
const NORTH: u128 = 2;
const TEAM: u128 = 3;
const SOUTH: u128 = 4;
const ANNA: PersonId = PersonId(Uuid::from_u128(10));
const FIRST: &str = "2026-01-01";

fn unit(id: u128, parent: Option<u128>) -> OrgUnit {
    OrgUnit {
        id: UnitId(Uuid::from_u128(id)),
        parent: parent.map(|id| UnitId(Uuid::from_u128(id))),
        kind: UnitKind::Team,
        name: format!("unit {id}"),
        valid_from: OPEN_START,
        valid_to: OPEN_END,
        batch: None,
    }
}

fn stay(id: u128, unit: u128, from: NaiveDate, to: NaiveDate) -> Membership {
    Membership {
        id: MembershipId(Uuid::from_u128(id)),
        person: ANNA,
        unit: UnitId(Uuid::from_u128(unit)),
        role: MemberRole::Sales,
        from,
        to,
        batch: None,
    }
}

/// Anna moves from the team in the north to the south.
fn organisation(moves: NaiveDate) -> Organisation {
    let units = vec![
        unit(COMPANY, None),
        unit(NORTH, Some(COMPANY)),
        unit(TEAM, Some(NORTH)),
        unit(SOUTH, Some(COMPANY)),
    ];
    let anna = Person {
        id: ANNA,
        source: "test".to_owned(),
        external_id: "1".to_owned(),
        staff_number: None,
        name: "Anna".to_owned(),
        hired_on: None,
        left_on: None,
        batch: None,
    };
    let stays = vec![
        stay(1, TEAM, day("2025-01-01"), moves),
        stay(2, SOUTH, moves, OPEN_END),
    ];
    Organisation::new(units, vec![anna], stays).unwrap()
}

fn after(days: u64) -> NaiveDate {
    day(FIRST) + chrono::Days::new(days)
}

fn assignment(id: u128, plan: &str, whom: Whom, from: NaiveDate, to: NaiveDate) -> PlanAssignment {
    PlanAssignment {
        id: PlanAssignmentId(Uuid::from_u128(id)),
        plan: plan.to_owned(),
        person: matches!(whom, Whom::Anna).then_some(ANNA),
        unit: match whom {
            Whom::Unit(id) => Some(UnitId(Uuid::from_u128(id))),
            Whom::Anna | Whom::Everybody => None,
        },
        target_bonus: None,
        from,
        to,
    }
}

#[derive(Debug, Clone, Copy)]
enum Whom {
    Anna,
    Unit(u128),
    Everybody,
}

fn plans(book: &PlanBook, organisation: &Organisation) -> Vec<(String, String, String)> {
    let assigned = Assigned::new(book, organisation);
    let spans = assigned.under(ANNA, day(FIRST), day("2027-01-01"));
    let shown = spans.into_iter();
    shown
        .map(|one| (one.plan, one.from.to_string(), one.to.to_string()))
        .collect()
}

#[test]
fn the_most_specific_assignment_holds() {
    let organisation = organisation(day("2026-09-01"));
    let all = vec![
        assignment(1, "all", Whom::Everybody, day("2026-02-01"), OPEN_END),
        assignment(2, "north", Whom::Unit(NORTH), day("2026-03-01"), OPEN_END),
        assignment(
            3,
            "team",
            Whom::Unit(TEAM),
            day("2026-04-01"),
            day("2026-05-01"),
        ),
        assignment(4, "own", Whom::Anna, day("2026-06-01"), day("2026-07-01")),
        assignment(5, "south", Whom::Unit(SOUTH), day("2026-10-01"), OPEN_END),
    ];
    let found = plans(&PlanBook::of("base", all), &organisation);
    let expected = [
        ("base", "2026-01-01", "2026-02-01"),
        ("all", "2026-02-01", "2026-03-01"),
        ("north", "2026-03-01", "2026-04-01"),
        ("team", "2026-04-01", "2026-05-01"),
        ("north", "2026-05-01", "2026-06-01"),
        ("own", "2026-06-01", "2026-07-01"),
        ("north", "2026-07-01", "2026-09-01"),
        ("all", "2026-09-01", "2026-10-01"),
        ("south", "2026-10-01", "2027-01-01"),
    ];
    let expected =
        expected.map(|(plan, from, to)| (plan.to_owned(), from.to_owned(), to.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn days_without_a_record_have_the_plans_default() {
    let record = AssignmentInput {
        from: Some(day("2026-02-01")),
        to: Some(day("2026-03-01")),
        target_bonus: Some(Money::new(500, yeji_core::Currency::CNY)),
        source: None,
    };
    let span = Under {
        plan: "a".to_owned(),
        from: day("2026-01-15"),
        to: day("2026-04-01"),
        target_bonus: None,
        by: None,
    };
    let parts: Vec<_> = cut(&span, &[record])
        .into_iter()
        .map(|one| {
            (
                one.from.unwrap(),
                one.to.unwrap(),
                one.target_bonus.is_some(),
            )
        })
        .collect();
    assert_eq!(
        parts,
        [
            (day("2026-01-15"), day("2026-02-01"), false),
            (day("2026-02-01"), day("2026-03-01"), true),
            (day("2026-03-01"), day("2026-04-01"), false),
        ]
    );
}

fn any_assignment() -> impl Strategy<Value = (Whom, u64, u64)> {
    let whom = prop_oneof![
        Just(Whom::Anna),
        Just(Whom::Everybody),
        prop::sample::select(vec![COMPANY, NORTH, TEAM, SOUTH]).prop_map(Whom::Unit),
    ];
    (whom, 0_u64..120, 1_u64..60)
}

proptest! {
    /// No day is missing or told twice, and each is what the rule says of it alone.
    #[test]
    fn every_day_has_one_plan(
        all in prop::collection::vec(any_assignment(), 0..8),
        moves in 0_u64..120,
    ) {
        let all: Vec<PlanAssignment> = all
            .into_iter()
            .enumerate()
            .map(|(at, (whom, from, days))| {
                let id = 100 + u128::try_from(at).unwrap();
                assignment(id, &format!("p{at}"), whom, after(from), after(from + days))
            })
            .collect();
        let organisation = organisation(after(moves));
        let book = PlanBook::of("base", all.clone());
        let assigned = Assigned::new(&book, &organisation);
        let spans = assigned.under(ANNA, after(0), after(200));
        let mut at = after(0);
        for span in &spans {
            prop_assert_eq!(span.from, at);
            prop_assert!(span.from < span.to);
            at = span.to;
        }
        prop_assert_eq!(at, after(200));
        let north = [TEAM, NORTH, COMPANY];
        let south = [SOUTH, COMPANY];
        for number in 0..200 {
            let on = after(number);
            let path: &[u128] = if number < moves { &north } else { &south };
            let mut rule = vec![(Some(ANNA), None)];
            rule.extend(path.iter().map(|id| (None, Some(UnitId(Uuid::from_u128(*id))))));
            rule.push((None, None));
            let expected = rule.into_iter().find_map(|target| {
                all.iter()
                    .filter(|one| (one.person, one.unit) == target)
                    .filter(|one| one.from <= on && on < one.to)
                    .max_by_key(|one| (one.from, one.id))
            });
            let span = spans.iter().find(|one| one.from <= on && on < one.to).unwrap();
            let expected = expected.map_or("base", |one| one.plan.as_str());
            prop_assert_eq!(span.plan.as_str(), expected, "{}", on);
        }
    }

    /// A new plan of everybody leaves no day to two plans, and holds on its first day.
    #[test]
    fn everybody_has_one_plan_at_a_time(starts in prop::collection::vec(0_u64..60, 1..8)) {
        let mut kept: Vec<PlanAssignment> = Vec::new();
        for (at, start) in starts.into_iter().enumerate() {
            let id = 1 + u128::try_from(at).unwrap();
            let new = assignment(id, &format!("p{at}"), Whom::Everybody, after(start), OPEN_END);
            let changed = for_everybody(&kept, &new);
            kept.retain(|one| changed.iter().all(|changed| changed.id != one.id));
            kept.extend(changed);
            let on = kept.iter().filter(|one| one.from <= new.from && new.from < one.to);
            let plans: Vec<&str> = on.map(|one| one.plan.as_str()).collect();
            prop_assert_eq!(plans, vec![new.plan.as_str()]);
        }
        kept.sort_by_key(|one| one.from);
        for pair in kept.windows(2) {
            prop_assert!(pair[0].to <= pair[1].from);
        }
    }
}
