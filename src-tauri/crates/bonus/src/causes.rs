//! Why somebody's statement comes out differently: what changed between two inputs of the same period and
//! plan, as far as it concerns one person. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use yeji_core::calendar::Period;

use crate::input::{
    AssignmentInput, CalculateInput, FactInput, PersonInput, ReportInput, ShareInput, Span,
    TeamInput,
};
use crate::percent;
use crate::statement::Note;

/// So many causes are named; the rest is counted.
pub const MAX_CAUSES: usize = 20;

/// What stands for "none" in a value.
const NONE: &str = "—";

/// What changed between two inputs.
#[derive(Debug)]
pub struct Changes<'a> {
    before: &'a CalculateInput,
    after: &'a CalculateInput,
    people: [HashMap<&'a str, &'a PersonInput>; 2],
    facts: Vec<Changed<'a>>,
    /// Places in `facts` by who is credited, in order.
    facts_of: HashMap<&'a str, Vec<usize>>,
    around: [Around<'a>; 2],
}

/// A fact before and after; one of them is there.
#[derive(Debug, Clone, Copy)]
struct Changed<'a> {
    before: Option<&'a FactInput>,
    after: Option<&'a FactInput>,
}

impl<'a> Changes<'a> {
    /// Compares two inputs, once for all people.
    pub fn between(before: &'a CalculateInput, after: &'a CalculateInput) -> Self {
        let by_id = |input: &'a CalculateInput| -> HashMap<&'a str, &'a FactInput> {
            let facts = input.facts.iter();
            facts.map(|fact| (fact.id.as_str(), fact)).collect()
        };
        let (then, now) = (by_id(before), by_id(after));
        let mut facts = Vec::new();
        for fact in &before.facts {
            let after = now.get(fact.id.as_str()).copied();
            if after != Some(fact) {
                let before = Some(fact);
                facts.push(Changed { before, after });
            }
        }
        for fact in &after.facts {
            if !then.contains_key(fact.id.as_str()) {
                let (before, after) = (None, Some(fact));
                facts.push(Changed { before, after });
            }
        }
        facts.sort_by_key(Changed::order);
        let people = [before, after].map(|input| {
            let people = input.people.iter();
            people.map(|one| (one.person.as_str(), one)).collect()
        });
        let mut facts_of: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, fact) in facts.iter().enumerate() {
            for person in fact.credited() {
                let own = facts_of.entry(person).or_default();
                if own.last() != Some(&at) {
                    own.push(at);
                }
            }
        }
        Self {
            before,
            after,
            people,
            facts,
            facts_of,
            around: [before, after].map(Around::of),
        }
    }

    /// What of it concerns a person: their own record first, then facts by day, their own before those of
    /// people who report to them or share a team. Never empty where the inputs differ: `cause_others` is
    /// something of other people that reaches this one.
    ///
    /// `cause_plan`, `cause_new_person`, `cause_gone_person`, `cause_employment` (from, to),
    /// `cause_target_bonus` (from, to), `cause_assignment`, `cause_goal` (period, measure, from, to),
    /// `cause_kpi` (kpi, period, from, to), `cause_objectives`, `cause_adjustments`, `cause_reports`,
    /// `cause_team`, `cause_fact_added`, `cause_refund_added`, `cause_fact_removed`, `cause_refund_removed`
    /// (label, on, amount), `cause_amount`, `cause_share` (label, on, from, to), `cause_day` (label, from,
    /// to), `cause_fact_changed` (label, on), `cause_others`, `cause_more` (count).
    pub fn of(&self, person: &str) -> Vec<Note> {
        let mut notes = self.of_record(person);
        let of = |person: &str| self.facts_of.get(person).into_iter().flatten().copied();
        let mine: BTreeSet<usize> = of(person).collect();
        for at in &mine {
            notes.extend(self.facts[*at].notes(Some(person)));
        }
        let around = self.around(person);
        let others: BTreeSet<usize> = around.into_iter().flat_map(of).collect();
        for at in others.difference(&mine) {
            notes.extend(self.facts[*at].notes(None));
        }
        if notes.is_empty() && self.before != self.after {
            notes.push(Note::new("cause_others", &[]));
        }
        if notes.len() > MAX_CAUSES {
            let more = notes.len() - MAX_CAUSES;
            notes.truncate(MAX_CAUSES);
            notes.push(Note::new("cause_more", &[("count", more.to_string())]));
        }
        notes
    }

    /// What changed about the person, apart from facts.
    fn of_record(&self, person: &str) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut say = |code: &str| notes.push(Note::new(code, &[]));
        if self.before.plan != self.after.plan {
            say("cause_plan");
        }
        let [before, after] = [0, 1].map(|at: usize| self.people[at].get(person).copied());
        match (before, after) {
            (None, Some(_)) => say("cause_new_person"),
            (Some(_), None) => say("cause_gone_person"),
            _ => {}
        }
        if let (Some(before), Some(after)) = (before, after) {
            notes.extend(differences(before, after));
        }
        let lines = |input: &CalculateInput| -> Vec<_> {
            let own = input.adjustments.iter().filter(|one| one.person == person);
            let mut own: Vec<_> = own.cloned().collect();
            own.sort_by(|a, b| a.id.cmp(&b.id));
            own
        };
        if lines(self.before) != lines(self.after) {
            notes.push(Note::new("cause_adjustments", &[]));
        }
        let [before, after] = &self.around;
        if before.reports_of(person) != after.reports_of(person) {
            notes.push(Note::new("cause_reports", &[]));
        }
        if before.teams_of(person) != after.teams_of(person) {
            notes.push(Note::new("cause_team", &[]));
        }
        notes
    }

    /// Who reports to a person, also through others, and who shares a team with them.
    fn around<'b>(&'b self, person: &'b str) -> BTreeSet<&'b str> {
        let mut found = BTreeSet::from([person]);
        let mut waiting = vec![person];
        while let Some(manager) = waiting.pop() {
            let below = self.around.iter().filter_map(|one| one.below.get(manager));
            for report in below.flatten() {
                if found.insert(&report.person) {
                    waiting.push(&report.person);
                }
            }
        }
        for around in &self.around {
            for team in around.teams.get(person).into_iter().flatten() {
                found.extend(team.members.iter().map(|one| one.person.as_str()));
            }
        }
        found
    }
}

