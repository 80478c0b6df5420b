//! The plan of a year as the plan of another: who has what share, and everybody's months, under the
//! organisation of that year.
//!
//! Who moved takes their number along. What somebody had who carries no goal any more goes to the others of
//! their team in proportion, and where nobody is left there, to what stands beside the team. Who is new has
//! no number to copy and gets zero. All of them are named (docs/decisions/0023).

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::json;
use yeji_core::calendar::Period;
use yeji_core::goal::{GoalCell, GoalPlan, GoalPlanState};
use yeji_core::ids::{GoalPlanId, UnitId};
use yeji_core::org::Organisation;
use yeji_core::{Error as CoreError, Money, Ratio, Rounding};
use yeji_goals::carry::{CarryInput, CarryOutput};
use yeji_goals::{Level, SplitUnit};
use yeji_store::ChangeKind;

use super::book::Book;
use super::courses::courses;
use super::input::Tree;
use super::split::{KeptNote, KeptRule};
use super::{check_year, kept_rule, newest, next_version, superseded, tree};
use crate::api::Message;
use crate::api::goal_copy::{CopyAmount, CopyGoalPlan, GoalCopied};
use crate::api::goal_grid::GoalDifference;
use crate::context::App;
use crate::error::{Error, Result};

/// What a split is called that was copied.
const COPY: &str = "copy";

impl App {
    /// Copies the goal in force of a year to another one. A preview keeps nothing; else the copy becomes the
    /// version in force of that year. Locks are not copied.
    ///
    /// # Errors
    /// The year has no goal that is split; numbers of the other year are locked; nobody carries a goal in it;
    /// a factor or amount that is none.
    pub async fn copy_goal_plan(&self, args: CopyGoalPlan) -> Result<GoalCopied> {
        let _turn = self.turn().await;
        check_year(args.to)?;
        if args.from == args.to {
            return Err(Error::input("to", &args.to.to_string(), "another year"));
        }
        let book = self.book_in_force(args.metric, args.from).await?;
        let versions = self.versions(args.metric, args.to).await?;
        self.refuse_locked(&versions).await?;
        let year = book.year()?.calendar().year(args.to)?;
        let organisation = self.store()?.organisation().await?;
        let mut copy = Copy::new(&book, &organisation, year)?;
        let working = self.company_calendar().await?.working_days();
        let (courses, presence) = courses(&book, &copy.tree, &working, year)?;
        let input = CarryInput {
            amount: amount_of(&book.plan, &args)?,
            period: year,
            units: std::mem::take(&mut copy.tree.units),
            courses,
            presence,
            calendar: working,
        };
        let output = yeji_goals::carry(&input)?;
        let plan = self.plan_of(&book.plan, &args, next_version(&versions))?;
        let (plan, cells) = copy.kept(&plan, &output)?;
        let answer = GoalCopied {
            plan: tree::plan_info(&plan, kept_rule(&plan)),
            from: tree::plan_info(&book.plan, kept_rule(&book.plan)),
            replaced: newest(&versions).map(|old| tree::plan_info(old, kept_rule(old))),
            rows: rows(&book, &input, &output)?,
            notes: copy.tree.notes,
        };
        if !args.preview {
            let summary = json!({
                "metric": args.metric, "year": args.to, "by": COPY, "base": args.from,
            });
            let mut change = self.change(ChangeKind::SplitGoal, summary);
            change.put.extend(superseded(versions, |_| true));
            change.put.push(plan.into());
            change.put.extend(cells.into_iter().map(Into::into));
            self.apply(change).await?;
        }
        Ok(answer)
    }

    /// The new version, before it has a rule.
    fn plan_of(&self, from: &GoalPlan, args: &CopyGoalPlan, version: i64) -> Result<GoalPlan> {
        Ok(GoalPlan {
            id: GoalPlanId(self.clock.new_id()),
            year: args.to,
            version,
            state: GoalPlanState::Published,
            amount: amount_of(from, args)?,
            created_at: self.clock.now(),
            ..from.clone()
        })
    }
}

/// What the other year comes to; a factor is rounded once, to the minor unit.
fn amount_of(from: &GoalPlan, args: &CopyGoalPlan) -> Result<Money> {
    let amount = match &args.amount {
        CopyAmount::Growth { factor } => {
            let ratio = Ratio::parse_decimal(factor.trim());
            let usable = ratio.ok().filter(|ratio| *ratio >= Ratio::ZERO);
            let expected = "a decimal that is not negative, as in 1.1";
            let ratio = usable.ok_or_else(|| Error::input("growth", factor, expected))?;
            from.amount.times(ratio, Rounding::HalfUp)?
        }
        CopyAmount::Amount { amount } => Money::parse_major(amount.trim(), from.amount.currency)?,
    };
    if amount.minor < 0 {
        let year = args.to;
        return Err(Error::NegativeGoal { amount, year });
    }
    Ok(amount)
}

