//! The run over the rows of an import: what each becomes, in chunks of records. Preview and commit
//! run the same code; only the receiver of the chunks differs.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::facts::{Customer, Opportunity, Origin, Product, RejectedRow, Stage};
use yeji_core::ids::{BatchId, CustomerId, OpportunityId, PersonId, ProductId, UnitId};
use yeji_core::org::Organisation;
use yeji_core::{Currency, Money};
use yeji_intake::{CustomerRow, Kind, OpportunityRow, ProductRow, Rejected, Row};
use yeji_store::{Alias, AliasKind, Entity, OpportunityIndex, Record};

use super::names::{Names, Resolved};
use super::organise::{Organiser, PersonProblem, RowEffect};
use super::session::MappedTable;
use crate::api::Message;
use crate::api::data::{AliasProposal, ImportDecisions, RejectedLine};
use crate::error::{Error, Result};
use crate::host::Clock;

/// Records handed on at a time.
const CHUNK_RECORDS: usize = 4_000;
/// Rejected rows listed in a preview; all of them are kept with the batch.
const MAX_LISTED_REJECTED: usize = 200;
/// Rows between two looks at progress and the cancel flag.
const PROGRESS_ROWS: u64 = 5_000;

/// What the store holds already.
#[derive(Debug)]
pub(crate) struct Known {
    pub organisation: Organisation,
    pub customers: Vec<Customer>,
    pub products: Vec<Product>,
    pub aliases: Vec<Alias>,
    pub opportunities: OpportunityIndex,
}

/// Everything of a run that stays the same.
#[derive(Debug)]
pub(crate) struct Plan {
    pub source: String,
    pub batch: BatchId,
    pub today: NaiveDate,
    pub currency: Currency,
    pub company_name: String,
    pub tables: Vec<MappedTable>,
    pub decisions: ImportDecisions,
    /// The command line's `--yes`: nearly known names are what they seem.
    pub take_proposals: bool,
    pub clock: Arc<dyn Clock>,
    pub cancelled: Arc<AtomicBool>,
}

/// Records to write, and rows that are not.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    pub records: Vec<Record>,
    /// Rows to take away.
    pub deleted: Vec<(Entity, Uuid)>,
    pub rejected: Vec<RejectedRow>,
    pub done_rows: u64,
}

/// Counts of one table.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableOutcome {
    pub index: u32,
    pub file: String,
    pub kind: Option<Kind>,
    pub new_rows: u64,
    pub changed_rows: u64,
    pub unchanged_rows: u64,
    pub rejected_rows: u64,
    pub rejected: Vec<RejectedLine>,
}

/// What a run came to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub tables: Vec<TableOutcome>,
    pub aliases: Vec<AliasProposal>,
    /// Won amount by closing quarter, as the files have it.
    pub won_by_quarter: BTreeMap<Period, i64>,
    pub notes: Vec<Message>,
    /// Records written in all, those without a row of their own included.
    pub records: u64,
}

impl Outcome {
    pub(crate) fn sum(&self, of: fn(&TableOutcome) -> u64) -> u64 {
        self.tables.iter().map(of).sum()
    }
}

/// Runs the plan. `emit` receives the chunks in order and answers whether to go on.
pub(crate) fn run(
    plan: &Plan,
    known: &Known,
    emit: &mut dyn FnMut(Chunk) -> bool,
) -> Result<Outcome> {
    let mut run = Run::new(plan, known, emit);
    for table in &plan.tables {
        run.table(table)?;
    }
    run.finish()
}

struct Run<'a> {
    plan: &'a Plan,
    known: &'a Known,
    emit: &'a mut dyn FnMut(Chunk) -> bool,
    chunk: Chunk,
    /// Where in the chunk a row's record stands: no row may be in a chunk twice.
    in_chunk: HashMap<Uuid, usize>,
    rows: u64,
    organiser: Organiser,
    organisation_written: bool,
    company: UnitId,
    customers: Catalogue<Customer>,
    products: Catalogue<Product>,
    people: Names,
    customer_names: Names,
    product_names: Names,
    had_people: bool,
    deal_owners: BTreeSet<PersonId>,
    counters: BTreeMap<&'static str, u64>,
    warnings: BTreeMap<&'static str, u64>,
    /// Deals of this run, where several tables could bring the same one.
    deals: Option<HashMap<String, (OpportunityId, u64)>>,
    /// Statements on the organisation as a whole.
    organisation_notes: Vec<Message>,
    outcome: Outcome,
}

