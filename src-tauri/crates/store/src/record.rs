//! The tables of rows that changes may write, and the typed records that are their rows.
//!
//! One `tables!` entry tells a record's table and columns; SQL, reading, logging and undo follow
//! from it. `batch` and `line` are provenance: they do not count as a difference.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use yeji_core::account::{PersonalFile, UserAccount};
use yeji_core::bonus_cycle::{
    AdjustmentDecision, BonusAdjustment, BonusObjective, BonusStep, FrozenInput, PlanAssignment,
    StatementConfirmation,
};
use yeji_core::facts::{
    Contact, Customer, DeliveryTicket, Interaction, Lead, Opportunity, OrderLine, Product, Receipt,
    SatisfactionScore, StageEvent,
};
use yeji_core::follow_up::{FeedbackItem, NextStep};
use yeji_core::goal::{GoalCell, GoalLock, GoalPlan, GoalRule, TargetBonus};
use yeji_core::goal_round::{
    GoalAdjustment, GoalComment, GoalConfirmation, GoalProposal, GoalPublication, GoalRound,
    GoalSubmission,
};
use yeji_core::org::{Membership, OrgUnit, Person};
use yeji_core::papers::{Contract, CreditList, ExchangeRate, Invoice, MarketIndex};
use yeji_core::scorecard::{KpiGoal, Scorecard};

use crate::cell::{Cell, Cells, Column, Field, Kind, short_hash};
use crate::documents::{
    Alias, BonusPlanVersion, BonusRun, CustomerRedirect, Dashboard, ForecastSnapshot,
    MappingProfile, SavedView, Setting, SourceClaim, StatementRow, WatchedFile, WatchedFolder,
    alias_row_id, forecast_snapshot_id, frozen_input_id, goal_cell_id, goal_lock_id, goal_rule_id,
    kpi_goal_id, redirect_row_id, scorecard_row_id, setting_row_id, source_claim_row_id,
    watched_file_row_id, watched_folder_row_id,
};
use crate::rows::unreadable;
use crate::{Result, Topic};

/// A record of a table.
pub(crate) trait Row: Sized {
    const ENTITY: Entity;
    fn columns() -> Vec<Column>;
    fn row_id(&self) -> Uuid;
    fn cells(&self) -> Vec<Cell>;
    fn from_cells(cells: &mut Cells) -> Result<Self>;
}

/// Appends the columns of one field; the closure only tells the field's type.
fn add_columns<R, T: Field>(columns: &mut Vec<Column>, name: &str, _: fn(&R) -> &T) {
    for (suffix, kind, provenance) in T::COLUMNS {
        let name = format!("{name}{suffix}");
        columns.push(Column {
            provenance: *provenance || name == "batch",
            name,
            kind: *kind,
        });
    }
}

