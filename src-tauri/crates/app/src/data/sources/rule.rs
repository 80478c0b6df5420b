//! What a record holds, given what each source says of it. A pure function: the order in which the
//! sources came does not matter.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;
use yeji_core::facts::Stage;
use yeji_core::ids::BatchId;
use yeji_intake::Field;
use yeji_store::{Entity, Record, SourceClaim};

/// The source of what a person chose.
pub(crate) const CHOSEN: &str = "";

/// Columns of a deal that an open one has not.
pub(crate) const OF_CLOSED_DEALS: [&str; 3] = ["closed_on", "amount_minor", "amount_currency"];

/// Values by column.
pub(crate) type Values = BTreeMap<String, Value>;

/// What one source says of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub source: String,
    /// Only what it gave: an empty cell says nothing.
    pub given: Values,
    pub at: DateTime<Utc>,
    pub batch: Option<BatchId>,
}

impl Claim {
    /// As the store has it.
    pub(crate) fn record(&self, entity: Entity, record: Uuid) -> SourceClaim {
        let given = self.given.iter();
        SourceClaim {
            entity,
            record,
            source: self.source.clone(),
            given: Value::Object(
                given
                    .map(|(name, one)| (name.clone(), one.clone()))
                    .collect(),
            ),
            at: self.at,
            batch: self.batch,
        }
    }
}

impl From<SourceClaim> for Claim {
    fn from(claim: SourceClaim) -> Self {
        let given = match claim.given {
            Value::Object(given) => given.into_iter().collect(),
            _ => Values::new(),
        };
        Self {
            source: claim.source,
            given,
            at: claim.at,
            batch: claim.batch,
        }
    }
}

/// Place of a source: what a person chose, then the stated order, then the rest by name.
fn place<'a>(source: &'a str, order: &[String]) -> (usize, &'a str) {
    if source == CHOSEN {
        return (0, source);
    }
    let place = order.iter().position(|one| one == source);
    (place.map_or(usize::MAX, |place| place + 1), source)
}

/// Whose word stands for a column.
pub(crate) fn winner<'a>(claims: &'a [Claim], column: &str, order: &[String]) -> Option<&'a Claim> {
    claims
        .iter()
        .filter(|claim| claim.given.contains_key(column))
        .min_by_key(|claim| place(&claim.source, order))
}

/// The values that stand. Columns of which nobody says anything are left out.
pub(crate) fn settled(entity: Entity, claims: &[Claim], order: &[String]) -> Values {
    let columns: BTreeSet<&str> = claims
        .iter()
        .flat_map(|claim| claim.given.keys().map(String::as_str))
        .collect();
    let mut values = Values::new();
    for column in columns {
        // A currency goes with its amount.
        let deciding = currency_of(column, claims).unwrap_or_else(|| column.to_owned());
        let value = winner(claims, &deciding, order).and_then(|claim| claim.given.get(column));
        if let Some(value) = value {
            values.insert(column.to_owned(), value.clone());
        }
    }
    if entity == Entity::Opportunity {
        close_with_stage(&mut values, claims, order);
    }
    values
}

/// The values that are others than before: what people edited since stays where nothing new stands.
/// An amount and its currency go together.
pub(crate) fn changed(before: &Values, after: Values) -> Values {
    let changed: BTreeSet<String> = after
        .iter()
        .filter(|(column, value)| before.get(*column) != Some(value))
        .map(|(column, _)| amount_of(column).to_owned())
        .collect();
    let news = after.into_iter();
    news.filter(|(column, _)| changed.contains(amount_of(column)))
        .collect()
}

/// Leaves of a choice what holds once a source says `now` instead of `before`: a column is open again where
/// it says something else than it did and than was chosen, and a deal's closing where it says another stage.
pub(crate) fn reopen(
    chosen: &mut Values,
    before: &Values,
    now: &Values,
    means: impl Fn(&str, &Value) -> Value,
) {
    let stages = before.get("stage").zip(now.get("stage"));
    let is_closing = stages.is_some_and(|(before, now)| before != now);
    chosen.retain(|column, value| {
        if is_closing && OF_CLOSED_DEALS.contains(&column.as_str()) {
            return false;
        }
        let said = now.get(column);
        said.is_none_or(|said| means(column, said) == means(column, value))
            || before.get(column) == said
    });
}

/// The values that are to be written where something else is said than before; nothing where nobody
/// says anything any more. `stands`: what the record holds now, which a person may have closed or reopened.
pub(crate) fn news(entity: Entity, before: &Values, after: &Values, stands: &Values) -> Values {
    let said = |values: &Values, column: &str| values.get(column).cloned().unwrap_or_default();
    let ties = Ties::of(entity, &[before, after, stands]);
    let columns: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed: BTreeSet<&str> = columns
        .iter()
        .filter(|column| said(before, column) != said(after, column))
        .map(|column| ties.name(column))
        .collect();
    let mut news: Values = columns
        .into_iter()
        .filter(|column| changed.contains(ties.name(column)))
        .map(|column| (column.clone(), said(after, column)))
        .collect();
    // With another stage than the record has, a day or amount of which nobody says anything is no longer its.
    let stage = news.get("stage").filter(|stage| !stage.is_null());
    let is_moved = stage.is_some_and(|stage| *stage != said(stands, "stage"));
    if is_open(&news) || entity == Entity::Opportunity && is_moved {
        for column in OF_CLOSED_DEALS {
            news.entry(column.to_owned()).or_default();
        }
    }
    news
}

