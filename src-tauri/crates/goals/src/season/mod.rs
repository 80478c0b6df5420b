//! Engine `goal.season`: how a goal runs along time, learned or given.
//!
//! From history: each year becomes shares of its parts, in billionths that sum to a billion
//! ([`yeji_core::allocate`]); each part weighs the median of its shares over the years, or their mean
//! without the outer fifths (Tukey's trimmed mean); the weights are brought back to a sum of 1. So a
//! year of one huge deal moves nothing, and weights are whole numbers in a fixed order, the same on
//! every platform. Years that miss a part, have a negative one or nothing at all are left out. Under
//! two usable years (or what is asked) working days take their place; all of it is noted.
//!
//! Weeks in a part follow the same years where these have as many weeks in it, else working days. A
//! week without a working day gets nothing.

mod input;
mod profile;

use yeji_core::Ratio;

pub use input::{
    PartWeight, Robust, SeasonInput, SeasonOutput, SeasonPart, SeasonRule, SeasonWeek, SeasonYear,
    WeekWeight,
};

use self::profile::{Profile, days, usable};
use crate::plan_error::PlanError;
use crate::split::Note;
use crate::tree::whole_weights;
use crate::{Error, Result};

/// Name of the engine on the command line.
pub const ENGINE: &str = "goal.season";

/// What parts weigh, and where from.
struct Season {
    by: &'static str,
    years: usize,
    weights: Vec<u64>,
    spread: Vec<Option<(Ratio, Ratio)>>,
    weeks: Vec<Option<Vec<u64>>>,
}

/// Weighs parts and weeks; see the module's text for the rule.
///
/// # Errors
/// No parts, overlapping ones, lists that do not fit them, shares that are negative or all zero.
pub fn season(input: &SeasonInput) -> Result<SeasonOutput> {
    check(input)?;
    let mut notes = Vec::new();
    let season = match &input.rule {
        SeasonRule::History {
            years,
            robust,
            min_years,
        } => learned(input, years, *robust, *min_years, &mut notes)?,
        SeasonRule::LastYear { year } => {
            let years = std::slice::from_ref(year);
            let mut season = learned(input, years, Robust::Median, 1, &mut notes)?;
            if season.by == "history" {
                season.by = "last_year";
            }
            season
        }
        SeasonRule::Forecast { minor } => given(input, "forecast", &amounts(input, minor)?)?,
        SeasonRule::Own { weights } => given(input, "own", weights)?,
        SeasonRule::Equal => {
            let mut season = given(input, "equal", &vec![Ratio::ONE; input.parts.len()])?;
            let equal = input
                .parts
                .iter()
                .map(|part| Some(vec![1; part.weeks.len()]));
            season.weeks = equal.collect();
            season
        }
        SeasonRule::WorkingDays => by_working_days(input, &mut notes),
    };
    let sum = sum(&season.weights)?;
    let mut parts = Vec::with_capacity(input.parts.len());
    for (at, part) in input.parts.iter().enumerate() {
        let spread = season.spread[at];
        parts.push(PartWeight {
            key: part.key.clone(),
            weight: Ratio::new(i128::from(season.weights[at]), sum)?,
            low: spread.map(|(low, _)| low),
            high: spread.map(|(_, high)| high),
            weeks: weeks(part, season.weeks[at].clone(), &mut notes)?,
        });
    }
    Ok(SeasonOutput {
        by: season.by.to_owned(),
        years: season.years,
        parts,
        notes,
    })
}

fn check(input: &SeasonInput) -> Result<()> {
    if input.parts.is_empty() {
        return Err(PlanError::NothingGiven { what: "parts" }.into());
    }
    let mut end = chrono::NaiveDate::MIN;
    for part in &input.parts {
        let mut inner = part.start;
        let is_placed = part.start < part.end && part.start >= end;
        let all_placed = part.weeks.iter().all(|week| {
            let fits = inner <= week.start && week.start < week.end && week.end <= part.end;
            inner = week.end;
            fits
        });
        if !is_placed || !all_placed {
            let place = part.key.clone();
            return Err(PlanError::Interval { place }.into());
        }
        end = part.end;
    }
    Ok(())
}

fn count(place: &str, given: usize, input: &SeasonInput) -> Result<()> {
    let expected = input.parts.len();
    if given == expected {
        return Ok(());
    }
    let place = place.to_owned();
    Err(PlanError::EntryCount {
        place,
        given,
        expected,
    }
    .into())
}