/// Why a typed row is not taken.
struct Refused {
    code: &'static str,
    params: Vec<(&'static str, String)>,
}

type Taken = std::result::Result<(), Refused>;

/// Records of one kind by their identity within the source.
#[derive(Debug)]
struct Catalogue<T> {
    by_external: HashMap<String, T>,
}

impl<'a> Run<'a> {
    fn new(plan: &'a Plan, known: &'a Known, emit: &'a mut dyn FnMut(Chunk) -> bool) -> Self {
        let mut organiser =
            Organiser::new(&known.organisation, &plan.source, plan.batch, plan.today);
        let company = organiser.company(&plan.company_name, &mut || plan.clock.new_id());
        let names = |kind| Names::new(kind, plan.take_proposals);
        let (mut customer_names, mut product_names) =
            (names(AliasKind::Customer), names(AliasKind::Product));
        for customer in &known.customers {
            customer_names.add_name(&customer.name, customer.id.0);
        }
        for product in &known.products {
            product_names.add_name(&product.name, product.id.0);
        }
        let own = |origin: &Origin| origin.source == plan.source;
        for customer in known.customers.iter().filter(|c| own(&c.origin)) {
            add_number(
                &mut customer_names,
                &customer.origin,
                &customer.name,
                customer.id.0,
            );
        }
        for product in known.products.iter().filter(|p| own(&p.origin)) {
            add_number(
                &mut product_names,
                &product.origin,
                &product.name,
                product.id.0,
            );
        }
        let deal_tables = plan
            .tables
            .iter()
            .filter(|table| table.mapping.kind == Kind::Opportunities)
            .count();
        Self {
            plan,
            known,
            emit,
            chunk: Chunk::default(),
            in_chunk: HashMap::new(),
            rows: 0,
            organisation_written: false,
            company,
            customers: Catalogue {
                by_external: known
                    .customers
                    .iter()
                    .filter(|customer| own(&customer.origin))
                    .map(|customer| (customer.origin.external_id.clone(), customer.clone()))
                    .collect(),
            },
            products: Catalogue {
                by_external: known
                    .products
                    .iter()
                    .filter(|product| own(&product.origin))
                    .map(|product| (product.origin.external_id.clone(), product.clone()))
                    .collect(),
            },
            people: names(AliasKind::Person),
            customer_names,
            product_names,
            had_people: known.organisation.people().next().is_some(),
            organiser,
            deal_owners: BTreeSet::new(),
            counters: BTreeMap::new(),
            warnings: BTreeMap::new(),
            deals: (deal_tables > 1).then(HashMap::new),
            organisation_notes: Vec::new(),
            outcome: Outcome::default(),
        }
    }

    fn table(&mut self, table: &MappedTable) -> Result<()> {
        let kind = table.mapping.kind;
        if kind == Kind::Opportunities {
            self.before_deals()?;
        }
        self.outcome.tables.push(TableOutcome {
            index: table.index,
            file: table.file.label(),
            kind: Some(kind),
            ..TableOutcome::default()
        });
        let mut seen_people = BTreeSet::new();
        let mut rows = yeji_intake::rows(&table.file, &table.mapping)?;
        while let Some(row) = rows.next() {
            self.rows += 1;
            if self.rows.is_multiple_of(PROGRESS_ROWS) {
                self.flush()?;
            }
            match row {
                Err(rejected) if rejected.fatal => {
                    return Err(Error::FileCut {
                        file: table.file.label(),
                        line: rejected.line,
                        reason: rejected.params.get("reason").cloned().unwrap_or_default(),
                    });
                }
                Err(rejected) => self.reject(rejected),
                Ok(row) => {
                    for warning in row.warnings() {
                        *self.warnings.entry(warning.code.code()).or_default() += 1;
                    }
                    let line = row.line();
                    let taken = match row {
                        Row::Person(row) => self.person(&row, &mut seen_people),
                        Row::Customer(row) => self.customer(row),
                        Row::Product(row) => self.product(row),
                        Row::Opportunity(row) => self.opportunity(row)?,
                    };
                    if let Err(Refused { code, params }) = taken {
                        let params = params
                            .into_iter()
                            .map(|(name, value)| (name.to_owned(), value))
                            .collect();
                        self.keep_rejected(line, code, params, rows.raw_cells());
                    }
                }
            }
            if self.chunk.records.len() >= CHUNK_RECORDS {
                self.flush()?;
            }
        }
        Ok(())
    }