macro_rules! tables {
    (@row_id $self:ident) => { $self.id.0 };
    (@row_id $self:ident, $make:path) => { $make($self) };
    ($(
        $(#[$doc:meta])*
        $variant:ident($record:ty) = $table:literal, $topic:ident $(, id made by $make:path)?
        { $($field:ident: $column:literal),+ $(,)? }
    )+) => {
        /// A table of rows that changes may write.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Entity {
            $($(#[$doc])* $variant,)+
        }

        /// A row to put.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Record {
            $($(#[$doc])* $variant($record),)+
        }

        impl Entity {
            /// All of them, parents before the rows that refer to them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The table's name, which is also the entity's code in the history.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $table),+ }
            }

            /// What the UI refetches when such a row changes.
            pub fn topic(self) -> Topic {
                match self { $(Self::$variant => Topic::$topic),+ }
            }

            /// The columns, the id first.
            pub(crate) fn columns(self) -> &'static [Column] {
                match self {
                    $(Self::$variant => {
                        static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(<$record>::columns);
                        &COLUMNS
                    })+
                }
            }
        }

        impl Record {
            /// Its table.
            pub fn entity(&self) -> Entity {
                match self { $(Self::$variant(_) => Entity::$variant),+ }
            }

            /// Its row id.
            pub fn id(&self) -> Uuid {
                match self { $(Self::$variant(record) => record.row_id()),+ }
            }

            /// The row, the id first.
            pub(crate) fn cells(&self) -> Vec<Cell> {
                match self { $(Self::$variant(record) => record.cells()),+ }
            }

            /// The record of a row's cells.
            pub(crate) fn from_cells(entity: Entity, cells: Vec<Cell>) -> Result<Self> {
                let mut cells = Cells::new(entity.code(), cells, entity.columns());
                match entity {
                    $(Entity::$variant => <$record>::from_cells(&mut cells).map(Self::$variant)),+
                }
            }
        }

        $(
            impl Row for $record {
                const ENTITY: Entity = Entity::$variant;

                fn columns() -> Vec<Column> {
                    let mut columns = Vec::new();
                    $(
                        let _: fn(&$record) -> Uuid = $make;
                        columns.push(Column { name: "id".to_owned(), kind: Kind::Id, provenance: false });
                    )?
                    $(add_columns(&mut columns, $column, |record: &$record| &record.$field);)+
                    columns
                }

                fn row_id(&self) -> Uuid {
                    tables!(@row_id self $(, $make)?)
                }

                fn cells(&self) -> Vec<Cell> {
                    let mut out = Vec::with_capacity(24);
                    $(out.push(Cell::Id($make(self)));)?
                    $(self.$field.put(&mut out);)+
                    out
                }

                fn from_cells(cells: &mut Cells) -> Result<Self> {
                    $(
                        let _: fn(&$record) -> Uuid = $make;
                        cells.next()?;
                    )?
                    Ok(Self { $($field: Field::get(cells)?,)+ })
                }
            }

            impl From<$record> for Record {
                fn from(record: $record) -> Self {
                    Self::$variant(record)
                }
            }
        )+
    };
}

tables! {
    /// Company, department, team.
    OrgUnit(OrgUnit) = "org_unit", Organisation {
        id: "id", parent: "parent", kind: "kind", name: "name", valid_from: "valid_from",
        valid_to: "valid_to", batch: "batch",
    }
    /// A person.
    Person(Person) = "person", Organisation {
        id: "id", source: "source", external_id: "external_id", staff_number: "staff_number",
        name: "name", hired_on: "hired_on", left_on: "left_on", batch: "batch",
    }
    /// A stay in a unit.
    Membership(Membership) = "membership", Organisation {
        id: "id", person: "person", unit: "unit", role: "role", from: "from_on", to: "to_on",
        batch: "batch",
    }
    /// A customer.
    Customer(Customer) = "customer", Customers {
        id: "id", origin: "", name: "name", customer_type: "customer_type", segment: "segment",
        region: "region", parent_name: "parent_name", employees: "employees", revenue: "revenue",
        founded_year: "founded_year",
    }
    /// A person at a customer.
    Contact(Contact) = "contact", Customers {
        id: "id", origin: "", customer: "customer", name: "name", title: "title", phone: "phone",
    }
    /// A product.
    Product(Product) = "product", Products {
        id: "id", origin: "", name: "name", category: "category", list_price: "list_price",
        cost: "cost",
    }
    /// A deal.
    Opportunity(Opportunity) = "opportunity", Deals {
        id: "id", origin: "", owner: "owner", customer: "customer", product: "product",
        stage: "stage", opened_on: "opened_on", closed_on: "closed_on", amount: "amount",
    }
    /// The shared credit of a deal.
    CreditList(CreditList) = "credit_list", Deals {
        id: "id", origin: "", opportunity: "opportunity", credits: "credits",
    }
    /// A change of stage.
    StageEvent(StageEvent) = "stage_event", Deals {
        id: "id", origin: "", opportunity: "opportunity", stage: "stage", on: "on_day",
    }
    /// An early interest.
    Lead(Lead) = "lead", Deals {
        id: "id", origin: "", name: "name", channel: "channel", owner: "owner",
        created_on: "created_on", opportunity: "opportunity",
    }
    /// A line of an order.
    OrderLine(OrderLine) = "order_line", Deals {
        id: "id", origin: "", opportunity: "opportunity", product: "product",
        quantity: "quantity", amount: "amount", ordered_on: "ordered_on",
    }
    /// A contract.
    Contract(Contract) = "contract", Deals {
        id: "id", origin: "", customer: "customer", opportunity: "opportunity", amount: "amount",
        signed_on: "signed_on", from: "from_on", to: "to_on",
    }
    /// An invoice.
    Invoice(Invoice) = "invoice", Deals {
        id: "id", origin: "", customer: "customer", opportunity: "opportunity",
        contract: "contract", amount: "amount", invoiced_on: "invoiced_on",
    }
    /// Money received or paid back.
    Receipt(Receipt) = "receipt", Deals {
        id: "id", origin: "", opportunity: "opportunity", refunds: "refunds", amount: "amount",
        received_on: "received_on",
    }
    /// A contact with a customer.
    Interaction(Interaction) = "interaction", Customers {
        id: "id", origin: "", customer: "customer", person: "person", kind: "kind", on: "on_day",
        note: "note",
    }
    /// What somebody means to do next about a deal.
    NextStep(NextStep) = "next_step", FollowUps {
        id: "id", origin: "", person: "person", opportunity: "opportunity", step: "step",
        due_on: "due_on", written_at: "written_at",
    }
    /// Something that somebody says to HR.
    FeedbackItem(FeedbackItem) = "feedback_item", FollowUps {
        id: "id", origin: "", person: "person", words: "words", written_at: "written_at",
    }
    /// A satisfaction answer.
    SatisfactionScore(SatisfactionScore) = "satisfaction_score", Customers {
        id: "id", origin: "", customer: "customer", score: "score", on: "on_day",
    }
    /// A delivery.
    DeliveryTicket(DeliveryTicket) = "delivery_ticket", Deals {
        id: "id", origin: "", opportunity: "opportunity", due_on: "due_on",
        delivered_on: "delivered_on",
    }
    /// A value of a market index.
    MarketIndex(MarketIndex) = "market_index", Market {
        id: "id", origin: "", series: "series", region: "region", month: "month", value: "value",
    }
    /// An exchange rate.
    ExchangeRate(ExchangeRate) = "exchange_rate", Market {
        id: "id", origin: "", from: "from_currency", to: "to_currency", on: "on_day", rate: "rate",
    }
    /// A customer that was merged into another.
    CustomerRedirect(CustomerRedirect) = "customer_redirect", Customers, id made by redirect_row_id {
        customer: "customer", target: "target", moved: "moved",
    }
    /// What a source says of a record that others speak of too.
    SourceClaim(SourceClaim) = "source_claim", Imports, id made by source_claim_row_id {
        entity: "entity", record: "record", source: "source", given: "given", at: "at",
        batch: "batch",
    }
    /// A folder whose new exports are taken.
    WatchedFolder(WatchedFolder) = "watched_folder", Imports, id made by watched_folder_row_id {
        path: "path", profile: "profile", source: "source", kind: "kind", since: "since",
    }
    /// A file of such a folder.
    WatchedFile(WatchedFile) = "watched_file", Imports, id made by watched_file_row_id {
        folder: "folder", hash: "hash", name: "name", state: "state", reason: "reason",
        batch: "batch", at: "at",
    }
    /// What was forecast on a day.
    ForecastSnapshot(ForecastSnapshot) = "forecast_snapshot", Goals, id made by forecast_snapshot_id {
        on_day: "on_day", kind: "kind", metric: "metric", unit: "unit", period: "period",
        mean: "mean", lower: "lower", upper: "upper",
    }
    /// A saved mapping.
    MappingProfile(MappingProfile) = "mapping_profile", Imports {
        id: "id", name: "name", document: "document",
    }
    /// A remembered text of a source.
    Alias(Alias) = "alias", Imports, id made by alias_row_id {
        source: "source", kind: "kind", from_text: "from_text", target: "target",
    }
    /// A goal plan version.
    GoalPlan(GoalPlan) = "goal_plan", Goals {
        id: "id", metric: "metric", year: "year", version: "version", state: "state",
        amount: "amount", rule: "rule", created_at: "created_at", calendar: "calendar",
    }
    /// A leaf of a goal's decomposition.
    GoalCell(GoalCell) = "goal_cell", Goals, id made by goal_cell_id {
        plan: "plan", unit: "unit", person: "person", start: "start_on", end: "end_on",
        minor: "minor",
    }
    /// A number of a goal that stays as it is.
    GoalLock(GoalLock) = "goal_lock", Goals, id made by goal_lock_id {
        plan: "plan", unit: "unit", person: "person", period: "period",
    }
    /// Why a number of a goal is what it is.
    GoalRule(GoalRule) = "goal_rule", Goals, id made by goal_rule_id {
        plan: "plan", unit: "unit", person: "person", document: "document",
    }
    /// A round in which people propose own goals.
    GoalRound(GoalRound) = "goal_round", Goals {
        id: "id", metric: "metric", year: "year", people_due: "people_due",
        managers_due: "managers_due", opened_at: "opened_at", closed_at: "closed_at",
    }
    /// What somebody proposes for an own goal.
    GoalProposal(GoalProposal) = "goal_proposal", Goals {
        id: "id", origin: "", round: "round", person: "person", amount: "amount", note: "note",
        author: "author", written_at: "written_at",
    }
    /// What a manager makes of it.
    GoalAdjustment(GoalAdjustment) = "goal_adjustment", Goals {
        id: "id", round: "round", person: "person", amount: "amount", reason: "reason",
        author: "author", written_at: "written_at",
    }
    /// A unit handed in, or sent back.
    GoalSubmission(GoalSubmission) = "goal_submission", Goals {
        id: "id", round: "round", unit: "unit", state: "state", author: "author", note: "note",
        at: "at",
    }
    /// Words on a goal.
    GoalComment(GoalComment) = "goal_comment", Goals {
        id: "id", origin: "", metric: "metric", year: "year", version: "version", unit: "unit",
        person: "person", by_person: "by_person", author: "author", words: "words",
        written_at: "written_at",
    }
    /// A version of a goal made public.
    GoalPublication(GoalPublication) = "goal_publication", Goals {
        id: "id", plan: "plan", figures_hash: "figures_hash", author: "author", at: "at",
    }
    /// An own goal confirmed.
    GoalConfirmation(GoalConfirmation) = "goal_confirmation", Goals {
        id: "id", origin: "", plan: "plan", person: "person", document: "document", hash: "hash",
        on_paper: "on_paper", author: "author", confirmed_at: "confirmed_at",
    }
    /// What a role is measured by.
    Scorecard(Scorecard) = "scorecard", Goals, id made by scorecard_row_id {
        role: "role", from: "from_on", weights: "weights",
    }
    /// A goal of a KPI.
    KpiGoal(KpiGoal) = "kpi_goal", Goals, id made by kpi_goal_id {
        metric: "metric", unit: "unit", person: "person", period: "period", from: "from_on",
        value: "value",
    }
    /// A person's target bonus.
    TargetBonus(TargetBonus) = "target_bonus", Bonus {
        id: "id", person: "person", per_quarter: "per_quarter", from: "from_on", to: "to_on",
    }
    /// A version of a bonus plan.
    BonusPlanVersion(BonusPlanVersion) = "bonus_plan_version", Bonus {
        id: "id", code: "code", version: "version", document: "document",
        effective_from: "effective_from", effective_to: "effective_to", created_at: "created_at",
    }
    /// A calculation of bonuses.
    BonusRun(BonusRun) = "bonus_run", Bonus {
        id: "id", period: "period", plan: "plan", at: "at", inputs_hash: "inputs_hash",
        engine_version: "engine_version", result: "result",
    }
    /// A person's statement.
    Statement(StatementRow) = "statement", Bonus {
        id: "id", run: "run", person: "person", payout: "payout", result: "result",
    }
    /// A piece of the input that was frozen.
    FrozenInput(FrozenInput) = "frozen_input", Bonus, id made by frozen_input_id {
        run: "run", part: "part", document: "packed",
    }
    /// A step of the cycle of a period's bonuses.
    BonusStep(BonusStep) = "bonus_step", Bonus {
        id: "id", period: "period", plan: "plan_code", kind: "kind", run: "run", unit: "unit",
        person: "person", on: "on_day", reason: "reason", author: "author", at: "at",
    }
    /// A line beside what a plan pays.
    BonusAdjustment(BonusAdjustment) = "bonus_adjustment", Bonus {
        id: "id", person: "person", period: "period", plan: "plan_code", amount: "amount",
        reason: "reason", cause: "cause", run: "run", author: "author", at: "at",
    }
    /// What somebody decided on such a line.
    AdjustmentDecision(AdjustmentDecision) = "adjustment_decision", Bonus {
        id: "id", adjustment: "adjustment", decision: "decision", reason: "reason",
        author: "author", at: "at",
    }
    /// Who is under a plan, and when.
    PlanAssignment(PlanAssignment) = "plan_assignment", Bonus {
        id: "id", plan: "plan_code", person: "person", unit: "unit",
        target_bonus: "target_bonus", from: "from_on", to: "to_on",
    }
    /// What somebody is to reach besides numbers.
    BonusObjective(BonusObjective) = "bonus_objective", Bonus {
        id: "id", person: "person", period: "period", name: "name", weight: "weight",
        result: "result", author: "author", at: "at",
    }
    /// A statement confirmed by whose it is.
    StatementConfirmation(StatementConfirmation) = "statement_confirmation", Bonus {
        id: "id", origin: "", statement: "statement", person: "person", hash: "hash",
        on_paper: "on_paper", author: "author", confirmed_at: "confirmed_at",
    }
    /// A setting.
    Setting(Setting) = "setting", Settings, id made by setting_row_id {
        key: "key", value: "value",
    }
    /// Somebody who may sign in.
    UserAccount(UserAccount) = "user_account", Accounts {
        id: "id", name: "name", role: "role", person: "person", password_hash: "password_hash",
        disabled: "disabled", failures: "failures", failed_at: "failed_at",
    }
    /// A file with what one person may see, which was handed out.
    PersonalFile(PersonalFile) = "personal_file", Accounts {
        id: "id", person: "person", role: "role", exported_at: "exported_at",
        return_key: "return_key",
    }
    /// A board that somebody arranged.
    Dashboard(Dashboard) = "dashboard", Boards {
        id: "id", owner: "owner", name: "name", roles: "roles", widgets: "widgets",
    }
    /// A question that somebody kept.
    SavedView(SavedView) = "saved_view", Boards {
        id: "id", owner: "owner", name: "name", roles: "roles", question: "question",
    }
}

impl Entity {
    /// The names of its columns.
    pub fn column_names(self) -> impl Iterator<Item = &'static str> {
        self.columns().iter().map(|column| column.name.as_str())
    }
}

