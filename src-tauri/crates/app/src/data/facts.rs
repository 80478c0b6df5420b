//! Records of every kind, listed as people read them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use uuid::Uuid;
use yeji_core::Ratio;
use yeji_core::ids::{CustomerId, OpportunityId, PersonId, ProductId};
use yeji_core::org::Organisation;
use yeji_intake::{Field, FieldType, Kind};
use yeji_store::{Entity, Record, Store};

use super::planner::entity_of;
use super::reconcile::table_of;
use super::templates::parse_kind;
use crate::api::data::{FactColumn, FactLine, FactPage, ListFacts};
use crate::context::App;
use crate::error::{Error, Result};

/// Records a window.
const PAGE_ROWS: u32 = 200;

impl App {
    /// A window of the records of a kind, oldest first. People, customers, products and deals have lists
    /// of their own.
    pub async fn list_facts(&self, args: ListFacts) -> Result<FactPage> {
        let kind = parse_kind("kind", &args.kind)?;
        let of_month = args.source.as_deref().zip(args.month.as_deref());
        let listed = match of_month {
            Some(_) => table_of(kind),
            None => entity_of(kind),
        };
        let Some(entity) = listed else {
            return Err(Error::input("kind", &args.kind, "a kind of facts"));
        };
        let after = match &args.after {
            Some(text) => Some(
                text.parse::<Uuid>()
                    .map_err(|_| Error::input("after", text, "the cursor of an earlier window"))?,
            ),
            None => None,
        };
        let store = self.store()?;
        let page = match of_month {
            Some((source, month)) => {
                store
                    .month_page(entity, source, month, after, PAGE_ROWS)
                    .await?
            }
            None => store.facts_page(entity, after, PAGE_ROWS).await?,
        };
        let names = Known::of(&page.rows, &store).await?;
        let mut columns = columns_of(kind);
        if of_month.is_some() {
            columns.sort_by_key(|(field, _)| place_in_month(kind, *field));
        }
        let rows = page.rows.iter().map(|record| {
            let (source, cells) = cells_of(record, &names);
            let cells = columns.iter().map(|(field, _)| {
                let cell = cells.iter().find(|(own, _)| own == field);
                cell.map_or_else(String::new, |(_, text)| text.clone())
            });
            FactLine {
                id: record.id(),
                source,
                cells: cells.collect(),
            }
        });
        Ok(FactPage {
            entity: entity.code().to_owned(),
            rows: rows.collect(),
            columns: columns
                .iter()
                .map(|(field, holds)| FactColumn {
                    field: field.code().to_owned(),
                    holds: (*holds).to_owned(),
                })
                .collect(),
            currency: self.currency().await?.to_string(),
            next: page.next.map(|id| id.to_string()),
            total: page.total,
        })
    }
}

/// The number first, for kinds whose file has none too; each with what its cells hold.
fn columns_of(kind: Kind) -> Vec<(Field, &'static str)> {
    let control = |field: Field| matches!(field, Field::OPEN_QUARTER | Field::CLOSE_QUARTER);
    let own = kind.fields().iter().map(|def| (def.field, holds(def.kind)));
    let own = own.filter(|(field, _)| !control(*field));
    let mut columns = vec![(Field::EXTERNAL_ID, "text")];
    columns.extend(own.filter(|(field, _)| *field != Field::EXTERNAL_ID));
    columns
}

/// Of a month that is held against a file: which record, whose, when and how much come first.
fn place_in_month(kind: Kind, field: Field) -> u8 {
    match field {
        Field::EXTERNAL_ID => 0,
        Field::CUSTOMER => 1,
        field if Some(field) == kind.def().counted_on => 2,
        Field::AMOUNT => 3,
        _ => 4,
    }
}

/// How cells of a field are to be shown.
fn holds(field: FieldType) -> &'static str {
    match field {
        FieldType::Date => "date",
        FieldType::Amount => "amount",
        FieldType::Integer | FieldType::Between(..) | FieldType::Rate => "number",
        FieldType::Stage => "stage",
        FieldType::Choice(_) | FieldType::Role => "choice",
        FieldType::Text
        | FieldType::QuarterOf(_)
        | FieldType::Month
        | FieldType::Currency
        | FieldType::Shares => "text",
    }
}

