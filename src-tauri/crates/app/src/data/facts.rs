//! Records of every kind, listed as people read them.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;
use yeji_core::facts::{Customer, Product};
use yeji_core::ids::{CustomerId, OpportunityId, PersonId, ProductId};
use yeji_core::org::Organisation;
use yeji_intake::{Field, Kind};
use yeji_store::{Entity, Record, Store};

use super::planner::entity_of;
use super::reconcile::table_of;
use super::templates::parse_kind;
use crate::api::data::{FactPage, ListFacts};
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
        let mut names = Known::read(&store).await?;
        let columns = columns_of(kind);
        let mut rows = Vec::with_capacity(page.rows.len());
        for record in &page.rows {
            let cells = cells_of(record, &store, &mut names).await?;
            let row = columns.iter().map(|field| {
                let cell = cells.iter().find(|(own, _)| own == field);
                cell.map_or_else(String::new, |(_, text)| text.clone())
            });
            rows.push(row.collect());
        }
        Ok(FactPage {
            columns: columns
                .iter()
                .map(|field| field.code().to_owned())
                .collect(),
            rows,
            next: page.next.map(|id| id.to_string()),
            total: page.total,
        })
    }
}

/// The number first, for kinds whose file has none too.
fn columns_of(kind: Kind) -> Vec<Field> {
    let control = |field: &Field| matches!(*field, Field::OPEN_QUARTER | Field::CLOSE_QUARTER);
    let own = kind.fields().iter().map(|def| def.field);
    let own = own.filter(|field| !control(field));
    let mut columns = vec![Field::EXTERNAL_ID];
    columns.extend(own.filter(|field| *field != Field::EXTERNAL_ID));
    columns
}

/// Names of what records refer to.
struct Known {
    organisation: Organisation,
    customers: HashMap<CustomerId, String>,
    products: HashMap<ProductId, String>,
    /// Numbers of deals, receipts and contracts, looked up when first met.
    numbers: BTreeMap<(Entity, Uuid), String>,
}

impl Known {
    async fn read(store: &Store) -> Result<Self> {
        let customers = store.customers().await?.into_iter();
        let products = store.products().await?.into_iter();
        Ok(Self {
            organisation: store.organisation().await?,
            customers: customers
                .map(|Customer { id, name, .. }| (id, name))
                .collect(),
            products: products
                .map(|Product { id, name, .. }| (id, name))
                .collect(),
            numbers: BTreeMap::new(),
        })
    }

    fn person(&self, id: PersonId) -> String {
        let person = self.organisation.person(id);
        person.map_or_else(String::new, super::batches::named)
    }

    fn customer(&self, id: CustomerId) -> String {
        self.customers.get(&id).cloned().unwrap_or_default()
    }

    fn product(&self, id: ProductId) -> String {
        self.products.get(&id).cloned().unwrap_or_default()
    }

    async fn number(&mut self, store: &Store, entity: Entity, id: Uuid) -> Result<String> {
        if let Some(number) = self.numbers.get(&(entity, id)) {
            return Ok(number.clone());
        }
        let number = store.external_id_of(entity, id).await?.unwrap_or_default();
        self.numbers.insert((entity, id), number.clone());
        Ok(number)
    }

    async fn deal(&mut self, store: &Store, id: Option<OpportunityId>) -> Result<String> {
        match id {
            Some(id) => self.number(store, Entity::Opportunity, id.0).await,
            None => Ok(String::new()),
        }
    }
}

type Cells = Vec<(Field, String)>;

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// A record's values by the field of its kind.
async fn cells_of(record: &Record, store: &Store, known: &mut Known) -> Result<Cells> {
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
            let shares = parts.map(|part| format!("{} {}", known.person(part.person), part.share));
            let shares = shares.collect::<Vec<_>>().join("; ");
            let deal = known.deal(store, Some(one.opportunity)).await?;
            (
                &one.origin,
                vec![(Field::OPPORTUNITY, deal), (Field::CREDITS, shares)],
            )
        }
        Record::StageEvent(one) => (
            &one.origin,
            vec![
                (
                    Field::OPPORTUNITY,
                    known.deal(store, Some(one.opportunity)).await?,
                ),
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
                (
                    Field::OPPORTUNITY,
                    known.deal(store, one.opportunity).await?,
                ),
            ],
        ),
        Record::OrderLine(one) => (
            &one.origin,
            vec![
                (
                    Field::OPPORTUNITY,
                    known.deal(store, Some(one.opportunity)).await?,
                ),
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
                (
                    Field::OPPORTUNITY,
                    known.deal(store, one.opportunity).await?,
                ),
                (Field::AMOUNT, one.amount.to_major()),
                (Field::SIGNED_ON, one.signed_on.to_string()),
                (Field::VALID_FROM, text(one.from)),
                (Field::VALID_TO, text(one.to)),
            ],
        ),
        Record::Invoice(one) => {
            let contract = match one.contract {
                Some(id) => known.number(store, Entity::Contract, id.0).await?,
                None => String::new(),
            };
            (
                &one.origin,
                vec![
                    (Field::CUSTOMER, known.customer(one.customer)),
                    (
                        Field::OPPORTUNITY,
                        known.deal(store, one.opportunity).await?,
                    ),
                    (Field::CONTRACT, contract),
                    (Field::AMOUNT, one.amount.to_major()),
                    (Field::INVOICED_ON, one.invoiced_on.to_string()),
                ],
            )
        }
        Record::Receipt(one) => {
            let refunds = match one.refunds {
                Some(id) => known.number(store, Entity::Receipt, id.0).await?,
                None => String::new(),
            };
            (
                &one.origin,
                vec![
                    (
                        Field::OPPORTUNITY,
                        known.deal(store, Some(one.opportunity)).await?,
                    ),
                    (Field::AMOUNT, one.amount.to_major()),
                    (Field::RECEIVED_ON, one.received_on.to_string()),
                    (Field::REFUNDS, refunds),
                ],
            )
        }
        other => return of_the_rest(other, store, known).await,
    };
    cells.push((Field::EXTERNAL_ID, origin.external_id.clone()));
    Ok(cells)
}

async fn of_the_rest(record: &Record, store: &Store, known: &mut Known) -> Result<Cells> {
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
                (
                    Field::OPPORTUNITY,
                    known.deal(store, Some(one.opportunity)).await?,
                ),
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
        _ => return Ok(Vec::new()),
    };
    cells.push((Field::EXTERNAL_ID, origin.external_id.clone()));
    Ok(cells)
}