/// From past years, or working days where there are too few.
fn learned(
    input: &SeasonInput,
    years: &[SeasonYear],
    robust: Robust,
    min_years: usize,
    notes: &mut Vec<Note>,
) -> Result<Season> {
    for year in years {
        count(&year.label, year.minor.len(), input)?;
        if !year.weeks.is_empty() {
            count(&year.label, year.weeks.len(), input)?;
        }
    }
    let found = usable(years, notes);
    if found.len() < min_years.max(1) {
        let params = [
            ("years", found.len().to_string()),
            ("needed", min_years.max(1).to_string()),
        ];
        notes.push(Note::new("too_few_years", &params));
        return Ok(by_working_days(input, notes));
    }
    let rows: Vec<Vec<i64>> = found
        .iter()
        .map(|year| year.minor.iter().flatten().copied().collect())
        .collect();
    let profile = Profile::new(&rows, robust)?;
    if profile.is_mean {
        let params = [("years", found.len().to_string())];
        notes.push(Note::new("no_common_profile", &params));
    }
    let spread = (0..input.parts.len()).map(|at| profile.spread(at));
    let spread = spread.map(|found| found.map(Some)).collect::<Result<_>>()?;
    let mut weeks = Vec::with_capacity(input.parts.len());
    for (at, part) in input.parts.iter().enumerate() {
        // Only years with as many weeks in the part, and with sales in it and no negative ones.
        let rows: Vec<Vec<i64>> = found
            .iter()
            .filter_map(|year| year.weeks.get(at))
            .filter(|weeks| weeks.len() == part.weeks.len())
            .filter(|weeks| weeks.iter().all(|minor| *minor >= 0))
            .filter(|weeks| weeks.iter().any(|minor| *minor > 0))
            .cloned()
            .collect();
        let is_enough = !part.weeks.is_empty() && rows.len() >= min_years.max(1);
        weeks.push(if is_enough {
            Some(Profile::new(&rows, robust)?.weights)
        } else {
            None
        });
    }
    Ok(Season {
        by: "history",
        years: found.len(),
        weights: profile.weights,
        spread,
        weeks,
    })
}

fn amounts(input: &SeasonInput, minor: &[i64]) -> Result<Vec<Ratio>> {
    count("forecast", minor.len(), input)?;
    Ok(minor.iter().map(|minor| Ratio::from_int(*minor)).collect())
}

/// Shares as they are given.
fn given(input: &SeasonInput, by: &'static str, weights: &[Ratio]) -> Result<Season> {
    count(by, weights.len(), input)?;
    let negative = weights.iter().position(|weight| *weight < Ratio::ZERO);
    if let Some(at) = negative {
        let place = input.parts[at].key.clone();
        let value = weights[at].to_string();
        return Err(PlanError::NegativeShare { place, value }.into());
    }
    let weights = whole_weights(weights).ok_or_else(|| Error::WeightsTooFine {
        place: by.to_owned(),
    })?;
    if weights.iter().all(|weight| *weight == 0) {
        return Err(PlanError::SharesAllZero { what: by }.into());
    }
    Ok(Season {
        by,
        years: 0,
        spread: vec![None; weights.len()],
        weeks: vec![None; weights.len()],
        weights,
    })
}

fn by_working_days(input: &SeasonInput, notes: &mut Vec<Note>) -> Season {
    let parts = input.parts.iter();
    let intervals: Vec<_> = parts
        .map(|part| (part.start, part.end, part.working_days))
        .collect();
    let whole = format!(
        "{}..{}",
        input.parts[0].key,
        input.parts[input.parts.len() - 1].key
    );
    Season {
        by: "working_days",
        years: 0,
        weights: days(&whole, &intervals, notes),
        spread: vec![None; intervals.len()],
        weeks: vec![None; intervals.len()],
    }
}

/// Shares of the weeks in a part. Nobody works in some; what they had in other years is for the rest.
fn weeks(
    part: &SeasonPart,
    learned: Option<Vec<u64>>,
    notes: &mut Vec<Note>,
) -> Result<Vec<WeekWeight>> {
    if part.weeks.is_empty() {
        return Ok(Vec::new());
    }
    let intervals: Vec<_> = part
        .weeks
        .iter()
        .map(|week| (week.start, week.end, week.working_days))
        .collect();
    let works = |at: usize| part.weeks[at].working_days > 0;
    let any_works = (0..intervals.len()).any(works);
    let mut weights = learned.unwrap_or_default();
    if any_works {
        for (at, weight) in weights.iter_mut().enumerate().filter(|(at, _)| !works(*at)) {
            let params = [("period", part.weeks[at].key.clone())];
            if *weight > 0 {
                notes.push(Note::new("week_without_working_day", &params));
            }
            *weight = 0;
        }
    }
    if weights.iter().all(|weight| *weight == 0) {
        weights = days(&part.key, &intervals, notes);
    }
    let sum = sum(&weights)?;
    let weeks = part.weeks.iter().zip(weights);
    weeks
        .map(|(week, weight)| {
            Ok(WeekWeight {
                key: week.key.clone(),
                weight: Ratio::new(i128::from(weight), sum)?,
            })
        })
        .collect()
}

fn sum(weights: &[u64]) -> Result<i128> {
    let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    match sum {
        0 => Err(PlanError::SharesAllZero { what: "weights" }.into()),
        sum => Ok(sum),
    }
}
