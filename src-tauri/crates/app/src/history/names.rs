//! Names and values of the history in words: ids become names, codes become words, amounts have their
//! currency.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Map, Value};
use uuid::Uuid;
use yeji_core::org::{OPEN_END, OPEN_START};
use yeji_core::papers::Credits;
use yeji_core::{Currency, Money};
use yeji_store::{Entity, Record, RowChange, Store};

use crate::api::Message;
use crate::data::percent;
use crate::error::Result;

/// Longer texts are cut: a note of a page would bury the list.
const MAX_TEXT_CHARS: usize = 200;

/// Resolves names, each once.
pub(crate) struct Names {
    store: Arc<Store>,
    /// Of the goal whose cells are looked at: they hold minor units alone.
    currency: Currency,
    /// Of goals by their plan.
    currencies: HashMap<Uuid, Currency>,
    known: HashMap<(Entity, Uuid), Option<Message>>,
    /// Met, and not in the store any more.
    gone: HashSet<Uuid>,
}

impl Names {
    pub(crate) async fn new(store: &Arc<Store>, currency: Currency) -> Result<Self> {
        let organisation = store.organisation().await?;
        let mut known = HashMap::new();
        for unit in organisation.units() {
            known.insert((Entity::OrgUnit, unit.id.0), Some(text(&unit.name)));
        }
        for person in organisation.people() {
            let name = named(&person.name, person.staff_number.as_deref());
            known.insert((Entity::Person, person.id.0), Some(text(&name)));
        }
        let store = Arc::clone(store);
        Ok(Self {
            store,
            currency,
            currencies: HashMap::new(),
            known,
            gone: HashSet::new(),
        })
    }

    /// What people call a record; of one that is gone, what it was called last.
    pub(crate) async fn of(&mut self, entity: Entity, id: Uuid) -> Result<Message> {
        if let Some(known) = self.known.get(&(entity, id)) {
            return Ok(known.clone().unwrap_or_else(|| gone(id)));
        }
        let present = self.store.record(entity, id).await?;
        let values = if let Some(record) = present {
            Some(map(&record))
        } else {
            self.gone.insert(id);
            self.last_values(entity, id).await?
        };
        // Names refer to names of other tables only, so this ends: a stay to its person, and no further.
        self.known.insert((entity, id), None);
        let name = match values {
            Some(values) => Some(self.title(entity, &values).await?),
            None => None,
        };
        self.known.insert((entity, id), name.clone());
        Ok(name.unwrap_or_else(|| gone(id)))
    }

    /// A record that the store does not have so yet is called this.
    pub(crate) fn learn(&mut self, entity: Entity, id: Uuid, name: Message) {
        self.known.insert((entity, id), Some(name));
    }

    /// What people will call a record.
    pub(crate) async fn named(&mut self, record: &Record) -> Result<Message> {
        self.title(record.entity(), &map(record)).await
    }

    /// The name of a row at the time of a change, if the row is gone now.
    pub(super) async fn of_row(&mut self, row: &RowChange) -> Result<Message> {
        self.of(row.entity, row.id).await
    }

    /// The cells of a goal hold minor units; their plan says of what.
    pub(super) async fn look_at(&mut self, row: &RowChange) -> Result<()> {
        if row.entity != Entity::GoalCell {
            return Ok(());
        }
        let is_plan = |field: &&yeji_store::FieldChange| field.field == "plan";
        let kept = row.before.get("plan");
        let plan = kept.or_else(|| row.fields.iter().find(is_plan).map(|one| &one.to));
        let plan = plan.and_then(Value::as_str).and_then(|id| id.parse().ok());
        let Some(plan) = plan else { return Ok(()) };
        if !self.currencies.contains_key(&plan) {
            let kept = self.store.record(Entity::GoalPlan, plan).await?;
            let values = kept.map(|record| map(&record)).unwrap_or_default();
            let code = values.get("amount_currency").and_then(Value::as_str);
            let code = code.and_then(|code| code.parse().ok());
            self.currencies.insert(plan, code.unwrap_or(self.currency));
        }
        self.currency = self.currencies[&plan];
        Ok(())
    }

