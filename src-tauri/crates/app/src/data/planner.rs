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
use yeji_store::{Alias, AliasKind, OpportunityIndex, Record};

use super::names::{Names, Resolved};
use super::organise::{Organiser, RowEffect};
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
pub(crate) fn run(plan: &Plan, known: &Known, emit: &mut dyn FnMut(Chunk) -> bool) -> Result<Outcome> {
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
    outcome: Outcome,
}

/// Records of one kind by their identity within the source.
#[derive(Debug)]
struct Catalogue<T> {
    by_external: HashMap<String, T>,
}

impl<'a> Run<'a> {
    fn new(plan: &'a Plan, known: &'a Known, emit: &'a mut dyn FnMut(Chunk) -> bool) -> Self {
        let mut organiser = Organiser::new(&known.organisation, &plan.source, plan.batch, plan.today);
        let company = organiser.company(&plan.company_name, &mut || plan.clock.new_id());
        let names = |kind| Names::new(kind, plan.take_proposals);
        let (mut customer_names, mut product_names) = (names(AliasKind::Customer), names(AliasKind::Product));
        for customer in &known.customers {
            customer_names.add_name(&customer.name, customer.id.0);
        }
        for product in &known.products {
            product_names.add_name(&product.name, product.id.0);
        }
        let own = |origin: &Origin| origin.source == plan.source;
        Self {
            plan,
            known,
            emit,
            chunk: Chunk::default(),
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
        for row in yeji_intake::rows(&table.file, &table.mapping)? {
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
                    match row {
                        Row::Person(row) => self.person(&row, &mut seen_people),
                        Row::Customer(row) => self.customer(row),
                        Row::Product(row) => self.product(row),
                        Row::Opportunity(row) => self.opportunity(row)?,
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
                _ => return Err(Error::input("aliases", key, "person:, customer: or product:")),
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

    fn write_organisation(&mut self) {
        self.organisation_written = true;
        let records = self.organiser.records();
        self.outcome.records += records.len() as u64;
        self.chunk.records.extend(records);
    }

    fn person(&mut self, row: &yeji_intake::PersonRow, seen: &mut BTreeSet<PersonId>) {
        let clock = &self.plan.clock;
        match self.organiser.put_row(row, self.company, seen, &mut || clock.new_id()) {
            Ok((_, effect)) => self.count(effect),
            Err(_) => self.reject_row(
                row.line,
                "duplicate_person_row",
                &[("name", row.name.clone()), ("staff_number", row.staff_number.clone().unwrap_or_default())],
                vec![row.name.clone(), row.staff_number.clone().unwrap_or_default()],
            ),
        }
    }

    fn customer(&mut self, row: CustomerRow) {
        let external_id = row.external_id.clone().unwrap_or_else(|| row.name.clone());
        let old = self.customers.by_external.get(&external_id);
        let id = old.map_or_else(|| CustomerId(self.plan.clock.new_id()), |old| old.id);
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
        self.customer_names.add_name(&customer.name, id.0);
        let old = old.cloned().map(Record::from);
        self.customers.by_external.insert(external_id, customer.clone());
        self.put(old, customer.into());
    }

    fn product(&mut self, row: ProductRow) {
        let external_id = row.external_id.clone().unwrap_or_else(|| row.name.clone());
        let old = self.products.by_external.get(&external_id);
        let id = old.map_or_else(|| ProductId(self.plan.clock.new_id()), |old| old.id);
        let product = Product {
            id,
            origin: self.origin(external_id.clone(), row.line),
            name: row.name,
            category: row.category,
            list_price: row.list_price,
            cost: row.cost,
        };
        self.product_names.add_name(&product.name, id.0);
        let old = old.cloned().map(Record::from);
        self.products.by_external.insert(external_id, product.clone());
        self.put(old, product.into());
    }

    fn opportunity(&mut self, row: OpportunityRow) -> Result<()> {
        let won = match (row.stage, row.amount, row.closed_on) {
            (Stage::Won, Some(amount), Some(day)) => {
                let quarter = Period::containing(PeriodKind::Quarter, day)?;
                let sum = self.outcome.won_by_quarter.entry(quarter).or_default();
                *sum = sum.checked_add(amount.minor).ok_or(yeji_core::Error::Overflow("won amount"))?;
                amount.minor
            }
            (Stage::Won, Some(amount), None) => amount.minor,
            _ => 0,
        };
        let Some(owner) = self.owner(&row, won) else { return Ok(()) };
        let customer = match row.customer.as_deref() {
            None => {
                *self.counters.entry("deals_without_customer").or_default() += 1;
                None
            }
            Some(name) => Some(CustomerId(self.named(AliasKind::Customer, name, won, row.line))),
        };
        let product = row
            .product
            .as_deref()
            .map(|name| ProductId(self.named(AliasKind::Product, name, won, row.line)));
        if row.closed_on.is_none() {
            *self.counters.entry("deals_without_close_date").or_default() += 1;
        }
        self.deal_owners.insert(owner);
        let known = self.known.opportunities.get(&row.external_id);
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
        match known {
            Some((_, fingerprint)) if fingerprint == record.fingerprint() => self.count(RowEffect::Unchanged),
            Some(_) => self.write(record, RowEffect::Changed),
            None => self.write(record, RowEffect::New),
        }
        Ok(())
    }

    /// Who sells a deal; None when the row is rejected. Where no person is known at all, owners
    /// become people of the company.
    fn owner(&mut self, row: &OpportunityRow, won: i64) -> Option<PersonId> {
        let code = match self.people.resolve(&row.owner, won) {
            Resolved::Known(id) => return Some(PersonId(id)),
            Resolved::Ambiguous => "owner_ambiguous",
            Resolved::New if !self.had_people && !self.plan.tables.iter().any(|t| t.mapping.kind == Kind::People) => {
                let clock = &self.plan.clock;
                let id = self.organiser.put_owner(&row.owner, self.company, &mut || clock.new_id());
                self.people.settle_new(&row.owner, id.0);
                *self.counters.entry("created_people").or_default() += 1;
                return Some(id);
            }
            Resolved::Undecided | Resolved::New => "owner_unknown",
        };
        self.reject_row(
            row.line,
            code,
            &[("owner", row.owner.clone()), ("external_id", row.external_id.clone())],
            vec![row.external_id.clone(), row.owner.clone()],
        );
        None
    }

    /// The customer or product of a name; a name that is nothing known becomes a new one.
    fn named(&mut self, kind: AliasKind, name: &str, won: i64, line: u32) -> Uuid {
        let Some(names) = self.names(kind) else { return Uuid::nil() };
        match names.resolve(name, won) {
            Resolved::Known(id) => return id,
            // A commit is refused while names are undecided; a preview counts on.
            Resolved::Undecided => return Uuid::nil(),
            Resolved::New | Resolved::Ambiguous => {}
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
        self.outcome.records += 1;
        self.chunk.records.push(record);
    }

    fn count(&mut self, effect: RowEffect) {
        let Some(table) = self.outcome.tables.last_mut() else { return };
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

    fn reject_row(&mut self, line: u32, code: &'static str, params: &[(&str, String)], raw: Vec<String>) {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.keep_rejected(line, code, params, raw);
    }

    fn keep_rejected(&mut self, line: u32, code: &str, mut params: BTreeMap<String, String>, raw: Vec<String>) {
        params.insert("line".to_owned(), line.to_string());
        let Some(table) = self.outcome.tables.last_mut() else { return };
        table.rejected_rows += 1;
        if table.rejected.len() < MAX_LISTED_REJECTED {
            table.rejected.push(RejectedLine {
                file: table.file.clone(),
                line,
                reason: Message { code: code.to_owned(), params: params.clone() },
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
        let mut chunk = std::mem::take(&mut self.chunk);
        chunk.done_rows = self.rows;
        if (self.emit)(chunk) { Ok(()) } else { Err(Error::Cancelled) }
    }

    fn finish(mut self) -> Result<Outcome> {
        // Owners made people while deals were read come after the first write; all of it is put again
        // in that case, which is the same rows.
        if !self.organisation_written || self.counters.contains_key("created_people") {
            self.write_organisation();
        }
        for kind in [AliasKind::Person, AliasKind::Customer, AliasKind::Product] {
            let source = self.plan.source.clone();
            let remembered: BTreeSet<(AliasKind, String)> =
                self.known.aliases.iter().map(|alias| (alias.kind, alias.from_text.clone())).collect();
            let Some(names) = self.names(kind) else { continue };
            let confirmed: Vec<Alias> = names
                .confirmed()
                .filter(|(text, _)| !remembered.contains(&(kind, (*text).to_owned())))
                .map(|(text, target)| Alias { source: source.clone(), kind, from_text: text.to_owned(), target })
                .collect();
            self.outcome.records += confirmed.len() as u64;
            self.chunk.records.extend(confirmed.into_iter().map(Record::from));
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
        let has = |kind| self.plan.tables.iter().any(|table| table.mapping.kind == kind);
        if has(Kind::Opportunities) {
            let (sellers, managers) = self.organiser.sellers_and_managers();
            let idle: Vec<PersonId> = sellers.difference(&self.deal_owners).copied().collect();
            if !idle.is_empty() {
                notes.push(Message::new(
                    "agents_without_deals",
                    &[("count", idle.len().to_string()), ("names", self.names_of(&idle))],
                ));
            }
            if !managers.is_empty() {
                let managers: Vec<PersonId> = managers.into_iter().collect();
                notes.push(Message::new(
                    "managers_without_goal",
                    &[("count", managers.len().to_string()), ("names", self.names_of(&managers))],
                ));
            }
        }
        for (code, count) in &self.counters {
            notes.push(Message::new(code, &[("count", count.to_string())]));
        }
        if self.organiser.transfers > 0 {
            notes.push(Message::new("transfers_recorded", &[("count", self.organiser.transfers.to_string())]));
        }
        for (code, count) in &self.warnings {
            notes.push(Message::new(code, &[("rows", count.to_string())]));
        }
        notes
    }

    fn names_of(&self, people: &[PersonId]) -> String {
        const MAX_NAMES: usize = 12;
        let all: BTreeMap<PersonId, &str> = self.organiser.people().map(|p| (p.id, p.name.as_str())).collect();
        let mut names: Vec<&str> = people.iter().filter_map(|id| all.get(id).copied()).collect();
        names.sort_unstable();
        let more = names.len().saturating_sub(MAX_NAMES);
        names.truncate(MAX_NAMES);
        let joined = names.join(", ");
        if more > 0 { format!("{joined} … (+{more})") } else { joined }
    }
}

/// Money of a control total.
pub(crate) fn money(minor: i64, currency: Currency) -> Money {
    Money::new(minor, currency)
}
