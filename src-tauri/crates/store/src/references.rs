//! Which rows refer to which, for undoing imports and for naming a missing row. A test compares the
//! list with the schema's foreign keys.

use sqlx::{Row as _, SqliteConnection};

use uuid::Uuid;

use crate::cell::Cell;
use crate::record::Record;
use crate::rows::{bind_all, hex, read_id};
use crate::{Entity, Error, Result};

/// A column that holds the id of a row of another table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference {
    pub child: Entity,
    pub column: &'static str,
    pub parent: Entity,
}

const fn reference(child: Entity, column: &'static str, parent: Entity) -> Reference {
    Reference {
        child,
        column,
        parent,
    }
}

pub(crate) const REFERENCES: &[Reference] = &[
    reference(Entity::OrgUnit, "parent", Entity::OrgUnit),
    reference(Entity::Membership, "person", Entity::Person),
    reference(Entity::Membership, "unit", Entity::OrgUnit),
    reference(Entity::Contact, "customer", Entity::Customer),
    reference(Entity::Opportunity, "owner", Entity::Person),
    reference(Entity::Opportunity, "customer", Entity::Customer),
    reference(Entity::Opportunity, "product", Entity::Product),
    reference(Entity::StageEvent, "opportunity", Entity::Opportunity),
    reference(Entity::Lead, "owner", Entity::Person),
    reference(Entity::Lead, "opportunity", Entity::Opportunity),
    reference(Entity::OrderLine, "opportunity", Entity::Opportunity),
    reference(Entity::OrderLine, "product", Entity::Product),
    reference(Entity::CreditList, "opportunity", Entity::Opportunity),
    reference(Entity::Contract, "customer", Entity::Customer),
    reference(Entity::Contract, "opportunity", Entity::Opportunity),
    reference(Entity::Invoice, "customer", Entity::Customer),
    reference(Entity::Invoice, "opportunity", Entity::Opportunity),
    reference(Entity::Invoice, "contract", Entity::Contract),
    reference(Entity::CustomerRedirect, "customer", Entity::Customer),
    reference(Entity::CustomerRedirect, "target", Entity::Customer),
    reference(Entity::Receipt, "opportunity", Entity::Opportunity),
    reference(Entity::Receipt, "refunds", Entity::Receipt),
    reference(Entity::Interaction, "customer", Entity::Customer),
    reference(Entity::Interaction, "person", Entity::Person),
    reference(Entity::NextStep, "person", Entity::Person),
    reference(Entity::NextStep, "opportunity", Entity::Opportunity),
    reference(Entity::FeedbackItem, "person", Entity::Person),
    reference(Entity::SatisfactionScore, "customer", Entity::Customer),
    reference(Entity::DeliveryTicket, "opportunity", Entity::Opportunity),
    reference(Entity::GoalCell, "plan", Entity::GoalPlan),
    reference(Entity::GoalCell, "unit", Entity::OrgUnit),
    reference(Entity::GoalCell, "person", Entity::Person),
    reference(Entity::GoalLock, "plan", Entity::GoalPlan),
    reference(Entity::GoalLock, "unit", Entity::OrgUnit),
    reference(Entity::GoalLock, "person", Entity::Person),
    reference(Entity::GoalRule, "plan", Entity::GoalPlan),
    reference(Entity::GoalRule, "unit", Entity::OrgUnit),
    reference(Entity::GoalRule, "person", Entity::Person),
    reference(Entity::GoalProposal, "round", Entity::GoalRound),
    reference(Entity::GoalProposal, "person", Entity::Person),
    reference(Entity::GoalAdjustment, "round", Entity::GoalRound),
    reference(Entity::GoalAdjustment, "person", Entity::Person),
    reference(Entity::GoalSubmission, "round", Entity::GoalRound),
    reference(Entity::GoalSubmission, "unit", Entity::OrgUnit),
    reference(Entity::GoalComment, "unit", Entity::OrgUnit),
    reference(Entity::GoalComment, "person", Entity::Person),
    reference(Entity::GoalComment, "by_person", Entity::Person),
    reference(Entity::GoalPublication, "plan", Entity::GoalPlan),
    reference(Entity::GoalConfirmation, "plan", Entity::GoalPlan),
    reference(Entity::GoalConfirmation, "person", Entity::Person),
    reference(Entity::KpiGoal, "unit", Entity::OrgUnit),
    reference(Entity::KpiGoal, "person", Entity::Person),
    reference(Entity::TargetBonus, "person", Entity::Person),
    reference(Entity::BonusRun, "plan", Entity::BonusPlanVersion),
    reference(Entity::Statement, "run", Entity::BonusRun),
    reference(Entity::Statement, "person", Entity::Person),
    reference(Entity::FrozenInput, "run", Entity::BonusRun),
    reference(Entity::BonusStep, "run", Entity::BonusRun),
    reference(Entity::BonusStep, "unit", Entity::OrgUnit),
    reference(Entity::BonusStep, "person", Entity::Person),
    reference(Entity::BonusAdjustment, "person", Entity::Person),
    reference(Entity::BonusAdjustment, "run", Entity::BonusRun),
    reference(
        Entity::AdjustmentDecision,
        "adjustment",
        Entity::BonusAdjustment,
    ),
    reference(Entity::PlanAssignment, "person", Entity::Person),
    reference(Entity::PlanAssignment, "unit", Entity::OrgUnit),
    reference(Entity::BonusObjective, "person", Entity::Person),
    reference(
        Entity::StatementConfirmation,
        "statement",
        Entity::Statement,
    ),
    reference(Entity::StatementConfirmation, "person", Entity::Person),
    reference(Entity::UserAccount, "person", Entity::Person),
    reference(Entity::WatchedFile, "folder", Entity::WatchedFolder),
    reference(Entity::PersonalFile, "person", Entity::Person),
    reference(Entity::Dashboard, "owner", Entity::UserAccount),
    reference(Entity::SavedView, "owner", Entity::UserAccount),
];

