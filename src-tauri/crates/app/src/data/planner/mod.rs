//! The run over the rows of an import: what each becomes, in chunks of records. Preview and commit
//! run the same code; only the receiver of the chunks differs.

mod aliases;
mod catalogue;
mod controls;
mod deals;
mod facts;
mod far;
mod known_lines;
mod look_ahead;
mod naming;
mod outcome;
mod people;
mod samples;
mod shared;
mod sink;
mod summary;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use yeji_core::Currency;
use yeji_core::facts::{Customer, Opportunity, Origin, Product};
use yeji_core::goal::TargetBonus;
use yeji_core::ids::{BatchId, CustomerId, OpportunityId, PersonId, UnitId};
use yeji_core::org::Organisation;
use yeji_intake::{Field, Kind, Rejected, Row};
use yeji_store::{Alias, AliasKind, Brought, Entity, OpportunityIndex, Record};

use super::known_lines::{KnownFile, Recognised};
use super::names::Names;
use super::organise::{Expected, Organiser};
use super::session::MappedTable;
use super::sources::{Claim, Precedence};
use crate::api::Message;
use crate::api::data::ImportDecisions;
use crate::error::{Error, Result};
use crate::host::Clock;
use catalogue::Catalogue;
use controls::{Controls, Under};
pub(super) use controls::{STAGE_UNDECIDED, Sum, counted_as};
use deals::DealsRead;
use facts::{FactsRead, GoalsRead, may_come_later, refers};
pub(crate) use facts::{KnownGoals, entities_of, entity_of, names_deals};
use far::FarDays;
use known_lines::Remembering;
pub(crate) use known_lines::names_hold;
pub(crate) use look_ahead::identities;
pub(crate) use naming::{Naming, Namings};
pub(crate) use outcome::{Chunk, Outcome};
use outcome::{TableOutcome, Taken};
use people::UnknownOwners;
pub(crate) use samples::{Before, MAX_SAMPLES, Sample, Samples};
pub(crate) use shared::Dispute;
use shared::SharedRead;
use sink::Sink;

/// What the store holds already.
#[derive(Debug)]
pub(crate) struct Known {
    pub organisation: Arc<Organisation>,
    pub customers: Vec<Customer>,
    pub products: Vec<Product>,
    pub aliases: Vec<Alias>,
    pub opportunities: OpportunityIndex,
    /// People who own a deal of any source.
    pub deal_owners: BTreeSet<PersonId>,
    /// Names of people who were known by nothing else and went with an import that was taken back.
    pub names_taken_back: BTreeSet<String>,
    /// Deals by identity, where a table has not all columns of a deal: the others stay.
    pub deals: HashMap<String, Opportunity>,
    /// Deals of other sources by identity; none where two of them use the same. Only for kinds that
    /// name deals.
    pub other_deals: HashMap<String, Option<OpportunityId>>,
    /// Records of the source by identity, of the tables that the import's kinds ask for.
    pub facts: HashMap<Entity, HashMap<String, Record>>,
    /// Deals whose credit list another source has, and which.
    pub credited: HashMap<OpportunityId, String>,
    /// What merged customers are.
    pub merged: HashMap<CustomerId, CustomerId>,
    /// The rows that merges gave away, and those that imports named beside them.
    pub named: Namings,
    pub target_bonuses: Vec<TargetBonus>,
    pub goals: KnownGoals,
    /// What sources say of records that more than one of them speaks of, or that people wrote into.
    pub claims: HashMap<Uuid, Vec<Claim>>,
    /// Records of the source and its partners that people wrote into, as they were imported.
    pub as_imported: HashMap<Uuid, Brought>,
    /// When each import was made.
    pub batch_times: HashMap<BatchId, DateTime<Utc>>,
}

/// Everything of a run that stays the same.
#[derive(Debug)]
pub(crate) struct Plan {
    pub source: String,
    pub batch: BatchId,
    pub at: DateTime<Utc>,
    /// The order of sources, and those that this one shares its records with.
    pub precedence: Precedence,
    pub partners: Vec<String>,
    /// Sources of earlier imports whose records this new source does not share.
    pub apart: Vec<String>,
    pub today: NaiveDate,
    pub currency: Currency,
    /// Nothing has said so: it is told.
    pub currency_assumed: bool,
    pub company_name: String,
    pub tables: Vec<MappedTable>,
    pub decisions: ImportDecisions,
    /// Lines of the only table that it is read without; they say what they said when they were told apart.
    pub recognised: Option<Arc<Recognised>>,
    /// What shall be known of the lines of the only table.
    pub remember: Option<KnownFile>,
    /// The command line's `--yes`: nearly known names are what they seem.
    pub take_proposals: bool,
    /// Keep some rows to show them: for a preview.
    pub samples: bool,
    pub clock: Arc<dyn Clock>,
    pub cancelled: Arc<AtomicBool>,
}