/// Names and numbers of what the records of a window refer to.
struct Known {
    organisation: Arc<Organisation>,
    names: HashMap<(Entity, Uuid), String>,
}

impl Known {
    async fn of(records: &[Record], store: &Store) -> Result<Self> {
        let mut asked: BTreeMap<Entity, BTreeSet<Uuid>> = BTreeMap::new();
        for (entity, id) in records.iter().flat_map(Record::refers_to) {
            asked.entry(entity).or_default().insert(id);
        }
        // People are named with their staff numbers.
        asked.remove(&Entity::Person);
        let mut names = HashMap::new();
        for (entity, ids) in asked {
            let ids: Vec<Uuid> = ids.into_iter().collect();
            let found = store.names_of(entity, &ids).await?;
            names.extend(found.into_iter().map(|(id, name)| ((entity, id), name)));
        }
        Ok(Self {
            organisation: store.organisation().await?,
            names,
        })
    }

    fn person(&self, id: PersonId) -> String {
        let person = self.organisation.person(id);
        person.map_or_else(String::new, super::batches::named)
    }

    fn name(&self, entity: Entity, id: Option<Uuid>) -> String {
        let found = id.and_then(|id| self.names.get(&(entity, id)));
        found.cloned().unwrap_or_default()
    }

    fn customer(&self, id: CustomerId) -> String {
        self.name(Entity::Customer, Some(id.0))
    }

    fn product(&self, id: ProductId) -> String {
        self.name(Entity::Product, Some(id.0))
    }

    fn deal(&self, id: Option<OpportunityId>) -> String {
        self.name(Entity::Opportunity, id.map(|id| id.0))
    }
}

type Cells = Vec<(Field, String)>;

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// `60%`; nothing where percents would not be exact (a third).
pub(crate) fn percent(share: Ratio) -> Option<String> {
    let hundredths = share.checked_mul(Ratio::from_int(10_000)).ok()?;
    let exact = hundredths.to_integer()?;
    Some(match (exact / 100, exact % 100) {
        (whole, 0) => format!("{whole}%"),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{}%", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02}%"),
    })
}

/// A record's source, and its values by the field of its kind.
fn cells_of(record: &Record, known: &Known) -> (String, Cells) {
    let (origin, mut cells) = match record {
        Record::Contact(one) => (
            &one.origin,
            vec![
                (Field::CUSTOMER, known.customer(one.customer)),
                (Field::NAME, one.name.clone()),
                (Field::TITLE, text(one.title.as_ref())),
                (Field::PHONE, text(one.phone.as_ref())),
            ],
        ),
        Record::CreditList(one) => {
            let parts = one.credits.parts().iter();
            let shares = parts.map(|part| {
                let share = percent(part.share).unwrap_or_else(|| part.share.to_string());
                format!("{} {share}", known.person(part.person))
            });
            let shares = shares.collect::<Vec<_>>().join("; ");
            let deal = known.deal(Some(one.opportunity));
            (
                &one.origin,
                vec![(Field::OPPORTUNITY, deal), (Field::CREDITS, shares)],
            )
        }
        Record::StageEvent(one) => (
            &one.origin,
            vec![
                (Field::OPPORTUNITY, known.deal(Some(one.opportunity))),
                (Field::STAGE, one.stage.code().to_owned()),
                (Field::CHANGED_ON, one.on.to_string()),
            ],
        ),
        Record::Lead(one) => (
            &one.origin,
            vec![
                (Field::NAME, one.name.clone()),
                (Field::CHANNEL, text(one.channel.as_ref())),
                (Field::OWNER, text(one.owner.map(|id| known.person(id)))),
                (Field::CREATED_ON, one.created_on.to_string()),
                (Field::OPPORTUNITY, known.deal(one.opportunity)),
            ],
        ),
        Record::OrderLine(one) => (
            &one.origin,
            vec![
                (Field::OPPORTUNITY, known.deal(Some(one.opportunity))),
                (Field::PRODUCT, known.product(one.product)),
                (Field::QUANTITY, one.quantity.to_string()),
                (Field::AMOUNT, one.amount.to_major()),
                (Field::ORDERED_ON, one.ordered_on.to_string()),
            ],
        ),
        Record::Contract(one) => (
            &one.origin,
            vec![
                (Field::CUSTOMER, known.customer(one.customer)),
                (Field::OPPORTUNITY, known.deal(one.opportunity)),
                (Field::AMOUNT, one.amount.to_major()),
                (Field::SIGNED_ON, one.signed_on.to_string()),
                (Field::VALID_FROM, text(one.from)),
                (Field::VALID_TO, text(one.to)),
            ],
        ),
        Record::Invoice(one) => {
            let contract = known.name(Entity::Contract, one.contract.map(|id| id.0));
            (
                &one.origin,
                vec![
                    (Field::CUSTOMER, known.customer(one.customer)),
                    (Field::OPPORTUNITY, known.deal(one.opportunity)),
                    (Field::CONTRACT, contract),
                    (Field::AMOUNT, one.amount.to_major()),
                    (Field::INVOICED_ON, one.invoiced_on.to_string()),
                ],
            )
        }
        Record::Receipt(one) => {
            let refunds = known.name(Entity::Receipt, one.refunds.map(|id| id.0));
            (
                &one.origin,
                vec![
                    (Field::OPPORTUNITY, known.deal(Some(one.opportunity))),
                    (Field::AMOUNT, one.amount.to_major()),
                    (Field::RECEIVED_ON, one.received_on.to_string()),
                    (Field::REFUNDS, refunds),
                ],
            )
        }
        other => return of_the_rest(other, known),
    };
    cells.push((Field::EXTERNAL_ID, origin.external_id.clone()));
    (origin.source.clone(), cells)
}