    /// Once people are complete: their names can be looked up, remembered aliases and decisions apply.
    fn before_deals(&mut self) -> Result<()> {
        if self.organisation_written {
            return Ok(());
        }
        self.settle_managers();
        self.write_organisation();
        for person in self.organiser.people() {
            self.people.add_name(&person.name, person.id.0);
        }
        for person in self.organiser.people() {
            if let Some(number) = &person.staff_number {
                self.people.add_number(number, person.id.0);
            }
        }
        for alias in &self.known.aliases {
            if let Some(names) = self.names(alias.kind) {
                names.remember(&alias.from_text, alias.target);
            }
        }
        for (key, name) in &self.plan.decisions.aliases {
            let Some((kind, text)) = key.split_once(':') else {
                return Err(Error::input("aliases", key, "kind:text"));
            };
            let names = match kind {
                "person" => &mut self.people,
                "customer" => &mut self.customer_names,
                "product" => &mut self.product_names,
                _ => {
                    return Err(Error::input(
                        "aliases",
                        key,
                        "person:, customer: or product:",
                    ));
                }
            };
            names.decide(text, name.as_deref());
        }
        self.flush()
    }

    fn names(&mut self, kind: AliasKind) -> Option<&mut Names> {
        match kind {
            AliasKind::Person => Some(&mut self.people),
            AliasKind::Customer => Some(&mut self.customer_names),
            AliasKind::Product => Some(&mut self.product_names),
            AliasKind::Unit => None,
        }
    }

    fn settle_managers(&mut self) {
        let clock = &self.plan.clock;
        for found in self.organiser.settle_managers(&mut || clock.new_id()) {
            self.organisation_notes.push(Message::new(
                "manager_ambiguous",
                &[
                    ("name", found.name),
                    ("unit", found.unit),
                    ("rows", found.rows.to_string()),
                ],
            ));
        }
    }

    fn write_organisation(&mut self) {
        self.organisation_written = true;
        let records = self.organiser.records();
        let deleted = self.organiser.deleted();
        self.outcome.records += (records.len() + deleted.len()) as u64;
        self.chunk.records.extend(records);
        self.chunk.deleted.extend(deleted);
    }

    fn person(&mut self, row: &yeji_intake::PersonRow, seen: &mut BTreeSet<PersonId>) -> Taken {
        let clock = &self.plan.clock;
        let put = self
            .organiser
            .put_row(row, self.company, seen, &mut || clock.new_id());
        let problem = match put {
            Ok((_, effect)) => {
                self.count(effect);
                return Ok(());
            }
            Err(problem) => problem,
        };
        let mut params = vec![
            ("name", row.name.clone()),
            ("staff_number", row.staff_number.clone().unwrap_or_default()),
        ];
        let code = match problem {
            PersonProblem::Duplicate => "duplicate_person_row",
            PersonProblem::Ambiguous => "person_ambiguous",
            PersonProblem::LeavesBeforeStart { from, left } => {
                params.push(("from", from.to_string()));
                params.push(("left_on", left.to_string()));
                "leaves_before_start"
            }
        };
        Err(Refused { code, params })
    }

    fn customer(&mut self, row: CustomerRow) -> Taken {
        let external_id = identity(
            row.external_id.as_ref(),
            &row.name,
            self.customer_names.named(&row.name),
            |id| self.customers.by_external.contains_key(id),
            |id| {
                let mut all = self.customers.by_external.values();
                let found = all.find(|customer| customer.id.0 == id)?;
                Some(found.origin.external_id.clone())
            },
        )
        .ok_or_else(|| ambiguous("customer_ambiguous", "customer", &row.name))?;
        let old = self.customers.by_external.remove(&external_id.old);
        let external_id = external_id.new;
        let id = old
            .as_ref()
            .map_or_else(|| CustomerId(self.plan.clock.new_id()), |old| old.id);
        let customer = Customer {
            id,
            origin: self.origin(external_id.clone(), row.line),
            name: row.name,
            customer_type: row.customer_type,
            segment: row.segment,
            region: row.region,
            parent_name: row.parent,
            employees: row.employees,
            revenue: row.revenue,
            founded_year: row.founded_year,
        };
        add_number(
            &mut self.customer_names,
            &customer.origin,
            &customer.name,
            id.0,
        );
        self.customer_names.add_name(&customer.name, id.0);
        let old = old.map(Record::from);
        self.customers
            .by_external
            .insert(external_id, customer.clone());
        self.put(old, customer.into());
        Ok(())
    }

