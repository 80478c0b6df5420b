//! Customers and products: records of a source with a number or, without one, known by their name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use uuid::Uuid;
use yeji_core::facts::{Customer, Origin, Product};
use yeji_core::ids::{CustomerId, ProductId};
use yeji_intake::{CustomerRow, Field, ProductRow};
use yeji_store::{AliasKind, Record};

use super::outcome::{Refused, Taken};
use super::sink::Sink;
use super::{Known, Plan, Run};
use crate::data::names::{Names, Resolved};

/// What a catalogue lists.
pub(super) trait Listed: Clone + Into<Record> {
    const KIND: AliasKind;
    /// The field that names one.
    const FIELD: &'static str;
    /// Code of a row or deal whose name several records have.
    const AMBIGUOUS: &'static str;
    /// Code of the note that counts records made from a name alone.
    const CREATED: &'static str;

    fn of(record: &Record) -> Option<&Self>;
    fn id(&self) -> Uuid;
    fn origin(&self) -> &Origin;
    fn name(&self) -> &str;
    /// A record of which only the name is known.
    fn of_name(id: Uuid, origin: Origin, name: &str) -> Self;
}

/// The records of one kind: those of the source by identity, those of all sources by name.
#[derive(Debug)]
pub(super) struct Catalogue<T> {
    pub names: Names,
    by_external: HashMap<String, T>,
}

impl Run<'_> {
    pub(super) fn customer(&mut self, row: CustomerRow) -> Taken {
        let Found { old, id, origin } =
            self.customers
                .find(self.plan, row.external_id.as_ref(), &row.name, row.line)?;
        self.first_of_table(id, row.external_id.as_ref(), &row.name, row.line)?;
        let known = old.as_ref();
        let customer = Customer {
            id: CustomerId(id),
            origin,
            name: row.name,
            customer_type: self.given(Field::CUSTOMER_TYPE, row.customer_type, || {
                known?.customer_type.clone()
            }),
            segment: self.given(Field::SEGMENT, row.segment, || known?.segment.clone()),
            region: self.given(Field::REGION, row.region, || known?.region.clone()),
            parent_name: self.given(Field::PARENT, row.parent, || known?.parent_name.clone()),
            employees: self.given(Field::EMPLOYEES, row.employees, || known?.employees),
            revenue: self.given(Field::REVENUE, row.revenue, || known?.revenue.clone()),
            founded_year: self.given(Field::FOUNDED_YEAR, row.founded_year, || {
                known?.founded_year
            }),
        };
        self.list(old, customer, |run| &mut run.customers);
        Ok(())
    }

    pub(super) fn product(&mut self, row: ProductRow) -> Taken {
        let Found { old, id, origin } =
            self.products
                .find(self.plan, row.external_id.as_ref(), &row.name, row.line)?;
        self.first_of_table(id, row.external_id.as_ref(), &row.name, row.line)?;
        let known = old.as_ref();
        let product = Product {
            id: ProductId(id),
            origin,
            name: row.name,
            category: self.given(Field::CATEGORY, row.category, || known?.category.clone()),
            list_price: self.given(Field::LIST_PRICE, row.list_price, || known?.list_price),
            cost: self.given(Field::COST, row.cost, || known?.cost),
        };
        self.list(old, product, |run| &mut run.products);
        Ok(())
    }

    /// Puts a record, as the sources that speak of it make it. What this source calls it goes on
    /// meaning it.
    fn list<T: Listed>(
        &mut self,
        old: Option<T>,
        new: T,
        catalogue: impl Fn(&mut Self) -> &mut Catalogue<T>,
    ) {
        let old: Option<Record> = old.map(Into::into);
        let (id, name) = (new.id(), new.name().to_owned());
        let record = self.settle(old.as_ref(), new.into(), None);
        if let Some(listed) = T::of(&record) {
            let catalogue = catalogue(self);
            if listed.name() != name {
                catalogue.names.add_name(&name, id);
            }
            catalogue.add(listed.clone());
        }
        self.put(old.as_ref(), record);
    }

    /// Refuses a second row of a table for the same record, such as one by its number and one by
    /// its name: it would overwrite the first in silence.
    fn first_of_table(
        &mut self,
        id: Uuid,
        number: Option<&String>,
        name: &str,
        line: u32,
    ) -> Taken {
        match self.lines.insert(id, line) {
            None => Ok(()),
            Some(first) => {
                self.lines.insert(id, first);
                let (field, value) = match number {
                    Some(number) => (Field::EXTERNAL_ID, number.as_str()),
                    None => (Field::NAME, name),
                };
                Err(Refused {
                    code: "duplicate_id_in_file",
                    params: vec![
                        ("field", field.code().to_owned()),
                        ("value", value.to_owned()),
                        ("first_line", first.to_string()),
                    ],
                })
            }
        }
    }
}

