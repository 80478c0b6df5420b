//! What people did about customers and mean to do next about deals, and what they say to HR.

use chrono::{Datelike, NaiveDate};
use serde_json::json;
use yeji_core::calendar::{MAX_YEAR, MIN_YEAR};
use yeji_core::facts::{Interaction, Opportunity, Origin};
use yeji_core::follow_up::{FeedbackItem, NextStep};
use yeji_core::ids::{FeedbackId, InteractionId, NextStepId, OpportunityId, PersonId};
use yeji_core::org::Organisation;
use yeji_store::{ChangeKind, Entity, Record};

use crate::access::{AccessError, Right};
use crate::api::NoArgs;
use crate::api::follow_up::{
    AddFeedback, AddInteraction, AddNextStep, FeedbackRow, FollowUpLine, FollowUps, ListFollowUps,
};
use crate::context::App;
use crate::dates::known_day;
use crate::error::{Error, Result};
use crate::organisation::told_apart_by;
use crate::personal::{ENTERED, PersonalError};

/// What an interaction may be.
const KINDS: [&str; 4] = ["visit", "call", "meeting", "message"];
/// Longest text that somebody enters.
const MAX_WORDS_CHARS: usize = 4_000;

impl App {
    /// What was done about a deal's customer and is meant to be done next about the deal, newest first.
    pub async fn list_follow_ups(&self, args: ListFollowUps) -> Result<FollowUps> {
        let deal = self.seen_deal(args.opportunity).await?;
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let mut lines = Vec::new();
        if let Some(customer) = deal.customer {
            let ids = [customer.0].into_iter();
            for record in store
                .records_by(Entity::Interaction, "customer", ids)
                .await?
            {
                if let Record::Interaction(one) = record
                    && self.sees_work_of(&organisation, one.person, one.on)
                {
                    lines.push(FollowUpLine {
                        id: one.id.to_string(),
                        kind: one.kind,
                        day: Some(one.on),
                        words: one.note.unwrap_or_default(),
                        person: name_of(&organisation, one.person),
                    });
                }
            }
        }
        let ids = [deal.id.0].into_iter();
        for record in store
            .records_by(Entity::NextStep, "opportunity", ids)
            .await?
        {
            if let Record::NextStep(one) = record
                && self.sees_work_of(&organisation, one.person, one.written_at.date_naive())
            {
                lines.push(FollowUpLine {
                    id: one.id.to_string(),
                    kind: "next_step".to_owned(),
                    day: one.due_on,
                    words: one.step,
                    person: name_of(&organisation, one.person),
                });
            }
        }
        // Without a day last; of one day the newest first (ids sort by time).
        lines.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| b.id.cmp(&a.id)));
        let customer = match deal.customer {
            Some(id) => store.customer(id).await?.map(|one| one.name),
            None => None,
        };
        Ok(FollowUps {
            opportunity: deal.id,
            deal: deal.origin.external_id,
            customer,
            lines,
        })
    }

    /// Keeps what somebody did about a deal's customer.
    pub async fn add_interaction(&self, args: AddInteraction) -> Result<FollowUps> {
        if !is_kind(&args.kind) {
            return Err(Error::input(
                "kind",
                &args.kind,
                "visit, call, meeting, message",
            ));
        }
        known_day("on", args.on)?;
        let note = said("note", &args.note)?;
        let deal = self.seen_deal(args.opportunity).await?;
        let customer = deal.customer.ok_or_else(|| PersonalError::NoCustomer {
            deal: deal.origin.external_id.clone(),
        })?;
        let id = self.clock.new_id();
        let interaction = Interaction {
            id: InteractionId(id),
            origin: entered(id),
            customer,
            person: self.own_person()?,
            kind: args.kind,
            on: args.on,
            note: Some(note),
        };
        self.keep_entry(interaction, &deal.origin.external_id)
            .await?;
        self.list_follow_ups(ListFollowUps {
            opportunity: deal.id,
        })
        .await
    }

    /// Keeps what somebody means to do next about a deal.
    pub async fn add_next_step(&self, args: AddNextStep) -> Result<FollowUps> {
        if let Some(day) = args.due_on {
            known_day("due_on", day)?;
        }
        let step = said("step", &args.step)?;
        let deal = self.seen_deal(args.opportunity).await?;
        let id = self.clock.new_id();
        let next = NextStep {
            id: NextStepId(id),
            origin: entered(id),
            person: self.own_person()?,
            opportunity: deal.id,
            step,
            due_on: args.due_on,
            written_at: self.clock.now(),
        };
        self.keep_entry(next, &deal.origin.external_id).await?;
        self.list_follow_ups(ListFollowUps {
            opportunity: deal.id,
        })
        .await
    }

    /// What was said to HR: own words, and those of everybody to whom it is said.
    pub async fn list_feedback(&self, _: NoArgs) -> Result<Vec<FeedbackRow>> {
        let store = self.store()?;
        let all = self.actor().has(Right::SeeFeedback, self.policies());
        let own = self.actor().person();
        let items = match (all, own) {
            (true, _) => store.feedback(None).await?,
            (false, Some(person)) => store.feedback(Some(person)).await?,
            (false, None) => Vec::new(),
        };
        let organisation = store.organisation().await?;
        let row = |item: FeedbackItem| FeedbackRow {
            id: item.id.to_string(),
            person: name_of(&organisation, item.person),
            words: item.words,
            written_at: item.written_at,
        };
        Ok(items.into_iter().map(row).collect())
    }

    /// Says something to HR.
    pub async fn add_feedback(&self, args: AddFeedback) -> Result<Vec<FeedbackRow>> {
        let words = said("words", &args.words)?;
        let id = self.clock.new_id();
        let item = FeedbackItem {
            id: FeedbackId(id),
            origin: entered(id),
            person: self.own_person()?,
            words,
            written_at: self.clock.now(),
        };
        self.keep_entry(item, "").await?;
        self.list_feedback(NoArgs {}).await
    }

    /// The deal that somebody calls so, among those that they see.
    pub async fn find_deal(&self, name: &str) -> Result<OpportunityId> {
        let not_found = || Error::NotFound {
            what: "deal",
            value: name.chars().take(64).collect(),
        };
        if let Ok(id) = name.parse::<OpportunityId>() {
            return Ok(self.seen_deal(id).await?.id);
        }
        for deal in self.store()?.deals_called(name).await? {
            if self.require_deal(&deal).await.is_ok() {
                return Ok(deal.id);
            }
        }
        Err(not_found())
    }

    async fn keep_entry(&self, record: impl Into<Record>, about: &str) -> Result<()> {
        let mut change = self.change(ChangeKind::FollowUp, json!({ "about": about }));
        change.put.push(record.into());
        self.apply(change).await
    }

    async fn seen_deal(&self, id: OpportunityId) -> Result<Opportunity> {
        let deal = self.store()?.opportunity(id).await?;
        let deal = deal.ok_or_else(|| Error::NotFound {
            what: "deal",
            value: id.to_string(),
        })?;
        self.require_deal(&deal).await?;
        Ok(deal)
    }

    /// The person whose words these are.
    fn own_person(&self) -> Result<PersonId> {
        let person = self.actor().person();
        person.ok_or_else(|| AccessError::OwnPersonNeeded.into())
    }
}

