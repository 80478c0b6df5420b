//! Who is above whom on a day.

use std::collections::HashSet;
use std::rc::Rc;

use chrono::NaiveDate;

use super::people::People;
use crate::input::{ReportInput, Span};
use crate::{Error, Result};

/// A manager above somebody, and how many levels.
pub(super) type Above = (u32, u32);

/// Managers by person, and days between which nothing changes.
#[derive(Debug)]
pub(super) struct Chains {
    managers: Vec<Vec<(u32, Span)>>,
    changes: Vec<NaiveDate>,
    /// Of each person what was last asked for: facts come by day.
    last: Vec<Option<(usize, Rc<[Above]>)>>,
}

impl Chains {
    /// # Errors
    /// A circle of managers on some day.
    pub fn new<'a>(reports: &'a [ReportInput], people: &mut People<'a>) -> Result<Self> {
        let mut managers: Vec<Vec<(u32, Span)>> = Vec::new();
        let mut changes = Vec::new();
        for report in reports {
            let span = Span {
                from: report.from,
                to: report.to,
            };
            let (person, manager) = (people.index(&report.person), people.index(&report.manager));
            changes.extend([span.start(), span.end()]);
            managers.resize_with(people.len(), Vec::new);
            managers[person as usize].push((manager, span));
        }
        changes.sort_unstable();
        changes.dedup();
        let chains = Self {
            last: vec![None; managers.len()],
            managers,
            changes,
        };
        chains.check(reports, people)?;
        Ok(chains)
    }

    /// A circle is there on the first day of its youngest link.
    fn check(&self, reports: &[ReportInput], people: &People<'_>) -> Result<()> {
        let circular = self.ever_circular();
        for report in reports {
            let day = report.from.unwrap_or(NaiveDate::MIN);
            let person = people.known(&report.person).unwrap_or(usize::MAX);
            let suspect = circular.get(person).is_some_and(|is| *is);
            if suspect
                && self
                    .walk(person, day)
                    .iter()
                    .any(|(one, _)| *one as usize == person)
            {
                return Err(Error::ManagerCircle {
                    person: report.person.clone(),
                    day,
                });
            }
        }
        Ok(())
    }

    /// Who may be in a circle, if all days are taken together. Nobody, as a rule: then no day has to be
    /// looked at, however deep the organisation is.
    fn ever_circular(&self) -> Vec<bool> {
        let mut below = vec![0_usize; self.managers.len()];
        for (manager, _) in self.managers.iter().flatten() {
            below[*manager as usize] += 1;
        }
        let mut circular = vec![true; self.managers.len()];
        let mut open: Vec<usize> = (0..below.len()).filter(|one| below[*one] == 0).collect();
        while let Some(person) = open.pop() {
            circular[person] = false;
            for (manager, _) in &self.managers[person] {
                let manager = *manager as usize;
                below[manager] -= 1;
                if below[manager] == 0 {
                    open.push(manager);
                }
            }
        }
        circular
    }

    /// Everybody above a person on a day with the shortest way to them, each once.
    pub fn above(&mut self, person: u32, day: NaiveDate) -> Rc<[Above]> {
        let person = person as usize;
        if self.managers.get(person).is_none_or(Vec::is_empty) {
            return Rc::new([]);
        }
        let segment = self.changes.partition_point(|change| *change <= day);
        if let Some((known, found)) = &self.last[person]
            && *known == segment
        {
            return Rc::clone(found);
        }
        let found: Rc<[Above]> = self.walk(person, day).into();
        self.last[person] = Some((segment, Rc::clone(&found)));
        found
    }

    fn walk(&self, person: usize, day: NaiveDate) -> Vec<Above> {
        let mut found: Vec<Above> = Vec::new();
        let mut seen = HashSet::new();
        let mut level = vec![person];
        let mut depth = 0;
        while !level.is_empty() {
            depth += 1;
            let mut next = Vec::new();
            for (manager, span) in level.iter().flat_map(|one| &self.managers[*one]) {
                if span.contains(day) && seen.insert(*manager) {
                    found.push((*manager, depth));
                    next.push(*manager as usize);
                }
            }
            level = next;
        }
        found
    }
}