/// Which record a row is of.
struct Found<T> {
    /// As it is known; none for a new one.
    old: Option<T>,
    id: Uuid,
    origin: Origin,
}

impl<T: Listed> Catalogue<T> {
    /// What the store has. `merged`: what merged records are, whose names and numbers mean those.
    pub(super) fn new(plan: &Plan, known: &[T], merged: HashMap<Uuid, Uuid>) -> Self {
        let mut catalogue = Self {
            names: Names::new(T::KIND, plan.take_proposals).with_merged(merged),
            by_external: HashMap::new(),
        };
        for record in known {
            catalogue.names.add_name(record.name(), record.id());
        }
        // Own numbers first: where a partner has the same number, the own record is meant.
        for source in std::iter::once(&plan.source).chain(&plan.partners) {
            for record in known.iter().filter(|one| one.origin().source == *source) {
                let external_id = record.origin().external_id.clone();
                if catalogue.by_external.contains_key(&external_id) {
                    continue;
                }
                catalogue.add_number(record);
                catalogue.by_external.insert(external_id, record.clone());
            }
        }
        catalogue
    }

    /// The record of a row of the kind's own table. What is known of it is taken out until
    /// [`Self::add`] puts it back.
    fn find(
        &mut self,
        plan: &Plan,
        number: Option<&String>,
        name: &str,
        line: u32,
    ) -> Result<Found<T>, Refused> {
        let identity = identity(
            number,
            name,
            self.names.named(name),
            |id| self.by_external.contains_key(id),
            |id| {
                let found = self.by_external.values().find(|own| own.id() == id)?;
                Some(found.origin().external_id.clone())
            },
        )
        .ok_or_else(|| ambiguous::<T>(name))?;
        if let (Some(number), Some(other)) = (number, self.by_external.get(&identity.old))
            && *number == identity.old
            && is_known_by_name_only(other)
            && other.name() != name
        {
            // A record that is known by a name which is this row's number is another one.
            return Err(Refused {
                code: "number_is_a_name",
                params: vec![("value", number.clone()), ("name", name.to_owned())],
            });
        }
        let old = self.by_external.remove(&identity.old);
        let source = old
            .as_ref()
            .map_or(&plan.source, |old| &old.origin().source);
        Ok(Found {
            id: old.as_ref().map_or_else(|| plan.clock.new_id(), T::id),
            origin: plan.origin_in(source, identity.new, line),
            old,
        })
    }

    /// What this source calls a record that another one named means that record too, unless it already
    /// names one.
    pub(super) fn also_called(
        &mut self,
        ids: impl Iterator<Item = Uuid>,
        known: &Known,
        plan: &Plan,
    ) {
        for id in ids {
            let claims = known.claims.get(&id).into_iter().flatten();
            let mut own = claims.filter(|claim| claim.source == plan.source);
            let name = own
                .next()
                .and_then(|claim| claim.given.get("name")?.as_str());
            if let Some(name) = name.filter(|name| self.names.named(name).is_empty()) {
                self.names.add_name(name, id);
            }
        }
    }

    /// What records of some ids are called, as they will be.
    pub(super) fn called(&self, ids: &BTreeSet<Uuid>) -> BTreeMap<Uuid, String> {
        let by_name = self.names.called(ids);
        let mut found: BTreeMap<Uuid, String> =
            by_name.map(|(id, name)| (id, name.to_owned())).collect();
        let own = self
            .by_external
            .values()
            .filter(|one| ids.contains(&one.id()));
        found.extend(own.map(|one| (one.id(), one.name().to_owned())));
        found
    }

    /// A record of the source as it will be.
    fn add(&mut self, record: T) {
        self.add_number(&record);
        self.names.add_name(record.name(), record.id());
        let external_id = record.origin().external_id.clone();
        self.by_external.insert(external_id, record);
    }

    /// A record's number, if it has one: what was made from a name alone is known by that.
    fn add_number(&mut self, record: &T) {
        if !is_known_by_name_only(record) {
            let number = &record.origin().external_id;
            self.names.add_number(number, record.id());
        }
    }

    /// The record that a deal's name was found to be; a name that is nothing known becomes a new one.
    pub(super) fn settle(
        &mut self,
        plan: &Plan,
        sink: &mut Sink<'_>,
        name: &str,
        found: Resolved,
        line: u32,
    ) -> Uuid {
        match found {
            Resolved::Known(id) => return id,
            // A commit is refused while names are undecided; a preview counts on.
            Resolved::Undecided | Resolved::Ambiguous => return Uuid::nil(),
            Resolved::New => {}
        }
        let id = plan.clock.new_id();
        sink.note(T::CREATED);
        sink.add([T::of_name(id, plan.origin(name.to_owned(), line), name).into()]);
        self.names.settle_new(name, id);
        id
    }
}

