//! The same everywhere, limits, progress, and whether a large company is believable.

mod invariants;

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate, Weekday};
use sha2::{Digest, Sha256};
use yeji_core::facts::{Opportunity, Stage};

use crate::season::{Moods, plus, spring_festival};
use crate::*;

fn spec(people: u32, deals: u32, years: u32, seed: u64, until: &str) -> DemoSpec {
    DemoSpec {
        people,
        deals,
        years,
        seed,
        until: until.parse().unwrap(),
    }
}

fn fingerprint(company: &DemoCompany) -> String {
    let digest = Sha256::digest(serde_json::to_vec(company).unwrap());
    let head: [u8; 16] = digest[..16].try_into().unwrap();
    format!("{:032x}", u128::from_be_bytes(head))
}

#[test]
fn the_same_spec_gives_the_same_company_everywhere() {
    // These bytes must not change with platform, compiler or version: people compare demo companies,
    // and documents quote their figures. Change them only with a note in the changelog.
    let check = |spec: DemoSpec, expected: &str| {
        let company = generate(&spec).unwrap();
        assert_eq!(company, generate(&spec).unwrap(), "twice the same");
        assert_eq!(fingerprint(&company), expected, "{spec:?}");
    };
    check(
        spec(5, 1, 1, 0, "2016-02-29"),
        "a26f8a2a136b2d2b3d296e76937d02bd",
    );
    check(
        spec(40, 2_000, 3, 7, "2026-06-30"),
        "4ba2f97c714569298ceeae4fc7c4b55a",
    );
}

/// A landing learns from earlier days what becomes of open deals: those of the last day must be like them.
#[test]
fn open_deals_of_the_last_day_stand_where_they_stood_on_earlier_days() {
    let company = generate(&spec(40, 20_000, 3, 11, "2026-09-18")).unwrap();
    let late_on = |day: NaiveDate| {
        let closes = |deal: &Opportunity| deal.closed_on.is_none_or(|closed| closed > day);
        let open = company
            .opportunities
            .iter()
            .filter(|deal| deal.opened_on.unwrap() <= day && closes(deal));
        let open: HashSet<_> = open.map(|deal| deal.id).collect();
        let late = company.stage_events.iter().filter(|event| {
            event.stage == Stage::Negotiation
                && event.on <= day
                && open.contains(&event.opportunity)
        });
        late.count() * 100 / open.len()
    };
    let until: NaiveDate = "2026-09-18".parse().unwrap();
    let before: usize = (1..=5)
        .map(|back| late_on(plus(until, -91 * back)))
        .sum::<usize>()
        / 5;
    let last = late_on(until);
    assert!(
        last.abs_diff(before) <= 5,
        "{last} % in negotiation, {before} % before"
    );
}

#[test]
fn another_seed_gives_another_company() {
    let one = generate(&spec(12, 60, 1, 1, "2025-12-31")).unwrap();
    let other = generate(&spec(12, 60, 1, 2, "2025-12-31")).unwrap();
    assert_ne!(one.people, other.people);
    assert_ne!(one.opportunities, other.opportunities);
    let ids: HashSet<_> = one.opportunities.iter().map(|deal| deal.id).collect();
    assert!(
        other
            .opportunities
            .iter()
            .all(|deal| !ids.contains(&deal.id)),
        "two companies may meet in one store"
    );
}

#[test]
fn limits_are_refused_by_name() {
    let check = |spec: DemoSpec, expected: &str| {
        assert_eq!(generate(&spec).unwrap_err().to_string(), expected);
    };
    let good = spec(40, 100, 3, 1, "2026-06-30");
    check(
        DemoSpec { people: 4, ..good },
        "a demo company with 4 people cannot be made: choose 5 to 5000",
    );
    check(
        DemoSpec { deals: 0, ..good },
        "a demo company with 0 deals cannot be made: choose 1 to 2000000",
    );
    check(
        DemoSpec { years: 21, ..good },
        "a demo company with 21 years cannot be made: choose 1 to 20",
    );
    let until = |text: &str| {
        format!(
            "a history of 3 year(s) until {text} is not within 2015-01-01 and 2035-12-31: choose another end or fewer years"
        )
    };
    check(spec(40, 100, 3, 1, "2017-12-30"), &until("2017-12-30"));
    check(spec(40, 100, 3, 1, "2036-01-01"), &until("2036-01-01"));
    check(
        DemoSpec {
            until: NaiveDate::MAX,
            ..good
        },
        &until(&NaiveDate::MAX.to_string()),
    );
    assert!(spec(40, 100, 3, 1, "2017-12-31").check().is_ok());
}

#[test]
fn progress_counts_up_and_can_cancel() {
    let spec = spec(8, 2_500, 1, 1, "2025-12-31");
    let mut seen = Vec::new();
    let company = generate_with(&spec, &mut |done, total| {
        seen.push((done, total));
        true
    });
    assert!(company.is_ok());
    assert_eq!(
        seen,
        [(0, 2_500), (1_000, 2_500), (2_000, 2_500), (2_500, 2_500)]
    );
    assert_eq!(
        generate_with(&spec, &mut |done, _| done < 1_000),
        Err(Error::Cancelled)
    );
}

