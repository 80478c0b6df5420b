//! The organisation for choosers.

use serde::Serialize;
use ts_rs::TS;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::UnitKind;

/// The tree of units, flat, parents before children.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OrganisationTree {
    /// Units.
    pub units: Vec<UnitRow>,
    /// People.
    pub people: Vec<PersonRow>,
}

/// A unit.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UnitRow {
    /// Id.
    pub id: UnitId,
    /// Parent.
    pub parent: Option<UnitId>,
    /// Level.
    pub kind: UnitKind,
    /// Name.
    pub name: String,
    /// Name of its manager today, if it has one.
    pub manager: Option<String>,
}

/// A person.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonRow {
    /// Id.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Staff number, to tell two of one name apart.
    pub staff_number: Option<String>,
    /// Team today or last.
    pub team: Option<UnitId>,
    /// Carries a goal.
    pub carries_goal: bool,
}
