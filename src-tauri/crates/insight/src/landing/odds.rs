//! The chance that an open deal is won before the period ends: by its age, its stage and its owner's
//! record, each drawn towards the company's by how little is known.
//!
//! **Age and time left**: of all deals that were still open at the same age, as long ago as the outcome is
//! known, the share that was won within as many days as are left. That is the cohort estimate of the
//! discrete-time hazard (Singer and Willett 1993, "It's about time", Journal of Educational Statistics
//! 18(2)): deals that nobody closes stay in the denominator. Few deals of an age lean on the age before.
//!
//! **Stage and owner**: shares won of closed deals that reached the stage, and of the owner's closed deals;
//! beta-binomial by empirical Bayes, `(won + m q) / (closed + m)` with the company's share `q` and a
//! strength `m` by moments (Kleinman 1973, "Proportions with extraneous variance: single and independent
//! samples", Journal of the American Statistical Association 68(341)). They change the odds of the first by
//! the ratio of their odds to the company's.

use chrono::NaiveDate;
use yeji_core::facts::Stage;

use super::MILLION;

/// Deals that the share of an age leans on: so many of the age before.
const LEAN: f64 = 10.0;
/// Weakest and strongest pull towards the company, in deals.
const STRENGTH: std::ops::RangeInclusive<f64> = 2.0..=200.0;
/// Ages beyond count as this one, in days.
const MAX_AGE: usize = 3_650;
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
    /// Deals that reached the same stage; none where stages are not recorded.
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
    stages: [Record; STAGES],
    owners: Vec<Record>,
    stage_strength: f64,
    owner_strength: f64,
}

impl Odds {
    /// Learns from what was known at the end of the day `as_of`, for the `left` days after it.
    pub fn learn(cases: &[Case], owners: usize, as_of: NaiveDate, left: usize) -> Self {
        let mut company = Record::default();
        let mut stages = [Record::default(); STAGES];
        let mut by_owner = vec![Record::default(); owners];
        for case in cases {
            let Some((_, won)) = case.closed.filter(|(day, _)| *day <= as_of) else {
                continue;
            };
            company.add(won);
            if let Some(record) = by_owner.get_mut(case.owner) {
                record.add(won);
            }
            for (record, reached) in stages.iter_mut().zip(case.reached) {
                if reached.is_some_and(|day| day <= as_of) {
                    record.add(won);
                }
            }
        }
        let (ages, any_age) = by_age(cases, as_of, left);
        Self {
            ages,
            any_age,
            company,
            stage_strength: strength(&stages),
            owner_strength: strength(&by_owner),
            stages,
            owners: by_owner,
        }
    }

    /// Closed deals that were learned from.
    pub fn learned_from(&self) -> u32 {
        self.owners.iter().map(|record| record.of).sum()
    }

    /// Were the stages of closed deals recorded?
    pub fn knows_stages(&self) -> bool {
        self.stages.iter().any(|record| record.of > 0)
    }

    /// The chance of an open deal; ages in days.
    pub fn chance(&self, owner: usize, age: Option<usize>, stage: Option<Stage>) -> Chance {
        let (same_age, base) = match (age, self.ages.last()) {
            (Some(age), Some(last)) => *self.ages.get(age).unwrap_or(last),
            _ => self.any_age,
        };
        let record = self.owners.get(owner).copied().unwrap_or_default();
        let company = self.company.share();
        let by_owner = self.drawn(record, self.owner_strength);
        let mut odds = odds(base) * odds(by_owner) / odds(company);
        let known = stage.and_then(place).map(|place| self.stages[place]);
        let known = known.filter(|record| record.of > 0);
        if let Some(record) = known {
            let share = self.drawn(record, self.stage_strength);
            odds *= self::odds(share) / self::odds(company);
        }
        Chance {
            millionths: millionths(odds / (1.0 + odds)),
            by_age: millionths(base),
            same_age,
            stage: known,
            owner: record,
            by_owner: millionths(by_owner),
        }
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
    fn add(&mut self, won: bool) {
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

/// Of deals open at each age, those won within the days left; and of all ages together.
fn by_age(cases: &[Case], as_of: NaiveDate, left: usize) -> (Vec<(Record, f64)>, (Record, f64)) {
    // Differences from one age to the next: (open, won).
    let mut steps = vec![(0_i64, 0_i64); MAX_AGE + 2];
    let (mut deals, mut won_soon) = (Record::default(), 0_u32);
    for case in cases {
        let Some(opened) = case.opened.filter(|day| *day <= as_of) else {
            continue;
        };
        let known = days_between(opened, as_of);
        let closed = case.closed.filter(|(day, _)| *day <= as_of);
        let cycle = closed.map(|(day, _)| days_between(opened, day));
        // Ages at which it was open and whose outcome is known: `left` days later is not after today.
        let Some(last_known) = known.checked_sub(left) else {
            continue;
        };
        let open_until = cycle.map_or(last_known + 1, |cycle| cycle.min(last_known + 1));
        let until = open_until.min(MAX_AGE + 1);
        if until == 0 {
            continue;
        }
        steps[0].0 += 1;
        steps[until].0 -= 1;
        deals.of += 1;
        if let (Some(cycle), Some((_, true))) = (cycle, closed) {
            let first = cycle.saturating_sub(left);
            if first < until {
                steps[first].1 += 1;
                steps[until].1 -= 1;
                won_soon += u32::from(first == 0);
            }
        }
    }
    deals.won = won_soon;
    let (mut open, mut won) = (0_i64, 0_i64);
    let (mut all_open, mut all_won) = (0_i64, 0_i64);
    let mut counts = Vec::new();
    for step in &steps[..=MAX_AGE] {
        open += step.0;
        won += step.1;
        if open == 0 {
            break;
        }
        all_open += open;
        all_won += won;
        counts.push((open, won));
    }
    #[allow(clippy::cast_precision_loss)]
    let any = (all_won as f64 + 0.5) / (all_open as f64 + 1.0);
    let mut before = any;
    let ages = counts.into_iter().map(|(open, won)| {
        let record = Record {
            won: u32::try_from(won).unwrap_or(u32::MAX),
            of: u32::try_from(open).unwrap_or(u32::MAX),
        };
        before = record.drawn_to(before, LEAN);
        (record, before)
    });
    (ages.collect(), (deals, any))
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