/// Who is around whom in an input, looked up rather than searched for each person.
#[derive(Debug, Default)]
struct Around<'a> {
    above: HashMap<&'a str, Vec<&'a ReportInput>>,
    below: HashMap<&'a str, Vec<&'a ReportInput>>,
    teams: HashMap<&'a str, Vec<&'a TeamInput>>,
}

impl<'a> Around<'a> {
    fn of(input: &'a CalculateInput) -> Self {
        let mut around = Self::default();
        for report in &input.reports {
            around.above.entry(&report.person).or_default().push(report);
            around
                .below
                .entry(&report.manager)
                .or_default()
                .push(report);
        }
        for team in &input.teams {
            let members: BTreeSet<&str> =
                team.members.iter().map(|one| one.person.as_str()).collect();
            for member in members {
                around.teams.entry(member).or_default().push(team);
            }
        }
        around
    }

    /// From and to a person, in one order.
    fn reports_of(&self, person: &str) -> Vec<&'a ReportInput> {
        let lists = [&self.above, &self.below].map(|one| one.get(person));
        let mut reports: Vec<_> = lists.into_iter().flatten().flatten().copied().collect();
        reports.sort_by_key(|one| (&one.person, &one.manager, one.from, one.to));
        reports
    }

    /// The teams of a person, in one order, as their members' too.
    fn teams_of(&self, person: &str) -> Vec<TeamInput> {
        let teams = self.teams.get(person).into_iter().flatten();
        let mut teams: Vec<TeamInput> = teams.map(|team| (*team).clone()).collect();
        for team in &mut teams {
            let key = |one: &crate::input::MemberInput| (one.person.clone(), one.from, one.to);
            team.members.sort_by_key(key);
            let key = |one: &crate::input::GoalInput| (one.period.start(), one.measure.clone());
            team.goals.sort_by_key(key);
        }
        teams.sort_by(|a, b| a.team.cmp(&b.team));
        teams
    }
}

