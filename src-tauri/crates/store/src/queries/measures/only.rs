//! Some of the facts only: of one part of another split, won before a day, of a size.

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_core::ids::UnitId;

use super::families::Family;
use super::{MeasureKey, MeasureSplit, key_of};
use crate::cell::{Cell, date_text};

/// Which facts; what is not said is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeasureOnly {
    /// Of one part.
    pub part: Option<(MeasureSplit, MeasureKey)>,
    /// Of deals by their opening: what was won before this day.
    pub closed_before: Option<NaiveDate>,
    /// Of won deals: amounts in minor units, `[from, to)`.
    pub sizes: Option<(i64, i64)>,
}

impl MeasureOnly {
    /// Whether it is all facts.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn is_of_unit(&self) -> bool {
        matches!(self.part, Some((MeasureSplit::Unit, _)))
    }

    /// Whether facts that the organisation brings to a unit are among those.
    pub(super) fn has_unit(&self, unit: Option<UnitId>) -> bool {
        match &self.part {
            Some((MeasureSplit::Unit, key)) => *key == MeasureKey::Unit(unit),
            _ => true,
        }
    }

    /// What a row adds to a measure.
    pub(super) fn value(&self, code: &str, value: &str) -> String {
        match (code, self.closed_before, self.sizes) {
            ("cohort_won_count" | "cohort_won_amount", Some(day), _) => format!(
                "(CASE WHEN o.closed_on < '{}' THEN {value} ELSE 0 END)",
                date_text(day)
            ),
            ("won_count" | "won_amount", _, Some((from, to))) => format!(
                "(CASE WHEN o.amount_minor >= {from} AND o.amount_minor < {to} THEN {value} ELSE 0 END)"
            ),
            _ => value.to_owned(),
        }
    }

    /// The condition on the part; [`MeasureOnly::cells`] has its values.
    pub(super) fn condition(&self, family: &Family) -> String {
        match &self.part {
            None => String::new(),
            // The organisation says which unit it is, row by row.
            Some((MeasureSplit::Unit, _)) if family.unit.is_none() => String::new(),
            Some((split, MeasureKey::Text(_))) => {
                format!("AND nullif({}, '') IS ?", key_of(family, *split))
            }
            Some((split, _)) => format!("AND {} IS ?", key_of(family, *split)),
        }
    }

    pub(super) fn cells(&self, family: &Family) -> Vec<Cell> {
        match &self.part {
            None => Vec::new(),
            Some((MeasureSplit::Unit, _)) if family.unit.is_none() => Vec::new(),
            Some((_, key)) => vec![cell_of(key)],
        }
    }
}

/// The value of the column that a part means.
pub(super) fn cell_of(key: &MeasureKey) -> Cell {
    match key {
        MeasureKey::All => Cell::Null,
        MeasureKey::Person(id) => id.map_or(Cell::Null, |id| Cell::Id(id.0)),
        MeasureKey::Unit(id) => Cell::Id(id.map_or(Uuid::nil(), |id| id.0)),
        MeasureKey::Product(id) => id.map_or(Cell::Null, |id| Cell::Id(id.0)),
        MeasureKey::Text(text) => text.clone().map_or(Cell::Null, Cell::Text),
    }
}