fn of_the_rest(record: &Record, known: &Known) -> (String, Cells) {
    let (origin, mut cells) = match record {
        Record::Interaction(one) => (
            &one.origin,
            vec![
                (Field::CUSTOMER, known.customer(one.customer)),
                (Field::PERSON, known.person(one.person)),
                (Field::INTERACTION_KIND, one.kind.clone()),
                (Field::HAPPENED_ON, one.on.to_string()),
                (Field::NOTE, text(one.note.as_ref())),
            ],
        ),
        Record::SatisfactionScore(one) => (
            &one.origin,
            vec![
                (Field::CUSTOMER, known.customer(one.customer)),
                (Field::SCORE, one.score.to_string()),
                (Field::ANSWERED_ON, one.on.to_string()),
            ],
        ),
        Record::DeliveryTicket(one) => (
            &one.origin,
            vec![
                (Field::OPPORTUNITY, known.deal(Some(one.opportunity))),
                (Field::DUE_ON, one.due_on.to_string()),
                (Field::DELIVERED_ON, text(one.delivered_on)),
            ],
        ),
        Record::Opportunity(one) => (
            &one.origin,
            vec![
                (Field::OWNER, known.person(one.owner)),
                (
                    Field::CUSTOMER,
                    text(one.customer.map(|id| known.customer(id))),
                ),
                (
                    Field::PRODUCT,
                    text(one.product.map(|id| known.product(id))),
                ),
                (Field::STAGE, one.stage.code().to_owned()),
                (Field::OPENED_ON, text(one.opened_on)),
                (Field::CLOSED_ON, text(one.closed_on)),
                (
                    Field::AMOUNT,
                    text(one.amount.map(yeji_core::Money::to_major)),
                ),
            ],
        ),
        Record::MarketIndex(one) => (
            &one.origin,
            vec![
                (Field::SERIES, one.series.clone()),
                (Field::REGION, text(one.region.as_ref())),
                (Field::MONTH, one.month.format("%Y-%m").to_string()),
                (Field::VALUE, one.value.to_string()),
            ],
        ),
        Record::ExchangeRate(one) => (
            &one.origin,
            vec![
                (Field::FROM_CURRENCY, one.from.to_string()),
                (Field::TO_CURRENCY, one.to.to_string()),
                (Field::DAY, one.on.to_string()),
                (Field::RATE, one.rate.to_string()),
            ],
        ),
        _ => return (String::new(), Vec::new()),
    };
    cells.push((Field::EXTERNAL_ID, origin.external_id.clone()));
    (origin.source.clone(), cells)
}