impl std::fmt::Display for Entity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Entity {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|entity| entity.code() == text)
            .ok_or_else(|| {
                yeji_core::Error::Unknown {
                    what: "entity",
                    value: text.chars().take(64).collect(),
                }
                .into()
            })
    }
}

impl Record {
    /// The record with one field as `other` has it, of the same table; an amount moves with its
    /// currency. None if there is no such field, or it is the id.
    pub fn with_field_of(&self, other: &Self, field: &str) -> Result<Option<Self>> {
        let columns = self.entity().columns();
        if self.entity() != other.entity() {
            return Ok(None);
        }
        let Some(index) = columns
            .iter()
            .position(|column| column.name == field)
            .filter(|index| *index > 0)
        else {
            return Ok(None);
        };
        let pair = match (
            field.strip_suffix("_minor"),
            field.strip_suffix("_currency"),
        ) {
            (Some(stem), _) => Some(format!("{stem}_currency")),
            (_, Some(stem)) => Some(format!("{stem}_minor")),
            _ => None,
        };
        let (mut cells, theirs) = (self.cells(), other.cells());
        for (at, column) in columns.iter().enumerate() {
            if at == index || pair.as_ref().is_some_and(|pair| *pair == column.name) {
                cells[at] = theirs[at].clone();
            }
        }
        Self::from_cells(self.entity(), cells).map(Some)
    }