/// A plan on its way to another year.
struct Copy<'a> {
    organisation: &'a Organisation,
    /// The other year's organisation, weighed by what everybody had.
    tree: Tree<'a>,
    /// The year that is copied.
    base: i32,
}

impl<'a> Copy<'a> {
    fn new(book: &Book, organisation: &'a Organisation, year: Period) -> Result<Self> {
        let tree = Tree::new(organisation, year);
        if tree.leaves.is_empty() {
            let period = year.to_string();
            return Err(Error::Nobody { period });
        }
        let mut copy = Self {
            organisation,
            tree,
            base: book.plan.year,
        };
        let left = copy.name_who_changed(book, year)?;
        copy.weigh(book, left, year)?;
        Ok(copy)
    }

    /// Names who left, moved or is new. What nobody carries any more, by the unit that it goes to.
    fn name_who_changed(&mut self, book: &Book, year: Period) -> Result<BTreeMap<String, i64>> {
        let here: HashSet<&str> = self.tree.units.iter().map(|one| one.id.as_str()).collect();
        let mut left: BTreeMap<String, i64> = BTreeMap::new();
        let (mut gone, mut moved, mut empty) = (Vec::new(), Vec::new(), Vec::new());
        for at in 0..book.units.len() {
            let unit = &book.units[at];
            let who = || (unit.id.clone(), unit.name.clone());
            if book.own_row(at).is_none() {
                if !here.contains(unit.id.as_str()) {
                    empty.push(who());
                }
                continue;
            }
            let (team, _) = book.owner(at)?;
            match self.tree.leaves.get(&unit.id) {
                Some((_, now)) if *now == team => continue,
                Some(_) => {
                    moved.push(who());
                    continue;
                }
                None if unit.level == Level::Person => gone.push(who()),
                // A unit that had nobody when the goal was split.
                None if !here.contains(unit.id.as_str()) => empty.push(who()),
                None => {}
            }
            let heir = self.heir(team, &here);
            let part = left.entry(heir).or_default();
            *part = added(*part, book.sum(at, book.year()?)?)?;
        }
        let people = self
            .tree
            .units
            .iter()
            .filter(|one| one.level == Level::Person);
        let new = people.filter(|one| book.place(&one.id).is_err());
        let new = new.map(|one| (one.id.clone(), one.name.clone())).collect();
        let number = year.year_number();
        self.tree.note("copy_people_left", gone, number);
        self.tree.note("copy_people_moved", moved, number);
        self.tree.note("copy_people_new", new, number);
        self.tree.note("copy_units_empty", empty, number);
        for (code, who) in super::reduced::reduced(book, self.organisation)? {
            let leaves = &self.tree.leaves;
            let still = who.into_iter().filter(|(id, _)| leaves.contains_key(id));
            let still = still.collect();
            self.tree.say(code, still, book.plan.year);
        }
        Ok(left)
    }

    /// The unit itself where somebody carries a goal in it, else the nearest above.
    fn heir(&self, unit: UnitId, here: &HashSet<&str>) -> String {
        let above = |id: &UnitId| self.organisation.unit(*id).and_then(|unit| unit.parent);
        let mut line = std::iter::successors(Some(unit), above).map(|id| id.to_string());
        let found = line.find(|id| here.contains(id.as_str()));
        found.unwrap_or_else(|| self.tree.units[0].id.clone())
    }

