//! The part of an input that facts can change anything of, and all that this part is worked out from. Of a
//! company of thousands it is a handful of people.

use std::collections::{HashMap, HashSet};

use crate::input::{CalculateInput, FactInput, TeamInput};
use crate::plan::{Measure, Plan, Who};
use crate::{Result, legacy};

/// The input without those whom `facts` (which are not in it, or replace some of it) do not concern. Statements
/// of whoever is left come out as of the whole input, with the facts and without them.
///
/// Concerned is whoever is credited with them, or with what they take back or belong to; where the plan pays
/// for what reports bring, everybody above; where it has pools, everybody in a team with one of them; where it
/// pays for what others earned, everybody. Mistakes of an input among what is left out go unseen.
///
/// # Errors
/// Short forms that do not fit.
pub fn concerning(input: &CalculateInput, facts: &[FactInput]) -> Result<CalculateInput> {
    let input = &*legacy::without_short_forms(input)?;
    let plan = Asks::of(&input.plan);
    if plan.everybody {
        return Ok(input.clone());
    }
    let links = Links::of(&input.facts, facts);
    let touched = links.touched();
    let credited = |at: &usize| credited(links.facts[*at]);
    let mut people: HashSet<&str> = touched.iter().flat_map(credited).collect();
    if plan.rolls_up {
        let up = input.reports.iter();
        spread(&mut people, up.map(|one| (&*one.person, &*one.manager)));
    }
    if plan.has_pools {
        with_team_mates(&mut people, &input.teams);
    }
    let mut counted_of = people.clone();
    if plan.rolls_up {
        let down = input.reports.iter();
        spread(
            &mut counted_of,
            down.map(|one| (&*one.manager, &*one.person)),
        );
    }
    let needed = links.needed(&counted_of, touched);
    let is_one = |person: &str| people.contains(person);
    let in_teams = |team: &&TeamInput| team.members.iter().any(|one| is_one(&one.person));
    let of_teams = input.teams.iter().filter(|_| plan.has_pools);
    Ok(CalculateInput {
        plan: input.plan.clone(),
        period: input.period,
        as_of: input.as_of,
        currency: input.currency,
        detail: input.detail,
        people: kept(&input.people, |one| is_one(&one.person)),
        facts: (input.facts.iter().zip(needed))
            .filter(|(_, needed)| *needed)
            .map(|(fact, _)| fact.clone())
            .collect(),
        reports: kept(&input.reports, |one| {
            plan.rolls_up && counted_of.contains(&*one.manager)
        }),
        teams: of_teams.filter(in_teams).cloned().collect(),
        adjustments: kept(&input.adjustments, |one| is_one(&one.person)),
    })
}

fn kept<T: Clone>(all: &[T], is_kept: impl Fn(&T) -> bool) -> Vec<T> {
    all.iter().filter(|one| is_kept(one)).cloned().collect()
}

fn credited(fact: &FactInput) -> impl Iterator<Item = &str> {
    let shares = fact.credits.iter().chain(&fact.overlays);
    shares.map(|share| share.person.as_str())
}

/// Whom a plan looks at beside those who are credited.
struct Asks {
    everybody: bool,
    rolls_up: bool,
    has_pools: bool,
}

impl Asks {
    fn of(plan: &Plan) -> Self {
        let components = &plan.components;
        Self {
            everybody: (components.iter())
                .any(|one| matches!(one.measure, Measure::Earnings { .. })),
            rolls_up: components.iter().any(|one| one.credit.who != Who::Owners),
            has_pools: components.iter().any(|one| one.pool.is_some()),
        }
    }
}

/// Adds everybody whom links lead to, on whatever day.
fn spread<'a>(people: &mut HashSet<&'a str>, links: impl Iterator<Item = (&'a str, &'a str)>) {
    let mut next: HashMap<&str, Vec<&'a str>> = HashMap::new();
    for (from, to) in links {
        next.entry(from).or_default().push(to);
    }
    let mut open: Vec<&'a str> = people.iter().copied().collect();
    while let Some(person) = open.pop() {
        for other in next.get(person).into_iter().flatten() {
            if people.insert(other) {
                open.push(other);
            }
        }
    }
}

