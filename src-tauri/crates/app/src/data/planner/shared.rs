//! Records of which several sources speak, or into which people wrote: what each source says is kept, the
//! stated order decides, and an import writes only what its source says newly.
//!
//! Little happens for a record that only one source has and that nobody edited.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;
use uuid::Uuid;
use yeji_core::ids::{BatchId, CustomerId};
use yeji_store::{Brought, Entity, Record};

use super::{Naming, Run};
use crate::data::organise::RowEffect;
use crate::data::sources::{
    CHOSEN, CUSTOMER, Claim, OF_CLOSED_DEALS, Ties, Values, claims_now, differing, field_of, meant,
    news, reopen, said, settled, with_news,
};

/// Disagreements that a preview shows.
const MAX_SAMPLES: usize = 20;
/// Columns that tell where a row comes from.
const ORIGIN: [&str; 4] = ["source", "external_id", "batch", "line"];

/// What a run has found on shared records.
#[derive(Debug, Default)]
pub(super) struct SharedRead {
    /// What is said of the records that the run has met.
    claims: HashMap<Uuid, Vec<Claim>>,
    /// The records as they will be.
    standing: HashMap<Uuid, Record>,
    orders: HashMap<Entity, Vec<String>>,
    /// Fields in dispute, by record.
    disputed: HashMap<Uuid, u64>,
    samples: Vec<Dispute>,
}

/// A field on which sources disagree.
#[derive(Debug, Clone)]
pub(crate) struct Dispute {
    /// The record as it will be.
    pub record: Record,
    pub column: String,
    pub claims: Vec<Claim>,
}

impl SharedRead {
    /// Whether the run has met a record of which something is said beside its row.
    pub(super) fn is_spoken_of(&self, record: Uuid) -> bool {
        self.claims.contains_key(&record)
    }

    /// Fields in dispute, and some of them.
    pub(super) fn disputes(self) -> (u64, Vec<Dispute>) {
        (self.disputed.values().sum(), self.samples)
    }
}

