//! Who changes from a plan to an equal one within the period is paid as if nothing had changed, up to what is
//! rounded: by days what counts by days, fact by fact what is paid so.

mod random;

use chrono::{Days, NaiveDate};
use yeji_bonus::plan::RateDate;
use yeji_bonus::plan::{Component, Over, Plan};
use yeji_bonus::{AssignmentInput, CalculateInput, Detail, Span, Statement, calculate};

/// What is paid fact by fact counts by the fact's own day.
fn by_fact(component: &Component) -> bool {
    component.over() == Some(Over::Transaction) || component.credit.rate_date == RateDate::Deal
}

/// Whether parts of a period can be added up. A pool is blocked. A limit of the period is shared by days, and
/// facts lie where they lie; what was paid to date comes off the first part, whatever its days; and an
/// attainment is that of one's own days where facts are paid one by one.
fn adds_up(plan: &Plan) -> bool {
    let components = &plan.components;
    let limited = |one: &Component| {
        let own = one.cap.per_period.is_some() || one.floor.per_period.is_some();
        let asks = (one.gates.iter().map(|gate| &gate.when))
            .chain(one.modifiers.iter().map(|modifier| &modifier.value));
        let mut asks = asks.filter(|text| text.contains("attainment"));
        own || asks.next().is_some()
    };
    let to_date =
        |one: &Component| matches!(one.over(), Some(Over::QuarterToDate | Over::YearToDate));
    let in_proportion = !components.iter().any(|one| by_fact(one) || to_date(one));
    components.iter().all(|one| one.pool.is_none())
        && !components.iter().any(|one| by_fact(one) && limited(one))
        && (in_proportion || (plan.cap.is_none() && plan.floor.is_none()))
}

fn paid(input: &CalculateInput, person: &str) -> Statement {
    let statements = calculate(input).unwrap().statements;
    statements
        .into_iter()
        .find(|one| one.person == person)
        .unwrap()
}

/// Roundings that made a statement: a line to date has two.
fn roundings(statement: &Statement) -> i64 {
    let lines = statement.components.iter().flat_map(|one| &one.lines);
    let of_lines: i64 = lines
        .map(|line| 1 + i64::from(line.label.code == "line_to_date"))
        .sum();
    of_lines + i64::from(statement.limit.is_some())
}

/// The input with a person under its plan on some days only.
fn part(
    input: &CalculateInput,
    at: usize,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> CalculateInput {
    let mut input = input.clone();
    let person = &mut input.people[at];
    for one in &mut person.assignments {
        (one.from, one.to) = (from, to);
    }
    person.partly = from.is_some() || to.is_some();
    input
}

#[test]
fn two_equal_plans_pay_what_one_pays() {
    let (mut checked, mut prorated, mut facts) = (0, 0, 0);
    for (number, mut input) in (0_u64..).zip(random::inputs(11, 250)) {
        if calculate(&input).is_err() || !adds_up(&input.plan) {
            continue;
        }
        input.adjustments.clear();
        input.detail = Detail::Lines;
        let days = (input.period.end() - input.period.start()).num_days();
        let days = u64::try_from(days).unwrap();
        for at in 0..input.people.len() {
            let person = &mut input.people[at];
            person.employed = Span::default();
            // A deal of an earlier period is paid by the target bonus of then: of days before the assignment
            // the plan knows its default alone.
            let at_rate = |one: &Component| one.credit.rate_date == RateDate::Deal;
            let own = person.assignments.first().and_then(|one| one.target_bonus);
            let target = own.filter(|_| !input.plan.components.iter().any(at_rate));
            person.assignments = vec![AssignmentInput {
                from: None,
                to: None,
                target_bonus: target,
                source: None,
            }];
            let id = person.person.clone();
            let day =
                input.period.start() + Days::new(1 + (number * 7 + at as u64 * 13) % (days - 1));
            let whole = paid(&input, &id);
            let first = paid(&part(&input, at, None, Some(day)), &id);
            let second = paid(&part(&input, at, Some(day), None), &id);
            let together = [&first, &second];
            if whole.blocked || together.iter().any(|one| one.blocked) {
                assert_eq!(
                    whole.blocked,
                    together.iter().any(|one| one.blocked),
                    "case {number} {id}"
                );
                continue;
            }
            let unit = input
                .plan
                .rounding
                .decimals
                .map_or(1, |decimals| 10_i64.pow(2 - decimals));
            let allowed = unit * (roundings(&whole) + roundings(&first) + roundings(&second));
            let sum = first.payout.minor + second.payout.minor;
            assert!(
                (whole.payout.minor - sum).abs() <= allowed,
                "case {number}, {id} from {day}: {} is not {} + {}, up to {allowed}\n{}",
                whole.payout.minor,
                first.payout.minor,
                second.payout.minor,
                serde_json::to_string(&input).unwrap(),
            );
            checked += 1;
            prorated += usize::from(first.payout.minor != 0 && second.payout.minor != 0);
            facts += usize::from(input.plan.components.iter().any(by_fact) && sum != 0);
        }
    }
    println!("{checked} people, {prorated} with two parts, {facts} paid fact by fact");
    assert!(checked == 0 || (prorated > 50 && facts > 10));
}
