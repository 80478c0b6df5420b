//! Names that are written in another way: what was remembered and decided, and what is to be
//! remembered from this run.

use std::collections::BTreeSet;

use uuid::Uuid;
use yeji_store::{Alias, AliasKind, Entity, Record, alias_id};

use super::Run;
use crate::data::names::Names;
use crate::error::{Error, Result};

impl Run<'_> {
    /// Remembered aliases, then the decisions on this import, which replace them.
    pub(super) fn apply_aliases(&mut self) -> Result<()> {
        for alias in &self.known.aliases {
            if let Some(names) = self.names(alias.kind) {
                names.remember(&alias.from_text, alias.target);
            }
        }
        for (key, name) in &self.plan.decisions.aliases {
            let Some((kind, text)) = key.split_once(':') else {
                return Err(Error::input("aliases", key, "kind:text"));
            };
            let names = match kind {
                "person" => &mut self.people,
                "customer" => &mut self.customers.names,
                "product" => &mut self.products.names,
                _ => {
                    return Err(Error::input(
                        "aliases",
                        key,
                        "person:, customer: or product:",
                    ));
                }
            };
            names.decide(text, name.as_deref());
        }
        Ok(())
    }

    /// Writes the aliases that are new.
    pub(super) fn remember_aliases(&mut self) {
        let known = &self.known.aliases;
        let remembered: BTreeSet<(AliasKind, &str, Uuid)> = known
            .iter()
            .map(|alias| (alias.kind, alias.from_text.as_str(), alias.target))
            .collect();
        for (kind, names) in [
            (AliasKind::Person, &self.people),
            (AliasKind::Customer, &self.customers.names),
            (AliasKind::Product, &self.products.names),
        ] {
            let confirmed = names
                .confirmed()
                .filter(|(text, target)| !remembered.contains(&(kind, *text, *target)))
                .map(|(text, target)| {
                    Record::from(Alias {
                        source: self.plan.source.clone(),
                        kind,
                        from_text: text.to_owned(),
                        target,
                    })
                });
            self.sink.add(confirmed);
        }
        self.forget_aliases();
    }

    /// Takes away what was remembered of texts that a person now says mean nothing known.
    fn forget_aliases(&mut self) {
        let known = &self.known.aliases;
        let refused = known.iter().filter(|alias| {
            let names = match alias.kind {
                AliasKind::Person => &self.people,
                AliasKind::Customer => &self.customers.names,
                AliasKind::Product => &self.products.names,
                AliasKind::Unit => return false,
            };
            names.refused(&alias.from_text)
        });
        let rows: Vec<(Entity, Uuid)> = refused
            .map(|alias| {
                let id = alias_id(&alias.source, alias.kind, &alias.from_text);
                (Entity::Alias, id)
            })
            .collect();
        self.sink.delete(rows);
    }

    fn names(&mut self, kind: AliasKind) -> Option<&mut Names> {
        match kind {
            AliasKind::Person => Some(&mut self.people),
            AliasKind::Customer => Some(&mut self.customers.names),
            AliasKind::Product => Some(&mut self.products.names),
            AliasKind::Unit => None,
        }
    }
}
