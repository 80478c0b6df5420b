//! Disagreements: listed with what each source says, and decided by a person.

use std::collections::BTreeMap;

use serde_json::json;
use uuid::Uuid;
use yeji_store::{
    Change, ChangeKind, DisagreementCursor, DisagreementFilter, Entity, Record, Store,
};

use super::rule::winner;
use super::{CHOSEN, Claim, Precedence, Values, changed, claims_now, kind_of, meant, settled};
use crate::api::Message;
use crate::api::sources::{
    ClaimedValue, Disagreement, DisagreementPage, DisagreementsFound, ListDisagreements, TakeValue,
};
use crate::context::App;
use crate::data::planner::Dispute;
use crate::data::templates::parse_kind;
use crate::error::{Error, Result};
use crate::history::{Names, column_of, field_of_values, known_entity, values_of};

/// Fields a window.
const PAGE_ROWS: u32 = 100;

impl App {
    /// A window of the fields on which sources disagree.
    pub async fn list_disagreements(&self, args: ListDisagreements) -> Result<DisagreementPage> {
        let entity = match &args.kind {
            Some(code) => {
                let kind = parse_kind("kind", code)?;
                let shared = super::table_of(kind);
                Some(shared.ok_or_else(|| {
                    Error::input("kind", code, "a kind whose records sources share")
                })?)
            }
            None => None,
        };
        let filter = DisagreementFilter {
            entity,
            source: args.source,
        };
        let after = args.after.as_deref().map(cursor).transpose()?;
        let store = self.store()?;
        let found = store
            .disagreements(&filter, after.as_ref(), PAGE_ROWS)
            .await?;
        let next = (found.len() == PAGE_ROWS as usize)
            .then(|| found.last().map(cursor_text))
            .flatten();
        let precedence = self.precedence().await?;
        let merged = self.merged_customers().await?;
        let mut names = Names::new(&store, self.currency().await?).await?;
        let mut rows = Vec::with_capacity(found.len());
        for one in found {
            let claims = claims_on(&store, one.entity, one.record).await?;
            let Some(record) = store.record(one.entity, one.record).await? else {
                continue;
            };
            let dispute = Dispute {
                record,
                column: one.column,
                claims: claims_now(&claims, &merged).into_owned(),
            };
            rows.push(shown(&dispute, &precedence, &mut names).await?);
        }
        Ok(DisagreementPage {
            rows,
            next,
            total: store.count_disagreements(&filter).await?,
        })
    }

    /// What an import has met, in words.
    pub(crate) async fn disputes_in_words(
        &self,
        count: u64,
        samples: &[Dispute],
    ) -> Result<DisagreementsFound> {
        let mut shown_samples = Vec::with_capacity(samples.len());
        if !samples.is_empty() {
            let precedence = self.precedence().await?;
            let mut names = Names::new(&self.store()?, self.currency().await?).await?;
            for dispute in samples {
                shown_samples.push(shown(dispute, &precedence, &mut names).await?);
            }
        }
        Ok(DisagreementsFound {
            count,
            samples: shown_samples,
        })
    }

