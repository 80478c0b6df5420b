//! Lines that were not read because they are known, and lines that shall be known next time.

use std::collections::HashSet;
use std::sync::Arc;

use yeji_core::facts::{Opportunity, Stage};
use yeji_intake::{Kind, OpportunityRow};
use yeji_store::{AliasKind, KnownLine, KnownLines, KnownName};

use super::{Known, Plan, Run};
use crate::data::known_lines::{Prints, Recognised};
use crate::data::organise::Expected;
use crate::error::Result;

/// Lines handed on at a time: 2 MB.
const PART_LINES: usize = 50_000;

/// What a run keeps of the lines that it takes.
#[derive(Debug)]
pub(super) struct Remembering {
    prints: Arc<Prints>,
    /// The first print that may still be asked for: rows come in the order of their lines.
    at: usize,
    mapping: String,
    names: HashSet<KnownName>,
    lines: Vec<KnownLine>,
}

/// Whether the names of lines that are not read still mean what they meant.
pub(crate) fn names_hold(plan: &Plan, known: &Known, recognised: &Recognised) -> Result<bool> {
    let mut drop_all = |_| true;
    let mut run = Run::new(plan, known, Expected::default(), &mut drop_all);
    run.before_references()?;
    Ok(recognised.names.iter().all(|name| {
        let (means, left_on) = match name.kind {
            AliasKind::Person => (
                run.people.meaning(&name.text),
                run.organiser.last_day(yeji_core::ids::PersonId(name.id)),
            ),
            AliasKind::Customer => (run.customers.names.meaning(&name.text), None),
            AliasKind::Product => (run.products.names.meaning(&name.text), None),
            AliasKind::Unit => (None, None),
        };
        means == Some(name.id) && left_on == name.last_day
    }))
}

impl Remembering {
    pub(super) fn new(plan: &Plan) -> Result<Option<Self>> {
        let (Some(file), [table]) = (&plan.remember, plan.tables.as_slice()) else {
            return Ok(None);
        };
        Ok(Some(Self {
            prints: Arc::clone(&file.prints),
            at: 0,
            mapping: table.mapping.to_toml()?,
            names: HashSet::new(),
            lines: Vec::new(),
        }))
    }

    fn print_of(&mut self, line: u32) -> Option<[u8; 16]> {
        while let Some((number, print)) = self.prints.get(self.at)
            && *number <= line
        {
            self.at += 1;
            if *number == line {
                return Some(print.0);
            }
        }
        None
    }

    fn take(&mut self, names: Vec<KnownName>) -> KnownLines {
        KnownLines {
            change_seq: 0,
            batch: None,
            mapping: self.mapping.clone(),
            names,
            lines: std::mem::take(&mut self.lines),
        }
    }
}

impl Run<'_> {
    /// Counts the lines that are not read, as if they had been.
    pub(super) fn count_recognised(&mut self) -> Result<()> {
        let Some(recognised) = &self.plan.recognised else {
            return Ok(());
        };
        if let Some(table) = self.sink.tables.last_mut() {
            table.unchanged_rows += recognised.rows;
        }
        for (batch, rows) in &recognised.by_import {
            self.sink.repeat(*batch, *rows);
        }
        self.deals.owners.extend(&recognised.owners);
        for owner in &recognised.owners {
            self.give_a_place(*owner);
        }
        for (day, (rows, minor)) in &recognised.won {
            let amount = yeji_core::Money::new(*minor, self.plan.currency);
            self.controls
                .add_many(Kind::Opportunities, *day, *rows, amount)?;
            self.deals.count_unchanged(*day, *minor)?;
        }
        if recognised.without_customer > 0 {
            *self
                .sink
                .counts
                .entry("deals_without_customer")
                .or_default() += recognised.without_customer;
        }
        Ok(())
    }

    /// Keeps a row that was taken as it stands in the file, without a word on it.
    pub(super) fn remember_line(&mut self, row: &OpportunityRow, deal: &Opportunity) {
        let Some(remembering) = &mut self.remembering else {
            return;
        };
        let Some(print) = remembering.print_of(row.line) else {
            return;
        };
        let last_day = self.organiser.last_day(deal.owner);
        let after_leaving = deal.stage == Stage::Won
            && deal
                .closed_on
                .zip(last_day)
                .is_some_and(|(day, last)| last <= day);
        let is_far = self.plan.has_far_days(deal);
        if self.is_example || !row.warnings.is_empty() || after_leaving || is_far {
            return;
        }
        let name = |kind, text: &str, id| KnownName {
            kind,
            text: text.to_owned(),
            id,
            last_day: None,
        };
        let owner = name(AliasKind::Person, &row.owner, deal.owner.0);
        let customer = row.customer.as_ref().zip(deal.customer);
        let product = row.product.as_ref().zip(deal.product);
        remembering.names.insert(KnownName { last_day, ..owner });
        remembering
            .names
            .extend(customer.map(|(text, id)| name(AliasKind::Customer, text, id.0)));
        remembering
            .names
            .extend(product.map(|(text, id)| name(AliasKind::Product, text, id.0)));
        let won = match (deal.stage, deal.amount) {
            (Stage::Won, Some(amount)) => deal.closed_on.map(|day| (day, amount.minor)),
            _ => None,
        };
        remembering.lines.push(KnownLine {
            print,
            deal: deal.id,
            owner: deal.owner,
            won_on: won.map(|(day, _)| day),
            won_minor: won.map_or(0, |(_, minor)| minor),
            without_customer: deal.customer.is_none(),
        });
        if remembering.lines.len() >= PART_LINES {
            let part = remembering.take(Vec::new());
            self.sink.know(part);
        }
    }

    /// Hands on the lines that are left, and the names of all.
    pub(super) fn remember_rest(&mut self) {
        if let Some(remembering) = &mut self.remembering
            && !remembering.names.is_empty()
        {
            let names = remembering.names.drain().collect();
            let part = remembering.take(names);
            self.sink.know(part);
        }
    }
}