    fn product(&mut self, row: ProductRow) -> Taken {
        let external_id = identity(
            row.external_id.as_ref(),
            &row.name,
            self.product_names.named(&row.name),
            |id| self.products.by_external.contains_key(id),
            |id| {
                let mut all = self.products.by_external.values();
                let found = all.find(|product| product.id.0 == id)?;
                Some(found.origin.external_id.clone())
            },
        )
        .ok_or_else(|| ambiguous("product_ambiguous", "product", &row.name))?;
        let old = self.products.by_external.remove(&external_id.old);
        let external_id = external_id.new;
        let id = old
            .as_ref()
            .map_or_else(|| ProductId(self.plan.clock.new_id()), |old| old.id);
        let product = Product {
            id,
            origin: self.origin(external_id.clone(), row.line),
            name: row.name,
            category: row.category,
            list_price: row.list_price,
            cost: row.cost,
        };
        add_number(
            &mut self.product_names,
            &product.origin,
            &product.name,
            id.0,
        );
        self.product_names.add_name(&product.name, id.0);
        let old = old.map(Record::from);
        self.products
            .by_external
            .insert(external_id, product.clone());
        self.put(old, product.into());
        Ok(())
    }

    fn opportunity(&mut self, row: OpportunityRow) -> Result<Taken> {
        let won = match (row.stage, row.amount, row.closed_on) {
            (Stage::Won, Some(amount), Some(day)) => {
                let quarter = Period::containing(PeriodKind::Quarter, day)?;
                let sum = self.outcome.won_by_quarter.entry(quarter).or_default();
                *sum = sum
                    .checked_add(amount.minor)
                    .ok_or(yeji_core::Error::Overflow("won amount"))?;
                amount.minor
            }
            (Stage::Won, Some(amount), None) => amount.minor,
            _ => 0,
        };
        // All names before the first record: a row that is not taken makes nothing.
        let customer = self.look_up(AliasKind::Customer, row.customer.as_deref(), won);
        let product = self.look_up(AliasKind::Product, row.product.as_deref(), won);
        let owner = match self.owner(&row, won) {
            Ok(owner) => owner,
            Err(refused) => return Ok(Err(refused)),
        };
        for (code, field, text, found) in [
            ("customer_ambiguous", "customer", &row.customer, customer),
            ("product_ambiguous", "product", &row.product, product),
        ] {
            if found == Some(Resolved::Ambiguous) {
                let text = text.clone().unwrap_or_default();
                return Ok(Err(ambiguous(code, field, &text)));
            }
        }
        if customer.is_none() {
            *self.counters.entry("deals_without_customer").or_default() += 1;
        }
        let customer = row.customer.as_deref().zip(customer).map(|(name, found)| {
            CustomerId(self.named(AliasKind::Customer, name, found, row.line))
        });
        let product =
            row.product.as_deref().zip(product).map(|(name, found)| {
                ProductId(self.named(AliasKind::Product, name, found, row.line))
            });
        if row.closed_on.is_none() {
            *self.counters.entry("deals_without_close_date").or_default() += 1;
        }
        self.deal_owners.insert(owner);
        let of_run = self.deals.as_ref();
        let known = of_run
            .and_then(|deals| deals.get(&row.external_id).copied())
            .or_else(|| self.known.opportunities.get(&row.external_id));
        let external_id = row.external_id.clone();
        let record = Record::from(Opportunity {
            id: known.map_or_else(|| OpportunityId(self.plan.clock.new_id()), |(id, _)| id),
            origin: self.origin(row.external_id, row.line),
            owner,
            customer,
            product,
            stage: row.stage,
            opened_on: row.opened_on,
            closed_on: row.closed_on,
            amount: row.amount,
        });
        if let Some(deals) = &mut self.deals {
            let id = OpportunityId(record.id());
            deals.insert(external_id, (id, record.fingerprint()));
        }
        match known {
            Some((_, fingerprint)) if fingerprint == record.fingerprint() => {
                self.count(RowEffect::Unchanged);
            }
            Some(_) => self.write(record, RowEffect::Changed),
            None => self.write(record, RowEffect::New),
        }
        Ok(Ok(()))
    }