    /// People weigh what they had, units what stands in them and what was left there.
    fn weigh(&mut self, book: &Book, left: BTreeMap<String, i64>, year: Period) -> Result<()> {
        let units = &mut self.tree.units;
        let places: HashMap<String, usize> = units
            .iter()
            .enumerate()
            .map(|(at, unit)| (unit.id.clone(), at))
            .collect();
        let (mut weights, mut people) = (vec![0_i64; units.len()], vec![0_i64; units.len()]);
        for (at, unit) in units.iter().enumerate() {
            if unit.level != Level::Person {
                continue;
            }
            people[at] = 1;
            if let Ok(place) = book.place(&unit.id) {
                weights[at] = book.sum(place, book.year()?)?;
            }
        }
        for (unit, minor) in left {
            let at = places[&unit];
            weights[at] = added(weights[at], minor)?;
        }
        let mut parts: Vec<Vec<usize>> = vec![Vec::new(); units.len()];
        // From behind: parts stand after their units.
        for at in (0..units.len()).rev() {
            if let Some(above) = units[at].parent.as_deref().and_then(|id| places.get(id)) {
                weights[*above] = added(weights[*above], weights[at])?;
                people[*above] += people[at];
                parts[*above].push(at);
            }
        }
        let mut alike = Vec::new();
        for (at, parts) in parts.iter().enumerate() {
            if parts.is_empty() || parts.iter().any(|part| weights[*part] > 0) {
                continue;
            }
            // Nobody here has a number: what the unit has is shared by heads.
            if weights[at] > 0 || at == 0 {
                alike.push((units[at].id.clone(), units[at].name.clone()));
            }
            for part in parts {
                units[*part].weight = Some(Ratio::from_int(people[*part]));
            }
        }
        for (unit, weight) in units.iter_mut().zip(weights) {
            let own = unit.weight.unwrap_or_else(|| Ratio::from_int(weight));
            unit.weight = Some(own);
        }
        self.tree.note("copy_alike", alike, year.year_number());
        Ok(())
    }

    /// The version with its rule, and its cells.
    fn kept(&mut self, plan: &GoalPlan, output: &CarryOutput) -> Result<(GoalPlan, Vec<GoalCell>)> {
        let named = &self.tree.named;
        let is_new = |note: &&yeji_goals::Note| {
            let unit = note.params.get("unit");
            note.code != "unit_gets_nothing" || !unit.is_some_and(|id| named.contains(id))
        };
        let said = output.notes.iter().filter(is_new).map(|note| Message {
            code: note.code.clone(),
            params: note.params.clone(),
        });
        let said: Vec<Message> = said.collect();
        self.tree.notes.extend(said);
        let notes = self.tree.notes.iter().map(|note| KeptNote {
            code: note.code.clone(),
            params: note.params.clone(),
        });
        let rule = KeptRule {
            split: Some(plan.id),
            by: COPY.to_owned(),
            base: Some(self.base),
            time: COPY.to_owned(),
            notes: notes.collect(),
            blend: None,
        };
        let cells = output.cells.iter().map(|cell| {
            let Some((person, unit)) = self.tree.leaves.get(&cell.unit) else {
                // An amount that nobody carries would be missing from every sum.
                let unit = cell.unit.clone();
                return Err(yeji_goals::Error::UnknownUnit { unit }.into());
            };
            Ok(GoalCell {
                plan: plan.id,
                unit: *unit,
                person: Some(*person),
                start: cell.period.start(),
                end: cell.period.end(),
                minor: cell.minor,
            })
        });
        let cells = cells.collect::<Result<Vec<_>>>()?;
        let rule = serde_json::to_string(&rule).map_err(yeji_store::Error::from)?;
        let plan = GoalPlan {
            rule: Some(rule),
            ..plan.clone()
        };
        Ok((plan, cells))
    }
}

/// Everybody before and after.
fn rows(book: &Book, input: &CarryInput, output: &CarryOutput) -> Result<Vec<GoalDifference>> {
    let numbers = book.staff_numbers();
    let row = |unit: &SplitUnit, before: Option<i64>, after: Option<i64>| {
        let major = |minor| Money::new(minor, input.amount.currency).to_major();
        GoalDifference {
            unit: unit.id.clone(),
            name: unit.name.clone(),
            staff_number: numbers.get(&unit.id).cloned(),
            level: tree::level_code(unit.level).to_owned(),
            period: input.period,
            before: before.map(major),
            after: after.map(major),
        }
    };
    let had = |at| book.sum(at, book.year()?);
    let mut rows = Vec::with_capacity(input.units.len());
    for (unit, carried) in input.units.iter().zip(&output.units) {
        let before = book.place(&unit.id).ok().map(had).transpose()?;
        rows.push(row(unit, before, Some(carried.minor)));
    }
    let here: HashSet<&str> = input.units.iter().map(|unit| unit.id.as_str()).collect();
    for (at, unit) in book.units.iter().enumerate() {
        if !here.contains(unit.id.as_str()) {
            rows.push(row(unit, Some(had(at)?), None));
        }
    }
    Ok(rows)
}

fn added(one: i64, other: i64) -> Result<i64> {
    let sum = one.checked_add(other);
    Ok(sum.ok_or(CoreError::Overflow("goal of a unit"))?)
}