/// The references that point at a table.
pub(crate) fn referring_to(parent: Entity) -> impl Iterator<Item = &'static Reference> {
    REFERENCES.iter().filter(move |one| one.parent == parent)
}

impl Record {
    /// The rows of other tables that its columns name.
    pub fn refers_to(&self) -> Vec<(Entity, Uuid)> {
        let (entity, cells) = (self.entity(), self.cells());
        let of_column = |column: &str| {
            let index = entity.columns().iter().position(|own| own.name == column)?;
            match cells.get(index)? {
                Cell::Id(id) => Some(*id),
                _ => None,
            }
        };
        let own = REFERENCES.iter().filter(|one| one.child == entity);
        own.filter_map(|one| Some((one.parent, of_column(one.column)?)))
            .collect()
    }
}

/// The first row that refers to a row that does not exist, as an error.
pub(crate) async fn first_missing(conn: &mut SqliteConnection) -> Result<Option<Error>> {
    for Reference {
        child,
        column,
        parent,
    } in REFERENCES
    {
        let sql = format!(
            "SELECT c.id FROM {child} AS c WHERE c.{column} IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM {parent} AS p WHERE p.id = c.{column}) LIMIT 1"
        );
        if let Some(row) = bind_all(&sql, &[]).fetch_optional(&mut *conn).await? {
            let id = read_id(&row, "id")?.map_or_else(String::new, |id| id.to_string());
            return Ok(Some(Error::MissingReference {
                entity: child.to_string(),
                id,
                refers_to: parent.to_string(),
            }));
        }
    }
    let row = sqlx::query(
        "SELECT batch FROM rejected_row WHERE batch NOT IN (SELECT id FROM batch) LIMIT 1",
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Error::MissingReference {
            entity: "rejected_row".to_owned(),
            id: hex(row.try_get("batch")?),
            refers_to: "batch".to_owned(),
        })
    })
    .transpose()
}
