//! Landings: parts that sum, chances that are chances, and warnings with reason.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use yeji_core::facts::Stage;

use super::warning::{Coverage, Pace, change};
use super::*;

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(offset)
}

/// On the days of the calendar.
fn learn(cases: &[Case], owners: usize, at: u64, left: usize) -> Odds {
    let rest = Rest {
        as_of: day(at),
        last: day(at + left as u64),
    };
    let clock = Clock::every_day(day(0), day(1_000));
    Odds::learn(cases, owners, &clock, rest, &[])
}

/// Deals of a year: opened on a day, closed after a while or not, won or not, by one of three owners.
fn cases() -> impl Strategy<Value = Vec<Case>> {
    let case = (
        0..3_usize,
        0..365_u64,
        prop::option::of(0..200_u64),
        any::<bool>(),
        0..5_usize,
    );
    prop::collection::vec(case, 0..120).prop_map(|all| {
        let made = all.into_iter().map(|(owner, opened, cycle, won, stages)| {
            let mut reached = [None; 4];
            for one in reached.iter_mut().take(stages) {
                *one = Some(day(opened));
            }
            Case {
                owner,
                opened: Some(day(opened)),
                closed: cycle.map(|cycle| (day(opened + cycle), won)),
                reached,
            }
        });
        made.collect()
    })
}

proptest! {
    /// A landing whose parts do not sum to it explains nothing.
    #[test]
    fn parts_sum_to_the_landing(
        won in 0..1_000_000_000_000_i64,
        open in prop::collection::vec((0..10_000_000_000_i64, 0..=MILLION), 0..500),
        new in prop::option::of((0..1_000_000_000_i64, 0.0..1e9)),
        (widen, beyond) in (1.0..10.0, prop_oneof![Just(0.0), 0.0..1e9]),
    ) {
        let widen = Widening { factor: widen, beyond };
        let open: Vec<Open> = open.into_iter().map(|(minor, millionths)| Open { minor, millionths }).collect();
        let new = new.map(|(minor, half_width)| New { minor, half_width, non_negative: true });
        let landing = land(won, &open, new, widen).unwrap();
        let deals: i64 = open.iter().map(|one| one.expected()).sum();
        prop_assert_eq!(landing.won + landing.open + landing.new, landing.landing);
        prop_assert_eq!(landing.open, deals);
        prop_assert!(landing.lower <= landing.landing && landing.landing <= landing.upper);
        prop_assert!(landing.lower >= won, "what is won stays won");
        prop_assert_eq!(land(won, &open, new, widen), Some(landing), "the same deals, the same interval");
    }

    /// Whatever a company's deals are: a chance is between 0 and 1, and never not a number.
    #[test]
    fn chances_are_chances(cases in cases(), left in 0..120_usize, age in prop::option::of(0..5_000_usize)) {
        let odds = learn(&cases, 3, 300, left);
        for stage in Stage::ALL {
            for owner in 0..4 {
                let chance = odds.chance(owner, age, Some(stage));
                for share in [chance.millionths, chance.by_age, chance.by_owner] {
                    prop_assert!((0..=MILLION).contains(&share));
                }
            }
        }
    }

    /// Who won more of as many deals has no smaller chance with the same deal.
    #[test]
    fn more_wins_give_no_smaller_chance(wins in 0..40_usize, more in 0..40_usize, age in 0..100_usize) {
        let deals = 40;
        let of = |owner: usize, wins: usize| (0..deals).map(move |at| Case {
            owner,
            opened: Some(day(0)),
            closed: Some((day(10 + at as u64), at < wins)),
            reached: [None; 4],
        });
        let better = (wins + more).min(deals);
        let cases: Vec<Case> = of(0, wins).chain(of(1, better)).collect();
        let odds = learn(&cases, 2, 300, 30);
        let (weaker, stronger) = (odds.chance(0, Some(age), None), odds.chance(1, Some(age), None));
        prop_assert!(weaker.millionths <= stronger.millionths);
    }

    /// Deals that become won ones lower nobody's chance.
    #[test]
    fn a_company_that_wins_more_has_no_smaller_chances(wins in 0..60_usize, age in 0..40_usize) {
        let chance = |wins: usize| {
            let cases: Vec<Case> = (0..60).map(|at| Case {
                owner: 0,
                opened: Some(day(0)),
                closed: Some((day(20 + at as u64), at % 60 < wins)),
                reached: [None; 4],
            }).collect();
            learn(&cases, 1, 300, 30).chance(0, Some(age), None).millionths
        };
        prop_assert!(chance(wins) <= chance(wins + 1));
    }
}