/// What changed in a person's own record.
fn differences(before: &PersonInput, after: &PersonInput) -> Vec<Note> {
    let mut notes = Vec::new();
    if before.employed != after.employed {
        let params = [
            ("from", span_text(before.employed)),
            ("to", span_text(after.employed)),
        ];
        notes.push(Note::new("cause_employment", &params));
    }
    let targets = [before, after].map(targets_text);
    if targets[0] != targets[1] {
        let [from, to] = targets;
        let params = [("from", from), ("to", to)];
        notes.push(Note::new("cause_target_bonus", &params));
    } else if assignments(before) != assignments(after)
        || before.adjustments_only != after.adjustments_only
    {
        notes.push(Note::new("cause_assignment", &[]));
    }
    let goals = |person: &PersonInput| -> BTreeMap<(Period, String), String> {
        let goals = person.goals.iter();
        let own = goals.map(|one| {
            let key = (one.period, one.measure.clone());
            (key, percent::exact(one.amount))
        });
        own.collect()
    };
    for ((period, measure), from, to) in changed(&goals(before), &goals(after)) {
        let params = [
            ("period", period.to_string()),
            ("measure", measure),
            ("from", from),
            ("to", to),
        ];
        notes.push(Note::new("cause_goal", &params));
    }
    let kpis = |person: &PersonInput| -> BTreeMap<(Period, String), String> {
        let kpis = person.kpis.iter();
        let own = kpis.map(|one| {
            let value = one.value.map_or_else(|| NONE.to_owned(), percent::exact);
            let attained = one
                .attainment
                .map(|ratio| format!(" ({})", percent::format(ratio)));
            let text = format!("{value}{}", attained.unwrap_or_default());
            ((one.period, one.kpi.clone()), text)
        });
        own.collect()
    };
    for ((period, kpi), from, to) in changed(&kpis(before), &kpis(after)) {
        let params = [
            ("kpi", kpi),
            ("period", period.to_string()),
            ("from", from),
            ("to", to),
        ];
        notes.push(Note::new("cause_kpi", &params));
    }
    if before.objectives != after.objectives {
        notes.push(Note::new("cause_objectives", &[]));
    }
    notes
}

/// Keys whose values differ, with both.
fn changed<K: Ord + Clone>(
    before: &BTreeMap<K, String>,
    after: &BTreeMap<K, String>,
) -> Vec<(K, String, String)> {
    let keys: BTreeSet<&K> = before.keys().chain(after.keys()).collect();
    let text = |map: &BTreeMap<K, String>, key: &K| {
        map.get(key).cloned().unwrap_or_else(|| NONE.to_owned())
    };
    keys.into_iter()
        .map(|key| (key.clone(), text(before, key), text(after, key)))
        // What is not listed is as if it were listed without a value.
        .filter(|(_, before, after)| before != after)
        .collect()
}

fn span_text(span: Span) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    format!("{} – {}", day(span.from), day(span.to))
        .trim()
        .to_owned()
}

/// In order of time: that of the input says nothing.
fn assignments(person: &PersonInput) -> Vec<&AssignmentInput> {
    let mut all: Vec<&AssignmentInput> = person.assignments.iter().collect();
    all.sort_by_key(|one| one.span().start());
    all
}

/// Target bonuses in the order of the assignments.
fn targets_text(person: &PersonInput) -> String {
    let texts: Vec<String> = assignments(person)
        .into_iter()
        .map(|one| {
            let amount = one.target_bonus.map(yeji_core::Money::to_major);
            amount.unwrap_or_else(|| NONE.to_owned())
        })
        .collect();
    if texts.is_empty() {
        NONE.to_owned()
    } else {
        texts.join(", ")
    }
}

impl<'a> Changed<'a> {
    fn order(&self) -> (Option<chrono::NaiveDate>, String) {
        let fact = self.after.or(self.before);
        (
            fact.map(|fact| fact.on),
            fact.map(|fact| fact.id.clone()).unwrap_or_default(),
        )
    }

    /// To whom it is credited, before or after; some more than once.
    fn credited(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let facts = self.before.into_iter().chain(self.after);
        facts
            .flat_map(|fact| fact.credits.iter().chain(&fact.overlays))
            .map(|share| share.person.as_str())
    }

    /// In words; `person`: whose share is told.
    fn notes(&self, person: Option<&str>) -> Vec<Note> {
        match (self.before, self.after) {
            (None, Some(fact)) => vec![came_or_went(fact, "added")],
            (Some(fact), None) => vec![came_or_went(fact, "removed")],
            (Some(before), Some(after)) => between(before, after, person),
            (None, None) => Vec::new(),
        }
    }
}

