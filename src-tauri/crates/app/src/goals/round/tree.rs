//! A round as a tree: the goals from above, the numbers from below, and the gap at every level.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use yeji_core::goal_round::GoalRound;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::GoalMetric;
use yeji_core::{Money, Ratio};
use yeji_goals::Level;
use yeji_goals::gap::{GapLeaf, GapRow, GapSum, gather};

use super::RoundState;
use crate::access::{Actor, Right, Sight};
use crate::api::goal_round::{
    GetGoalRound, GoalAdjustmentInfo, GoalProposalInfo, GoalRoundInfo, GoalRoundMay, GoalRoundRow,
    GoalRoundView, GoalSubmissionInfo,
};
use crate::context::App;
use crate::error::{Error, Result};
use crate::goals::book::Book;
use crate::goals::grid::{Before, MAX_ROWS, count, visible, window};
use crate::goals::{check_year, kept_rule, tree};

/// People without a number that a row names.
const MAX_NAMED: usize = 20;

/// A round against a plan, with its sums.
pub(in crate::goals) struct RoundTree {
    pub book: Book,
    pub state: RoundState,
    sums: Vec<GapSum>,
    late: Vec<bool>,
    comments: HashMap<String, u32>,
}

impl App {
    /// A window of a round's tree.
    pub async fn get_goal_round(&self, args: GetGoalRound) -> Result<GoalRoundView> {
        check_year(args.year)?;
        if args.limit > MAX_ROWS {
            let given = args.limit.to_string();
            return Err(Error::input("limit", &given, "at most 400"));
        }
        let (metric, year) = (args.metric, args.year);
        let round = match args.round {
            Some(id) => Some(self.round_of(id, metric, year).await?),
            None => self.newest_round(metric, year).await?,
        };
        let nothing = GoalRoundView {
            round: None,
            plan: None,
            currency: metric.currency(self.currency().await?).to_string(),
            can_run: self.actor().has(Right::SetGoals, self.policies()),
            rows: Vec::new(),
            offset: args.offset,
            total: 0,
            last_year_until: None,
        };
        let index = self.goal_index(metric).await?;
        let Some(plan) = index.plan(year) else {
            return Ok(nothing);
        };
        let plan = Some(tree::plan_info(plan, kept_rule(plan)));
        let Some(round) = round else {
            return Ok(GoalRoundView { plan, ..nothing });
        };
        let tree = self.round_tree(round).await?;
        let shown = visible(&tree.book, &args.expanded, args.search.as_deref());
        let places = window(&shown.places, args.offset, args.limit);
        let parts = tree.book.parts();
        let (mut rows, last_year_until) = self.round_rows(&tree, places).await?;
        for (row, at) in rows.iter_mut().zip(places) {
            row.children = parts[*at];
            row.expanded = shown.open.contains(at);
        }
        Ok(GoalRoundView {
            round: Some(tree.info()),
            plan,
            rows,
            total: count(shown.places.len()),
            last_year_until,
            ..nothing
        })
    }

    async fn round_of(
        &self,
        id: yeji_core::ids::GoalRoundId,
        metric: GoalMetric,
        year: i32,
    ) -> Result<GoalRound> {
        let round = self.known_round(id).await?;
        if (round.metric, round.year) == (metric, year) {
            return Ok(round);
        }
        Err(Error::NotFound {
            what: "goal_round",
            value: id.to_string(),
        })
    }

    /// A round with its sums, as far as it is seen.
    pub(in crate::goals) async fn round_tree(&self, round: GoalRound) -> Result<RoundTree> {
        let book = self.book_in_force(round.metric, round.year).await?;
        let mut comments = HashMap::new();
        for one in self
            .store()?
            .goal_comments(round.metric, round.year)
            .await?
        {
            let about = crate::goals::book::leaf_id((one.unit, one.person));
            *comments.entry(about).or_insert(0) += 1;
        }
        let state = self.round_state(round).await?;
        let sums = gather(&gap_rows(&book, &state)?)?;
        let day = |at: DateTime<Utc>| self.clock.local(at).date();
        let today = state
            .round
            .closed_at
            .map_or_else(|| self.clock.today(), day);
        let late = late(&book, &state, today, &day);
        Ok(RoundTree {
            book,
            state,
            sums,
            late,
            comments,
        })
    }

    /// What a round came to, of what is seen.
    pub(in crate::goals) async fn round_info(&self, round: GoalRound) -> Result<GoalRoundInfo> {
        Ok(self.round_tree(round).await?.info())
    }

    /// The row of a unit or person.
    pub(in crate::goals) async fn round_row(
        &self,
        round: GoalRound,
        id: &str,
    ) -> Result<(RoundTree, GoalRoundRow)> {
        let tree = self.round_tree(round).await?;
        let at = tree.book.place(id)?;
        let (mut rows, _) = self.round_rows(&tree, &[at]).await?;
        rows[0].children = tree.book.parts()[at];
        let row = rows.remove(0);
        Ok((tree, row))
    }

