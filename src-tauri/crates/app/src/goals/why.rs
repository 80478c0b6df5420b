//! Why a goal is what it is: what each factor contributed, and what changes added since.

use yeji_core::{Error as CoreError, Money, Ratio, Rounding};
use yeji_goals::weigh::{Contribution, Source, Weighed};

use super::{kept_rule, no_goal};
use crate::api::goal_blend::{GetGoalWhy, GoalWhy, GoalWhyPart};
use crate::context::App;
use crate::error::Result;

impl App {
    /// The parts of a year's goal of a unit or person; they sum to it.
    pub async fn get_goal_why(&self, args: GetGoalWhy) -> Result<GoalWhy> {
        super::check_year(args.year)?;
        let index = self.goal_index(args.metric).await?;
        let plan = index
            .plan(args.year)
            .ok_or_else(|| no_goal(args.metric, args.year))?;
        let book = self.book(plan.clone()).await?;
        let at = book.place(&args.unit)?;
        let (unit, person) = book.owner(at)?;
        let goal = book.sum(at, book.year()?)?;
        let currency = plan.amount.currency;
        let major = |minor: i64| Money::new(minor, currency).to_major();
        // A revision or an older version put back has the rule of the split that it comes from.
        let versions = self.versions(args.metric, args.year).await?;
        let older = versions.iter().rev();
        let mut weighed: Option<(i64, Weighed)> = None;
        for version in older.filter(|one| one.version <= plan.version && one.rule == plan.rule) {
            if let Some(rule) = self.store()?.goal_rule(version.id, unit, person).await? {
                let document = serde_json::from_str(&rule.document);
                weighed = Some((version.version, document.map_err(yeji_store::Error::from)?));
                break;
            }
        }
        let before = self.year_before(&book, &[at]).await?;
        let split_by = kept_rule(plan).map(|rule| rule.by);
        let whole = GoalWhy {
            unit: args.unit,
            name: book.units[at].name.clone(),
            parent: book.parent(at).map(|above| book.units[above].name.clone()),
            currency: currency.to_string(),
            goal: major(goal),
            split_by,
            version: plan.version,
            parts: Vec::new(),
            history: None,
            basis: None,
            growth: before.growth(&book, at)?.map(|growth| growth.to_string()),
            last_year: before.made(&book, at).map(major),
            last_year_until: before.until,
            by_basis: None,
            over_assigned: major(0),
            notes: Vec::new(),
        };
        let Some((version, weighed)) = weighed else {
            return Ok(whole);
        };
        let mut parts: Vec<GoalWhyPart> = weighed
            .contributions
            .iter()
            .map(|part| part_of(part, currency))
            .collect();
        if weighed.contributions.is_empty() {
            // The topmost carries what was set.
            parts.push(plain("given", weighed.minor, currency));
        }
        let changed = goal
            .checked_sub(weighed.minor)
            .ok_or(CoreError::Overflow("goal of a unit"))?;
        if changed != 0 {
            parts.push(plain("changed", changed, currency));
        }
        Ok(GoalWhy {
            version,
            parts,
            history: weighed.history.map(major),
            basis: weighed.basis.map(major),
            by_basis: by_basis(goal, weighed.basis)?.map(|ratio| ratio.to_string()),
            over_assigned: major(over_assigned(goal, &weighed)?),
            ..whole
        })
    }
}

/// The goal as it is now by what caps and floors are measured by.
fn by_basis(goal: i64, basis: Option<i64>) -> Result<Option<Ratio>> {
    let Some(basis) = basis.filter(|basis| *basis > 0) else {
        return Ok(None);
    };
    Ok(Some(Ratio::new(i128::from(goal), i128::from(basis))?))
}

/// What stands beside a goal follows it in proportion when it is changed.
fn over_assigned(goal: i64, weighed: &Weighed) -> Result<i64> {
    if goal == weighed.minor || weighed.minor == 0 {
        return Ok(weighed.over_assigned);
    }
    let share = Ratio::new(i128::from(weighed.over_assigned), i128::from(weighed.minor))?;
    let now = Ratio::from_int(goal).checked_mul(share)?;
    Ok(now.round(Rounding::HalfUp)?)
}

fn plain(source: &str, minor: i64, currency: yeji_core::Currency) -> GoalWhyPart {
    GoalWhyPart {
        source: source.to_owned(),
        amount: Money::new(minor, currency).to_major(),
        weight: None,
        of: None,
        pot: None,
    }
}

fn part_of(part: &Contribution, currency: yeji_core::Currency) -> GoalWhyPart {
    let text = |ratio: Option<Ratio>| ratio.map(|ratio| ratio.to_string());
    GoalWhyPart {
        weight: text(part.weight),
        of: text(part.of),
        pot: part.pot.map(|minor| Money::new(minor, currency).to_major()),
        ..plain(source_code(part.source), part.minor, currency)
    }
}

fn source_code(source: Source) -> &'static str {
    match source {
        Source::Given => "given",
        Source::History => "history",
        Source::Damping => "damping",
        Source::Equal => "equal",
        Source::Pipeline => "pipeline",
        Source::Market => "market",
        Source::Segment => "segment",
        Source::Own => "own",
        Source::GrowthCap => "growth_cap",
        Source::GrowthFloor => "growth_floor",
        Source::FromOthers => "from_others",
        Source::Rounding => "rounding",
        Source::UnitResults => "unit_results",
    }
}
