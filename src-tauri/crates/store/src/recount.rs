//! Under which unit and customer type deals are counted, and counting them anew when that changes.
//!
//! The answer stands in each deal's row (`team`, `opened_team`, `counted_type`), so what was counted
//! can be taken back exactly, and a page of deals needs no organisation. When memberships or a
//! customer's type change, the deals of those people and customers are counted anew; nobody else's.

use std::collections::{BTreeSet, HashMap, HashSet};

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;
use yeji_core::facts::Opportunity;
use yeji_core::ids::PersonId;
use yeji_core::org::{OPEN_END, Organisation};

use crate::cell::{Cell, Kind};
use crate::goal_pack::Packs;
use crate::queries::organisation::read_organisation;
use crate::rollup::{Counted, CountedUnder, Deltas, NO_UNIT, marks};
use crate::rows::{bind_all, ids_json, read_id, unreadable};
use crate::{Result, rows};

/// Customers or deals a statement.
const IDS_PER_STATEMENT: usize = 500;

/// What one change has counted so far, and what it must count anew.
#[derive(Debug, Default)]
pub(crate) struct Counting {
    pub deltas: Deltas,
    /// Cells of goals.
    pub packs: Packs,
    /// Units, people or memberships came, changed or went.
    pub organisation_moved: bool,
    /// Read when first needed, forgotten when memberships change.
    organisation: Option<Organisation>,
    /// Types of the customers met so far.
    types: HashMap<Uuid, Option<String>>,
    stale_owners: BTreeSet<Uuid>,
    stale_customers: BTreeSet<Uuid>,
    /// People and customers that this change has made: only deals that it wrote can be theirs, ...
    made: HashSet<Uuid>,
    /// ... and these are the owners and customers of the deals that it wrote, and of those that it
    /// took away, whose deals stay behind until the change ends.
    met: HashSet<Uuid>,
    /// A recount moved a deal.
    pub moved: bool,
}

impl Counting {
    /// A person or customer is written or deleted.
    pub fn came_or_went(&mut self, id: Uuid, is_new: bool, is_gone: bool) {
        if is_new {
            self.made.insert(id);
        }
        if is_gone {
            self.met.insert(id);
        }
    }

    /// Where a deal that is about to be written is counted. It may have to be counted anew when its
    /// owner or customer changes.
    pub fn under_of(&mut self, deal: &Opportunity) -> CountedUnder {
        self.met.insert(deal.owner.0);
        self.met.extend(deal.customer.map(|id| id.0));
        self.under(deal)
    }

    /// Whether there may be deals of a person or customer. An import makes thousands of them, each
    /// of whose deals would be looked for among a million.
    fn may_have_deals(&self, id: Uuid) -> bool {
        !self.made.contains(&id) || self.met.contains(&id)
    }

    /// A membership of this person came, changed or went.
    pub fn membership_changed(&mut self, person: Uuid) {
        self.organisation_changed();
        if self.may_have_deals(person) {
            self.stale_owners.insert(person);
        }
    }

    /// A unit or person changed.
    pub fn organisation_changed(&mut self) {
        self.organisation_moved = true;
        self.organisation = None;
    }

    /// A customer has a new type.
    pub fn type_changed(&mut self, customer: Uuid, customer_type: Option<String>) {
        self.types.insert(customer, customer_type);
        if self.may_have_deals(customer) {
            self.stale_customers.insert(customer);
        }
    }

    /// Brings everything up to date before deals are counted: the deals in the store, the
    /// organisation, the customers of the deals that come.
    pub async fn prepare(
        &mut self,
        conn: &mut SqliteConnection,
        customers: &BTreeSet<Uuid>,
    ) -> Result<()> {
        self.recount_stale(conn).await?;
        self.load_organisation(conn).await?;
        self.load_types(conn, customers).await
    }

    /// Where a deal is counted. Call [`Counting::prepare`] first.
    pub fn under(&self, deal: &Opportunity) -> CountedUnder {
        let organisation = self.organisation.as_ref();
        let team_on = |day| {
            organisation
                .and_then(|all| all.team_on(PersonId(deal.owner.0), day))
                .map_or(NO_UNIT, |unit| unit.0)
        };
        // While open a deal belongs to the unit of its opening, without dates to the owner's last.
        let closing = deal.closed_on.or(deal.opened_on).unwrap_or(OPEN_END);
        let opening = deal.opened_on.or(deal.closed_on).unwrap_or(OPEN_END);
        CountedUnder {
            team: team_on(closing),
            opened_team: team_on(opening),
            customer_type: deal
                .customer
                .and_then(|id| self.types.get(&id.0).cloned().flatten()),
        }
    }

    /// Whether deals must be looked for, to be counted anew.
    pub fn is_stale(&self) -> bool {
        !self.stale_owners.is_empty() || !self.stale_customers.is_empty()
    }

    /// Counts anew what memberships and types have made stale.
    pub async fn recount_stale(&mut self, conn: &mut SqliteConnection) -> Result<()> {
        let owners = std::mem::take(&mut self.stale_owners);
        for owner in owners {
            let deals = read_counted(conn, "owner = ?", Cell::Id(owner)).await?;
            self.recount(conn, deals).await?;
        }
        let customers: Vec<Uuid> = std::mem::take(&mut self.stale_customers)
            .into_iter()
            .collect();
        for chunk in customers.chunks(IDS_PER_STATEMENT) {
            let filter = "customer IN (SELECT unhex(value) FROM json_each(?))";
            let deals = read_counted(conn, filter, ids_json(chunk.iter().copied())).await?;
            self.recount(conn, deals).await?;
        }
        Ok(())
    }

