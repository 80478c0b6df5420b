//! The chance that an open deal is won before the period ends: by its age, its stage and its owner's
//! record, each drawn towards the company's by how little is known.
//!
//! **Age and time left**: of all deals that were still open at the same age, as long ago as the outcome is
//! known, the share that was won within as many days of closing ([`Clock`]) as are left. That is the cohort estimate of the
//! discrete-time hazard (Singer and Willett 1993, "It's about time", Journal of Educational Statistics
//! 18(2)): deals that nobody closes stay in the denominator. Few deals of an age lean on the age before.
//!
//! **Owner**: shares won of closed deals, beta-binomial by empirical Bayes, `(won + m q) / (closed + m)` with the
//! company's share `q` and a strength `m` by moments (Kleinman 1973, "Proportions with extraneous variance: single
//! and independent samples", Journal of the American Statistical Association 68(341)). They change the odds of
//! the first by the ratio of their odds to the company's.
//!
//! **Stage**: the factor of the odds by which deals in a stage are expected to be won in time as often as they
//! were, days and ages alike: an offset of the logit, by the one equation of its likelihood. Held against what age
//! says and not against all closed deals: whoever is old is in a late stage, and would be counted twice.
//!
//! **Point of the period**: the same factor once more, of all deals that were open at the same point of earlier
//! periods, beside what came of them: at the end of a quarter more is closed than on other days.

use chrono::NaiveDate;
use yeji_core::facts::Stage;

use super::MILLION;
use super::ages::{Counts, Given};
use super::clock::Clock;

/// Deals that the share of an age leans on: so many of the age before.
const LEAN: f64 = 10.0;
/// Weakest and strongest pull towards the company, in deals.
const STRENGTH: std::ops::RangeInclusive<f64> = 2.0..=200.0;
/// Looks at open deals that the point of the period leans on: so many that were won as often as expected.
const LEAN_LOOKS: f64 = 50.0;
/// Stages before a deal is closed.
const STAGES: usize = 4;

/// A deal, as far as chances are learned from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// Whose it is, a place in a list of owners.
    pub owner: usize,
    /// First day.
    pub opened: Option<NaiveDate>,
    /// Day of closing, and whether it was won.
    pub closed: Option<(NaiveDate, bool)>,
    /// When each stage before closing was reached, where that was recorded.
    pub reached: [Option<NaiveDate>; STAGES],
}

impl Case {
    /// The furthest stage reached by a day.
    pub fn stage_on(&self, day: NaiveDate) -> Option<Stage> {
        let reached = self.reached.iter().zip(Stage::ALL);
        let by_then = reached.filter(|(on, _)| on.is_some_and(|on| on <= day));
        by_then.map(|(_, stage)| stage).next_back()
    }
}

/// What is left of a period: the days after the one until which all is known, up to and with its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// The day.
    pub as_of: NaiveDate,
    /// Last day of the period.
    pub last: NaiveDate,
}

/// Won of closed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Record {
    /// Won.
    pub won: u32,
    /// Won or lost.
    pub of: u32,
}

/// The chance of a deal, and what it is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// In millionths, 0 to 1,000,000.
    pub millionths: i64,
    /// By age and days left alone, in millionths.
    pub by_age: i64,
    /// Deals that were open at this age, and how many of them were won within the days left; of any age
    /// where the deal's is not known.
    pub same_age: Record,
    /// Deals that reached the same stage, and those of them that were won within as many days; none where stages
    /// are not recorded.
    pub stage: Option<Record>,
    /// The owner's deals.
    pub owner: Record,
    /// Share won of the owner's, drawn towards the company's, in millionths.
    pub by_owner: i64,
}

/// What a company's deals tell on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Odds {
    ages: Vec<(Record, f64)>,
    any_age: (Record, f64),
    company: Record,
    /// Deals in each, and the factor of their odds.
    stages: [(Record, f64); STAGES],
    owners: Vec<Record>,
    owner_strength: f64,
    /// Factor of all odds at this point of the period.
    level: f64,
}

impl Odds {
    /// Learns from what was known at the beginning of a rest, for its days. `points`: the rests of earlier periods
    /// from the same point on.
    pub fn learn(
        cases: &[Case],
        owners: usize,
        clock: &Clock,
        rest: Rest,
        points: &[Rest],
    ) -> Self {
        let as_of = rest.as_of;
        let mut company = Record::default();
        let mut by_owner = vec![Record::default(); owners];
        for case in cases {
            let Some((_, won)) = case.closed.filter(|(day, _)| *day <= as_of) else {
                continue;
            };
            company.add(won);
            if let Some(record) = by_owner.get_mut(case.owner) {
                record.add(won);
            }
        }
        let left = clock.between(as_of, rest.last);
        let (counts, stages) = count(cases, clock, as_of, left);
        let (ages, any_age) = by_age(&counts);
        let mut odds = Self {
            stages: stages.map(|stage| (stage.deals, factor(&stage, &ages))),
            ages,
            any_age,
            company,
            owner_strength: strength(&by_owner),
            owners: by_owner,
            level: 1.0,
        };
        odds.level = odds.level_at(cases, as_of, points);
        odds
    }