/// Runs the plan. `emit` receives the chunks in order and answers whether to go on.
pub(crate) fn run(
    plan: &Plan,
    known: &Known,
    emit: &mut dyn FnMut(Chunk) -> bool,
) -> Result<Outcome> {
    let expected = look_ahead::look_ahead(plan, known)?;
    let mut run = Run::new(plan, known, expected, emit);
    run.remembering = Remembering::new(plan)?;
    for table in &plan.tables {
        run.table(table)?;
    }
    run.finish()
}

struct Run<'a> {
    plan: &'a Plan,
    known: &'a Known,
    sink: Sink<'a>,
    organiser: Organiser,
    organisation_written: bool,
    company: UnitId,
    /// What becomes of an owner whom nobody knows.
    unknown_owners: UnknownOwners,
    /// Who was one before, and may be again.
    were_people: BTreeSet<String>,
    /// People whom an undo of an older version has left without any place.
    placeless: BTreeSet<PersonId>,
    people: Names,
    customers: Catalogue<Customer>,
    products: Catalogue<Product>,
    deals: DealsRead,
    remembering: Option<Remembering>,
    /// The row in hand is the example that stands in every template.
    is_example: bool,
    facts: FactsRead,
    goals: GoalsRead,
    controls: Controls,
    /// Where the row in hand is counted, if it is not taken.
    refused_under: Option<Under>,
    shared: SharedRead,
    /// Whom rows of this run named beside merged customers.
    named: Namings,
    /// Fields that the present table has a column for.
    mapped: BTreeSet<Field>,
    /// Line of the row of the present table that each record of it came from.
    lines: HashMap<Uuid, u32>,
    /// Rows taken with a warning, by its code.
    warnings: BTreeMap<&'static str, u64>,
    /// Rows with days far to come.
    far: Option<FarDays>,
    /// Statements on the organisation as a whole.
    organisation_notes: Vec<Message>,
}

impl<'a> Run<'a> {
    fn new(
        plan: &'a Plan,
        known: &'a Known,
        expected: Expected,
        emit: &'a mut dyn FnMut(Chunk) -> bool,
    ) -> Self {
        let organisation = &known.organisation;
        let merged = known.merged.iter().map(|(from, to)| (from.0, to.0));
        let mut customers = Catalogue::new(plan, &known.customers, merged.collect());
        let mut products = Catalogue::new(plan, &known.products, HashMap::new());
        customers.also_called(known.customers.iter().map(|one| one.id.0), known, plan);
        products.also_called(known.products.iter().map(|one| one.id.0), known, plan);
        let mut organiser =
            Organiser::new(organisation, &plan.source, plan.batch, plan.today, expected);
        let company = organiser.company(&plan.company_name, &mut || plan.clock.new_id());
        let of_deals = |table: &&MappedTable| table.mapping.kind == Kind::Opportunities;
        let deal_tables = plan.tables.iter().filter(of_deals).count();
        let named_later = plan
            .tables
            .iter()
            .any(|table| names_deals(table.mapping.kind));
        Self {
            plan,
            known,
            sink: Sink::new(plan, emit),
            organiser,
            organisation_written: false,
            company,
            unknown_owners: UnknownOwners::of(plan, known),
            were_people: people::owners_again(plan, known),
            placeless: BTreeSet::new(),
            people: Names::new(AliasKind::Person, plan.take_proposals),
            customers,
            products,
            deals: DealsRead {
                repeatable: (deal_tables > 1 || named_later).then(HashMap::new),
                ..DealsRead::default()
            },
            remembering: None,
            is_example: false,
            facts: FactsRead::default(),
            goals: GoalsRead::default(),
            controls: Controls::default(),
            refused_under: None,
            shared: SharedRead::default(),
            named: Namings::new(),
            mapped: BTreeSet::new(),
            lines: HashMap::new(),
            warnings: BTreeMap::new(),
            far: None,
            organisation_notes: Vec::new(),
        }
    }

    fn table(&mut self, table: &MappedTable) -> Result<()> {
        let kind = table.mapping.kind;
        if refers(kind) {
            self.before_references()?;
        }
        self.sink.begin_table(TableOutcome {
            index: table.index,
            file: table.file.label(),
            kind: Some(kind),
            ..TableOutcome::default()
        });
        yeji_intake::require_same_content(&table.file)?;
        // Of another store's workbook, or one that a person wrote over, the rows count by themselves.
        let mends = table.file.mends.as_deref().and_then(|id| id.parse().ok());
        self.controls.begin_table(mends);
        self.count_recognised()?;
        self.mapped = table.mapping.columns.keys().copied().collect();
        self.lines.clear();
        let mut seen_people = BTreeSet::new();
        let mut rows = yeji_intake::rows(&table.file, &table.mapping)?;
        let mut examples = 0;
        while let Some(row) = rows.next() {
            self.is_example = rows.examples() > examples;
            examples = rows.examples();
            self.sink.next_row()?;
            match row {
                Err(rejected) if rejected.fatal => return Err(file_cut(table, rejected)),
                Err(rejected) => {
                    let under = self.count_rejected(kind, &rejected)?;
                    self.sink.reject(rejected, under);
                }
                Ok(row) => {
                    self.refused_under = None;
                    let line = row.line();
                    let fact = match &row {
                        Row::Fact(fact) => Some(fact.clone()),
                        _ => None,
                    };
                    if let Err(refused) = self.row(row, &mut seen_people)? {
                        if let Some(fact) = fact.filter(|fact| may_come_later(fact, &refused)) {
                            self.wait(fact, rows.raw_cells());
                        } else {
                            let under = self.refused_under.map(|under| (kind, under));
                            self.sink.refuse(line, refused, rows.raw_cells(), under);
                        }
                    }
                }
            }
            self.sink.row_done()?;
        }
        if rows.examples() > 0 {
            let code = yeji_intake::WarningCode::ExampleRow.code();
            *self.warnings.entry(code).or_default() += rows.examples();
        }
        self.settle_waiting()
    }

