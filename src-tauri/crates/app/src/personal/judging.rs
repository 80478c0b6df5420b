//! What becomes of each entry of a file that came back: new, there already, or refused and why. The key of
//! the file is in the hands of whoever has the laptop, so what the laptop has checked is checked again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Days, NaiveDate, Utc};
use yeji_core::account::PersonalFile;
use yeji_core::bonus_cycle::StatementConfirmation;
use yeji_core::facts::{Interaction, Origin};
use yeji_core::follow_up::{FeedbackItem, NextStep};
use yeji_core::goal_round::{GoalComment, GoalConfirmation, GoalProposal};
use yeji_core::ids::{BatchId, CustomerId, OpportunityId, PersonId};
use yeji_store::{NamedCustomer, Record};

use super::ENTERED;
use super::seal::Entries;
use super::seen::Seen;
use crate::api::Message;
use crate::api::personal::{ReturnLine, ReturnState};
use crate::context::App;
use crate::data::merged;
use crate::error::Result;
use crate::follow_up::{is_kind, is_plausible, is_said};

/// What the entries come to.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// Each entry, in the order of the file.
    pub lines: Vec<ReturnLine>,
    /// The rows to write.
    pub new: Vec<Record>,
    /// Customers that new rows were written about and that were merged since: they go back to them when the
    /// merge is taken apart.
    pub named: Vec<NamedCustomer>,
    /// What is refused: position, code, words.
    pub refused: Vec<(usize, String, String)>,
    /// Entries that are there already, by the import that brought them.
    pub repeated: BTreeMap<BatchId, i64>,
}

impl Judged {
    pub fn count(&self, state: ReturnState) -> u32 {
        let lines = self.lines.iter().filter(|line| line.state == state);
        u32::try_from(lines.count()).unwrap_or(u32::MAX)
    }
}

/// What entries are held against.
pub(super) struct Here {
    batch: BatchId,
    pub person: PersonId,
    merged: HashMap<CustomerId, CustomerId>,
    seen: Seen,
    /// When the file was made that the entries come from, and as what its person saw it.
    pub from: PersonalFile,
}

/// An entry before it is known whether it is taken in.
pub(super) struct Entry {
    pub record: Record,
    pub person: PersonId,
    pub line: ReturnLine,
    /// The customer that it was written about, where that one was merged since.
    pub merged: Option<CustomerId>,
    pub fault: Option<&'static str>,
}

impl App {
    /// Says of each entry what becomes of it.
    pub(super) async fn judge(
        &self,
        entries: Entries,
        from: &PersonalFile,
        batch: BatchId,
    ) -> Result<Judged> {
        let store = self.store()?;
        let merged = merged(&store.customer_redirects().await?);
        let here = Here {
            batch,
            person: from.person,
            seen: self.seen_with(from, &merged).await?,
            from: from.clone(),
            merged,
        };
        let mut judged = Judged::default();
        let mut met = BTreeSet::new();
        let records = entries.interactions.into_iter().map(Record::from);
        let records = records.chain(entries.next_steps.into_iter().map(Record::from));
        let records = records.chain(entries.feedback.into_iter().map(Record::from));
        let records = records.chain(entries.proposals.into_iter().map(Record::from));
        let records = records.chain(entries.comments.into_iter().map(Record::from));
        let records = records.chain(entries.confirmations.into_iter().map(Record::from));
        let records = records.chain(entries.statements.into_iter().map(Record::from));
        for record in records {
            let Some(entry) = self.entry(record, &here).await? else {
                continue;
            };
            let (entity, id) = (entry.record.entity(), entry.record.id());
            let (state, code) = if !met.insert(id) {
                (ReturnState::Known, None)
            } else if entry.person != here.person {
                (ReturnState::Refused, Some("return_of_another"))
            } else if let Some(there) = store.record(entity, id).await? {
                // What the person wrote stays as it is here, whatever became of it since (its customer
                // was merged or taken apart); an id that something else has must not overwrite it.
                if is_entry_of(&there, here.person) {
                    if let Some(batch) = there.batch() {
                        *judged.repeated.entry(batch).or_default() += 1;
                    }
                    (ReturnState::Known, None)
                } else {
                    (ReturnState::Refused, Some("return_id_taken"))
                }
            } else if let Some(code) = entry.fault {
                (ReturnState::Refused, Some(code))
            } else {
                (ReturnState::New, None)
            };
            match (state, code) {
                (ReturnState::New, _) => {
                    judged
                        .named
                        .extend(entry.merged.map(|customer| NamedCustomer {
                            entity,
                            row: id,
                            customer,
                        }));
                    judged.new.push(entry.record);
                }
                (ReturnState::Refused, Some(code)) => {
                    let words = entry.line.words.clone();
                    judged
                        .refused
                        .push((judged.lines.len(), code.to_owned(), words));
                }
                _ => {}
            }
            judged.lines.push(ReturnLine {
                state,
                reason: code.map(|code| Message::new(code, &[])),
                ..entry.line
            });
        }
        Ok(judged)
    }