    /// What a record held when it was deleted.
    async fn last_values(&self, entity: Entity, id: Uuid) -> Result<Option<Map<String, Value>>> {
        let page = self.store.record_history(entity, id, None, 1).await?;
        Ok(page
            .rows
            .into_iter()
            .next()
            .map(|one| one.row.before)
            .filter(|before| !before.is_empty()))
    }

    async fn title(&mut self, entity: Entity, values: &Map<String, Value>) -> Result<Message> {
        let word = |name: &str| values.get(name).and_then(Value::as_str).unwrap_or_default();
        let number = |name: &str| values.get(name).and_then(Value::as_i64).unwrap_or_default();
        let id = |name: &str| word(name).parse::<Uuid>().ok();
        Ok(match entity {
            Entity::Person => {
                let staff = values.get("staff_number").and_then(Value::as_str);
                text(&named(word("name"), staff))
            }
            Entity::Membership | Entity::GoalComment => {
                let person = self.plain(Entity::Person, id("person")).await?;
                let unit = self.plain(Entity::OrgUnit, id("unit")).await?;
                text(&join(&[&person, &unit]))
            }
            Entity::GoalPlan => Message::new(
                "name_goal_plan",
                &[
                    ("year", number("year").to_string()),
                    ("version", number("version").to_string()),
                    ("metric", word("metric").to_owned()),
                ],
            ),
            Entity::GoalCell => {
                let person = self.plain(Entity::Person, id("person")).await?;
                let unit = self.plain(Entity::OrgUnit, id("unit")).await?;
                text(&join(&[&person, &unit, word("start_on")]))
            }
            Entity::GoalLock => {
                let person = self.plain(Entity::Person, id("person")).await?;
                let unit = self.plain(Entity::OrgUnit, id("unit")).await?;
                text(&join(&[&person, &unit, word("period")]))
            }
            Entity::GoalRound => Message::new(
                "name_goal_round",
                &[
                    ("year", number("year").to_string()),
                    ("metric", word("metric").to_owned()),
                ],
            ),
            Entity::GoalSubmission => text(&self.plain(Entity::OrgUnit, id("unit")).await?),
            Entity::GoalPublication => match id("plan") {
                Some(plan) => Box::pin(self.of(Entity::GoalPlan, plan)).await?,
                None => text(""),
            },
            Entity::Scorecard => {
                let role = values.get("role").and_then(Value::as_str);
                let params = [
                    ("role", role.unwrap_or("everybody").to_owned()),
                    ("from", word("from_on").to_owned()),
                ];
                Message::new("name_scorecard", &params)
            }
            Entity::KpiGoal => {
                let person = self.plain(Entity::Person, id("person")).await?;
                let unit = self.plain(Entity::OrgUnit, id("unit")).await?;
                text(&join(&[&person, &unit, word("metric"), word("period")]))
            }
            Entity::TargetBonus
            | Entity::GoalRule
            | Entity::GoalProposal
            | Entity::GoalAdjustment
            | Entity::GoalConfirmation
            | Entity::Statement
            | Entity::BonusAdjustment
            | Entity::BonusObjective
            | Entity::StatementConfirmation
            | Entity::FeedbackItem
            | Entity::PersonalFile => text(&self.plain(Entity::Person, id("person")).await?),
            Entity::NextStep => text(word("step")),
            Entity::BonusPlanVersion => Message::new(
                "name_bonus_plan",
                &[
                    ("code", word("code").to_owned()),
                    ("version", number("version").to_string()),
                ],
            ),
            Entity::BonusRun | Entity::BonusStep => text(word("period")),
            Entity::FrozenInput => match id("run") {
                Some(run) => Box::pin(self.of(Entity::BonusRun, run)).await?,
                None => text(""),
            },
            Entity::AdjustmentDecision => match id("adjustment") {
                Some(one) => Box::pin(self.of(Entity::BonusAdjustment, one)).await?,
                None => text(""),
            },
            Entity::PlanAssignment => {
                let person = self.plain(Entity::Person, id("person")).await?;
                let unit = self.plain(Entity::OrgUnit, id("unit")).await?;
                text(&join(&[&person, &unit, word("plan_code")]))
            }
            Entity::Setting => Message::new("name_setting", &[("key", word("key").to_owned())]),
            Entity::Alias => text(word("from_text")),
            Entity::SatisfactionScore | Entity::Contact | Entity::Interaction => {
                let customer = self.plain(Entity::Customer, id("customer")).await?;
                text(&join(&[word("name"), &customer]))
            }
            _ if !word("name").is_empty() => text(word("name")),
            _ => text(word("external_id")),
        })
    }