/// What a person entered has its id as identity, wherever it goes.
pub(crate) fn entered(id: uuid::Uuid) -> Origin {
    Origin {
        source: ENTERED.to_owned(),
        external_id: id.to_string(),
        batch: None,
        line: None,
    }
}

/// Whether it is a kind of interaction that one can enter.
pub(crate) fn is_kind(kind: &str) -> bool {
    KINDS.contains(&kind)
}

/// Whether it is a text that one can enter.
pub(crate) fn is_said(words: &str) -> bool {
    let length = words.trim().chars().count();
    (1..=MAX_WORDS_CHARS).contains(&length) && !words.contains('\0')
}

/// Whether it is a day that one can enter.
pub(crate) fn is_plausible(day: NaiveDate) -> bool {
    (MIN_YEAR..=MAX_YEAR).contains(&day.year())
}

/// A text that one can enter, without blanks around it.
pub(crate) fn said(field: &'static str, words: &str) -> Result<String> {
    if is_said(words) {
        return Ok(words.trim().to_owned());
    }
    Err(Error::input(field, words, "1 to 4000 characters"))
}

/// The name, told apart from another of the same.
fn name_of(organisation: &Organisation, person: PersonId) -> String {
    let Some(known) = organisation.person(person) else {
        return String::new();
    };
    match told_apart_by(organisation, person) {
        Some(number) => format!("{} {number}", known.name),
        None => known.name.clone(),
    }
}