    /// Who sells a deal. Where no person is known at all, owners
    /// become people of the company.
    fn owner(&mut self, row: &OpportunityRow, won: i64) -> std::result::Result<PersonId, Refused> {
        let code = match self.people.resolve(&row.owner, won) {
            Resolved::Known(id) => return Ok(PersonId(id)),
            Resolved::Ambiguous => "owner_ambiguous",
            Resolved::New
                if !self.had_people
                    && !self
                        .plan
                        .tables
                        .iter()
                        .any(|t| t.mapping.kind == Kind::People) =>
            {
                let clock = &self.plan.clock;
                let id = self
                    .organiser
                    .put_owner(&row.owner, self.company, &mut || clock.new_id());
                self.people.settle_new(&row.owner, id.0);
                *self.counters.entry("created_people").or_default() += 1;
                return Ok(id);
            }
            Resolved::Undecided | Resolved::New => "owner_unknown",
        };
        let params = vec![
            ("owner", row.owner.clone()),
            ("external_id", row.external_id.clone()),
        ];
        Err(Refused { code, params })
    }

    fn look_up(&mut self, kind: AliasKind, name: Option<&str>, won: i64) -> Option<Resolved> {
        let names = self.names(kind)?;
        name.map(|name| names.resolve(name, won))
    }

    /// The customer or product of a name; a name that is nothing known becomes a new one.
    fn named(&mut self, kind: AliasKind, name: &str, found: Resolved, line: u32) -> Uuid {
        match found {
            Resolved::Known(id) => return id,
            // A commit is refused while names are undecided; a preview counts on.
            Resolved::Undecided | Resolved::Ambiguous => return Uuid::nil(),
            Resolved::New => {}
        }
        let id = self.plan.clock.new_id();
        let origin = self.origin(name.to_owned(), line);
        let record = if kind == AliasKind::Customer {
            *self.counters.entry("created_customers").or_default() += 1;
            Record::from(Customer {
                id: CustomerId(id),
                origin,
                name: name.to_owned(),
                customer_type: None,
                segment: None,
                region: None,
                parent_name: None,
                employees: None,
                revenue: None,
                founded_year: None,
            })
        } else {
            *self.counters.entry("created_products").or_default() += 1;
            Record::from(Product {
                id: ProductId(id),
                origin,
                name: name.to_owned(),
                category: None,
                list_price: None,
                cost: None,
            })
        };
        self.outcome.records += 1;
        self.chunk.records.push(record);
        if let Some(names) = self.names(kind) {
            names.settle_new(name, id);
        }
        id
    }

    fn origin(&self, external_id: String, line: u32) -> Origin {
        Origin {
            source: self.plan.source.clone(),
            external_id,
            batch: Some(self.plan.batch),
            line: Some(line),
        }
    }

    fn put(&mut self, old: Option<Record>, new: Record) {
        match old {
            Some(old) if old.fingerprint() == new.fingerprint() => self.count(RowEffect::Unchanged),
            Some(_) => self.write(new, RowEffect::Changed),
            None => self.write(new, RowEffect::New),
        }
    }

    fn write(&mut self, record: Record, effect: RowEffect) {
        self.count(effect);
        // A later row of the same run replaces an earlier one.
        if let Some(index) = self.in_chunk.get(&record.id()) {
            self.chunk.records[*index] = record;
            return;
        }
        self.outcome.records += 1;
        self.in_chunk.insert(record.id(), self.chunk.records.len());
        self.chunk.records.push(record);
    }

    fn count(&mut self, effect: RowEffect) {
        let Some(table) = self.outcome.tables.last_mut() else {
            return;
        };
        match effect {
            RowEffect::New => table.new_rows += 1,
            RowEffect::Changed => table.changed_rows += 1,
            RowEffect::Unchanged => table.unchanged_rows += 1,
        }
    }

