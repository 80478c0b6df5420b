//! Everybody who is named in an input, by number.

use std::collections::HashMap;

use crate::input::PersonInput;
use crate::{Error, Result};

/// Numbers of people: those of the input first, in its order; whoever else is named after them.
#[derive(Debug)]
pub(super) struct People<'a> {
    index: HashMap<&'a str, usize>,
    ids: Vec<&'a str>,
    /// How many are paid.
    pub paid: usize,
}

impl<'a> People<'a> {
    pub fn new(people: &'a [PersonInput]) -> Result<Self> {
        let mut all = Self {
            index: HashMap::with_capacity(people.len()),
            ids: Vec::with_capacity(people.len()),
            paid: people.len(),
        };
        for person in people {
            let number = all.ids.len();
            if all.index.insert(&person.person, number).is_some() {
                return Err(Error::DuplicatePerson {
                    person: person.person.clone(),
                });
            }
            all.ids.push(&person.person);
        }
        Ok(all)
    }

    /// The number of somebody, a new one if they are named for the first time.
    pub fn index(&mut self, id: &'a str) -> usize {
        let next = self.ids.len();
        let number = *self.index.entry(id).or_insert(next);
        if number == next {
            self.ids.push(id);
        }
        number
    }

    /// The number of somebody who is named.
    pub fn known(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    pub fn id(&self, number: usize) -> &'a str {
        self.ids.get(number).copied().unwrap_or_default()
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }
}