/// Half of what is open at 30 days is won within the next 30: so says the chance, whoever's it is.
#[test]
fn a_chance_is_the_share_that_was_won_in_time() {
    let cases: Vec<Case> = (0..400)
        .map(|at| Case {
            owner: 0,
            opened: Some(day(at % 100)),
            closed: Some((day(at % 100 + if at % 2 == 0 { 45 } else { 150 }), true)),
            reached: [None; 4],
        })
        .collect();
    let odds = learn(&cases, 1, 500, 30);
    let chance = odds.chance(0, Some(30), None);
    assert!(
        (450_000..550_000).contains(&chance.millionths),
        "{chance:?}"
    );
    // Nobody won anything between the 46th and the 90th day.
    assert!(odds.chance(0, Some(60), None).millionths < 50_000);
}

/// A stage that deals are won from has a higher chance than one where they are lost.
#[test]
fn stages_count_where_they_are_recorded() {
    let cases: Vec<Case> = (0..200)
        .map(|at| {
            let far = at % 2 == 0;
            Case {
                owner: 0,
                opened: Some(day(at)),
                closed: Some((day(at + 40), far)),
                reached: [Some(day(at)), None, None, far.then(|| day(at + 20))],
            }
        })
        .collect();
    let odds = learn(&cases, 1, 400, 30);
    let near = odds.chance(0, Some(20), Some(Stage::Negotiation));
    let far = odds.chance(0, Some(20), Some(Stage::Prospecting));
    assert!(near.millionths > far.millionths);
    assert!(
        odds.chance(0, Some(20), Some(Stage::Engaging))
            .stage
            .is_none()
    );
}

/// Somebody with two deals is drawn to the company; somebody with two hundred is not.
#[test]
fn a_short_record_leans_on_the_company() {
    let deals = |owner: usize, count: u64, won: u64| {
        (0..count).map(move |at| Case {
            owner,
            opened: Some(day(at)),
            closed: Some((day(at + 20), at < won)),
            reached: [None; 4],
        })
    };
    let cases: Vec<Case> = deals(0, 2, 2)
        .chain(deals(1, 200, 180))
        .chain(deals(2, 200, 20))
        .collect();
    let odds = learn(&cases, 3, 400, 30);
    let of = |owner| odds.chance(owner, Some(5), None).by_owner;
    assert!((500_000..850_000).contains(&of(0)), "{}", of(0));
    assert!(of(1) > 850_000 && of(2) < 150_000);
}

/// Without any deal nothing divides by nothing.
#[test]
fn a_company_without_deals_has_chances_all_the_same() {
    let chance = learn(&[], 0, 0, 30).chance(0, Some(3), None);
    assert!((0..=MILLION).contains(&chance.millionths));
    assert_eq!(land(0, &[], None, Widening::NONE).unwrap().landing, 0);
}

/// Intervals that were too narrow become wider, good ones stay.
#[test]
fn past_landings_widen_the_interval() {
    let said = |actual| Said {
        landing: 1_000,
        lower: 900,
        upper: 1_100,
        actual,
    };
    let widening = |all: &[Said]| super::widening(all).factor;
    assert!((widening(&[said(1_010); 12]) - 1.0).abs() < 1e-9);
    assert!(widening(&[said(1_300), said(700), said(1_200), said(800)]) > 3.0);
    let (none, one) = (widening(&[]), widening(&[said(1_010)]));
    assert!(none > 2.0, "a company without a past does not know: {none}");
    assert!(one < none && one > 1.2, "one that held is a little: {one}");
    assert!(widening(&[said(1_200)]) > 3.0, "one that did not is too");
    assert!(widening(&[said(50_000)]) <= 10.0);
    // Intervals that hold need nothing besides.
    assert_eq!(super::widening(&[said(1_010); 12]).beyond.to_bits(), 0);
}

