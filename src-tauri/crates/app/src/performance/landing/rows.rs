//! The landing of the whole and of its parts, which sum to it.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::calendar::PeriodKind;
use yeji_core::ids::{PersonId, UnitId};
use yeji_insight::forecast::Series;
use yeji_insight::forecast::batch::SeriesForecast;
use yeji_insight::landing::{Landing, New, Widening, land};
use yeji_store::LandingDeal;

use super::people::AtPlaces;
use super::rest::Rests;
use super::world::OpenDeal;
use super::{Asked, overflow};
use crate::api::forecast::{ForecastBy, LandingRow};
use crate::context::App;
use crate::error::Result;
use crate::performance::forecast::{Direct, Tree, exact, forecast_all, rounded, season_of};
use crate::performance::goal_cover::Goal;
use crate::words;

/// What was made.
pub(super) struct Made {
    pub total: Landing,
    pub total_row: LandingRow,
    pub goal: Option<i64>,
    pub rows: Vec<LandingRow>,
    /// There are too few earlier periods to say what deals not opened yet will bring.
    pub new_unknown: bool,
    /// Who brings something outside of what is asked too.
    pub elsewhere: Vec<PersonId>,
    /// What earlier landings of the company say of the width of the whole.
    pub widen: Widening,
}

/// Won, open and new of a part.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub won: i64,
    pub open: Vec<OpenDeal>,
    pub new: Option<New>,
}

impl Part {
    fn is_nothing(&self) -> bool {
        self.won == 0 && self.open.is_empty() && self.new.is_none_or(|new| new.minor == 0)
    }

    fn land(&self, widen: Widening) -> Result<Landing> {
        let open: Vec<_> = self.open.iter().map(|one| one.open()).collect();
        land(self.won, &open, self.new, widen).ok_or_else(overflow)
    }

    /// As a part of the company, whose earlier landings say how far off they are: a part's interval is the same in
    /// every view.
    pub fn land_in(&self, whole: &Part, widen: Widening) -> Result<Landing> {
        self.land(self.widen_in(whole, widen)?)
    }

    fn widen_in(&self, whole: &Part, widen: Widening) -> Result<Widening> {
        let (part, whole) = (self.land(Widening::NONE)?, whole.land(Widening::NONE)?);
        // Misses are of what was still to come: of a year as of its last quarter.
        let to_come = |one: &Landing| one.landing.saturating_sub(one.won);
        let shares = match to_come(&whole) {
            0 => (part.landing, whole.landing),
            whole => (to_come(&part), whole),
        };
        Ok(widen.of_part(shares.0, shares.1))
    }
}

/// The company by units, and what is meant of it.
pub(super) struct Whole {
    tree: Tree,
    /// Of each place of the tree; the first is the company.
    parts: Vec<Part>,
    /// The topmost that are meant.
    tops: Vec<usize>,
    /// Those and all below them.
    places: BTreeSet<usize>,
    /// Where somebody is asked for.
    people: AtPlaces,
    /// What is meant, together.
    pub total: Part,
}

impl Whole {
    pub fn company(&self) -> &Part {
        &self.parts[0]
    }
}

impl App {
    pub(super) async fn landing_rows(
        &self,
        asked: &Asked,
        open: &[OpenDeal],
        widen: Widening,
    ) -> Result<Made> {
        let days = asked.period.into();
        let units = asked.base.question.units.as_deref();
        let goal = self.goal_of(&asked.base.goals, units, days).await?;
        let Some(whole) = asked.whole(open).await? else {
            return landing_of_nothing(asked, goal);
        };
        let company = whole.company();
        let Whole {
            tree,
            parts,
            tops,
            places,
            people,
            total,
        } = &whole;
        let rows = match (asked.base.person, asked.base.args.by) {
            (None, Some(ForecastBy::Team)) => {
                self.unit_rows(asked, tree, (tops, parts), widen).await?
            }
            (None, Some(ForecastBy::Person)) => {
                let of = (places, company);
                self.person_rows(asked, people, of, widen).await?
            }
            (Some(_), _) | (None, None) => Vec::new(),
        };
        let landing = total.land_in(company, widen)?;
        let row = asked.row(String::new(), String::new(), 0, (&landing, &total.open));
        let elsewhere = people
            .iter()
            .filter(|(person, _)| asked.base.person.is_none_or(|own| own == **person))
            .filter(|(_, own)| is_split(own, places))
            .map(|(person, _)| *person);
        Ok(Made {
            total: landing,
            total_row: asked.with_goal(row, &landing, goal),
            goal,
            rows,
            new_unknown: company.new.is_none(),
            elsewhere: elsewhere.collect(),
            widen: total.widen_in(company, widen)?,
        })
    }

