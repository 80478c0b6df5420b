//! Boards in a personal file: a salesperson sees the places of others, not their results, so the places
//! are kept as they were.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::ids::{PersonId, UnitId};
use yeji_store::Setting;

use crate::access::Actor;
use crate::context::App;
use crate::error::Result;
use crate::organisation::depth_first;
use crate::performance::{Place, Sums, of_carriers, ranked};

/// Setting: the boards.
const BOARDS: &str = "personal_boards";

/// Every kind of period that a board can be of.
const KINDS: [PeriodKind; 5] = [
    PeriodKind::Year,
    PeriodKind::Quarter,
    PeriodKind::Month,
    PeriodKind::CutWeek,
    PeriodKind::IsoWeek,
];

/// Index of the person, rank, and, where it is seen, what was won: minor units, deals.
type KeptPlace = (u32, u32, Option<(i64, i64)>);

/// The boards of every period and unit in which anybody had a result. Of others a board is all zeros,
/// and is made of the organisation.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Boards {
    people: Vec<PersonId>,
    /// By period key and unit, in the order of the board.
    places: BTreeMap<String, BTreeMap<UnitId, Vec<KeptPlace>>>,
}

impl Boards {
    pub(super) fn setting(&self) -> Result<Setting> {
        Ok(Setting {
            key: BOARDS.to_owned(),
            value: serde_json::to_value(self).map_err(yeji_store::Error::from)?,
        })
    }
}

impl App {
    /// The boards as this actor sees them.
    pub(super) async fn boards_as_seen(&self) -> Result<Boards> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let Some(company) = organisation.company().map(|unit| unit.id) else {
            return Ok(Boards::default());
        };
        let mut sums: BTreeMap<(Period, UnitId), BTreeMap<PersonId, Sums>> = BTreeMap::new();
        for day in store.results_by_person().await? {
            let mut units = Vec::new();
            let mut at = day.unit;
            while let Some(unit) = at {
                units.push(unit);
                at = organisation.unit(unit).and_then(|unit| unit.parent);
            }
            if !units.contains(&company) {
                units.push(company);
            }
            let won = Sums {
                won_minor: day.won_minor,
                won_count: day.won_count,
                lost_count: 0,
            };
            for kind in KINDS {
                let period = Period::containing(kind, day.day)?;
                for unit in &units {
                    let board = sums.entry((period, *unit)).or_default();
                    board.entry(day.person).or_default().add(won)?;
                }
            }
        }
        let mut boards = Boards::default();
        let mut known: BTreeMap<PersonId, u32> = BTreeMap::new();
        for ((period, unit), results) in sums {
            let tree = depth_first(&organisation, unit);
            let mut board = of_carriers(&organisation, &tree, period.start(), period.end());
            board.extend(results);
            let places = ranked(&organisation, board).into_iter();
            let kept = places.map(|place| {
                let index = *known.entry(place.person).or_insert_with(|| {
                    boards.people.push(place.person);
                    u32::try_from(boards.people.len() - 1).unwrap_or(u32::MAX)
                });
                let is_seen =
                    self.require_results_of(place.person).is_ok() || self.policies().board_amounts;
                let sums = place.sums.filter(|_| is_seen);
                (
                    index,
                    place.rank,
                    sums.map(|sums| (sums.won_minor, sums.won_count)),
                )
            });
            let kept = kept.collect();
            let of_period = boards.places.entry(period.to_string()).or_default();
            of_period.insert(unit, kept);
        }
        Ok(boards)
    }

    /// The board that a personal file keeps; None where boards are made of results, as in a company's
    /// store, or where nobody had any.
    pub(crate) async fn kept_board(
        &self,
        unit: UnitId,
        period: Period,
    ) -> Result<Option<Vec<Place>>> {
        let (Actor::Owner(_), Some(_)) = (self.actor(), self.sight().person()) else {
            return Ok(None);
        };
        let Some(value) = self.store()?.setting(BOARDS).await? else {
            return Ok(None);
        };
        let mut boards: Boards = serde_json::from_value(value).map_err(yeji_store::Error::from)?;
        let of_period = boards.places.remove(&period.to_string());
        let Some(kept) = of_period.and_then(|mut units| units.remove(&unit)) else {
            return Ok(None);
        };
        let place = |(index, rank, won): KeptPlace| {
            let person = usize::try_from(index).ok()?;
            Some(Place {
                person: *boards.people.get(person)?,
                rank,
                sums: won.map(|(won_minor, won_count)| Sums {
                    won_minor,
                    won_count,
                    lost_count: 0,
                }),
            })
        };
        Ok(Some(kept.into_iter().filter_map(place).collect()))
    }
}