    fn reject(&mut self, rejected: Rejected) {
        let mut params = rejected.params;
        params.insert("value".to_owned(), rejected.value);
        if let Some(field) = rejected.field {
            params.insert("field".to_owned(), field.code().to_owned());
        }
        self.keep_rejected(rejected.line, rejected.code.code(), params, rejected.raw);
    }

    fn keep_rejected(
        &mut self,
        line: u32,
        code: &str,
        mut params: BTreeMap<String, String>,
        raw: Vec<String>,
    ) {
        params.insert("line".to_owned(), line.to_string());
        let Some(table) = self.outcome.tables.last_mut() else {
            return;
        };
        table.rejected_rows += 1;
        if table.rejected.len() < MAX_LISTED_REJECTED {
            table.rejected.push(RejectedLine {
                file: table.file.clone(),
                line,
                reason: Message {
                    code: code.to_owned(),
                    params: params.clone(),
                },
                raw: raw.clone(),
            });
        }
        self.chunk.rejected.push(RejectedRow {
            batch: self.plan.batch,
            file: table.file.clone(),
            line,
            code: code.to_owned(),
            params,
            raw,
        });
    }

    fn flush(&mut self) -> Result<()> {
        if self.plan.cancelled.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        self.in_chunk.clear();
        let mut chunk = std::mem::take(&mut self.chunk);
        chunk.done_rows = self.rows;
        if (self.emit)(chunk) {
            Ok(())
        } else {
            Err(Error::Cancelled)
        }
    }

    fn finish(mut self) -> Result<Outcome> {
        // Owners made people while deals were read come after the first write; all of it is put again
        // in that case, which is the same rows.
        if !self.organisation_written {
            self.settle_managers();
        }
        if !self.organisation_written || self.counters.contains_key("created_people") {
            self.write_organisation();
        }
        for kind in [AliasKind::Person, AliasKind::Customer, AliasKind::Product] {
            let source = self.plan.source.clone();
            let remembered: BTreeSet<(AliasKind, &str, Uuid)> = self
                .known
                .aliases
                .iter()
                .map(|alias| (alias.kind, alias.from_text.as_str(), alias.target))
                .collect();
            let Some(names) = self.names(kind) else {
                continue;
            };
            let confirmed: Vec<Alias> = names
                .confirmed()
                .filter(|(text, target)| !remembered.contains(&(kind, *text, *target)))
                .map(|(text, target)| Alias {
                    source: source.clone(),
                    kind,
                    from_text: text.to_owned(),
                    target,
                })
                .collect();
            self.outcome.records += confirmed.len() as u64;
            self.chunk
                .records
                .extend(confirmed.into_iter().map(Record::from));
        }
        self.flush()?;
        let currency = self.plan.currency;
        for names in [&self.people, &self.customer_names, &self.product_names] {
            self.outcome.aliases.extend(names.proposals(currency));
        }
        self.outcome.notes = self.notes();
        Ok(self.outcome)
    }

    fn notes(&self) -> Vec<Message> {
        let mut notes = Vec::new();
        let has = |kind| {
            self.plan
                .tables
                .iter()
                .any(|table| table.mapping.kind == kind)
        };
        if has(Kind::Opportunities) {
            let (sellers, managers) = self.organiser.sellers_and_managers();
            let idle: Vec<PersonId> = sellers.difference(&self.deal_owners).copied().collect();
            if !idle.is_empty() {
                notes.push(Message::new(
                    "agents_without_deals",
                    &[
                        ("count", idle.len().to_string()),
                        ("names", self.names_of(&idle)),
                    ],
                ));
            }
            if !managers.is_empty() {
                let managers: Vec<PersonId> = managers.into_iter().collect();
                notes.push(Message::new(
                    "managers_without_goal",
                    &[
                        ("count", managers.len().to_string()),
                        ("names", self.names_of(&managers)),
                    ],
                ));
            }
        }
        notes.extend(self.organisation_notes.iter().cloned());
        for (code, count) in &self.counters {
            notes.push(Message::new(code, &[("count", count.to_string())]));
        }
        if self.organiser.transfers > 0 {
            notes.push(Message::new(
                "transfers_recorded",
                &[("count", self.organiser.transfers.to_string())],
            ));
        }
        for (code, count) in &self.warnings {
            notes.push(Message::new(code, &[("rows", count.to_string())]));
        }
        notes
    }