    /// Takes what a source says of a field, as a person's edit. It stands until one of the sources says
    /// something else than now; taking what the order gives anyway takes an earlier choice back.
    pub async fn take_value(&self, args: TakeValue) -> Result<Disagreement> {
        let _turn = self.turn().await;
        let store = self.store()?;
        let entity = known_entity(&args.entity)?;
        let unknown = |what: &'static str, value: &str| Error::NotFound {
            what,
            value: value.to_owned(),
        };
        let record = store
            .record(entity, args.id)
            .await?
            .ok_or_else(|| unknown("record", &args.id.to_string()))?;
        let columns: Vec<&str> = record.values().iter().map(|(name, _)| *name).collect();
        let column =
            column_of(&args.field, &columns).ok_or_else(|| unknown("field", &args.field))?;
        let mut claims = claims_on(&store, entity, args.id).await?;
        let said = claims
            .iter()
            .find(|claim| claim.source == args.source && claim.source != CHOSEN)
            .filter(|claim| claim.given.contains_key(&column))
            .ok_or_else(|| says_nothing(&claims, &column, &args))?
            .clone();
        let precedence = self.precedence().await?;
        let order = precedence.for_table(entity);
        let merged = self.merged_customers().await?;
        let now = |claims: &[Claim]| claims_now(claims, &merged).into_owned();
        let before = settled(entity, &now(&claims), &order);
        let by_order: Vec<Claim> = now(&claims)
            .into_iter()
            .filter(|claim| claim.source != CHOSEN)
            .collect();
        let stands = winner(&by_order, &column, &order).and_then(|claim| claim.given.get(&column));
        let wanted = said
            .given
            .get(&column)
            .map(|value| meant(&column, value, &merged));
        let needed = stands != wanted.as_ref();
        let chosen = choose(&mut claims, &said, &column, needed, self.clock.now());
        let claims = now(&claims);
        let mut news = changed(&before, settled(entity, &claims, &order));
        // Also where it is what stands among the sources, and somebody has edited the record.
        if let Some(value) = wanted {
            news.entry(column.clone()).or_insert(value);
            let currency = column
                .strip_suffix("_minor")
                .map(|stem| format!("{stem}_currency"));
            if let Some((name, value)) = currency.and_then(|name| said.given.get_key_value(&name)) {
                news.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
        let decided = record.with_values(&news)?;
        // A person decides field by field, and stage and day may come from two sources.
        if let Some(reason) = self.broken_rule(&decided, &record).await? {
            return Err(Error::CannotRestore {
                entity: entity.code(),
                field: args.field,
                reason,
            });
        }
        let mut names = Names::new(&store, self.currency().await?).await?;
        let dispute = Dispute {
            record: decided.clone(),
            column,
            claims,
        };
        let answer = shown(&dispute, &precedence, &mut names).await?;
        let mut summary = json!({
            "entity": entity.code(),
            "field": args.field,
            "source": args.source,
        });
        if let Some(text) = answer.name.params.get("text") {
            summary["name"] = json!(text);
        }
        let mut change: Change = self.change(ChangeKind::Edit, summary);
        if decided.fingerprint() != record.fingerprint() {
            change.put.push(decided);
        }
        let claim: Record = chosen.record(entity, args.id).into();
        if chosen.given.is_empty() {
            if store
                .record(Entity::SourceClaim, claim.id())
                .await?
                .is_some()
            {
                change.delete.push((Entity::SourceClaim, claim.id()));
            }
        } else {
            change.put.push(claim);
        }
        if !(change.put.is_empty() && change.delete.is_empty()) {
            self.apply(change).await?;
        }
        Ok(answer)
    }
}

/// Puts a choice among the claims, or takes it away where it is not needed (the order gives the same);
/// answers it.
fn choose(
    claims: &mut Vec<Claim>,
    said: &Claim,
    column: &str,
    needed: bool,
    at: chrono::DateTime<chrono::Utc>,
) -> Claim {
    let earlier = claims.iter().position(|claim| claim.source == CHOSEN);
    let mut chosen = match earlier {
        Some(index) => claims.remove(index),
        None => Claim {
            source: CHOSEN.to_owned(),
            given: Values::new(),
            at,
            batch: None,
        },
    };
    chosen.at = at;
    let currency = column
        .strip_suffix("_minor")
        .map(|stem| format!("{stem}_currency"));
    for column in std::iter::once(column.to_owned()).chain(currency) {
        match said.given.get(&column).filter(|_| needed) {
            Some(value) => chosen.given.insert(column, value.clone()),
            None => chosen.given.remove(&column),
        };
    }
    if !chosen.given.is_empty() {
        claims.push(chosen.clone());
    }
    chosen
}

pub(super) async fn claims_on(store: &Store, entity: Entity, record: Uuid) -> Result<Vec<Claim>> {
    let claims = store.claims_on(entity, record).await?;
    Ok(claims.into_iter().map(Claim::from).collect())
}

/// A disagreement in words.
async fn shown(
    dispute: &Dispute,
    precedence: &Precedence,
    names: &mut Names,
) -> Result<Disagreement> {
    let Dispute {
        record,
        column,
        claims,
    } = dispute;
    let (entity, id) = (record.entity(), record.id());
    let field = column.strip_suffix("_minor").unwrap_or(column).to_owned();
    let order = precedence.for_table(entity);
    let present = values_of(record);
    let stands = present.get(column).cloned().unwrap_or_default();
    let winning = winner(claims, column, &order);
    let reason = match winning {
        Some(claim) if claim.given.get(column) != Some(&stands) => "edited",
        Some(claim) if claim.source == CHOSEN => "chosen",
        _ => "precedence",
    };
    let mut values = Vec::new();
    let mut by_place: Vec<&Claim> = claims
        .iter()
        .filter(|claim| claim.source != CHOSEN && claim.given.contains_key(column))
        .collect();
    by_place.sort_by_key(|claim| {
        let place = order.iter().position(|one| *one == claim.source);
        (place.unwrap_or(usize::MAX), claim.source.clone())
    });
    for claim in by_place {
        let given = claim.given.clone().into_iter().collect();
        let value = field_of_values(&given, &field);
        values.push(ClaimedValue {
            source: claim.source.clone(),
            value: names.value(entity, &field, &value).await?,
            at: claim.at,
            batch: claim.batch,
            stands: claim.given.get(column) == Some(&stands),
        });
    }
    let value = field_of_values(&present, &field);
    Ok(Disagreement {
        entity: entity.code().to_owned(),
        kind: kind_of(entity)
            .map_or("", yeji_intake::Kind::code)
            .to_owned(),
        id,
        name: name_of(names, record).await?,
        value: names.value(entity, &field, &value).await?,
        field,
        reason: reason.to_owned(),
        values,
    })
}

/// A record's name with its number, which is how people find it in the source.
async fn name_of(names: &mut Names, record: &Record) -> Result<Message> {
    names.of(record.entity(), record.id()).await
}

fn cursor_text(one: &DisagreementCursor) -> String {
    format!("{} {} {}", one.entity, one.record, one.column)
}

fn cursor(text: &str) -> Result<DisagreementCursor> {
    let wrong = || Error::input("after", text, "the cursor of an earlier window");
    let mut parts = text.splitn(3, ' ');
    let mut next = || parts.next().ok_or_else(wrong);
    Ok(DisagreementCursor {
        entity: next()?.parse().map_err(|_| wrong())?,
        record: next()?.parse().map_err(|_| wrong())?,
        column: next()?.to_owned(),
    })
}

/// Claims by record.
pub(super) fn by_record(claims: Vec<yeji_store::SourceClaim>) -> BTreeMap<Uuid, Vec<Claim>> {
    let mut found: BTreeMap<Uuid, Vec<Claim>> = BTreeMap::new();
    for claim in claims {
        found.entry(claim.record).or_default().push(claim.into());
    }
    found
}

/// The refusal of a source that says nothing about a column, with those that do.
fn says_nothing(claims: &[Claim], column: &str, args: &TakeValue) -> Error {
    let speaking = claims
        .iter()
        .filter(|claim| claim.source != CHOSEN && claim.given.contains_key(column));
    let sources: Vec<&str> = speaking.map(|claim| claim.source.as_str()).collect();
    Error::SourceSaysNothing {
        source_name: args.source.clone(),
        field: args.field.clone(),
        sources: sources.join(", "),
    }
}