    /// The values by column as the history has them, in the order of the table, without the id.
    pub fn values(&self) -> Vec<(&'static str, serde_json::Value)> {
        let columns = self.entity().columns().iter();
        let values = columns.zip(self.cells()).skip(1);
        values
            .map(|(column, cell)| (column.name.as_str(), cell.to_json()))
            .collect()
    }

    /// The record with some values by column replaced; columns that its table does not have are left
    /// out, as is the id. Half an amount is refused: it would be none.
    pub fn with_values(&self, values: &BTreeMap<String, serde_json::Value>) -> Result<Self> {
        let entity = self.entity();
        let mut cells = self.cells();
        for (cell, column) in cells.iter_mut().zip(entity.columns()).skip(1) {
            if let Some(value) = values.get(&column.name) {
                let place = format!("{entity}.{}", column.name);
                *cell = Cell::from_json(column.kind, value, &place)?;
            }
        }
        for (pair, columns) in cells.windows(2).zip(entity.columns().windows(2)) {
            let is_amount =
                columns[0].name.ends_with("_minor") && columns[1].name.ends_with("_currency");
            if is_amount && (pair[0] == Cell::Null) != (pair[1] == Cell::Null) {
                let place = format!("{entity}.{}", columns[0].name);
                return Err(unreadable(
                    &place,
                    "half an amount",
                    "an amount with its currency",
                ));
            }
        }
        Self::from_cells(entity, cells)
    }

