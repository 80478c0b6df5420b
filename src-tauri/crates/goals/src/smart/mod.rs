//! Engine `goal.smart`: specific, measurable, achievable, relevant and time-bound, as numbers.
//!
//! The five criteria are Doran's ("There's a S.M.A.R.T. way to write management's goals and
//! objectives", Management Review 70, 1981); the limits are settings with stated defaults. The
//! probability of reaching a goal is read from a forecast's quantiles by straight lines between them;
//! outside them only a bound is known, and it is said that it is one. What is amber or red comes with
//! what would be green.

mod chance;
mod input;
mod output;

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use yeji_core::Ratio;

pub use input::{DataSource, Forecast, Growth, ParentGoal, Quantile, SmartInput, SmartLimits};
pub use output::{Achievable, Measurable, Relevant, SmartOutput, Specific, Suggested, TimeBound};

use self::chance::Distribution;
use crate::light::{Better, Light};
use crate::plan_error::PlanError;
use crate::{Error, Result};

/// Name of the engine on the command line.
pub const ENGINE: &str = "goal.smart";
/// People with two years in a row that it takes to say anything of a goal: of fewer, one is more than the fifth
/// that makes it green, and a company has only itself.
pub const FEWEST_PEOPLE: u64 = 5;
/// Most milestones that are suggested.
const MAX_MILESTONES: u64 = 366;

/// Looks at one goal; see the module's text for the rule.
///
/// # Errors
/// Limits in the wrong order, a forecast that is no distribution, more people who reached something
/// than there are, a period that is empty.
pub fn smart(input: &SmartInput) -> Result<SmartOutput> {
    check(input)?;
    Ok(SmartOutput {
        specific: specific(input),
        measurable: measurable(input),
        achievable: achievable(input)?,
        relevant: relevant(input)?,
        time_bound: time_bound(input),
    })
}

fn check(input: &SmartInput) -> Result<()> {
    let limits = &input.limits;
    limits.chance.check("chance")?;
    limits.people.check("people")?;
    if limits.fresh_green_days > limits.fresh_amber_days {
        return Err(PlanError::LimitOrder {
            what: "fresh_days",
            green: limits.fresh_green_days.to_string(),
            amber: limits.fresh_amber_days.to_string(),
        }
        .into());
    }
    if let (Some(start), Some(end)) = (input.start, input.end)
        && start >= end
    {
        let place = format!("{start}..{end}");
        return Err(PlanError::Interval { place }.into());
    }
    Ok(())
}