fn came_or_went(fact: &FactInput, what: &str) -> Note {
    let kind = if fact.refunds.is_empty() {
        "fact"
    } else {
        "refund"
    };
    let params = [
        ("label", fact.label.clone()),
        ("on", fact.on.to_string()),
        ("amount", fact.amount.to_major()),
    ];
    Note::new(&format!("cause_{kind}_{what}"), &params)
}

/// What is different about a fact.
fn between(before: &FactInput, after: &FactInput, person: Option<&str>) -> Vec<Note> {
    let label = || ("label", after.label.clone());
    let on = || ("on", after.on.to_string());
    let mut notes = Vec::new();
    if before.amount != after.amount {
        let params = [
            label(),
            on(),
            ("from", before.amount.to_major()),
            ("to", after.amount.to_major()),
        ];
        notes.push(Note::new("cause_amount", &params));
    }
    if before.on != after.on {
        let params = [
            label(),
            ("from", before.on.to_string()),
            ("to", after.on.to_string()),
        ];
        notes.push(Note::new("cause_day", &params));
    }
    if let Some(person) = person {
        let (from, to) = (share_text(before, person), share_text(after, person));
        if from != to {
            let params = [label(), on(), ("from", from), ("to", to)];
            notes.push(Note::new("cause_share", &params));
        }
    }
    if notes.is_empty() {
        notes.push(Note::new("cause_fact_changed", &[label(), on()]));
    }
    notes
}

