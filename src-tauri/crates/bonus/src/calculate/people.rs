//! Everybody who is named in an input, by number.

use std::collections::HashMap;

use crate::input::PersonInput;
use crate::{Error, Result};

/// Numbers of people: those of the input first, in its order; whoever else is named after them.
#[derive(Debug)]
pub(super) struct People<'a> {
    index: HashMap<&'a str, u32>,
    /// How many are paid.
    pub paid: usize,
}

impl<'a> People<'a> {
    /// # Errors
    /// A person who is listed twice.
    pub fn new(people: &'a [PersonInput]) -> Result<Self> {
        let mut all = Self {
            index: HashMap::with_capacity(people.len()),
            paid: people.len(),
        };
        for (person, number) in people.iter().zip(0..) {
            if all.index.insert(&person.person, number).is_some() {
                return Err(Error::DuplicatePerson {
                    person: person.person.clone(),
                });
            }
        }
        Ok(all)
    }

    /// The number of somebody, a new one if they are named for the first time.
    pub fn index(&mut self, id: &'a str) -> u32 {
        // Fewer than 2^32: each is a text in memory.
        let next = u32::try_from(self.index.len()).unwrap_or(u32::MAX);
        *self.index.entry(id).or_insert(next)
    }

    /// The number of somebody who is named.
    pub fn known(&self, id: &str) -> Option<usize> {
        self.index.get(id).map(|number| *number as usize)
    }

    pub fn len(&self) -> usize {
        self.index.len()
    }
}