fn is_given(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

fn specific(input: &SmartInput) -> Specific {
    let fields = [
        ("owner", &input.owner),
        ("metric", &input.metric),
        ("scope", &input.scope),
    ];
    let missing: Vec<String> = fields
        .into_iter()
        .filter(|(_, text)| !is_given(text.as_ref()))
        .map(|(name, _)| name.to_owned())
        .collect();
    let light = match missing.as_slice() {
        [] => Light::Green,
        [only] if only == "scope" => Light::Amber,
        _ => Light::Red,
    };
    Specific { light, missing }
}

fn measurable(input: &SmartInput) -> Measurable {
    let facts = input.source.map_or(0, |source| source.facts);
    let last = input.source.and_then(|source| source.last_fact);
    let days = last.map(|last| (input.as_of - last).num_days());
    let limits = &input.limits;
    // A fact of tomorrow is as fresh as one of today.
    let light = match days.map(|days| days.max(0).unsigned_abs()) {
        Some(days) if facts > 0 && days <= limits.fresh_green_days => Light::Green,
        Some(days) if facts > 0 && days <= limits.fresh_amber_days => Light::Amber,
        _ => Light::Red,
    };
    let since = input
        .as_of
        .checked_sub_days(Days::new(limits.fresh_green_days));
    Measurable {
        light,
        facts,
        days,
        needs_facts_since: since.filter(|_| light < Light::Green),
    }
}

fn achievable(input: &SmartInput) -> Result<Achievable> {
    let distribution = input.forecast.as_ref().map(Distribution::new).transpose()?;
    let chance = distribution
        .as_ref()
        .map(|known| known.reaches(input.minor, input.better))
        .transpose()?;
    let by_chance = chance
        .as_ref()
        .map(|chance| input.limits.chance.light(chance.value));
    let by_period = match by_chance {
        Some(light) => Some(light),
        None => by_middle(input)?,
    };
    let by_people = match input.growth {
        Some(growth) => by_people(input, growth)?,
        None => None,
    };
    let settled = settled(input);
    let light = match settled {
        Some(true) => Light::Green,
        Some(false) => Light::Red,
        // What is known of this period itself says more than what others made of other years.
        None => by_period.or(by_people).unwrap_or(Light::Amber),
    };
    let is_open = settled.is_none() && light < Light::Green;
    let suggested = match distribution.as_ref().filter(|_| is_open) {
        Some(known) => suggested(input, known)?,
        None => Vec::new(),
    };
    let growth = input.growth.filter(|growth| growth.base > 0);
    Ok(Achievable {
        light,
        bound: chance
            .as_ref()
            .filter(|_| settled.is_none())
            .and_then(|chance| chance.bound.map(str::to_owned)),
        chance: match settled {
            Some(true) => Some(Ratio::ONE),
            Some(false) => Some(Ratio::ZERO),
            None => chance.map(|chance| chance.value),
        },
        growth: growth
            .map(|growth| Ratio::new(i128::from(input.minor), i128::from(growth.base)))
            .transpose()?,
        reached: input.growth.map(|growth| growth.reached),
        of: input.growth.map(|growth| growth.of),
        suggested,
    })
}

/// Whether nothing can change any more whether the goal is met: an amount that is there, a limit that is passed.
/// When no time is left, the other way round too.
fn settled(input: &SmartInput) -> Option<bool> {
    let actual = input.actual?;
    match input.better {
        Better::Higher if actual >= input.minor => Some(true),
        Better::Lower if actual > input.minor => Some(false),
        Better::Higher => input.closed.then_some(false),
        Better::Lower => input.closed.then_some(true),
    }
}

/// What would be reached with 50 % and 70 %, as far as that makes the goal easier and its light green. In whole
/// deals both can be the same, and is then said once with its own probability; what is there already is no
/// suggestion.
fn suggested(input: &SmartInput, known: &Distribution) -> Result<Vec<Suggested>> {
    let mut suggested: Vec<Suggested> = Vec::new();
    for percent in [50, 70] {
        let chance = Ratio::new(percent, 100)?;
        let Some(minor) = known.amount(chance, input.better)? else {
            continue;
        };
        let (is_easier, is_there) = match input.better {
            Better::Higher => (minor < input.minor, input.actual >= Some(minor)),
            Better::Lower => (minor > input.minor, false),
        };
        let reached = known.reaches(minor, input.better)?.value;
        let is_green = input.limits.chance.light(reached) == Light::Green;
        if is_there || !is_easier || !is_green {
            continue;
        }
        match suggested.iter_mut().find(|one| one.minor == minor) {
            Some(same) => same.chance = reached,
            None => suggested.push(Suggested { chance, minor }),
        }
    }
    Ok(suggested)
}

/// Where only the middle of what is expected is known: it by the goal, with the limits of a pace.
fn by_middle(input: &SmartInput) -> Result<Option<Light>> {
    let Some(middle) = input.middle else {
        return Ok(None);
    };
    let (part, whole) = match input.better {
        Better::Higher => (middle, input.minor),
        Better::Lower => (input.minor, middle),
    };
    if whole <= 0 {
        return Ok(Some(Light::Green));
    }
    let ratio = Ratio::new(i128::from(part), i128::from(whole))?;
    Ok(Some(crate::pace::limits().light(ratio)))
}

/// A goal that asks for no more than was made before needs nobody's example.
fn by_people(input: &SmartInput, growth: Growth) -> Result<Option<Light>> {
    let Growth { base, reached, of } = growth;
    if reached > of {
        return Err(PlanError::PeopleCount { reached, of }.into());
    }
    let is_no_more = match input.better {
        Better::Higher => input.minor <= base,
        Better::Lower => input.minor >= base,
    };
    if of == 0 || base <= 0 {
        return Ok(None);
    }
    if is_no_more {
        return Ok(Some(Light::Green));
    }
    if of < FEWEST_PEOPLE {
        return Ok(None);
    }
    let share = Ratio::new(i128::from(reached), i128::from(of)).map_err(Error::from)?;
    Ok(Some(input.limits.people.light(share)))
}

fn relevant(input: &SmartInput) -> Result<Relevant> {
    let parent = input.parent.filter(|parent| parent.minor > 0);
    let share = parent
        .map(|parent| Ratio::new(i128::from(input.minor), i128::from(parent.minor)))
        .transpose()?;
    let has_aim = is_given(input.aim.as_ref());
    let is_part = match (input.parent, share) {
        (None, _) => true,
        (Some(_), Some(share)) => Ratio::ZERO < share && share <= Ratio::ONE,
        (Some(_), None) => false,
    };
    let light = match (has_aim, is_part) {
        (true, true) => Light::Green,
        (false, false) => Light::Red,
        // The company's goal is part of nothing, so only an aim can make it matter.
        (false, true) if input.parent.is_none() => Light::Red,
        _ => Light::Amber,
    };
    let mut missing = Vec::new();
    if !has_aim {
        missing.push("aim".to_owned());
    }
    if !is_part {
        missing.push("share".to_owned());
    }
    Ok(Relevant {
        light,
        share,
        has_aim,
        missing,
    })
}

fn time_bound(input: &SmartInput) -> TimeBound {
    let days: BTreeSet<NaiveDate> = input.milestones.iter().copied().collect();
    let Some((start, end)) = input.start.zip(input.end) else {
        return TimeBound {
            light: Light::Red,
            milestones: 0,
            outside: days.len() as u64,
            suggested: Vec::new(),
        };
    };
    let inside = days.iter().filter(|day| start <= **day && **day < end);
    let milestones = inside.count() as u64;
    let wanted = input.limits.milestones;
    let light = match milestones {
        enough if enough >= wanted => Light::Green,
        0 => Light::Red,
        _ => Light::Amber,
    };
    TimeBound {
        light,
        milestones,
        outside: days.len() as u64 - milestones,
        suggested: match light {
            Light::Green => Vec::new(),
            _ => stretches(start, end, wanted),
        },
    }
}

/// Last days of equal stretches, the longer ones later.
fn stretches(start: NaiveDate, end: NaiveDate, count: u64) -> Vec<NaiveDate> {
    let length = (end - start).num_days().unsigned_abs();
    let count = count.min(MAX_MILESTONES).min(length);
    let last = |number: u64| {
        let days = (length * number / count).saturating_sub(1);
        start.checked_add_days(Days::new(days))
    };
    (1..=count).filter_map(last).collect()
}
