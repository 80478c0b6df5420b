//! A revision beside people who are not there all the time: what others give up goes to who can still sell it.

use std::collections::BTreeSet;

use yeji_core::calendar::PeriodKind;
use yeji_core::goal::GoalLock;
use yeji_goals::edit::{Edit, EditPeriod};

use super::Work;
use crate::api::Message;
use crate::error::Result;

/// Weeks in which people got more who have no day at work in them.
#[derive(Default)]
struct Gained {
    names: Vec<String>,
    weeks: Vec<GoalLock>,
}

impl Work<'_> {
    /// Makes a revision. Weeks of who is away stay as they are for the time of the request wherever the engine
    /// would put more into them; where nobody else is left to take it, it says whom nobody will see selling it.
    pub(super) fn revise(&mut self, edits: &[Edit]) -> Result<()> {
        let (rows, locks, notes) = (self.rows.clone(), self.locks.clone(), self.notes.len());
        self.make(edits.to_vec())?;
        // Each time somebody else may be next in line; weeks that are held are never looked at again.
        loop {
            let gained = self.gained_away(&rows, edits)?;
            if gained.weeks.is_empty() {
                break;
            }
            let made = std::mem::replace(&mut self.rows, rows.clone());
            let said = self.notes.split_off(notes);
            self.locks.extend(gained.weeks);
            if self.make(edits.to_vec()).is_err() {
                self.rows = made;
                self.notes.extend(said);
                let params = [("names", crate::words::names(gained.names))];
                self.notes
                    .push(Message::new("goal_revise_people_away", &params));
                break;
            }
        }
        self.locks = locks;
        Ok(())
    }

    /// Who has more than before in weeks without them; not who is revised, as that is what was asked for.
    fn gained_away(
        &self,
        before: &std::collections::BTreeMap<String, Vec<i64>>,
        edits: &[Edit],
    ) -> Result<Gained> {
        let revised: BTreeSet<&str> = edits
            .iter()
            .filter_map(|edit| match edit {
                Edit::Revise { unit, .. } => Some(unit.as_str()),
                Edit::Set { .. } | Edit::Shift { .. } => None,
            })
            .collect();
        let calendar = self.book.year()?.calendar();
        let mut gained = Gained::default();
        for (unit, after) in &self.rows {
            let Some(before) = before.get(unit) else {
                continue;
            };
            if before == after || revised.contains(unit.as_str()) {
                continue;
            }
            let leaves: &[EditPeriod] = &self.periods[self.periods.len() - after.len()..];
            let away = self.weeks_away(unit, leaves)?;
            let at = self.book.place(unit)?;
            let (owner, person) = self.book.owner(at)?;
            let found = gained.weeks.len();
            for (week, leaf) in leaves.iter().enumerate() {
                if away[week] && after[week] > before[week] {
                    gained.weeks.push(GoalLock {
                        plan: self.book.plan.id,
                        unit: owner,
                        person,
                        period: calendar.containing(PeriodKind::CutWeek, leaf.start)?,
                    });
                }
            }
            if gained.weeks.len() > found {
                gained.names.push(self.book.units[at].name.clone());
            }
        }
        Ok(gained)
    }
}