/// What a record is to get once something else is said of it, beside what people wrote: that stays, and
/// is told.
pub(crate) fn beside_edits(
    entity: Entity,
    record: &Values,
    before: &Values,
    news: Values,
) -> (Values, bool) {
    let now = |column: &str| record.get(column).cloned().unwrap_or_default();
    let ties = if news.contains_key("stage") {
        Ties::of_a_closing(entity)
    } else {
        Ties::of(entity, &[before, record])
    };
    let edited: BTreeSet<String> = before
        .keys()
        .chain(news.keys())
        .filter(|column| now(column) != before.get(*column).cloned().unwrap_or_default())
        .map(|column| ties.name(column).to_owned())
        .collect();
    let (stay, write): (Values, Values) = news
        .into_iter()
        .partition(|(column, _)| edited.contains(ties.name(column)));
    let is_edited = stay.iter().any(|(column, value)| now(column) != *value);
    (write, is_edited)
}

/// A record with other values; one that it cannot be without stays.
pub(crate) fn with_news(record: &Record, news: Values) -> yeji_store::Result<Record> {
    if let Ok(all) = record.with_values(&news) {
        return Ok(all);
    }
    let ties = Ties::of_a_closing(record.entity());
    let mut groups: BTreeMap<String, Values> = BTreeMap::new();
    for (column, value) in news {
        let group = groups.entry(ties.name(&column).to_owned()).or_default();
        group.insert(column, value);
    }
    let mut record = record.clone();
    for mut values in groups.into_values() {
        let with_all = record.with_values(&values).or_else(|_| {
            values.retain(|_, value| !value.is_null());
            record.with_values(&values)
        });
        record = with_all?;
    }
    Ok(record)
}

/// Which columns say one thing together: an amount and its currency always; a deal's stage, closing day and
/// amount where its stage is another than before, because they describe one closing then.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ties {
    is_closing: bool,
}

impl Ties {
    /// Between these states of a record.
    pub(crate) fn of(entity: Entity, states: &[&Values]) -> Self {
        let said = |values: &Values| values.get("stage").cloned().unwrap_or_default();
        let is_same = states.windows(2).all(|pair| said(pair[0]) == said(pair[1]));
        Self {
            is_closing: entity == Entity::Opportunity && !is_same,
        }
    }

    /// Where a deal's stage is another.
    pub(crate) fn of_a_closing(entity: Entity) -> Self {
        Self {
            is_closing: entity == Entity::Opportunity,
        }
    }

    /// Where its stage is the same.
    pub(crate) fn alone() -> Self {
        Self { is_closing: false }
    }

    /// Columns that are together have one name.
    pub(crate) fn name(self, column: &str) -> &str {
        if self.is_closing && OF_CLOSED_DEALS.contains(&column) {
            return "stage";
        }
        amount_of(column)
    }
}

fn amount_of(column: &str) -> &str {
    let amount = column.strip_suffix("_minor");
    amount
        .or_else(|| column.strip_suffix("_currency"))
        .unwrap_or(column)
}

fn is_open(values: &Values) -> bool {
    let stage = values.get("stage").and_then(Value::as_str);
    stage.is_some_and(|code| code.parse::<Stage>().is_ok_and(Stage::is_open))
}

/// A deal that is open has no closing day and amount but those of the source that says so.
fn close_with_stage(values: &mut Values, claims: &[Claim], order: &[String]) {
    let open = is_open(values);
    let Some(saying) = winner(claims, "stage", order).filter(|_| open) else {
        return;
    };
    for column in OF_CLOSED_DEALS {
        let chosen = claims
            .iter()
            .any(|claim| claim.source == CHOSEN && claim.given.contains_key(column));
        if values.contains_key(column) && !chosen {
            let own = saying.given.get(column).cloned();
            values.insert(column.to_owned(), own.unwrap_or(Value::Null));
        }
    }
}

fn currency_of(column: &str, claims: &[Claim]) -> Option<String> {
    let amount = format!("{}_minor", column.strip_suffix("_currency")?);
    let known = claims.iter().any(|one| one.given.contains_key(&amount));
    known.then_some(amount)
}

/// The columns to which sources give different values; an amount's currency is part of it.
pub(crate) fn differing(claims: &[Claim]) -> Vec<String> {
    let mut said: BTreeMap<&str, &Value> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for claim in claims.iter().filter(|claim| claim.source != CHOSEN) {
        for (column, value) in &claim.given {
            if column.ends_with("_currency") {
                continue;
            }
            if *said.entry(column).or_insert(value) != value {
                found.insert(column.clone());
            }
        }
    }
    found.into_iter().collect()
}