    /// Rows, and the last day of the year before that they are held against, if it is not over.
    async fn round_rows(
        &self,
        tree: &RoundTree,
        places: &[usize],
    ) -> Result<(Vec<GoalRoundRow>, Option<NaiveDate>)> {
        let before = self.year_before(&tree.book, places).await?;
        let numbers = tree.book.staff_numbers();
        let mut rows = Vec::with_capacity(places.len());
        for at in places {
            let row = tree.row(*at, &before)?;
            rows.push(GoalRoundRow {
                staff_number: numbers.get(&row.unit).cloned(),
                may: self.may_in_round(tree, *at),
                ..row
            });
        }
        Ok((rows, before.until))
    }

    /// What who asks may do with a row now.
    fn may_in_round(&self, tree: &RoundTree, at: usize) -> GoalRoundMay {
        let has = |right| self.actor().has(right, self.policies());
        if !tree.state.is_open() {
            return GoalRoundMay::default();
        }
        let manages = has(Right::AdjustGoals) && !matches!(self.actor(), Actor::Owner(_));
        if let Some(person) = tree.person(at) {
            let own = self.actor().person() == Some(person);
            let free = !tree.read_only(at);
            return GoalRoundMay {
                propose: free && has(Right::ProposeGoals) && (own || has(Right::SetGoals)),
                adjust: free && manages,
                ..GoalRoundMay::default()
            };
        }
        let Some(unit) = tree.unit(at) else {
            return GoalRoundMay::default();
        };
        let handed_in = tree.state.handed_in(unit).is_some();
        let above = tree.above(unit);
        let held_above = above.is_some_and(|above| {
            let by = tree.state.holder(&tree.book.organisation, above);
            by.is_some()
        });
        GoalRoundMay {
            submit: manages && !tree.read_only(at),
            send_back: manages && handed_in && !held_above && self.leads_above(above),
            ..GoalRoundMay::default()
        }
    }

    /// Whether who acts is HR or leads the unit above.
    pub(super) fn leads_above(&self, above: Option<UnitId>) -> bool {
        match self.sight() {
            Sight::Company => self.actor().has(Right::SetGoals, self.policies()),
            Sight::Units(units) => above.is_some_and(|above| units.contains(&above)),
            Sight::Person(_) => false,
        }
    }
}

impl RoundTree {
    /// The person of a row.
    pub fn person(&self, at: usize) -> Option<PersonId> {
        person_at(&self.book, at)
    }

    fn unit(&self, at: usize) -> Option<UnitId> {
        let unit = &self.book.units[at];
        (unit.level != Level::Person).then(|| unit.id.parse().ok())?
    }

    fn above(&self, unit: UnitId) -> Option<UnitId> {
        self.book.organisation.unit(unit)?.parent
    }

    fn read_only(&self, at: usize) -> bool {
        let unit = self.book.owner(at).map(|(unit, _)| unit).ok();
        unit.is_some_and(|unit| {
            let by = self.state.holder(&self.book.organisation, unit);
            by.is_some()
        })
    }

    /// Names of the people at and below a row who have no number.
    pub fn missing(&self, at: usize) -> Vec<String> {
        let rows = std::iter::once(at).chain(self.book.below(at));
        rows.filter(|row| {
            self.person(*row)
                .is_some_and(|person| self.state.number(person).is_none())
        })
        .map(|row| self.book.units[row].name.clone())
        .collect()
    }

    /// Units with people at and below a row that are not handed in.
    pub fn not_handed_in(&self, at: usize) -> Vec<String> {
        let rows = std::iter::once(at).chain(self.book.below(at));
        rows.filter(|row| is_team(&self.book, *row) && !self.read_only(*row))
            .map(|row| self.book.units[row].name.clone())
            .collect()
    }

    pub fn info(&self) -> GoalRoundInfo {
        let round = &self.state.round;
        let tops = (0..self.book.units.len()).filter(|at| self.book.parent(*at).is_none());
        let (people, said) = tops
            .map(|at| (self.sums[at].people, self.sums[at].said))
            .fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
        let teams = (0..self.book.units.len()).filter(|at| is_team(&self.book, *at));
        let handed_in = teams.clone().filter(|at| self.read_only(*at));
        GoalRoundInfo {
            id: round.id,
            metric: round.metric,
            year: round.year,
            people_due: round.people_due,
            managers_due: round.managers_due,
            opened_at: round.opened_at,
            closed_at: round.closed_at,
            people,
            said,
            missing: people - said,
            teams_submitted: count(handed_in.count()),
            teams: count(teams.count()),
        }
    }