    /// An entry as it would be kept here; None for a record that is none.
    async fn entry(&self, record: Record, here: &Here) -> Result<Option<Entry>> {
        let id = record.id().to_string();
        // Where it comes from is known here; what the file says of it counts nothing.
        let origin = Origin {
            source: ENTERED.to_owned(),
            external_id: id,
            batch: Some(here.batch),
            line: None,
        };
        Ok(Some(match record {
            Record::Interaction(one) => {
                let one = Interaction { origin, ..one };
                self.interaction(one, here).await?
            }
            Record::NextStep(one) => self.next_step(NextStep { origin, ..one }, here).await?,
            Record::FeedbackItem(one) => {
                let plausible = is_said(&one.words) && self.was_before_now(one.written_at);
                let fault = (!plausible).then_some("return_not_plausible");
                Entry {
                    person: one.person,
                    line: line("feedback", String::new(), None, one.words.clone()),
                    record: FeedbackItem { origin, ..one }.into(),
                    merged: None,
                    fault,
                }
            }
            Record::GoalProposal(one) => {
                self.proposal(GoalProposal { origin, ..one }, here).await?
            }
            Record::GoalComment(one) => self.comment(GoalComment { origin, ..one }, here).await?,
            Record::GoalConfirmation(one) => {
                let one = GoalConfirmation { origin, ..one };
                self.confirmation(one, here).await?
            }
            Record::StatementConfirmation(one) => {
                let one = StatementConfirmation { origin, ..one };
                self.statement_confirmation(one, here).await?
            }
            _ => return Ok(None),
        }))
    }

    async fn interaction(&self, mut one: Interaction, here: &Here) -> Result<Entry> {
        // A customer that was merged since goes on as the other one.
        let target = here.merged.get(&one.customer).copied();
        let merged = target.map(|target| std::mem::replace(&mut one.customer, target));
        let customer = self.customer_name(one.customer).await?;
        let note = one.note.clone().unwrap_or_default();
        let plausible = is_kind(&one.kind) && is_said(&note) && is_plausible(one.on);
        let fault = match &customer {
            None => Some("return_customer_gone"),
            Some(_) if !here.seen.customer(one.customer) => Some("return_not_seen"),
            Some(_) if !plausible => Some("return_not_plausible"),
            Some(_) => None,
        };
        Ok(Entry {
            person: one.person,
            line: line(&one.kind, customer.unwrap_or_default(), Some(one.on), note),
            record: one.into(),
            merged,
            fault,
        })
    }

    async fn next_step(&self, one: NextStep, here: &Here) -> Result<Entry> {
        let deal = self.deal_label(one.opportunity).await?;
        let plausible = is_said(&one.step)
            && one.due_on.is_none_or(is_plausible)
            && self.was_before_now(one.written_at);
        let fault = match &deal {
            None => Some("return_deal_gone"),
            Some(_) if !here.seen.deal(one.opportunity) => Some("return_not_seen"),
            Some(_) if !plausible => Some("return_not_plausible"),
            Some(_) => None,
        };
        let words = one.step.clone();
        Ok(Entry {
            person: one.person,
            line: line("next_step", deal.unwrap_or_default(), one.due_on, words),
            record: one.into(),
            merged: None,
            fault,
        })
    }

    /// Whether something can have been written then: a moment that a store can keep, and not ahead of
    /// the clock by more than a day, which laptops are off by.
    pub(super) fn was_before_now(&self, at: DateTime<Utc>) -> bool {
        is_plausible(at.date_naive()) && at <= self.clock.now() + Days::new(1)
    }

    async fn customer_name(&self, id: CustomerId) -> Result<Option<String>> {
        Ok(self.store()?.customer(id).await?.map(|one| one.name))
    }

    async fn deal_label(&self, id: OpportunityId) -> Result<Option<String>> {
        let deal = self.store()?.opportunity(id).await?;
        Ok(deal.map(|deal| deal.origin.external_id))
    }
}

/// Whether a record is one that this person entered.
fn is_entry_of(record: &Record, person: PersonId) -> bool {
    let (origin, by) = match record {
        Record::Interaction(one) => (&one.origin, one.person),
        Record::NextStep(one) => (&one.origin, one.person),
        Record::FeedbackItem(one) => (&one.origin, one.person),
        Record::GoalProposal(one) => (&one.origin, one.person),
        Record::GoalComment(one) => return is_comment_of(one, person),
        Record::GoalConfirmation(one) => (&one.origin, one.person),
        Record::StatementConfirmation(one) => (&one.origin, one.person),
        _ => return false,
    };
    origin.source == ENTERED && by == person
}

fn is_comment_of(one: &GoalComment, person: PersonId) -> bool {
    one.origin.source == ENTERED && one.by_person == Some(person)
}

pub(super) fn line(what: &str, about: String, day: Option<NaiveDate>, words: String) -> ReturnLine {
    ReturnLine {
        what: what.to_owned(),
        about,
        day,
        words,
        state: ReturnState::New,
        reason: None,
    }
}