    /// What came of deals that were open at earlier points, beside what is expected of such ones.
    fn level_at(&self, cases: &[Case], as_of: NaiveDate, points: &[Rest]) -> f64 {
        let mut given = Given::new();
        let mut looks = 0_u32;
        for Rest { as_of: point, last } in points.iter().copied().filter(|one| one.last <= as_of) {
            for case in cases {
                let Some(opened) = case.opened.filter(|day| *day <= point) else {
                    continue;
                };
                if case.closed.is_some_and(|(day, _)| day <= point) {
                    continue;
                }
                let won = case.closed.is_some_and(|(day, won)| won && day <= last);
                let age = Some(days_between(opened, point));
                let odds = self.odds_of(case.owner, age, case.stage_on(point));
                given.add(odds, 1.0, f64::from(u8::from(won)));
                looks = looks.saturating_add(1);
            }
        }
        given.factor(LEAN_LOOKS / f64::from(looks))
    }

    /// How much more often than by age, stage and owner open deals were won at this point of earlier periods.
    pub fn level(&self) -> f64 {
        self.level
    }

    /// Closed deals that were learned from.
    pub fn learned_from(&self) -> u32 {
        self.owners.iter().map(|record| record.of).sum()
    }

    /// Were the stages of deals recorded?
    pub fn knows_stages(&self) -> bool {
        self.stages.iter().any(|(record, _)| record.of > 0)
    }

    /// The chance of an open deal; ages in days.
    pub fn chance(&self, owner: usize, age: Option<usize>, stage: Option<Stage>) -> Chance {
        let (same_age, base) = self.at_age(age);
        let record = self.owners.get(owner).copied().unwrap_or_default();
        let by_owner = self.drawn(record, self.owner_strength);
        let odds = self.odds_of(owner, age, stage) * self.level;
        let known = stage.and_then(place).map(|place| self.stages[place].0);
        Chance {
            millionths: millionths(odds / (1.0 + odds)),
            by_age: millionths(base),
            same_age,
            stage: known.filter(|record| record.of > 0),
            owner: record,
            by_owner: millionths(by_owner),
        }
    }

    fn at_age(&self, age: Option<usize>) -> (Record, f64) {
        match (age, self.ages.last()) {
            (Some(age), Some(last)) => *self.ages.get(age).unwrap_or(last),
            _ => self.any_age,
        }
    }

    /// Odds by age, owner and stage.
    fn odds_of(&self, owner: usize, age: Option<usize>, stage: Option<Stage>) -> f64 {
        let record = self.owners.get(owner).copied().unwrap_or_default();
        let by_owner = self.drawn(record, self.owner_strength);
        let by_stage = stage.and_then(place).map_or(1.0, |at| self.stages[at].1);
        odds(self.at_age(age).1) * odds(by_owner) / odds(self.company.share()) * by_stage
    }

    /// A record's share won, drawn towards the company's. It gets its part of the half deal that
    /// [`Record::share`] adds to the company, so that a record that is all of the company is its share.
    fn drawn(&self, record: Record, strength: f64) -> f64 {
        let part = f64::from(record.of) / f64::from(self.company.of.max(1));
        let won = f64::from(record.won) + 0.5 * part;
        let of = f64::from(record.of) + part;
        (won + strength * self.company.share()) / (of + strength)
    }
}

impl Record {
    pub(super) fn add(&mut self, won: bool) {
        self.won += u32::from(won);
        self.of += 1;
    }

    /// Share won, by the prior of Jeffreys between 0 and 1 whatever is known.
    fn share(self) -> f64 {
        (f64::from(self.won) + 0.5) / (f64::from(self.of) + 1.0)
    }

    /// Share won, with `strength` deals of a share.
    fn drawn_to(self, share: f64, strength: f64) -> f64 {
        (f64::from(self.won) + strength * share) / (f64::from(self.of) + strength)
    }
}

