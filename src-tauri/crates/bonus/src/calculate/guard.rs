//! What is wrong with an input as a whole.

use std::collections::HashSet;

use yeji_core::Money;
use yeji_core::calendar::Period;

use crate::input::{CalculateInput, GoalInput, PersonInput};
use crate::plan::Plan;
use crate::{Error, Result, check};

pub(super) fn check_input(input: &CalculateInput) -> Result<()> {
    if let Some(error) = Error::of_problems(check(&input.plan)) {
        return Err(error);
    }
    crate::check::require_currency(&input.plan, input.currency)?;
    for person in &input.people {
        check_person(input, person)?;
    }
    for fact in &input.facts {
        check_currency(input, "", &fact.id, fact.amount)?;
        if let Some(margin) = fact.margin {
            check_currency(input, "", &fact.id, margin)?;
        }
    }
    let mut teams = HashSet::new();
    for team in &input.teams {
        if !teams.insert(team.team.as_str()) {
            return Err(Error::DuplicateTeam {
                team: team.team.clone(),
            });
        }
        check_goals(&team.team, &team.goals)?;
    }
    check_adjustments(input)
}

/// Periods are of the plan's kind.
pub(super) fn check_period(plan: &Plan, period: Period) -> Result<()> {
    if period.kind() == plan.period {
        return Ok(());
    }
    Err(Error::WrongPeriod {
        plan: plan.period,
        period,
    })
}

/// The plan's own problems as an error.
pub(super) fn unusable(plan: &Plan) -> Error {
    Error::of_problems(check(plan)).unwrap_or(Error::InvalidPlan {
        problems: Vec::new(),
    })
}

fn check_person(input: &CalculateInput, person: &PersonInput) -> Result<()> {
    let mut assignments: Vec<_> = person.assignments.iter().collect();
    assignments.sort_by_key(|one| one.span().start());
    for one in &assignments {
        let Some(amount) = one.target_bonus else {
            continue;
        };
        check_currency(input, &person.person, "target_bonus", amount)?;
        if amount.minor < 0 {
            return Err(Error::NegativeTargetBonus {
                person: person.person.clone(),
                amount,
            });
        }
    }
    for pair in assignments.windows(2) {
        if let [before, after] = pair
            && after.span().start() < before.span().end()
        {
            return Err(Error::OverlappingAssignments {
                person: person.person.clone(),
                day: after.span().start(),
            });
        }
    }
    check_goals(&person.person, &person.goals)?;
    let mut known = HashSet::new();
    for kpi in &person.kpis {
        if !known.insert((kpi.kpi.as_str(), kpi.period)) {
            return Err(Error::DuplicateKpi {
                person: person.person.clone(),
                kpi: kpi.kpi.clone(),
                period: kpi.period,
            });
        }
    }
    Ok(())
}

fn check_goals(of: &str, goals: &[GoalInput]) -> Result<()> {
    let mut known = HashSet::new();
    for goal in goals {
        if !known.insert((goal.measure.as_str(), goal.period)) {
            return Err(Error::DuplicateGoal {
                person: of.to_owned(),
                measure: goal.measure.clone(),
                period: goal.period,
            });
        }
    }
    Ok(())
}

fn check_adjustments(input: &CalculateInput) -> Result<()> {
    let people: HashSet<&str> = input.people.iter().map(|one| one.person.as_str()).collect();
    let mut known = HashSet::new();
    for one in &input.adjustments {
        check_currency(input, &one.person, &one.id, one.amount)?;
        if !people.contains(one.person.as_str()) {
            return Err(Error::AdjustmentOfNobody {
                adjustment: one.id.clone(),
                person: one.person.clone(),
            });
        }
        if !known.insert(one.id.as_str()) {
            return Err(Error::DuplicateAdjustment {
                adjustment: one.id.clone(),
            });
        }
    }
    Ok(())
}

fn check_currency(input: &CalculateInput, person: &str, place: &str, amount: Money) -> Result<()> {
    if amount.currency == input.currency {
        return Ok(());
    }
    Err(Error::MixedCurrencies {
        person: person.to_owned(),
        place: place.to_owned(),
        expected: input.currency,
        found: amount.currency,
    })
}