/// A person's shares of a fact: of the whole, and on top.
fn share_text(fact: &FactInput, person: &str) -> String {
    let shares = |list: &[ShareInput]| -> Vec<String> {
        let own = list.iter().filter(|share| share.person == person);
        own.map(|share| percent::format(share.share)).collect()
    };
    let mut texts = shares(&fact.credits);
    texts.extend(
        shares(&fact.overlays)
            .into_iter()
            .map(|share| format!("+{share}")),
    );
    if texts.is_empty() {
        NONE.to_owned()
    } else {
        texts.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An input with a deal of `a` and `b`, whose manager is `m`.
    fn input() -> CalculateInput {
        let plan = serde_json::to_value(crate::attainment_bands().unwrap()).unwrap();
        let person = |name: &str| {
            serde_json::json!({
                "person": name, "name": name,
                "goals": [{ "period": "2026-Q1", "measure": "won_amount", "amount": "100" }],
            })
        };
        serde_json::from_value(serde_json::json!({
            "plan": plan, "period": "2026-Q1", "as_of": "2026-04-01", "currency": "CNY",
            "people": [person("a"), person("b"), person("m"), person("x")],
            "facts": [{
                "id": "d", "label": "Deal", "kind": "closing", "on": "2026-02-01",
                "amount": { "amount": "100.00", "currency": "CNY" },
                "credits": [{ "person": "a", "share": "60%" }, { "person": "b", "share": "40%" }],
            }],
            "reports": [{ "person": "a", "manager": "m" }],
        }))
        .unwrap()
    }

    fn told(after: &CalculateInput, person: &str) -> Vec<(String, BTreeMap<String, String>)> {
        let before = input();
        let notes = Changes::between(&before, after).of(person);
        notes
            .into_iter()
            .map(|note| (note.code, note.params))
            .collect()
    }

    fn codes(after: &CalculateInput, person: &str) -> Vec<String> {
        told(after, person)
            .into_iter()
            .map(|(code, _)| code)
            .collect()
    }

    #[test]
    fn nothing_changed_has_no_cause() {
        assert!(codes(&input(), "a").is_empty());
    }

    #[test]
    fn a_refund_is_told_to_whom_it_concerns_and_to_whom_they_report() {
        let mut after = input();
        let mut refund = after.facts[0].clone();
        refund.id = "r".to_owned();
        refund.refunds = vec!["d".to_owned()];
        refund.amount.minor = -10_000;
        after.facts.push(refund);
        for person in ["a", "b", "m"] {
            assert_eq!(codes(&after, person), ["cause_refund_added"], "{person}");
        }
        assert_eq!(codes(&after, "x"), ["cause_others"]);
        let params = &told(&after, "a")[0].1;
        assert_eq!(
            (&*params["amount"], &*params["on"]),
            ("-100.00", "2026-02-01")
        );
    }

    #[test]
    fn amount_day_and_share_are_told_with_both_values() {
        let mut after = input();
        after.facts[0].amount.minor = 9_000;
        after.facts[0].on = "2026-03-01".parse().unwrap();
        after.facts[0].credits.swap(0, 1);
        after.facts[0].credits[0].person = "a".to_owned();
        after.facts[0].credits[1].person = "b".to_owned();
        let told = told(&after, "a");
        let codes: Vec<&str> = told.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, ["cause_amount", "cause_day", "cause_share"]);
        let ends = |at: usize| (told[at].1["from"].as_str(), told[at].1["to"].as_str());
        assert_eq!(ends(0), ("100.00", "90.00"));
        assert_eq!(ends(1), ("2026-02-01", "2026-03-01"));
        assert_eq!(ends(2), ("60%", "40%"));
    }

    #[test]
    fn goals_targets_employment_and_removed_facts_are_told() {
        let mut after = input();
        after.facts.clear();
        let person = &mut after.people[0];
        person.goals[0].amount = yeji_core::Ratio::from_int(80);
        person.employed.to = Some("2026-03-01".parse().unwrap());
        person.assignments = vec![crate::AssignmentInput {
            from: None,
            to: None,
            target_bonus: Some(yeji_core::Money::new(500, yeji_core::Currency::CNY)),
            source: None,
        }];
        let expected = [
            "cause_employment",
            "cause_target_bonus",
            "cause_goal",
            "cause_fact_removed",
        ];
        assert_eq!(codes(&after, "a"), expected);
        let told = told(&after, "a");
        assert_eq!((&*told[1].1["from"], &*told[1].1["to"]), ("—", "5.00"));
        assert_eq!((&*told[2].1["from"], &*told[2].1["to"]), ("100", "80"));
    }

    #[test]
    fn more_than_a_page_is_counted() {
        let mut after = input();
        for n in 0..30 {
            let mut fact = after.facts[0].clone();
            fact.id = format!("n{n:02}");
            after.facts.push(fact);
        }
        let told = told(&after, "a");
        assert_eq!(told.len(), MAX_CAUSES + 1);
        assert_eq!(told[MAX_CAUSES].1["count"], "10");
    }
    #[test]
    fn the_order_of_lists_is_no_cause() {
        let mut before = input();
        let assignment =
            |from: Option<&str>, to: Option<&str>, minor: i64| crate::AssignmentInput {
                from: from.map(|day| day.parse().unwrap()),
                to: to.map(|day| day.parse().unwrap()),
                target_bonus: Some(yeji_core::Money::new(minor, yeji_core::Currency::CNY)),
                source: None,
            };
        let day = Some("2026-02-01");
        before.people[0].assignments = vec![assignment(None, day, 500), assignment(day, None, 600)];
        let mut other = before.reports[0].clone();
        other.person = "b".to_owned();
        before.reports.push(other);
        let member = |person: &str| crate::MemberInput {
            person: person.to_owned(),
            from: None,
            to: None,
        };
        before.teams = ["t", "u"]
            .map(|team| TeamInput {
                team: team.to_owned(),
                name: team.to_owned(),
                members: vec![member("a"), member("m")],
                goals: Vec::new(),
            })
            .to_vec();
        let mut after = before.clone();
        after.people[0].assignments.reverse();
        after.reports.reverse();
        after.teams.reverse();
        for team in &mut after.teams {
            team.members.reverse();
        }
        let changes = Changes::between(&before, &after);
        for person in ["a", "m"] {
            let notes = changes.of(person);
            let codes: Vec<_> = notes.iter().map(|note| note.code.as_str()).collect();
            assert_eq!(codes, ["cause_others"], "{person}");
        }
    }

    #[test]
    fn a_figure_without_a_value_is_as_one_that_is_not_listed() {
        let mut after = input();
        after.people[0].kpis = vec![crate::KpiInput {
            kpi: "k".to_owned(),
            period: after.period,
            value: None,
            attainment: None,
        }];
        let codes = codes(&after, "a");
        assert!(!codes.iter().any(|code| code == "cause_kpi"), "{codes:?}");
    }
}
