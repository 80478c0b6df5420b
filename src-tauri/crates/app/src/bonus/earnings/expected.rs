//! Of which components something can be expected, and what one more closing pays in them.

use std::collections::BTreeMap;

use yeji_bonus::plan::{Over, Overlays, Value, Who};
use yeji_bonus::{
    CalculateInput, Component, Detail, Event, FactInput, Measure, Note, Plan, ShareInput,
};
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_report::chart::Lang;

use super::super::view;
use super::landing::Ahead;
use crate::api::Message;
use crate::api::bonus_if::EarningsPeriod;
use crate::error::Result;
use crate::words;

/// Components by whether sales to come say what they pay.
pub(super) struct Expectable {
    /// Places of those that do.
    places: Vec<usize>,
    /// Names of the others.
    others: Vec<String>,
}

impl Expectable {
    pub fn of(plan: &Plan, language: Lang) -> Self {
        let (mut places, mut others) = (Vec::new(), Vec::new());
        for (at, component) in plan.components.iter().enumerate() {
            if is_by_own_sales(component) {
                places.push(at);
                continue;
            }
            let name = match language {
                Lang::ZhCn => &component.name.zh,
                Lang::En => &component.name.en,
            };
            others.push(name.clone());
        }
        Self { places, others }
    }

    /// Components of which nothing is expected, where it is of others.
    pub fn note(&self) -> Option<Message> {
        let some = !self.others.is_empty() && !self.places.is_empty();
        some.then(|| Message::new("earnings_components_stand", &[self.names()]))
    }

    /// Why nothing can be expected of the plan as a whole.
    pub fn refusal(&self, plan: &Plan) -> Option<Message> {
        if self.places.is_empty() {
            return Some(Message::new("earnings_not_by_sales", &[self.names()]));
        }
        let limited = plan.cap.is_some() || plan.floor.is_some();
        let parted = limited && !self.others.is_empty();
        parted.then(|| Message::new("earnings_plan_limit", &[self.names()]))
    }

    /// The plan with those components of which something can be expected.
    pub fn plan(&self, plan: &Plan) -> Plan {
        let mut part = plan.clone();
        let components = part.components.into_iter().enumerate();
        let kept = components.filter(|(at, _)| self.places.contains(at));
        part.components = kept.map(|(_, one)| one).collect();
        part
    }

    fn names(&self) -> (&'static str, String) {
        (
            "names",
            words::names(self.others.iter().map(String::as_str).collect()),
        )
    }
}

/// Whether the sum of somebody's own sales says what a component pays. One sum says nothing of a filter, of
/// what each deal pays by itself, and of what others do.
fn is_by_own_sales(component: &Component) -> bool {
    let Measure::Facts { value, over, .. } = &component.measure else {
        return false;
    };
    let credit = &component.credit;
    *value == Value::Amount
        && *over != Over::Transaction
        && credit.event == Event::Closing
        && credit.who == Who::Owners
        && credit.overlays != Overlays::Only
        && credit.filter.is_none()
        && component.pool.is_none()
        && component.cap.per_deal.is_none()
        && component.floor.per_deal.is_none()
}

/// An amount, or why it is not known.
type Known = std::result::Result<Money, Note>;

/// What a person's sales to come pay in a period.
pub(super) struct Asking {
    /// The period as it stands.
    pub input: CalculateInput,
    /// Components of own sales only, so that nobody else's facts matter.
    pub plan: Plan,
    pub person: String,
    pub period: Period,
    /// What is expected of earlier periods.
    pub before: Vec<FactInput>,
    pub ahead: Ahead,
}

/// What they pay, and at the ends of their interval.
pub(super) struct Found {
    expected: Known,
    ends: Option<(Known, Known)>,
}

impl Asking {
    /// A closing of one's own on the last day of the period.
    pub fn closing(&self, amount: Money) -> FactInput {
        let period = self.period;
        FactInput {
            id: format!("expected {period}"),
            label: period.to_string(),
            kind: Event::Closing,
            on: period.end().pred_opt().unwrap_or(period.start()),
            amount,
            margin: None,
            quantity: None,
            credits: vec![ShareInput {
                person: self.person.clone(),
                share: yeji_core::Ratio::ONE,
            }],
            overlays: Vec::new(),
            of: None,
            refunds: Vec::new(),
            attributes: BTreeMap::new(),
        }
    }

    pub fn answer(&self) -> Result<Found> {
        let ends = match (self.ahead.lower, self.ahead.upper) {
            (Some(lower), Some(upper)) => Some((self.pays(lower)?, self.pays(upper)?)),
            _ => None,
        };
        Ok(Found {
            expected: self.pays(self.ahead.expected)?,
            ends,
        })
    }

    /// What one more closing pays on top of the period as it stands; or why that is not known.
    fn pays(&self, amount: Money) -> Result<Known> {
        let is_own = |fact: &&FactInput| {
            let mut shares = fact.credits.iter().chain(&fact.overlays);
            shares.any(|share| share.person == self.person)
        };
        let input = &self.input;
        let people = input.people.iter().filter(|one| one.person == self.person);
        let stands = CalculateInput {
            plan: self.plan.clone(),
            detail: Detail::Lines,
            people: people.cloned().collect(),
            facts: input.facts.iter().filter(is_own).cloned().collect(),
            reports: Vec::new(),
            teams: Vec::new(),
            adjustments: Vec::new(),
            ..input.clone()
        };
        let mut with = stands.clone();
        with.facts.extend(self.before.iter().cloned());
        with.facts.push(self.closing(amount));
        let (was, is) = (
            yeji_bonus::calculate(&stands)?,
            yeji_bonus::calculate(&with)?,
        );
        for statement in &is.statements {
            let blocked = statement.components.iter().find(|one| one.amount.is_none());
            if let Some(note) = blocked.and_then(|one| one.notes.first()) {
                return Ok(Err(note.clone()));
            }
        }
        Ok(Ok(is.total.checked_sub(was.total)?))
    }
}

impl Found {
    /// Into the row of a period that pays so much as it stands.
    pub fn tell(self, row: &mut EarningsPeriod, so_far: Money) -> Result<()> {
        let expected = match self.expected {
            Ok(expected) => expected,
            Err(note) => {
                row.notes.push(view::message(&note));
                return Ok(());
            }
        };
        row.expected = Some(expected);
        row.total = Some(so_far.checked_add(expected)?);
        if let Some((Ok(one), Ok(other))) = self.ends {
            let (one, other) = (so_far.checked_add(one)?, so_far.checked_add(other)?);
            // Where more sales pay less, the ends change places.
            let is_rising = one.minor <= other.minor;
            let (lower, upper) = if is_rising {
                (one, other)
            } else {
                (other, one)
            };
            row.lower = Some(lower);
            row.upper = Some(upper);
        }
        Ok(())
    }
}