/// All deals at the ages whose outcome is known, and those in each stage.
fn count(
    cases: &[Case],
    clock: &Clock,
    as_of: NaiveDate,
    left: usize,
) -> (Counts, [Counts; STAGES]) {
    let last_known = clock.last_with(left, as_of);
    let mut all = Counts::new();
    let mut stages = std::array::from_fn(|_| Counts::new());
    for case in cases {
        let Some(opened) = case.opened.filter(|day| *day <= as_of) else {
            continue;
        };
        let closed = case.closed.filter(|(day, _)| *day <= as_of);
        let cycle = closed.map(|(day, _)| days_between(opened, day));
        // Ages at which it was open and whose outcome is known: `left` days later is not after today.
        let Some(last_known) = last_known.filter(|last| opened <= *last) else {
            continue;
        };
        let last_known = days_between(opened, last_known);
        let until = cycle.map_or(last_known + 1, |cycle| cycle.min(last_known + 1));
        let won_from = closed.filter(|(_, won)| *won).map(|(day, _)| {
            let first = clock.first_with(left, day).unwrap_or(opened);
            days_between(opened, first)
        });
        all.add(0..until, won_from);
        for (at, counts) in stages.iter_mut().enumerate() {
            if let Some(reached) = case.reached[at] {
                // In it until a further one is reached.
                let next = case.reached[at + 1..].iter().flatten().min();
                let end = next.map_or(until, |day| days_between(opened, *day).min(until));
                counts.add(days_between(opened, reached)..end, won_from);
            }
        }
    }
    (all, stages)
}

/// Of deals open at each age, those won within the days left; and of all ages together.
fn by_age(counts: &Counts) -> (Vec<(Record, f64)>, (Record, f64)) {
    let counted = || counts.by_age().take_while(|(open, _)| *open > 0);
    let (open, won) = counted().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    #[allow(clippy::cast_precision_loss)]
    let any = (won as f64 + 0.5) / (open as f64 + 1.0);
    let mut before = any;
    let ages = counted().map(|(open, won)| {
        let record = Record {
            won: u32::try_from(won).unwrap_or(u32::MAX),
            of: u32::try_from(open).unwrap_or(u32::MAX),
        };
        before = record.drawn_to(before, LEAN);
        (record, before)
    });
    (ages.collect(), (counts.deals, any))
}

/// The factor of the odds by age of the deals in a stage.
fn factor(stage: &Counts, ages: &[(Record, f64)]) -> f64 {
    let mut given = Given::new();
    for ((open, won), (_, share)) in stage.by_age().zip(ages) {
        if open > 0 {
            // Numbers of deals.
            #[allow(clippy::cast_precision_loss)]
            given.add(odds(*share), open as f64, won as f64);
        }
    }
    given.factor(LEAN / f64::from(stage.deals.of))
}

/// How many deals of the company's share a record leans on, by moments: from how much more the records
/// differ than chance lets them. Kleinman's estimator with weights by size.
pub fn strength(records: &[Record]) -> f64 {
    let all: f64 = records.iter().map(|one| f64::from(one.of)).sum();
    let won: f64 = records.iter().map(|one| f64::from(one.won)).sum();
    let share = won / all;
    let chance = share * (1.0 - share);
    // Nothing closed, or all of it the same way.
    if chance.is_nan() || chance <= 0.0 {
        return *STRENGTH.end();
    }
    let (mut apart, mut weights, mut by_chance) = (0.0, 0.0, 0.0);
    for record in records.iter().filter(|one| one.of > 0) {
        let count = f64::from(record.of);
        let weight = count / all;
        let off = f64::from(record.won) / count - share;
        apart += weight * off * off;
        weights += weight * (1.0 - weight);
        by_chance += weight * (1.0 - weight) / count;
    }
    let correlation = (apart / chance - by_chance) / (weights - by_chance);
    if correlation.is_nan() || correlation <= 0.0 {
        return *STRENGTH.end();
    }
    ((1.0 - correlation) / correlation).clamp(*STRENGTH.start(), *STRENGTH.end())
}

fn odds(share: f64) -> f64 {
    share / (1.0 - share)
}

/// The place of a stage before closing.
pub fn place(stage: Stage) -> Option<usize> {
    Stage::ALL[..STAGES].iter().position(|one| *one == stage)
}

/// Days from one day to a later one; 0 if it is not later.
pub fn days_between(from: NaiveDate, to: NaiveDate) -> usize {
    usize::try_from(to.signed_duration_since(from).num_days()).unwrap_or(0)
}

/// A share in millionths.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
fn millionths(share: f64) -> i64 {
    // Between 0 and 1.
    ((share * MILLION as f64 + 0.5) as i64).clamp(0, MILLION)
}
