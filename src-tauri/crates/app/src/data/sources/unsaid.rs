//! Records when an import is taken back: what the other imports still say, beside what people wrote.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use yeji_store::{Entity, Past, Record, Settled, Settling, Unsaid};

use super::merges::{claims_now, mean, meant};
use super::rule::{OF_CLOSED_DEALS, Ties, beside_edits, news, reopen, with_news};
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
        let mut news = news(entity, &before, &after, &stands);
        let unsays: BTreeSet<String> = news.keys().map(|column| name_alone(column)).collect();
        let persons = self.persons(entity, unsaid.past, &order).beside(&after);
        news.retain(|column, _| !persons.contains_key(&name_alone(column)));
        let (mut write, mut is_edited) = if unsaid.past.is_empty() {
            beside_edits(entity, &stands, &before, news)
        } else {
            // The past tells what is a person's; the rest is the sources', also what an earlier undo had given
            // back to a person.
            let others = after.iter();
            let others = others.filter(|(column, _)| !persons.contains_key(&name_alone(column)));
            news.extend(others.map(|(column, value)| (column.clone(), value.clone())));
            (news, false)
        };
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

/// What people wrote that no import which stands has written over with something new.
#[derive(Clone, Default)]
struct Persons {
    /// By the name of the columns that always go together.
    own: BTreeMap<String, Values>,
    /// A deal's stage, day and amount as they were when a person last wrote one of them.
    closing: Values,
}

/// What a column is called with those that always go with it.
fn name_alone(column: &str) -> String {
    Ties::alone().name(column).to_owned()
}

/// Whoever writes another stage writes a whole closing.
fn ties_of_written<'a>(entity: Entity, mut columns: impl Iterator<Item = &'a String>) -> Ties {
    if columns.any(|column| column == "stage") {
        Ties::of_a_closing(entity)
    } else {
        Ties::alone()
    }
}

fn is_of_closing(column: &str) -> bool {
    column == "stage" || OF_CLOSED_DEALS.contains(&column)
}

impl Persons {
    fn write(&mut self, entity: Entity, columns: &BTreeSet<String>, record: &Record) {
        let words = words_in(record);
        // Whose stage an import had changed since writes into that closing, not into the own one before.
        let own = self.own.get("stage");
        let is_in_another = own.is_some_and(|own| own.get("stage") != words.get("stage"));
        let is_closing = columns.iter().any(|column| is_of_closing(column));
        let ties = if is_in_another && is_closing {
            Ties::of_a_closing(entity)
        } else {
            ties_of_written(entity, columns.iter())
        };
        let written = columns.iter().filter(|column| words.contains_key(*column));
        let written: BTreeSet<&str> = written.map(|column| ties.name(column)).collect();
        let mut groups: BTreeMap<String, Values> = BTreeMap::new();
        for (column, value) in &words {
            if written.contains(ties.name(column)) {
                let group = groups.entry(name_alone(column)).or_default();
                group.insert(column.clone(), value.clone());
            }
        }
        self.own.extend(groups);
        if entity == Entity::Opportunity && is_closing {
            self.closing = words;
            self.closing.retain(|column, _| is_of_closing(column));
        }
    }

    /// Something else was said of these columns; with another stage, of a deal's whole closing.
    fn give_way<'a>(&mut self, entity: Entity, columns: impl Iterator<Item = &'a String>) {
        let columns: Vec<&String> = columns.collect();
        let ties = ties_of_written(entity, columns.iter().copied());
        let names: BTreeSet<&str> = columns.iter().map(|column| ties.name(column)).collect();
        let is_new = |column: &String| names.contains(ties.name(column));
        self.own.retain(|_, values| !values.keys().any(is_new));
    }

    /// What stands beside what the sources say. A day or an amount that a person wrote belongs to the stage
    /// which the deal had then: where the sources say another one, all three are as they were.
    fn beside(mut self, said: &Values) -> BTreeMap<String, Values> {
        let mut own = self.own.values().flat_map(Values::keys);
        let is_any = own.any(|column| is_of_closing(column));
        if is_any && said.get("stage") != self.closing.get("stage") {
            for (column, value) in self.closing {
                let group = self.own.entry(name_alone(&column)).or_default();
                group.entry(column).or_insert(value);
            }
        }
        self.own
    }
}

impl BySources {
    fn persons(&self, entity: Entity, past: &[Past], order: &[String]) -> Persons {
        let mut persons = Persons::default();
        let mut claims: Vec<Claim> = Vec::new();
        for one in past {
            match one {
                Past::Edited { columns, record } => persons.write(entity, columns, record),
                Past::Said { claim, wrote } => {
                    let before = settled(entity, &claims_now(&claims, &self.merged), order);
                    self.say(claim.clone().into(), &mut claims);
                    let after = settled(entity, &claims_now(&claims, &self.merged), order);
                    let mut stands = before.clone();
                    stands.extend(persons.clone().beside(&before).into_values().flatten());
                    let news = news(entity, &before, &after, &stands);
                    let ties = Ties::of(entity, &[&before, &after, &stands]);
                    // New beside what stands, and new when it was said.
                    let said: BTreeSet<&str> =
                        news.keys().map(|column| ties.name(column)).collect();
                    let wrote = wrote
                        .iter()
                        .filter(|column| said.contains(ties.name(column)));
                    persons.give_way(entity, wrote);
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
                Past::Ordered(columns) => persons.give_way(entity, columns.iter()),
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
pub(crate) fn words_in(record: &Record) -> Values {
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