/// The field of a file that fills a column; none for what tells where a row comes from.
pub(crate) fn field_of(entity: Entity, column: &str) -> Option<Field> {
    Some(match (entity, column) {
        (_, "source" | "external_id" | "batch" | "line") => return None,
        (_, "parent_name") => Field::PARENT,
        (Entity::StageEvent, "on_day") => Field::CHANGED_ON,
        (Entity::Interaction, "on_day") => Field::HAPPENED_ON,
        (Entity::SatisfactionScore, "on_day") => Field::ANSWERED_ON,
        (Entity::ExchangeRate, "on_day") => Field::DAY,
        (Entity::Interaction, "kind") => Field::INTERACTION_KIND,
        (_, "from_on") => Field::VALID_FROM,
        (_, "to_on") => Field::VALID_TO,
        (_, column) => {
            let stem = column.strip_suffix("_minor").unwrap_or(column);
            let code = |code: &str| Field::ALL.iter().find(|field| field.code() == code);
            *code(stem).or_else(|| code(column.strip_suffix("_currency")?))?
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn claim(source: &str, given: &[(&str, Value)]) -> Claim {
        Claim {
            source: source.to_owned(),
            given: given
                .iter()
                .map(|(column, value)| ((*column).to_owned(), value.clone()))
                .collect(),
            at: DateTime::UNIX_EPOCH,
            batch: None,
        }
    }

    fn order(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_first_source_that_says_something_stands() {
        let claims = [
            claim("erp", &[("name", json!("B")), ("region", json!("East"))]),
            claim("crm", &[("name", json!("A"))]),
        ];
        let values = settled(Entity::Customer, &claims, &order(&["crm", "erp"]));
        assert_eq!(values["name"], json!("A"), "crm goes first");
        assert_eq!(values["region"], json!("East"), "crm says nothing of it");
        assert_eq!(differing(&claims), ["name"]);
    }

    #[test]
    fn a_person_goes_before_all_sources_and_is_none() {
        let claims = [
            claim("crm", &[("name", json!("A"))]),
            claim(CHOSEN, &[("name", json!("C"))]),
        ];
        let values = settled(Entity::Customer, &claims, &order(&["crm", "erp"]));
        assert_eq!(values["name"], json!("C"));
        assert!(differing(&claims).is_empty(), "one source cannot disagree");
    }

    #[test]
    fn a_currency_goes_with_its_amount() {
        let claims = [
            claim("crm", &[("cost_currency", json!("CNY"))]),
            claim(
                "erp",
                &[("cost_minor", json!(5)), ("cost_currency", json!("USD"))],
            ),
        ];
        let values = settled(Entity::Product, &claims, &order(&["crm", "erp"]));
        assert_eq!(values["cost_currency"], json!("USD"));
    }

    #[test]
    fn an_open_deal_takes_no_closing_day_from_who_says_it_is_closed() {
        let claims = [
            claim("crm", &[("stage", json!("engaging"))]),
            claim(
                "erp",
                &[
                    ("stage", json!("won")),
                    ("closed_on", json!("2026-03-01")),
                    ("amount_minor", json!(100)),
                    ("amount_currency", json!("CNY")),
                ],
            ),
        ];
        let values = settled(Entity::Opportunity, &claims, &order(&["crm", "erp"]));
        assert_eq!(values["closed_on"], Value::Null);
        assert_eq!(values["amount_minor"], Value::Null);
        assert_eq!(values["amount_currency"], Value::Null);
    }

    #[test]
    fn every_column_of_shared_tables_has_its_field() {
        for kind in yeji_intake::Kind::ALL {
            let Some(entity) = super::super::table_of(*kind) else {
                continue;
            };
            for def in kind.fields() {
                let control = matches!(
                    def.field,
                    Field::EXTERNAL_ID | Field::OPEN_QUARTER | Field::CLOSE_QUARTER
                );
                let found = entity
                    .column_names()
                    .any(|column| field_of(entity, column) == Some(def.field));
                assert!(found || control, "{entity} keeps {}", def.field.code());
            }
        }
    }

    proptest! {
        /// Which file came first must not decide anything: only the stated order does.
        #[test]
        fn the_order_of_imports_decides_nothing(
            values in prop::collection::vec((0_usize..3, 0_usize..4, 0_i64..3), 0..12),
            rotate in 0_usize..3,
        ) {
            let sources = ["crm", "erp", "other"];
            let columns = ["name", "region", "employees", "segment"];
            let mut claims: Vec<Claim> = sources.iter().map(|one| claim(one, &[])).collect();
            for (source, column, value) in values {
                claims[source].given.insert(columns[column].to_owned(), json!(value));
            }
            let order = order(&["erp", "crm"]);
            let one = settled(Entity::Customer, &claims, &order);
            let disagreed = differing(&claims);
            claims.rotate_left(rotate);
            prop_assert_eq!(&settled(Entity::Customer, &claims, &order), &one);
            claims.reverse();
            prop_assert_eq!(&settled(Entity::Customer, &claims, &order), &one);
            prop_assert_eq!(differing(&claims), disagreed);
        }
    }
}
