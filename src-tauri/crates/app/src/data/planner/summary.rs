//! What a run has concluded and done, as notes.

use std::collections::BTreeMap;

use yeji_core::ids::PersonId;
use yeji_intake::Kind;

use super::Run;
use crate::api::Message;
use crate::words;

impl Run<'_> {
    pub(super) fn notes(&self) -> Vec<Message> {
        let mut notes = Vec::new();
        if self.plan.currency_assumed {
            let currency = self.plan.currency.to_string();
            notes.push(Message::new("currency_assumed", &[("currency", currency)]));
        }
        if !self.plan.apart.is_empty() {
            let params = [
                ("source", self.plan.source.clone()),
                ("others", self.plan.apart.join(", ")),
            ];
            notes.push(Message::new("sources_apart", &params));
        }
        for table in &self.plan.tables {
            if let Some(percent) = table.tax() {
                let params = [
                    ("file", table.file.label()),
                    ("percent", percent.to_string()),
                ];
                notes.push(Message::new("tax_taken_out", &params));
            }
        }
        if self.plan.has(Kind::Opportunities) {
            notes.extend(self.notes_on_sellers());
        }
        notes.extend(self.organisation_notes.iter().cloned());
        notes.extend(self.note_on_far_days());
        for (code, count) in &self.sink.counts {
            notes.push(Message::new(code, &[("count", count.to_string())]));
        }
        if self.organiser.transfers > 0 {
            notes.push(Message::new(
                "transfers_recorded",
                &[("count", self.organiser.transfers.to_string())],
            ));
        }
        for (code, count) in &self.warnings {
            notes.push(Message::new(code, &[("rows", count.to_string())]));
        }
        notes
    }

    /// Who has no deal, and who carries no goal because they only lead.
    fn notes_on_sellers(&self) -> Vec<Message> {
        let (sellers, managers) = self.organiser.sellers_and_managers();
        // A file of one month's deals says nothing on who has sold before.
        let idle: Vec<PersonId> = sellers
            .difference(&self.deals.owners)
            .filter(|person| !self.known.deal_owners.contains(person))
            .copied()
            .collect();
        let selling = managers.intersection(&self.deals.owners).copied().collect();
        [
            ("agents_without_deals", idle),
            ("managers_without_goal", managers.into_iter().collect()),
            ("managers_with_deals", selling),
        ]
        .into_iter()
        .filter(|(_, people)| !people.is_empty())
        .map(|(code, people)| {
            let count = people.len().to_string();
            let params = [("count", count), ("names", self.names_of(&people))];
            Message::new(code, &params)
        })
        .collect()
    }

    fn names_of(&self, people: &[PersonId]) -> String {
        let all: BTreeMap<PersonId, &str> = self
            .organiser
            .people()
            .map(|person| (person.id, person.name.as_str()))
            .collect();
        let names = people.iter().filter_map(|id| all.get(id).copied());
        words::names(names.collect())
    }
}