impl Run<'_> {
    /// The record of a row beside what other sources say of it and people wrote; `old` is what is known,
    /// `named` whom the row names where its customer may be merged.
    pub(super) fn settle(
        &mut self,
        old: Option<&Record>,
        new: Record,
        named: Option<CustomerId>,
    ) -> Record {
        let (id, entity) = (new.id(), new.entity());
        let Some(old) = self.shared.standing.get(&id).or(old) else {
            return new;
        };
        let known = self.shared.claims.get(&id);
        let mut claims = match known.or_else(|| self.known.claims.get(&id)) {
            Some(claims) => claims.clone(),
            None => match self.first_claims(old) {
                Some(claims) => claims,
                // Only this source has it, as it brought it.
                None => return new,
            },
        };
        let is_first = known.is_none() && !self.known.claims.contains_key(&id);
        let is_others = claims.iter().all(|one| one.source != self.plan.source);
        let by_column = |record: &Record| -> Values {
            let values = record.values().into_iter();
            values
                .map(|(column, value)| (column.to_owned(), value))
                .collect()
        };
        let (stands, mut values) = (by_column(old), by_column(&new));
        name(&mut values, named);
        let order = self
            .shared
            .orders
            .entry(entity)
            .or_insert_with(|| self.plan.precedence.for_table(entity))
            .clone();
        let repeated = self.repeated_of_taken_back(old, &values, &claims);
        let merged = &self.known.merged;
        let mut said_before = claims.clone();
        said_before.extend(repeated.clone());
        said_before.extend(self.left_of_taken_back(old, &claims));
        let before = settled(entity, &claims_now(&said_before, merged), &order);
        let mut written = Vec::new();
        if is_first && is_others {
            written.clone_from(&claims);
        }
        let repeated = repeated.map_or_else(Values::new, |claim| claim.given);
        written.extend(self.say(entity, &values, named, &mut claims, repeated));
        // Only what is news: people's edits stay where nobody says anything new.
        let claims_meant = claims_now(&claims, &self.known.merged).into_owned();
        let after = settled(entity, &claims_meant, &order);
        let mut news = news(entity, &before, &after, &stands);
        if writes_over_edits(&stands, &before, &news) {
            self.sink.note("edits_replaced");
        }
        let origin = ORIGIN
            .iter()
            .filter_map(|column| Some(((*column).to_owned(), values.get(*column)?.clone())));
        news.extend(origin);
        let record = match with_news(old, news) {
            Ok(record) => record,
            Err(error) => {
                // Only a store that was tampered with says something of another type.
                tracing::error!(%entity, %id, "what a source says cannot be read: {error}");
                return new;
            }
        };
        for claim in written {
            self.sink.write(claim.record(entity, id).into());
        }
        self.note_disputes(&record, &claims_meant);
        self.shared.claims.insert(id, claims);
        self.shared.standing.insert(id, record.clone());
        record
    }

    /// Whether a record may hold something else than its row says.
    pub(super) fn is_settled(&self, id: Uuid) -> bool {
        self.known.as_imported.contains_key(&id) || self.known.claims.contains_key(&id)
    }

    /// The record of a row, beside the one that is known.
    pub(super) fn put(&mut self, old: Option<&Record>, new: Record) -> RowEffect {
        let id = new.id();
        let same = old.map(|old| old.fingerprint() == new.fingerprint());
        let effect = self.sink.put_over(same, new);
        if effect == RowEffect::Unchanged {
            self.count_repeated(id, old.and_then(Record::batch));
        }
        effect
    }

    /// A row says what is known already: it repeats the import that `brought` the record or, where several
    /// sources speak of it, the one that its own source's word is from.
    pub(super) fn count_repeated(&mut self, record: Uuid, brought: Option<BatchId>) {
        let batch = match self.shared.claims.get(&record) {
            Some(claims) => {
                let mut claims = claims.iter();
                let own = claims.find(|claim| claim.source == self.plan.source);
                own.and_then(|claim| claim.batch)
            }
            None => brought,
        };
        if let Some(batch) = batch.filter(|batch| *batch != self.plan.batch) {
            self.sink.repeat(batch, 1);
        }
    }

    /// What the only source so far says of a record, without what people wrote since; nothing if all that it
    /// said was taken back. None where that is what the record holds, and no other source is about to speak
    /// of it.
    fn first_claims(&self, record: &Record) -> Option<Vec<Claim>> {
        let source = record.source()?;
        let brought = self.known.as_imported.get(&record.id());
        let is_shared = self.plan.partners.contains(&source);
        if !is_shared && (source != self.plan.source || brought.is_none()) {
            return None;
        }
        let (word, batch) = match brought {
            Some(brought) if !brought.stands => return Some(Vec::new()),
            Some(brought) => (&brought.record, Some(brought.batch)),
            None => (record, record.batch()),
        };
        // An import that only named another customer than the record's own has said that last.
        let (given, named) = self.as_named(record, said(word));
        let batch = named.or(batch);
        let at = batch.and_then(|batch| self.known.batch_times.get(&batch));
        let at = at.copied().or_else(|| brought.map(|brought| brought.at));
        Some(vec![Claim {
            source,
            given,
            at: at.unwrap_or(self.plan.at),
            batch,
        }])
    }

    /// What was said of a record with the customer that was named last of it, and the import that did.
    fn as_named(&self, record: &Record, mut given: Values) -> (Values, Option<BatchId>) {
        let named = self.last_naming(record);
        let is_same = |one: &Naming| {
            let value = Value::from(one.customer.0.to_string());
            let means = |value: &Value| meant(CUSTOMER, value, &self.known.merged);
            given.get(CUSTOMER).map(means) == Some(means(&value))
        };
        let named = named.filter(is_same);
        name(&mut given, named.map(|one| one.customer));
        (given, named.and_then(|one| one.batch))
    }

    /// What a row says again, where a person wrote, of what its source had said before all its imports were
    /// taken back: nothing new, so that the person's value stays.
    fn repeated_of_taken_back(
        &self,
        record: &Record,
        values: &Values,
        claims: &[Claim],
    ) -> Option<Claim> {
        let source = &self.plan.source;
        let brought = self.known.as_imported.get(&record.id())?;
        let is_said = claims.iter().any(|claim| claim.source == *source);
        if is_said || brought.stands || record.source().as_ref() != Some(source) {
            return None;
        }
        let means = |column: &str, value: &Value| meant(column, value, &self.known.merged);
        let (ties, edited) = persons_own(record.entity(), brought);
        let present = said(record);
        let mut given: Values = match &brought.said {
            Some(Value::Object(given)) => given.clone().into_iter().collect(),
            _ => said(&brought.record),
        };
        given.retain(|column, value| {
            let again = values.get(column).map(|now| means(column, now));
            let is_persons = edited.contains(ties.name(column));
            is_persons && present.contains_key(column) && again == Some(means(column, value))
        });
        Some(Claim {
            source: source.clone(),
            given,
            at: brought.at,
            batch: None,
        })
    }

    /// What a record of which nothing is said any more still holds of its imports, beside what people wrote:
    /// said before, so that it goes where no row says it again.
    fn left_of_taken_back(&self, record: &Record, claims: &[Claim]) -> Option<Claim> {
        let brought = self.known.as_imported.get(&record.id())?;
        if brought.stands || !claims.is_empty() {
            return None;
        }
        let (ties, edited) = persons_own(record.entity(), brought);
        let mut given = said(record);
        given.retain(|column, _| !edited.contains(ties.name(column)));
        Some(Claim {
            source: self.plan.source.clone(),
            given,
            at: brought.at,
            batch: None,
        })
    }

    /// Puts down what this import's source says; answers the claims that are to be written. What a
    /// person chose is open again where the source now says something else than it did then. `repeated`: what
    /// a source of which nothing stands had said as well.
    fn say(
        &self,
        entity: Entity,
        values: &Values,
        named: Option<CustomerId>,
        claims: &mut Vec<Claim>,
        repeated: Values,
    ) -> Vec<Claim> {
        let source = &self.plan.source;
        let own = claims.iter().position(|claim| claim.source == *source);
        let mut given = own.map_or_else(Values::new, |at| claims[at].given.clone());
        let before = own.map_or(repeated, |_| given.clone());
        let means = |column: &str, value: &Value| meant(column, value, &self.known.merged);
        for (column, value) in values {
            let reopened = entity == Entity::Opportunity
                && value.is_null()
                && OF_CLOSED_DEALS.contains(&column.as_str());
            if !reopened && !is_mapped(&self.mapped, entity, column) {
                continue;
            }
            // Of customers that are one it is the named one, in case they come apart; a name that both have
            // leaves it.
            let tells = column != CUSTOMER || named.is_some();
            let old = given.get(column).filter(|_| !tells);
            let is_same = old.is_some_and(|old| means(column, old) == means(column, value));
            if value.is_null() {
                given.remove(column);
            } else if !is_same {
                given.insert(column.clone(), value.clone());
            }
        }
        if own.is_some() && given == before {
            return Vec::new();
        }
        let mut written = Vec::new();
        if let Some(chosen) = claims.iter_mut().find(|claim| claim.source == CHOSEN) {
            let count = chosen.given.len();
            reopen(&mut chosen.given, &before, &given, means);
            if chosen.given.len() < count {
                written.push(chosen.clone());
            }
        }
        let claim = Claim {
            source: source.clone(),
            given,
            at: self.plan.at,
            batch: Some(self.plan.batch),
        };
        written.push(claim.clone());
        match own {
            Some(at) => claims[at] = claim,
            None => claims.push(claim),
        }
        written
    }

    fn note_disputes(&mut self, record: &Record, claims: &[Claim]) {
        let columns = differing(claims);
        let known = self
            .shared
            .disputed
            .insert(record.id(), columns.len() as u64)
            .is_some();
        let room = MAX_SAMPLES.saturating_sub(self.shared.samples.len());
        if known {
            return;
        }
        let samples = columns.into_iter().take(room).map(|column| Dispute {
            record: record.clone(),
            column,
            claims: claims.to_vec(),
        });
        self.shared.samples.extend(samples);
    }
}

/// Puts the customer that is named in the place of what it is since a merge.
fn name(values: &mut Values, named: Option<CustomerId>) {
    if let Some((value, named)) = values.get_mut(CUSTOMER).zip(named) {
        *value = Value::from(named.0.to_string());
    }
}

/// The names of what is a person's in a record of which nothing is said any more, a deal's closing as a whole.
fn persons_own(entity: Entity, brought: &Brought) -> (Ties, BTreeSet<&str>) {
    let ties = Ties::of_a_closing(entity);
    let edited = brought.edited.iter().map(|column| ties.name(column));
    (ties, edited.collect())
}

fn is_mapped(
    mapped: &std::collections::BTreeSet<yeji_intake::Field>,
    entity: Entity,
    column: &str,
) -> bool {
    field_of(entity, column).is_some_and(|field| mapped.contains(&field))
}

/// Whether news stands where a person wrote something else than was said.
fn writes_over_edits(stands: &Values, before: &Values, news: &Values) -> bool {
    news.iter().any(|(column, value)| {
        let now = stands.get(column).unwrap_or(&Value::Null);
        now != value && now != before.get(column).unwrap_or(&Value::Null)
    })
}