/// Adds everybody who is in a team with one of them, and whose teams these are in, and so on: a pool has to
/// be whole.
fn with_team_mates<'a>(people: &mut HashSet<&'a str>, teams: &'a [TeamInput]) {
    // A team stands between its members as a person would, by a name that no person has.
    let names: Vec<String> = teams.iter().map(|one| format!("\0{}", one.team)).collect();
    let mut mates: HashSet<&str> = people.iter().copied().collect();
    let links = teams.iter().zip(&names).flat_map(|(team, name)| {
        let members = team.members.iter();
        members.flat_map(move |one| [(&*one.person, name.as_str()), (name.as_str(), &*one.person)])
    });
    spread(&mut mates, links);
    let members = teams.iter().flat_map(|team| &team.members);
    let members = members.map(|one| one.person.as_str());
    people.extend(members.filter(|person| mates.contains(person)));
}

/// Which facts are about which: what refunds take back, and deals of receipts, invoices and deliveries.
struct Links<'a> {
    /// Those of the input, then the others.
    facts: Vec<&'a FactInput>,
    /// How many are of the input.
    old: usize,
    /// Where facts stand that others name.
    named: HashMap<&'a str, usize>,
    /// By place, refunds of the fact.
    refunds: HashMap<usize, Vec<usize>>,
    /// By place, what belongs to the deal.
    belonging: HashMap<usize, Vec<usize>>,
    /// In the input and among the others: listed twice, which is refused later.
    twice: Vec<usize>,
}

impl<'a> Links<'a> {
    fn of(input: &'a [FactInput], others: &'a [FactInput]) -> Self {
        let facts: Vec<&FactInput> = input.iter().chain(others).collect();
        let mut places: HashMap<&str, Option<usize>> = HashMap::new();
        for fact in &facts {
            let names = fact.refunds.iter().chain(&fact.of);
            places.extend(names.map(|id| (id.as_str(), None)));
        }
        places.extend(others.iter().map(|fact| (fact.id.as_str(), None)));
        let mut twice = Vec::new();
        for (at, fact) in facts.iter().enumerate() {
            if let Some(place) = places.get_mut(fact.id.as_str()) {
                twice.extend(place.filter(|first| *first < input.len() && at >= input.len()));
                *place = Some(at);
            }
        }
        let named: HashMap<&str, usize> = (places.into_iter())
            .filter_map(|(id, place)| Some((id, place?)))
            .collect();
        let mut refunds: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut belonging: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, fact) in facts.iter().enumerate() {
            for place in fact.refunds.iter().filter_map(|id| named.get(&**id)) {
                refunds.entry(*place).or_default().push(at);
            }
            if let Some(place) = fact.of.as_ref().and_then(|id| named.get(&**id)) {
                belonging.entry(*place).or_default().push(at);
            }
        }
        Self {
            facts,
            old: input.len(),
            named,
            refunds,
            belonging,
            twice,
        }
    }

    /// Everything whose worth or rate the others may change, they included.
    fn touched(&self) -> Vec<usize> {
        let mut touched: Vec<usize> = (self.old..self.facts.len()).collect();
        touched.extend(&self.twice);
        self.follow(touched, |at| {
            let belonging = self.belonging.get(&at).into_iter().flatten();
            self.restating(at).chain(belonging.copied()).collect()
        })
    }

    /// Of each fact of the input, whether it is needed for what counts for these people.
    fn needed(&self, people: &HashSet<&str>, touched: Vec<usize>) -> Vec<bool> {
        let mut start = touched;
        for (at, fact) in self.facts.iter().enumerate() {
            if credited(fact).any(|person| people.contains(person)) {
                start.push(at);
            }
        }
        let deal = |at: usize| {
            let id = self.facts[at].of.as_deref();
            id.and_then(|id| self.named.get(id)).copied()
        };
        let all = self.follow(start, |at| self.restating(at).chain(deal(at)).collect());
        let mut needed = vec![false; self.old];
        for at in all {
            if let Some(one) = needed.get_mut(at) {
                *one = true;
            }
        }
        needed
    }

    /// What the fact takes back, and what takes it back.
    fn restating(&self, at: usize) -> impl Iterator<Item = usize> {
        let originals = self.facts[at].refunds.iter();
        let originals = originals.filter_map(|id| self.named.get(&**id));
        let refunds = self.refunds.get(&at).into_iter().flatten();
        originals.chain(refunds).copied()
    }

    fn follow(&self, start: Vec<usize>, next: impl Fn(usize) -> Vec<usize>) -> Vec<usize> {
        let mut seen = vec![false; self.facts.len()];
        let mut open = start;
        let mut found = Vec::new();
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut seen[at], true) {
                found.push(at);
                open.extend(next(at));
            }
        }
        found
    }
}
