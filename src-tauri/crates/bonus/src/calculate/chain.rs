//! Who is above whom on a day.

use std::collections::HashMap;
use std::rc::Rc;

use chrono::NaiveDate;

use super::people::People;
use crate::input::{ReportInput, Span};
use crate::{Error, Result};

/// A manager above somebody, and how many levels.
pub(super) type Above = (usize, u32);

/// Reports by person, and days between which nothing changes.
#[derive(Debug)]
pub(super) struct Chains {
    managers: HashMap<usize, Vec<(usize, Span)>>,
    changes: Vec<NaiveDate>,
    known: HashMap<(usize, usize), Rc<[Above]>>,
}

impl Chains {
    /// # Errors
    /// A circle of managers on some day.
    pub fn new<'a>(reports: &'a [ReportInput], people: &mut People<'a>) -> Result<Self> {
        let mut chains = Self {
            managers: HashMap::new(),
            changes: Vec::new(),
            known: HashMap::new(),
        };
        for report in reports {
            let span = Span {
                from: report.from,
                to: report.to,
            };
            let (person, manager) = (people.index(&report.person), people.index(&report.manager));
            chains.changes.extend([span.start(), span.end()]);
            chains
                .managers
                .entry(person)
                .or_default()
                .push((manager, span));
        }
        chains.changes.sort_unstable();
        chains.changes.dedup();
        // A circle is there on the first day of its youngest link.
        for report in reports {
            let day = report.from.unwrap_or(NaiveDate::MIN);
            let person = people.index(&report.person);
            if chains
                .walk(person, day)
                .iter()
                .any(|(one, _)| *one == person)
            {
                return Err(Error::ManagerCircle {
                    person: report.person.clone(),
                    day,
                });
            }
        }
        Ok(chains)
    }

    /// Everybody above a person on a day with the shortest way to them, each once.
    pub fn above(&mut self, person: usize, day: NaiveDate) -> Rc<[Above]> {
        if !self.managers.contains_key(&person) {
            return Rc::new([]);
        }
        let segment = self.changes.partition_point(|change| *change <= day);
        if let Some(found) = self.known.get(&(person, segment)) {
            return Rc::clone(found);
        }
        let found: Rc<[Above]> = self.walk(person, day).into();
        self.known.insert((person, segment), Rc::clone(&found));
        found
    }

    fn walk(&self, person: usize, day: NaiveDate) -> Vec<Above> {
        let mut found: Vec<Above> = Vec::new();
        let mut level = vec![person];
        let mut depth = 0;
        while !level.is_empty() {
            depth += 1;
            let mut next = Vec::new();
            for (manager, span) in level
                .iter()
                .filter_map(|one| self.managers.get(one))
                .flatten()
            {
                if span.contains(day) && found.iter().all(|(one, _)| one != manager) {
                    found.push((*manager, depth));
                    next.push(*manager);
                }
            }
            level = next;
        }
        found
    }
}