    async fn recount(&mut self, conn: &mut SqliteConnection, deals: Vec<StoredDeal>) -> Result<()> {
        if deals.is_empty() {
            return Ok(());
        }
        self.load_organisation(conn).await?;
        let customers = deals
            .iter()
            .filter_map(|one| one.deal.customer)
            .map(|id| id.0)
            .collect();
        self.load_types(conn, &customers).await?;
        let mut moved = Vec::new();
        for StoredDeal { deal, under } in deals {
            let now = self.under(&deal);
            if now != under {
                self.deltas.subtract(&Counted::of(&deal, under))?;
                self.deltas.add(&Counted::of(&deal, now.clone()))?;
                moved.push((deal.id.0, now));
            }
        }
        self.moved |= !moved.is_empty();
        write_under(conn, &moved).await
    }

    async fn load_organisation(&mut self, conn: &mut SqliteConnection) -> Result<()> {
        if self.organisation.is_none() {
            self.organisation = Some(read_organisation(conn).await?);
        }
        Ok(())
    }

    async fn load_types(
        &mut self,
        conn: &mut SqliteConnection,
        customers: &BTreeSet<Uuid>,
    ) -> Result<()> {
        let missing: Vec<Uuid> = customers
            .iter()
            .copied()
            .filter(|id| !self.types.contains_key(id))
            .collect();
        for chunk in missing.chunks(IDS_PER_STATEMENT) {
            let sql = "SELECT id, customer_type FROM customer
                       WHERE id IN (SELECT unhex(value) FROM json_each(?))";
            let list = ids_json(chunk.iter().copied());
            for row in bind_all(sql, &[list]).fetch_all(&mut *conn).await? {
                if let Some(id) = read_id(&row, "id")? {
                    self.types.insert(id, row.try_get("customer_type")?);
                }
            }
            // A customer that comes later in the same change is not in the store yet: it is
            // unknown for now, and its coming makes its deals stale.
        }
        Ok(())
    }
}

/// Counts anew the deals of everyone who ever led a unit. For a migration: the rule has changed.
pub(crate) async fn recount_leaders(conn: &mut SqliteConnection) -> Result<()> {
    let rows = sqlx::query("SELECT DISTINCT person FROM membership WHERE role = 'manager'")
        .fetch_all(&mut *conn)
        .await?;
    let mut counting = Counting::default();
    for row in &rows {
        counting.stale_owners.extend(read_id(row, "person")?);
    }
    counting.recount_stale(conn).await?;
    counting.deltas.flush(conn).await
}

/// A deal as it stands in the store and is counted.
struct StoredDeal {
    deal: Opportunity,
    under: CountedUnder,
}

async fn read_counted(
    conn: &mut SqliteConnection,
    filter: &str,
    value: Cell,
) -> Result<Vec<StoredDeal>> {
    use crate::Entity;
    let columns = Entity::Opportunity.columns();
    let sql = format!(
        "SELECT {}, team, opened_team, counted_type FROM opportunity WHERE {filter}",
        rows::column_list(columns)
    );
    let found = bind_all(&sql, &[value]).fetch_all(conn).await?;
    found
        .iter()
        .map(|row| {
            let cells = rows::read_cells(row, columns, "opportunity")?;
            let under = read_under(row)?;
            match crate::Record::from_cells(Entity::Opportunity, cells)? {
                crate::Record::Opportunity(deal) => Ok(StoredDeal { deal, under }),
                other => Err(unreadable("opportunity", other.entity().code(), "a deal")),
            }
        })
        .collect()
}

/// The derived columns of a row that has them.
pub(crate) fn read_under(row: &SqliteRow) -> Result<CountedUnder> {
    let unit = |column: &'static str| -> Result<Uuid> {
        read_id(row, column)?.ok_or_else(|| unreadable(column, "null", "an id"))
    };
    Ok(CountedUnder {
        team: unit("team")?,
        opened_team: unit("opened_team")?,
        customer_type: row.try_get("counted_type")?,
    })
}

async fn write_under(conn: &mut SqliteConnection, moved: &[(Uuid, CountedUnder)]) -> Result<()> {
    for chunk in moved.chunks(IDS_PER_STATEMENT) {
        let sql = format!(
            "UPDATE opportunity SET team = v.column2, opened_team = v.column3, counted_type = v.column4
             FROM (VALUES {}) AS v WHERE opportunity.id = v.column1",
            marks(chunk.len(), 4)
        );
        let cells: Vec<Cell> = chunk
            .iter()
            .flat_map(|(id, under)| {
                [
                    Cell::Id(*id),
                    Cell::Id(under.team),
                    Cell::Id(under.opened_team),
                    under.customer_type.clone().map_or(Cell::Null, Cell::Text),
                ]
            })
            .collect();
        bind_all(&sql, &cells).execute(&mut *conn).await?;
    }
    Ok(())
}

/// The deal's person, where a row of a table makes deals stale.
pub(crate) fn cell_of(columns: &[crate::cell::Column], cells: &[Cell], name: &str) -> Cell {
    columns
        .iter()
        .position(|column| column.name == name && column.kind != Kind::Int)
        .and_then(|index| cells.get(index).cloned())
        .unwrap_or(Cell::Null)
}