    /// The source that brought the record first; none for tables without sources.
    pub fn source(&self) -> Option<String> {
        let at = self
            .entity()
            .columns()
            .iter()
            .position(|column| column.name == "source")?;
        match self.cells().swap_remove(at) {
            Cell::Text(source) => Some(source),
            _ => None,
        }
    }

    /// The import that brought the present values; none for what no import brought, and for tables that do
    /// not keep it.
    pub fn batch(&self) -> Option<yeji_core::ids::BatchId> {
        let at = self
            .entity()
            .columns()
            .iter()
            .position(|column| column.name == "batch")?;
        match self.cells().swap_remove(at) {
            Cell::Id(batch) => Some(yeji_core::ids::BatchId(batch)),
            _ => None,
        }
    }

    /// 64 bits over the record's values without id, batch and line: equal values have equal
    /// fingerprints in every version of the program. Imports compare it to see what changed.
    pub fn fingerprint(&self) -> u64 {
        fingerprint(self.entity(), &self.cells())
    }
}

/// See [`Record::fingerprint`].
pub(crate) fn fingerprint(entity: Entity, cells: &[Cell]) -> u64 {
    let mut hash = Sha256::new();
    for (cell, column) in cells.iter().zip(entity.columns()).skip(1) {
        if !column.provenance {
            cell.hash_into(&mut hash);
        }
    }
    short_hash(hash)
}