    fn row(&self, at: usize, before: &Before) -> Result<GoalRoundRow> {
        let (book, sum) = (&self.book, self.sums[at]);
        let unit = &book.units[at];
        let major = |minor: i64| Money::new(minor, book.plan.amount.currency).to_major();
        // Months of a number for the year run as those of the goal.
        let growth = before.growth(book, at)?;
        let growth_expected = |expected: i64| match growth.filter(|_| sum.goal != 0) {
            Some(growth) => {
                let share = Ratio::new(i128::from(expected), i128::from(sum.goal))?;
                Ok::<_, Error>(Some(growth.checked_mul(share)?.to_string()))
            }
            // Without a goal nothing says which part of the number is of these months.
            None => Ok(None),
        };
        let (expected, person) = (sum.expected()?, self.person(at));
        let said = sum.said > 0;
        Ok(GoalRoundRow {
            unit: unit.id.clone(),
            name: unit.name.clone(),
            staff_number: None,
            level: tree::level_code(unit.level).to_owned(),
            depth: book.depth[at],
            parent: unit.parent.clone(),
            children: 0,
            expanded: false,
            goal: major(sum.goal),
            proposal: person.and_then(|person| self.proposal_of(person)),
            adjustment: person.and_then(|person| self.adjustment_of(person)),
            bottom_up: said.then(|| major(sum.bottom_up)),
            expected: major(expected),
            gap: if said { Some(major(sum.gap()?)) } else { None },
            people: sum.people,
            missing: sum.missing(),
            missing_names: self.missing(at).into_iter().take(MAX_NAMED).collect(),
            last_year: before.made(book, at).map(major),
            growth: growth.map(|growth| growth.to_string()),
            growth_expected: growth_expected(expected)?,
            submission: self.unit(at).and_then(|unit| self.submission_of(unit)),
            read_only: self.read_only(at),
            late: self.late[at],
            may: GoalRoundMay::default(),
            comments: self.comments.get(&unit.id).copied().unwrap_or(0),
        })
    }

    fn proposal_of(&self, person: PersonId) -> Option<GoalProposalInfo> {
        let one = self.state.proposal(person)?;
        Some(GoalProposalInfo {
            amount: one.amount.to_major(),
            note: one.note.clone(),
            author: one.author.clone(),
            at: one.written_at,
        })
    }

    fn adjustment_of(&self, person: PersonId) -> Option<GoalAdjustmentInfo> {
        let one = self.state.adjustment(person)?;
        Some(GoalAdjustmentInfo {
            amount: one.amount?.to_major(),
            reason: one.reason.clone(),
            author: one.author.clone(),
            at: one.written_at,
        })
    }

    fn submission_of(&self, unit: UnitId) -> Option<GoalSubmissionInfo> {
        let one = self.state.submission(unit)?;
        Some(GoalSubmissionInfo {
            state: one.state.into(),
            author: one.author.clone(),
            note: one.note.clone(),
            at: one.at,
        })
    }
}

fn person_at(book: &Book, at: usize) -> Option<PersonId> {
    let unit = &book.units[at];
    (unit.level == Level::Person).then(|| unit.id.parse().ok())?
}

/// Whether people are directly in a unit.
fn is_team(book: &Book, at: usize) -> bool {
    let mut below = book.below(at);
    below.any(|row| book.parent(row) == Some(at) && book.units[row].level == Level::Person)
}

fn gap_rows(book: &Book, state: &RoundState) -> Result<Vec<GapRow>> {
    let year = book.year()?;
    (0..book.units.len())
        .map(|at| {
            let person = person_at(book, at);
            let own = match book.own_row(at) {
                None => None,
                Some(row) => Some(GapLeaf {
                    goal: book.leaf_sum(row, year)?,
                    number: person.and_then(|person| state.number(person)),
                    is_person: person.is_some(),
                }),
            };
            Ok(GapRow {
                parent: book.parent(at),
                own,
            })
        })
        .collect()
}

/// Which rows are past their day on `today` (of a closed round: the day of its end).
fn late(
    book: &Book,
    state: &RoundState,
    today: NaiveDate,
    day: &dyn Fn(DateTime<Utc>) -> NaiveDate,
) -> Vec<bool> {
    let round = &state.round;
    let mut late: Vec<bool> = (0..book.units.len())
        .map(|at| {
            if let Some(person) = person_at(book, at) {
                let said = state.proposal(person).map(|one| day(one.written_at));
                return match (said, state.number(person)) {
                    (Some(on), _) => on > round.people_due,
                    (None, Some(_)) => false,
                    (None, None) => today > round.people_due,
                };
            }
            if !is_team(book, at) {
                return false;
            }
            let unit = book.owner(at).map(|(unit, _)| unit).ok();
            let by = unit.and_then(|unit| state.holder(&book.organisation, unit));
            by.map_or(today, |one| day(one.at)) > round.managers_due
        })
        .collect();
    for at in (0..book.units.len()).rev() {
        if let Some(parent) = book.parent(at)
            && book.units[at].level != Level::Person
            && late[at]
        {
            late[parent] = true;
        }
    }
    late
}