    /// A name as plain text, for names made of names.
    async fn plain(&mut self, entity: Entity, id: Option<Uuid>) -> Result<String> {
        let Some(id) = id else {
            return Ok(String::new());
        };
        let name = Box::pin(self.of(entity, id)).await?;
        Ok(name.params.get("text").cloned().unwrap_or_default())
    }

    /// A value of a field in words.
    pub(crate) async fn value(
        &mut self,
        entity: Entity,
        field: &str,
        value: &Value,
    ) -> Result<Message> {
        Ok(match value {
            Value::Null => Message::new("value_none", &[]),
            Value::Array(pair) => money(pair),
            Value::Number(minor) if (entity, field) == (Entity::GoalCell, "minor") => amount(
                Money::new(minor.as_i64().unwrap_or_default(), self.currency),
            ),
            Value::Number(number) => Message::new("value_number", &[("value", number.to_string())]),
            Value::String(word) if (entity, field) == (Entity::CreditList, "credits") => {
                self.credits(word).await?
            }
            // The value of a setting is JSON in its turn: of an id the quotes.
            Value::String(word) => match word.trim_matches('"').parse::<Uuid>() {
                Ok(id) => match refers_to(entity, field) {
                    Some(parent) => self.of(parent, id).await?,
                    None => self.of_any(id).await?,
                },
                Err(_) => worded(entity, field, word),
            },
            other => text(&other.to_string()),
        })
    }

    /// Who shares the credit of a deal.
    async fn credits(&mut self, json: &str) -> Result<Message> {
        let Ok(credits) = serde_json::from_str::<Credits>(json) else {
            return Ok(Message::new("value_document", &[]));
        };
        let mut said = Vec::new();
        for part in credits.parts() {
            let person = self.plain(Entity::Person, Some(part.person.0)).await?;
            let share = percent(part.share).unwrap_or_else(|| part.share.to_string());
            said.push(format!("{person} {share}"));
        }
        Ok(text(&said.join("; ")))
    }

    /// An id of a column that may name rows of several tables.
    async fn of_any(&mut self, id: Uuid) -> Result<Message> {
        for entity in [
            Entity::Person,
            Entity::OrgUnit,
            Entity::Customer,
            Entity::Product,
            Entity::BonusPlanVersion,
        ] {
            if self.known.contains_key(&(entity, id))
                || self.store.record(entity, id).await?.is_some()
            {
                return self.of(entity, id).await;
            }
        }
        self.gone.insert(id);
        Ok(gone(id))
    }

    /// Whether a value that was put into words names a record that is gone.
    pub(super) fn was_gone(&self, value: &Value) -> bool {
        let id = value.as_str().and_then(|word| word.parse().ok());
        id.is_some_and(|id: Uuid| self.gone.contains(&id))
    }
}

/// The table that a column's ids are of.
fn refers_to(entity: Entity, field: &str) -> Option<Entity> {
    Some(match (entity, field) {
        (Entity::OrgUnit, "parent") | (_, "unit") => Entity::OrgUnit,
        (_, "person" | "owner" | "by_person") => Entity::Person,
        (_, "round") => Entity::GoalRound,
        (_, "customer") => Entity::Customer,
        (_, "product") => Entity::Product,
        (_, "opportunity") => Entity::Opportunity,
        (
            Entity::GoalCell
            | Entity::GoalLock
            | Entity::GoalRule
            | Entity::GoalPublication
            | Entity::GoalConfirmation,
            "plan",
        ) => Entity::GoalPlan,
        (Entity::BonusRun, "plan") => Entity::BonusPlanVersion,
        (_, "run") => Entity::BonusRun,
        (_, "adjustment") => Entity::BonusAdjustment,
        (_, "statement") => Entity::Statement,
        (_, "refunds") => Entity::Receipt,
        (_, "contract") => Entity::Contract,
        _ => return None,
    })
}

