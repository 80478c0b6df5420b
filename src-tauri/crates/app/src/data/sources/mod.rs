//! Sources: which there are, which goes before which, and where they disagree (docs/decisions/0013).
//!
//! Sources in the stated order speak of the same records: equal numbers are one record there. A source
//! outside of it keeps its records to itself. What each says of a shared record is kept, and the record
//! holds, field by field, the word of the first source of the order that has one.

mod listing;
mod merges;
mod order;
mod precedence;
mod rule;
mod unsaid;

pub(crate) use merges::{CUSTOMER, Merged, claims_now, meant};
pub(crate) use order::SOURCE_ORDER;
pub(crate) use precedence::{Precedence, source_name};
pub(crate) use rule::{
    CHOSEN, Claim, OF_CLOSED_DEALS, Ties, Values, changed, differing, field_of, news, reopen,
    settled, winner, with_news,
};
pub(crate) use unsaid::{BySources, said};

use yeji_intake::Kind;
use yeji_store::Entity;

use super::planner::entity_of;

/// The table of the kinds whose records sources may share.
pub(crate) fn table_of(kind: Kind) -> Option<Entity> {
    match kind {
        Kind::Customers => Some(Entity::Customer),
        Kind::Products => Some(Entity::Product),
        Kind::Opportunities => Some(Entity::Opportunity),
        kind => entity_of(kind),
    }
}

/// The kind of a table's records.
pub(crate) fn kind_of(entity: Entity) -> Option<Kind> {
    Kind::ALL
        .iter()
        .copied()
        .find(|kind| table_of(*kind) == Some(entity))
}