    fn names_of(&self, people: &[PersonId]) -> String {
        const MAX_NAMES: usize = 12;
        let all: BTreeMap<PersonId, &str> = self
            .organiser
            .people()
            .map(|p| (p.id, p.name.as_str()))
            .collect();
        let mut names: Vec<&str> = people
            .iter()
            .filter_map(|id| all.get(id).copied())
            .collect();
        names.sort_unstable();
        let more = names.len().saturating_sub(MAX_NAMES);
        names.truncate(MAX_NAMES);
        let joined = names.join(", ");
        if more > 0 {
            format!("{joined} … (+{more})")
        } else {
            joined
        }
    }
}

/// A record's number, if it has one: what was made from a name alone is known by that.
fn add_number(names: &mut Names, origin: &Origin, name: &str, id: Uuid) {
    if origin.external_id != name {
        names.add_number(&origin.external_id, id);
    }
}

/// The identity under which a customer or product is known (`old`) and will be (`new`).
#[derive(Debug, PartialEq, Eq)]
struct Identity {
    old: String,
    new: String,
}

/// Finds by number; a row with a new number takes over what was made from its name alone, and a row
/// without one is the only record of its name. None: several have the name. `has` tells whether an
/// identity of the source is known, `identity_of` that of a record of the source.
fn identity(
    number: Option<&String>,
    name: &str,
    namesakes: &[Uuid],
    has: impl Fn(&str) -> bool,
    identity_of: impl Fn(Uuid) -> Option<String>,
) -> Option<Identity> {
    let (old, new) = match number {
        Some(number) if has(number) => (number.clone(), number.clone()),
        Some(number) => (name.to_owned(), number.clone()),
        None if has(name) => (name.to_owned(), name.to_owned()),
        None => {
            let mut own = namesakes.iter().filter_map(|id| identity_of(*id));
            match (own.next(), own.next()) {
                (None, _) => (name.to_owned(), name.to_owned()),
                (Some(one), None) => (one.clone(), one),
                (Some(_), Some(_)) => return None,
            }
        }
    };
    Some(Identity { old, new })
}

fn ambiguous(code: &'static str, field: &'static str, name: &str) -> Refused {
    Refused {
        code,
        params: vec![(field, name.to_owned())],
    }
}

/// Money of a control total.
pub(crate) fn money(minor: i64, currency: Currency) -> Money {
    Money::new(minor, currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_of_customers_and_products() {
        // Known: A-1 "Acme" (1), A-2 "Acme" (2), "Globex" made from a deal (3), G-9 "Gulf" (4).
        let known = [("A-1", 1), ("A-2", 2), ("Globex", 3), ("G-9", 4)];
        let check = |number: Option<&str>,
                     name: &str,
                     namesakes: &[u128],
                     expected: Option<(&str, &str)>| {
            let namesakes: Vec<Uuid> = namesakes.iter().copied().map(Uuid::from_u128).collect();
            let found = identity(
                number.map(str::to_owned).as_ref(),
                name,
                &namesakes,
                |id| known.iter().any(|(own, _)| *own == id),
                |id| {
                    let own = known.iter().find(|(_, n)| Uuid::from_u128(*n) == id)?;
                    Some(own.0.to_owned())
                },
            );
            let expected = expected.map(|(old, new)| Identity {
                old: old.to_owned(),
                new: new.to_owned(),
            });
            assert_eq!(found, expected, "{number:?} {name}");
        };
        check(Some("A-1"), "Acme", &[1, 2], Some(("A-1", "A-1")));
        check(Some("G-1"), "Globex", &[3], Some(("Globex", "G-1")));
        check(Some("A-3"), "Acme", &[1, 2], Some(("Acme", "A-3")));
        check(None, "Acme", &[1, 2], None);
        check(None, "Gulf", &[4], Some(("G-9", "G-9")));
        check(None, "Globex", &[3], Some(("Globex", "Globex")));
        check(None, "New", &[], Some(("New", "New")));
        // Another source's record of the name is not this source's.
        check(None, "Foreign", &[77], Some(("Foreign", "Foreign")));
    }
}