/// Deals that give an interval no width had misses all the same: no factor of nothing is anything.
#[test]
fn an_interval_without_width_gets_that_of_the_misses_before() {
    let said = |actual| Said {
        landing: 300,
        lower: 300,
        upper: 300,
        actual,
    };
    let learned = widening(&[said(260), said(330), said(350)]);
    let landing = land(300, &[], None, learned).unwrap();
    assert!(!landing.has_own_width && landing.has_interval());
    // Root mean square of 40, 30 and 50 by Student's t of three.
    assert_eq!(landing.upper, 300 + 130);
    assert_eq!(landing.lower, 300, "what is won stays won");
    let new = Some(New {
        minor: 300,
        half_width: 0.0,
        non_negative: true,
    });
    let landing = land(0, &[], new, learned).unwrap();
    assert_eq!((landing.lower, landing.upper), (170, 430));
    // Without any miss there is no interval to give.
    for past in [&[][..], &[said(300); 3]] {
        assert!(!land(100, &[], None, widening(past)).unwrap().has_interval());
    }
    // Parts share it as independent ones do.
    let (half, rest) = (
        learned.of_part(100, 400).beyond,
        learned.of_part(300, 400).beyond,
    );
    let together = (half * half + rest * rest).sqrt();
    assert!((together - learned.beyond).abs() < 1e-9);
}

proptest! {
    /// What may be less than nothing has an interval on both sides.
    #[test]
    fn a_series_below_zero_has_an_interval_on_both_sides(
        won in -1_000_000_i64..1_000_000,
        minor in -1_000_000_i64..1_000_000,
        half_width in 100.0..1e6_f64,
        deals in 0..500_usize,
    ) {
        let open = vec![Open { minor: 10, millionths: MILLION / 2 }; deals];
        let new = New { minor, half_width, non_negative: false };
        let landing = land(won, &open, Some(new), Widening::NONE).unwrap();
        prop_assert!(landing.lower < landing.landing && landing.landing < landing.upper, "{:?}", landing);
    }
}

#[test]
fn pace_is_beside_working_days() {
    let pace = Pace {
        won: 400,
        goal: 1_000,
        passed: 32,
        days: 64,
    };
    assert_eq!(pace.run_rate(), Some(800));
    assert!(pace.is_behind());
    assert!(!Pace { won: 460, ..pace }.is_behind());
    assert_eq!(Pace { passed: 0, ..pace }.run_rate(), None);
}

#[test]
fn coverage_is_beside_what_is_missing() {
    let coverage = Coverage {
        open: 900,
        expected: 300,
        missing: 600,
    };
    assert_eq!(
        (coverage.hundredths(), coverage.needed()),
        (Some(150), Some(300))
    );
    let two_thirds = Coverage {
        open: 400,
        ..coverage
    };
    assert_eq!(two_thirds.hundredths(), Some(67), "rounded, not cut");
    assert!(coverage.is_short());
    assert_eq!(
        Coverage {
            missing: 0,
            ..coverage
        }
        .hundredths(),
        None
    );
}

#[test]
fn a_fall_of_the_weeks_is_found_where_it_began() {
    let mut weeks: Vec<i64> = (0..40).map(|at| 100 + at % 5).collect();
    assert_eq!(change(&weeks), None, "chance is no change");
    for week in &mut weeks[35..] {
        *week -= 10;
    }
    let found = change(&weeks).unwrap();
    assert_eq!(found.place, 35);
    assert!(found.since < found.before);
    assert_eq!(change(&weeks[..10]), None);
    assert_eq!(change(&[7; 40]), None, "weeks that never differ");
}
