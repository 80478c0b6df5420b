//! Records when an import is taken back: what the other imports still say, beside what people wrote.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use yeji_store::{Entity, Past, Record, Settled, Settling, Unsaid};

use super::merges::{claims_now, mean, meant};
use super::rule::{beside_edits, news, reopen, tied, with_news};
use super::{CHOSEN, Claim, Merged, Precedence, Values, field_of, settled};

/// The rule with what it goes by.
pub(crate) struct BySources {
    pub precedence: Precedence,
    pub merged: Merged,
}

impl Settling for BySources {
    fn said(&self, record: &Record) -> Value {
        Value::Object(said(record).into_iter().collect())
    }

    fn settle(&self, unsaid: &Unsaid<'_>) -> yeji_store::Result<Settled> {
        let entity = unsaid.was.entity();
        let order = self.precedence.for_table(entity);
        let values_of = |claims: &[yeji_store::SourceClaim]| {
            let claims: Vec<Claim> = claims.iter().cloned().map(Claim::from).collect();
            settled(entity, &claims_now(&claims, &self.merged), &order)
        };
        let (before, after) = (values_of(unsaid.before), values_of(unsaid.after));
        let mut stands = words_in(unsaid.was);
        let mut news = news(entity, &before, &after);
        let unsays: BTreeSet<String> = news
            .keys()
            .map(|column| tied(entity, column).to_owned())
            .collect();
        let persons = self.persons(entity, unsaid.past, &order);
        news.retain(|column, _| !persons.contains_key(tied(entity, column)));
        let (mut write, mut is_edited) = beside_edits(entity, &stands, &before, news);
        for (name, mut values) in persons {
            mean(&mut values, &self.merged);
            let is_like = |others: &Values| {
                let mut columns = values.iter();
                columns.all(|(column, value)| others.get(column).unwrap_or(&Value::Null) == value)
            };
            is_edited |= (unsays.contains(&name) || !is_like(&stands)) && !is_like(&after);
            write.extend(values);
        }
        // An earlier version of the row may hold words that were taken back since.
        stands.retain(|column, _| !write.contains_key(column));
        let record = unsaid.now.with_values(&stands)?;
        Ok(Settled {
            record: with_news(&record, write)?,
            is_edited,
        })
    }
}

impl BySources {
    /// What people wrote that no import which stands has written over with something new, by what the
    /// columns are named together.
    fn persons(&self, entity: Entity, past: &[Past], order: &[String]) -> BTreeMap<String, Values> {
        let mut persons: BTreeMap<String, Values> = BTreeMap::new();
        let mut claims: Vec<Claim> = Vec::new();
        for one in past {
            match one {
                Past::Edited { columns, record } => {
                    let words = words_in(record);
                    for column in columns.iter().filter(|column| words.contains_key(*column)) {
                        let name = tied(entity, column);
                        let values = words
                            .iter()
                            .filter(|(other, _)| tied(entity, other) == name);
                        let values = values.map(|(column, value)| (column.clone(), value.clone()));
                        persons.insert(name.to_owned(), values.collect());
                    }
                }
                Past::Said { claim, wrote } => {
                    let before = settled(entity, &claims_now(&claims, &self.merged), order);
                    self.say(claim.clone().into(), &mut claims);
                    let after = settled(entity, &claims_now(&claims, &self.merged), order);
                    let news = news(entity, &before, &after);
                    // New beside what stands, and new when it was said.
                    for column in wrote {
                        let name = tied(entity, column);
                        if news.keys().any(|other| tied(entity, other) == name) {
                            persons.remove(name);
                        }
                    }
                }
                Past::Chose(given) => {
                    claims.retain(|claim| claim.source != CHOSEN);
                    let given = given.as_object().filter(|given| !given.is_empty());
                    claims.extend(given.map(|given| Claim {
                        source: CHOSEN.to_owned(),
                        given: given.clone().into_iter().collect(),
                        at: chrono::DateTime::UNIX_EPOCH,
                        batch: None,
                    }));
                }
                Past::Ordered(columns) => {
                    for column in columns {
                        persons.remove(tied(entity, column));
                    }
                }
            }
        }
        persons
    }

    /// A source says something else than before; what a person chose is open again where that is new.
    fn say(&self, claim: Claim, claims: &mut Vec<Claim>) {
        let before = claims
            .iter()
            .position(|one| one.source == claim.source)
            .map_or_else(Values::new, |at| claims.remove(at).given);
        let means = |column: &str, value: &Value| meant(column, value, &self.merged);
        if let Some(chosen) = claims.iter_mut().find(|claim| claim.source == CHOSEN) {
            reopen(&mut chosen.given, &before, &claim.given, means);
        }
        claims.push(claim);
    }
}

/// The values of a record that files give, the empty ones as well.
fn words_in(record: &Record) -> Values {
    let entity = record.entity();
    let values = record.values().into_iter();
    values
        .filter(|(column, _)| field_of(entity, column).is_some())
        .map(|(column, value)| (column.to_owned(), value))
        .collect()
}

/// What a source says by a record that it alone has brought.
pub(crate) fn said(record: &Record) -> Values {
    let mut words = words_in(record);
    words.retain(|_, value| !value.is_null());
    words
}