    /// A row that could not be read is missing in the store: the totals of its file have it.
    fn count_rejected(&mut self, kind: Kind, rejected: &Rejected) -> Result<Option<(Kind, Under)>> {
        let Some(counted) = rejected.counted else {
            return Ok(None);
        };
        if kind == Kind::Opportunities
            && let Some(amount) = counted.amount
        {
            self.deals.count_refused(counted.day, amount.minor)?;
        }
        self.controls.add_rejected(kind, counted)?;
        Ok(Some((kind, Under::counted(counted)?)))
    }

    fn row(&mut self, row: Row, seen_people: &mut BTreeSet<PersonId>) -> Result<Taken> {
        let row = match row {
            Row::Opportunity(row) => Row::Opportunity(self.with_known_values(row)),
            row => row,
        };
        for warning in row.warnings() {
            *self.warnings.entry(warning.code.code()).or_default() += 1;
        }
        let far = self.far_day_of(&row).map(|day| (row.line(), day));
        let taken = match row {
            Row::Person(row) => self.person(&row, seen_people),
            Row::Customer(row) => self.customer(row),
            Row::Product(row) => self.product(row),
            Row::Opportunity(row) => self.opportunity(row)?,
            Row::Fact(row) => self.first_fact(&row)?,
        };
        if let (Ok(()), Some((line, day))) = (&taken, far) {
            self.count_far_day(line, day);
        }
        Ok(taken)
    }

    /// A value of a row; where the table has no column for it, what was known before stays. An empty
    /// cell of a column that is there clears.
    fn given<T>(
        &self,
        field: Field,
        value: Option<T>,
        known: impl FnOnce() -> Option<T>,
    ) -> Option<T> {
        if self.mapped.contains(&field) {
            value
        } else {
            known()
        }
    }

    /// Once people are complete: their names can be looked up, remembered aliases and decisions apply.
    fn before_references(&mut self) -> Result<()> {
        if self.organisation_written {
            return Ok(());
        }
        self.settle_managers();
        self.write_organisation();
        for person in self.organiser.people() {
            self.people.add_name(&person.name, person.id.0);
            if let Some(number) = &person.staff_number {
                self.people.add_number(number, person.id.0);
            }
            if self.organiser.stays_of(person.id).next().is_none() {
                self.placeless.insert(person.id);
            }
        }
        // They were told apart from those who are here; what somebody decides since goes before that.
        for name in &self.were_people {
            self.people.presume_new(name);
        }
        self.apply_aliases()?;
        self.sink.flush()
    }

    fn finish(mut self) -> Result<Outcome> {
        if !self.organisation_written {
            self.settle_managers();
            self.write_organisation();
        }
        self.write_goals()?;
        self.remember_rest();
        self.remember_aliases();
        self.sink.flush()?;
        let samples = self.samples();
        let (disputes, dispute_samples) = std::mem::take(&mut self.shared).disputes();
        let names = [&self.people, &self.customers.names, &self.products.names];
        let aliases = names.iter().flat_map(|n| n.proposals(self.plan.currency));
        Ok(Outcome {
            aliases: aliases.collect(),
            notes: self.notes(),
            won_by_quarter: self.deals.won_by_quarter,
            unchanged_won_by_quarter: self.deals.unchanged_won_by_quarter,
            controls: self.controls.sums(),
            records: self.sink.records,
            repeated: self.sink.repeated,
            tables: self.sink.tables,
            disputes,
            dispute_samples,
            samples,
        })
    }
}

impl Plan {
    /// Whether a table of that kind is imported.
    fn has(&self, kind: Kind) -> bool {
        self.tables.iter().any(|table| table.mapping.kind == kind)
    }

    /// Where a record of this run comes from.
    fn origin(&self, external_id: String, line: u32) -> Origin {
        self.origin_in(&self.source, external_id, line)
    }

    /// Where a record comes from that a source has brought first.
    fn origin_in(&self, source: &str, external_id: String, line: u32) -> Origin {
        Origin {
            source: source.to_owned(),
            external_id,
            batch: Some(self.batch),
            line: Some(line),
        }
    }
}

/// A file that ends in the middle of something.
fn file_cut(table: &MappedTable, rejected: Rejected) -> Error {
    let mut params = rejected.params;
    Error::FileCut {
        file: table.file.label(),
        line: rejected.line,
        reason: params.remove("reason").unwrap_or_default(),
    }
}