    async fn unit_rows(
        &self,
        asked: &Asked,
        tree: &Tree,
        (tops, parts): (&[usize], &[Part]),
        widen: Widening,
    ) -> Result<Vec<LandingRow>> {
        let organisation = &asked.base.question.organisation;
        let days = asked.period.into();
        let own_goals = self.goals_of_units(&asked.base.goals, days, None).await?;
        let goals = goals_up(tree, own_goals);
        let mut rows = Vec::new();
        for top in tops {
            let several = tops.len() > 1;
            let itself = several.then_some((*top, 1));
            let below = tree.below(*top).into_iter();
            let below = below.map(|(at, depth)| (at, depth + u32::from(several)));
            for (at, depth) in itself.into_iter().chain(below) {
                let node = &tree.nodes[at];
                let label = match node.unit.and_then(|unit| organisation.unit(unit)) {
                    Some(unit) if !node.own => unit.name.clone(),
                    _ => words::own_of(organisation, node.unit, asked.base.args.language),
                };
                let landing = parts[at].land_in(&parts[0], widen)?;
                let row = asked.row(node.key(), label, depth, (&landing, &parts[at].open));
                let goal = goals[at].and_then(Goal::whole).filter(|_| !node.own);
                rows.push(asked.with_goal(row, &landing, goal));
            }
        }
        Ok(rows)
    }

    /// Everybody's landing in the units that are meant. Sums are those of the whole.
    async fn person_rows(
        &self,
        asked: &Asked,
        people: &AtPlaces,
        (places, company): (&BTreeSet<usize>, &Part),
        widen: Widening,
    ) -> Result<Vec<LandingRow>> {
        let organisation = &asked.base.question.organisation;
        let days = asked.period.into();
        let units = asked.base.question.units.as_deref();
        let goals = self
            .goals_by_person_in(&asked.base.goals, days, units)
            .await?;
        let mut rows = Vec::new();
        for (person, own) in people {
            if !own.keys().any(|place| places.contains(place)) {
                continue;
            }
            let part = Asked::part_of(people, *person, places)?;
            // Of whom nothing came and nothing is expected, only a goal is to be told.
            if part.is_nothing() && !goals.contains_key(person) {
                continue;
            }
            let known = organisation.person(*person);
            let label = known.map(|one| one.name.clone()).unwrap_or_default();
            let landing = part.land_in(company, widen)?;
            let mut row = asked.row(person.to_string(), label, 1, (&landing, &part.open));
            row.staff_number = known.and_then(|one| one.staff_number.clone());
            rows.push((
                landing.landing,
                asked.with_goal(row, &landing, goals.get(person).copied()),
            ));
        }
        rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.label.cmp(&b.1.label)));
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }
}

impl Asked {
    /// What new deals brought in some rests, of those that are asked for.
    pub(super) fn new_in(&self, rests: &Rests, of: impl Fn(&LandingDeal) -> bool) -> Vec<f64> {
        let mut values = vec![0_i64; rests.windows.len()];
        let new = rests.new_deals(&self.base.world);
        for (at, _, minor) in new.filter(|(_, deal, _)| of(deal)) {
            values[at] = values[at].saturating_add(minor);
        }
        rests.at_level(values)
    }

    /// None: a store without a company has no deals either.
    pub(super) async fn whole(&self, open: &[OpenDeal]) -> Result<Option<Whole>> {
        let (tree, parts) = self.parts_of_units(open).await?;
        if parts.is_empty() {
            return Ok(None);
        }
        let tops = self.tops(&tree);
        let places = places(&tree, &tops);
        let base = &self.base;
        let by_person = base.person.is_some() || base.args.by == Some(ForecastBy::Person);
        let people = if by_person {
            self.people(&tree, &parts, open)?
        } else {
            AtPlaces::new()
        };
        let total = match base.person {
            Some(person) => Self::part_of(&people, person, &places)?,
            None => together(tops.iter().map(|top| &parts[*top]))?,
        };
        Ok(Some(Whole {
            tree,
            parts,
            tops,
            places,
            people,
            total,
        }))
    }

    /// Won, open and new of every unit of the company, each the sum of its parts.
    async fn parts_of_units(&self, open: &[OpenDeal]) -> Result<(Tree, Vec<Part>)> {
        let organisation = &self.base.question.organisation;
        let count = self.rests.windows.len();
        let mut direct = Direct::new();
        for (at, deal, minor) in self.rests.new_deals(&self.base.world) {
            let values = direct
                .entry(deal.team)
                .or_insert_with(|| vec![Some(0.0); count]);
            let minor = exact(minor) * self.rests.levels[at];
            values[at] = values[at].map(|value| value + minor);
        }
        let next = self.as_of.succ_opt().unwrap_or(self.as_of);
        let won = || self.base.world.won(self.period.start(), next);
        let mut keep: BTreeSet<Option<UnitId>> = won().map(|(deal, _)| deal.team).collect();
        keep.extend(open.iter().map(|one| one.unit));
        let tree = Tree::of(organisation, direct, count, &keep);
        let mut parts = vec![Part::default(); tree.nodes.len()];
        for (deal, minor) in won() {
            for place in up_from(&tree, deal.team) {
                let part = &mut parts[place];
                part.won = part.won.checked_add(minor).ok_or_else(overflow)?;
            }
        }
        for one in open {
            for place in up_from(&tree, one.unit) {
                parts[place].open.push(*one);
            }
        }
        let series = tree.series(season_of(PeriodKind::Month));
        if count > 0 && !series.is_empty() {
            let made = forecast_all(series, self.rests.ahead, true).await?;
            for ((part, made), node) in parts.iter_mut().zip(made).zip(&tree.nodes) {
                let values = node.values.iter().flatten().copied();
                part.new = new_of(&made, values, self.rests.ahead);
            }
        }
        Ok((tree, parts))
    }