fn is_known_by_name_only<T: Listed>(record: &T) -> bool {
    record.origin().external_id == record.name()
}

/// A row or deal whose name several records have.
pub(super) fn ambiguous<T: Listed>(name: &str) -> Refused {
    Refused {
        code: T::AMBIGUOUS,
        params: vec![(T::FIELD, name.to_owned())],
    }
}

impl Listed for Customer {
    const KIND: AliasKind = AliasKind::Customer;
    const FIELD: &'static str = "customer";
    const AMBIGUOUS: &'static str = "customer_ambiguous";
    const CREATED: &'static str = "created_customers";

    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Customer(record) => Some(record),
            _ => None,
        }
    }
    fn id(&self) -> Uuid {
        self.id.0
    }
    fn origin(&self) -> &Origin {
        &self.origin
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn of_name(id: Uuid, origin: Origin, name: &str) -> Self {
        Self {
            id: CustomerId(id),
            origin,
            name: name.to_owned(),
            customer_type: None,
            segment: None,
            region: None,
            parent_name: None,
            employees: None,
            revenue: None,
            founded_year: None,
        }
    }
}

impl Listed for Product {
    const KIND: AliasKind = AliasKind::Product;
    const FIELD: &'static str = "product";
    const AMBIGUOUS: &'static str = "product_ambiguous";
    const CREATED: &'static str = "created_products";

    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Product(record) => Some(record),
            _ => None,
        }
    }
    fn id(&self) -> Uuid {
        self.id.0
    }
    fn origin(&self) -> &Origin {
        &self.origin
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn of_name(id: Uuid, origin: Origin, name: &str) -> Self {
        Self {
            id: ProductId(id),
            origin,
            name: name.to_owned(),
            category: None,
            list_price: None,
            cost: None,
        }
    }
}

/// The identity under which a customer or product is known (`old`) and will be (`new`).
#[derive(Debug, PartialEq, Eq)]
struct Identity {
    old: String,
    new: String,
}

/// Finds by number; a row with a new number takes over what was made from its name alone, and a row
/// without one is the only record of its name. None: several have the name. `has` tells whether an
/// identity of the source is known, `identity_of` that of a record of the source.
fn identity(
    number: Option<&String>,
    name: &str,
    namesakes: &[Uuid],
    has: impl Fn(&str) -> bool,
    identity_of: impl Fn(Uuid) -> Option<String>,
) -> Option<Identity> {
    let (old, new) = match number {
        Some(number) if has(number) => (number.clone(), number.clone()),
        Some(number) => (name.to_owned(), number.clone()),
        None if has(name) => (name.to_owned(), name.to_owned()),
        None => {
            let mut own = namesakes.iter().filter_map(|id| identity_of(*id));
            match (own.next(), own.next()) {
                (None, _) => (name.to_owned(), name.to_owned()),
                (Some(one), None) => (one.clone(), one),
                (Some(_), Some(_)) => return None,
            }
        }
    };
    Some(Identity { old, new })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_of_customers_and_products() {
        // Known: A-1 "Acme" (1), A-2 "Acme" (2), "Globex" made from a deal (3), G-9 "Gulf" (4).
        let known = [("A-1", 1), ("A-2", 2), ("Globex", 3), ("G-9", 4)];
        let check = |number: Option<&str>,
                     name: &str,
                     namesakes: &[u128],
                     expected: Option<(&str, &str)>| {
            let namesakes: Vec<Uuid> = namesakes.iter().copied().map(Uuid::from_u128).collect();
            let found = identity(
                number.map(str::to_owned).as_ref(),
                name,
                &namesakes,
                |id| known.iter().any(|(own, _)| *own == id),
                |id| {
                    let own = known.iter().find(|(_, n)| Uuid::from_u128(*n) == id)?;
                    Some(own.0.to_owned())
                },
            );
            let expected = expected.map(|(old, new)| Identity {
                old: old.to_owned(),
                new: new.to_owned(),
            });
            assert_eq!(found, expected, "{number:?} {name}");
        };
        check(Some("A-1"), "Acme", &[1, 2], Some(("A-1", "A-1")));
        check(Some("G-1"), "Globex", &[3], Some(("Globex", "G-1")));
        check(Some("A-3"), "Acme", &[1, 2], Some(("Acme", "A-3")));
        check(None, "Acme", &[1, 2], None);
        check(None, "Gulf", &[4], Some(("G-9", "G-9")));
        check(None, "Globex", &[3], Some(("Globex", "Globex")));
        check(None, "New", &[], Some(("New", "New")));
        // Another source's record of the name is not this source's.
        check(None, "Foreign", &[77], Some(("Foreign", "Foreign")));
    }
}