#[test]
fn people_join_move_leave_and_two_share_a_name() {
    for people in [10, 17, 40, 300] {
        let company = generate(&spec(people, 50, 1, u64::from(people), "2024-09-30")).unwrap();
        let first = company
            .people
            .iter()
            .filter_map(|person| person.hired_on)
            .max()
            .unwrap();
        assert!(
            first > plus("2023-09-30".parse().unwrap(), 1),
            "somebody joined during the year"
        );
        assert!(
            company.people.iter().any(|person| person.left_on.is_some()),
            "somebody left"
        );
        assert!(
            company.memberships.len() > company.people.len(),
            "somebody moved"
        );
        let mut names: HashMap<&str, Vec<&str>> = HashMap::new();
        for person in &company.people {
            names
                .entry(&person.name)
                .or_default()
                .push(person.staff_number.as_deref().unwrap());
        }
        names.retain(|_, numbers| numbers.len() > 1);
        assert_eq!(
            names.keys().copied().collect::<Vec<_>>(),
            ["王伟"],
            "one shared name"
        );
        assert_eq!(
            names["王伟"].iter().collect::<HashSet<_>>().len(),
            2,
            "of two people"
        );
    }
}

#[test]
fn a_large_company_is_believable() {
    let spec = spec(40, 20_000, 3, 7, "2026-06-30");
    let company = generate(&spec).unwrap();
    let closed: Vec<&Opportunity> = company
        .opportunities
        .iter()
        .filter(|deal| !deal.stage.is_open())
        .collect();
    let won: Vec<&Opportunity> = closed
        .iter()
        .copied()
        .filter(|deal| deal.stage == Stage::Won)
        .collect();
    let share = |part: usize, whole: usize| part * 1_000 / whole;

    assert!(
        (350..=450).contains(&share(won.len(), closed.len())),
        "win rate"
    );
    let open = company.opportunities.len() - closed.len();
    assert!(
        (20..=150).contains(&share(open, company.opportunities.len())),
        "open deals: {open}"
    );
    for stage in Stage::ALL {
        assert!(
            company.opportunities.iter().any(|deal| deal.stage == stage),
            "{stage:?}"
        );
    }
    let weekend = closed.iter().filter(|deal| {
        matches!(
            deal.closed_on.unwrap().weekday(),
            Weekday::Sat | Weekday::Sun
        )
    });
    assert!(
        share(weekend.count(), closed.len()) < 20,
        "closings at weekends are rare"
    );

    let on = |from: NaiveDate, to: NaiveDate| {
        won.iter()
            .filter(|deal| (from..to).contains(&deal.closed_on.unwrap()))
            .count()
    };
    for year in 2024..=2026 {
        let festival = spring_festival(year).unwrap();
        let quiet = on(plus(festival, -7), plus(festival, 7));
        assert!(
            quiet * 5 < won.len() * 14 / (3 * 365),
            "the Spring Festival of {year} is quiet: {quiet}"
        );
    }

    let first = spec.first_day().unwrap();
    let frame = Frame {
        spec,
        first,
        until: spec.until,
        batch: company.batch.id,
    };
    let moods = Moods::draw(&frame).unwrap();
    let size = |period: yeji_core::calendar::Period| on(period.start(), period.end());
    assert!(
        size(moods.bad) * 3 < size(moods.good) * 2,
        "the bad quarter is clearly worse than the good one"
    );

    let mut sums: HashMap<_, i64> = HashMap::new();
    for deal in &won {
        *sums.entry(deal.owner).or_default() += deal.amount.unwrap().minor;
    }
    let mut sums: Vec<i64> = sums.into_values().collect();
    sums.sort_unstable_by(|a, b| b.cmp(a));
    let (all, top): (i64, i64) = (sums.iter().sum(), sums.iter().take(sums.len() / 5).sum());
    assert!(
        (30..=55).contains(&(top * 100 / all)),
        "the best fifth makes {} %",
        top * 100 / all
    );
    let median = sums[sums.len() / 2];
    assert!(
        (2..=6).contains(&(sums[0] / median)),
        "the best sells about three times the median"
    );

    for (year, goal) in &company.goals {
        let result: i64 = won
            .iter()
            .filter(|deal| deal.closed_on.unwrap().year() == *year)
            .map(|deal| deal.amount.unwrap().minor)
            .sum();
        let attained = result * 100 / goal.minor;
        let expected = if *year == 2026 { 30..=70 } else { 88..=114 };
        assert!(expected.contains(&attained), "{year}: {attained} %");
    }
    let late = company
        .delivery_tickets
        .iter()
        .filter(|ticket| ticket.delivered_on.is_some_and(|day| day > ticket.due_on))
        .count();
    assert!(
        (100..=250).contains(&share(late, company.delivery_tickets.len())),
        "some deliveries are late"
    );
    assert!(
        company
            .receipts
            .iter()
            .any(|receipt| receipt.refunds.is_some()),
        "some money is paid back"
    );
}

#[test]
fn traces_are_bounded_and_money_is_not() {
    let spec = spec(60, 120_000, 2, 5, "2025-06-30");
    let company = generate(&spec).unwrap();
    let traced: HashSet<_> = company
        .stage_events
        .iter()
        .map(|event| event.opportunity)
        .collect();
    assert_eq!(traced.len(), MAX_DETAILED_DEALS);
    let (early, late) = company.opportunities.split_at(120_000 - MAX_DETAILED_DEALS);
    assert!(
        late.iter().all(|deal| traced.contains(&deal.id)),
        "the deals opened last"
    );
    let ordered: HashSet<_> = company
        .order_lines
        .iter()
        .map(|line| line.opportunity)
        .collect();
    let mut won = early.iter().filter(|deal| deal.stage == Stage::Won);
    assert!(
        won.all(|deal| ordered.contains(&deal.id)),
        "orders exist for all won deals"
    );
    assert_eq!(company.customers.len(), 4_800);
}