    /// The places that are meant: the unit asked for, or the topmost that one sees.
    fn tops(&self, tree: &Tree) -> Vec<usize> {
        let seen: Vec<UnitId> = match (self.base.args.unit, &self.base.question.units) {
            (Some(unit), _) => vec![unit],
            (None, Some(units)) => units.clone(),
            (None, None) if tree.nodes.is_empty() => return Vec::new(),
            (None, None) => return vec![0],
        };
        let organisation = &self.base.question.organisation;
        let parent = |unit: &UnitId| organisation.unit(*unit).and_then(|one| one.parent);
        let tops = seen
            .iter()
            .filter(|unit| parent(unit).is_none_or(|up| !seen.contains(&up)));
        tops.filter_map(|unit| tree.place(*unit)).collect()
    }
}

/// Of a store without a company.
fn landing_of_nothing(asked: &Asked, goal: Option<i64>) -> Result<Made> {
    let nothing = Part::default().land(Widening::NONE)?;
    let row = asked.row(String::new(), String::new(), 0, (&nothing, &[]));
    Ok(Made {
        total: nothing,
        total_row: asked.with_goal(row, &nothing, goal),
        goal,
        rows: Vec::new(),
        new_unknown: true,
        elsewhere: Vec::new(),
        widen: Widening::NONE,
    })
}

/// Those and all below them.
fn places(tree: &Tree, tops: &[usize]) -> BTreeSet<usize> {
    let below = tops.iter().flat_map(|top| tree.below(*top));
    let below = below.map(|(place, _)| place);
    below.chain(tops.iter().copied()).collect()
}

/// Whether somebody brings something within some places and outside of them.
fn is_split(own: &BTreeMap<usize, Part>, places: &BTreeSet<usize>) -> bool {
    let is_any = |inside: bool| {
        own.iter()
            .any(|(place, part)| places.contains(place) == inside && !part.is_nothing())
    };
    is_any(true) && is_any(false)
}

/// Goals of units and of all above them. One that is only of some of the days makes those above it so too.
fn goals_up(tree: &Tree, own: BTreeMap<UnitId, Goal>) -> Vec<Option<Goal>> {
    let mut goals: Vec<Option<Goal>> = vec![None; tree.nodes.len()];
    for (unit, goal) in own {
        let mut at = tree.place(unit);
        while let Some(place) = at {
            goals[place] = Some(match (goals[place], goal) {
                (Some(Goal::Whole(sum)), Goal::Whole(minor)) => {
                    Goal::Whole(sum.saturating_add(minor))
                }
                (Some(part @ Goal::Part { .. }), _) => part,
                (_, goal) => goal,
            });
            at = tree.nodes[place].parent;
        }
    }
    goals
}

/// A place at the bottom and all above it.
fn up_from(tree: &Tree, unit: Option<UnitId>) -> Vec<usize> {
    let mut all = Vec::new();
    let mut at = tree.bottom(unit);
    while let Some(place) = at {
        all.push(place);
        at = tree.nodes[place].parent;
    }
    all
}

pub(super) fn together<'a>(parts: impl Iterator<Item = &'a Part>) -> Result<Part> {
    let mut all = Part::default();
    for part in parts {
        all.won = all.won.checked_add(part.won).ok_or_else(overflow)?;
        all.open.extend(part.open.iter().copied());
        all.new = match (all.new, part.new) {
            (Some(one), Some(other)) => {
                let (a, b) = (one.half_width, other.half_width);
                Some(New {
                    minor: one.minor.checked_add(other.minor).ok_or_else(overflow)?,
                    half_width: (a * a + b * b).sqrt(),
                    non_negative: one.non_negative && other.non_negative,
                })
            }
            (one, other) => one.or(other),
        };
    }
    Ok(all)
}

/// The forecast of what new deals bring, from earlier rests.
pub(super) async fn new_of_series(values: Vec<f64>, rests: &Rests) -> Result<Option<New>> {
    if values.is_empty() {
        return Ok(None);
    }
    let series = Series::new(&values, season_of(PeriodKind::Month));
    let made = forecast_all(vec![series], rests.ahead, false).await?;
    Ok(made
        .first()
        .and_then(|made| new_of(made, values.into_iter(), rests.ahead)))
}

/// `values`: what new deals brought earlier; `ahead`: months from the last of them.
fn new_of(
    made: &SeriesForecast,
    mut values: impl Iterator<Item = f64>,
    ahead: usize,
) -> Option<New> {
    let forecast = made.forecast.as_ref()?;
    let at = ahead.checked_sub(1)?;
    Some(New {
        minor: rounded(*forecast.mean.get(at)?),
        half_width: forecast.half_width(at)?.max(0.0),
        non_negative: values.all(|value| value >= 0.0),
    })
}