/// A text of a column: a code, a day, a document, or words.
fn worded(entity: Entity, field: &str, word: &str) -> Message {
    let code = match (entity, field) {
        (_, "stage") => Some("value_stage"),
        (Entity::Membership | Entity::Scorecard, "role") => Some("value_role"),
        (Entity::OrgUnit, "kind") => Some("value_unit_kind"),
        (Entity::GoalPlan, "state") => Some("value_goal_state"),
        (Entity::GoalSubmission, "state") => Some("value_submission"),
        (Entity::BonusStep, "kind") => Some("value_bonus_step"),
        (Entity::AdjustmentDecision, "decision") => Some("value_decision"),
        (_, "metric") => Some("value_metric"),
        (Entity::Interaction, "kind") => Some("value_interaction"),
        _ => None,
    };
    if let Some(code) = code {
        return Message::new(code, &[("value", word.to_owned())]);
    }
    if matches!(
        field,
        "document" | "result" | "rule" | "given" | "reason" | "widgets" | "question" | "weights"
    ) {
        return Message::new("value_document", &[]);
    }
    if let Ok(day) = word.parse::<NaiveDate>() {
        return match day {
            OPEN_START => Message::new("value_since_ever", &[]),
            OPEN_END => Message::new("value_open_end", &[]),
            day => Message::new("value_day", &[("day", day.to_string())]),
        };
    }
    if field.ends_with("_at") || field == "at" {
        return Message::new("value_moment", &[("at", word.to_owned())]);
    }
    if (entity, field) == (Entity::Setting, "value") {
        return setting(word);
    }
    text(word)
}

/// A setting's value is JSON: a plain one is said, of others only what they hold.
fn setting(json: &str) -> Message {
    match serde_json::from_str::<Value>(json) {
        Ok(Value::String(word)) => text(&word),
        Ok(Value::Number(number)) => Message::new("value_number", &[("value", number.to_string())]),
        Ok(Value::Object(values)) => {
            let words: Vec<String> = values
                .values()
                .filter_map(|value| value.as_str().map(str::to_owned))
                .collect();
            text(&words.join(", "))
        }
        _ => Message::new("value_document", &[]),
    }
}

fn money(pair: &[Value]) -> Message {
    let minor = pair.first().and_then(Value::as_i64).unwrap_or_default();
    let code = pair.get(1).and_then(Value::as_str).unwrap_or_default();
    match code.parse::<Currency>() {
        Ok(currency) => amount(Money::new(minor, currency)),
        Err(_) => Message::new("value_number", &[("value", minor.to_string())]),
    }
}

/// An amount in words.
pub(super) fn amount(money: Money) -> Message {
    if money.currency == Currency::NONE {
        return Message::new("value_number", &[("value", money.to_major())]);
    }
    Message::new(
        "value_money",
        &[
            ("amount", money.to_major()),
            ("currency", money.currency.to_string()),
        ],
    )
}

pub(crate) fn text(words: &str) -> Message {
    if words.is_empty() {
        return Message::new("value_none", &[]);
    }
    let cut: String = words.chars().take(MAX_TEXT_CHARS).collect();
    let cut = if cut.len() < words.len() {
        cut + "…"
    } else {
        cut
    };
    Message::new("value_text", &[("text", cut)])
}

fn gone(id: Uuid) -> Message {
    Message::new("value_gone", &[("id", id.to_string())])
}

fn named(name: &str, staff_number: Option<&str>) -> String {
    match staff_number {
        Some(number) => format!("{name} ({number})"),
        None => name.to_owned(),
    }
}

fn join(parts: &[&str]) -> String {
    let said: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    said.join(" · ")
}

/// A record's values by column.
pub(crate) fn map(record: &Record) -> Map<String, Value> {
    let values = record.values().into_iter();
    values
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
