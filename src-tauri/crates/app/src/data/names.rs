//! From names in files to ids: exact, by an alias that a person confirmed, or not yet decided.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;
use yeji_core::{Currency, Money};
use yeji_store::AliasKind;

use crate::api::data::AliasProposal;

/// At most this many names are offered for a choice by hand.
const MAX_CHOICES: usize = 200;

/// What a name turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resolved {
    /// One record.
    Known(Uuid),
    /// Several records have this name.
    Ambiguous,
    /// Nearly known; a person has to say.
    Undecided,
    /// Nothing like it, or a person said that it is another.
    New,
}

/// The names of one kind, with what was decided on unknown ones.
#[derive(Debug)]
pub(crate) struct Names {
    kind: AliasKind,
    /// Exact names and numbers. Several ids: ambiguous.
    known: HashMap<String, Vec<Uuid>>,
    /// Known names that may be proposed, in order.
    names: Vec<String>,
    /// Remembered and decided texts; None: "another one".
    decided: HashMap<String, Option<Uuid>>,
    /// Texts met that are not known, with what hangs on them.
    asked: BTreeMap<String, Asked>,
    take_proposals: bool,
}

#[derive(Debug, Default)]
struct Asked {
    proposal: Option<String>,
    rows: u64,
    won_minor: i64,
    decided: bool,
}

/// The code of a kind in keys of decisions.
pub(crate) fn kind_code(kind: AliasKind) -> &'static str {
    match kind {
        AliasKind::Person => "person",
        AliasKind::Unit => "unit",
        AliasKind::Customer => "customer",
        AliasKind::Product => "product",
    }
}

impl Names {
    pub(crate) fn new(kind: AliasKind, take_proposals: bool) -> Self {
        Self {
            kind,
            known: HashMap::new(),
            names: Vec::new(),
            decided: HashMap::new(),
            asked: BTreeMap::new(),
            take_proposals,
        }
    }

    /// A record's name; may be proposed for texts that are near.
    pub(crate) fn add_name(&mut self, name: &str, id: Uuid) {
        let ids = self.known.entry(name.to_owned()).or_default();
        if !ids.contains(&id) {
            if ids.is_empty() {
                self.names.push(name.to_owned());
            }
            ids.push(id);
        }
    }

    /// A number that names exactly one record.
    pub(crate) fn add_number(&mut self, number: &str, id: Uuid) {
        self.known.insert(number.to_owned(), vec![id]);
    }

    /// An alias remembered from an earlier import.
    pub(crate) fn remember(&mut self, text: &str, id: Uuid) {
        self.decided.insert(text.to_owned(), Some(id));
    }

    /// A person's decision on a text: the name that it means, or None for "another one". A name that
    /// is not known is left undecided.
    pub(crate) fn decide(&mut self, text: &str, name: Option<&str>) {
        match name {
            None => {
                self.decided.insert(text.to_owned(), None);
            }
            Some(name) => {
                if let Some([id]) = self.known.get(name).map(Vec::as_slice) {
                    self.decided.insert(text.to_owned(), Some(*id));
                }
            }
        }
    }

    /// What a text means; `won_minor` is what hangs on it if it is not known yet.
    pub(crate) fn resolve(&mut self, text: &str, won_minor: i64) -> Resolved {
        match self.known.get(text).map(Vec::as_slice) {
            Some([id]) => return Resolved::Known(*id),
            Some(_) => return Resolved::Ambiguous,
            None => {}
        }
        if !self.asked.contains_key(text) {
            let proposal = yeji_intake::alias::propose(&[text.to_owned()], &self.names)
                .into_iter()
                .next()
                .map(|proposal| proposal.to);
            if self.take_proposals
                && !self.decided.contains_key(text)
                && let Some(name) = &proposal
            {
                self.decide(text, Some(&name.clone()));
            }
            self.asked.insert(text.to_owned(), Asked { proposal, ..Asked::default() });
        }
        let decided = self.decided.get(text).copied();
        let Some(asked) = self.asked.get_mut(text) else { return Resolved::New };
        asked.rows += 1;
        asked.won_minor = asked.won_minor.saturating_add(won_minor);
        asked.decided = decided.is_some();
        match decided {
            Some(Some(id)) => Resolved::Known(id),
            Some(None) => Resolved::New,
            None if asked.proposal.is_some() => Resolved::Undecided,
            None => Resolved::New,
        }
    }

    /// A text that now stands for a record made for it; it is no question any more.
    pub(crate) fn settle_new(&mut self, text: &str, id: Uuid) {
        self.known.insert(text.to_owned(), vec![id]);
        if self.asked.get(text).is_some_and(|asked| asked.proposal.is_none()) {
            self.asked.remove(text);
        }
    }

    /// Texts decided to mean a known record in this import, to be remembered.
    pub(crate) fn confirmed(&self) -> impl Iterator<Item = (&str, Uuid)> {
        self.asked.keys().filter_map(|text| {
            self.decided.get(text).copied().flatten().map(|id| (text.as_str(), id))
        })
    }

    /// The questions, for a person.
    pub(crate) fn proposals(&self, currency: Currency) -> Vec<AliasProposal> {
        let choices: Vec<String> = self.names.iter().take(MAX_CHOICES).cloned().collect();
        self.asked
            .iter()
            .filter(|(_, asked)| asked.proposal.is_some() || asked.decided || self.kind == AliasKind::Person)
            .map(|(text, asked)| AliasProposal {
                key: format!("{}:{text}", kind_code(self.kind)),
                kind: kind_code(self.kind).to_owned(),
                text: text.clone(),
                proposal: asked.proposal.clone().or_else(|| self.name_decided(text)),
                choices: choices.clone(),
                rows: asked.rows,
                won_amount: Money::new(asked.won_minor, currency),
                decided: asked.decided,
            })
            .collect()
    }

    fn name_decided(&self, text: &str) -> Option<String> {
        let id = self.decided.get(text).copied().flatten()?;
        self.names.iter().find(|name| self.known[*name].contains(&id)).cloned()
    }
}
