//! What the names and numbers of a row refer to: by number, then by name, then by a confirmed alias.
//! What refers to nothing known refuses its row.

use yeji_core::ids::{ContractId, CustomerId, OpportunityId, PersonId, ProductId, ReceiptId};
use yeji_intake::{FactRow, Field};
use yeji_store::{Entity, Record};

use crate::data::names::Resolved;
use crate::data::planner::Run;
use crate::data::planner::outcome::{Refused, Taken};

/// A value that the kind's table requires. The reader has refused rows without it; a mapping that
/// lacks the column too.
pub(super) fn need<T>(field: Field, value: Option<T>) -> Result<T, Refused> {
    value.ok_or_else(|| Refused {
        code: "required_missing",
        params: vec![("field", field.code().to_owned())],
    })
}

pub(super) fn unknown(field: Field, value: &str) -> Refused {
    refused("reference_unknown", field, value)
}

pub(super) fn ambiguous(field: Field, value: &str) -> Refused {
    refused("reference_ambiguous", field, value)
}

fn refused(code: &'static str, field: Field, value: &str) -> Refused {
    Refused {
        code,
        params: vec![
            ("field", field.code().to_owned()),
            ("value", value.to_owned()),
        ],
    }
}

/// The id that a name stands for. A commit is refused while names are undecided; a preview counts on.
fn settled(found: Resolved, field: Field, text: &str) -> Result<uuid::Uuid, Refused> {
    match found {
        Resolved::Known(id) => Ok(id),
        Resolved::Undecided => Ok(uuid::Uuid::nil()),
        Resolved::Ambiguous => Err(ambiguous(field, text)),
        Resolved::New => Err(unknown(field, text)),
    }
}

impl Run<'_> {
    pub(super) fn customer_of(
        &mut self,
        row: &FactRow,
        field: Field,
    ) -> Result<Option<CustomerId>, Refused> {
        let Some(text) = row.text(field) else {
            return Ok(None);
        };
        let found = self.customers.names.resolve(text, 0);
        settled(found, field, text).map(|id| Some(CustomerId(id)))
    }

    pub(super) fn product_of(
        &mut self,
        row: &FactRow,
        field: Field,
    ) -> Result<Option<ProductId>, Refused> {
        let Some(text) = row.text(field) else {
            return Ok(None);
        };
        let found = self.products.names.resolve(text, 0);
        settled(found, field, text).map(|id| Some(ProductId(id)))
    }

    pub(super) fn person_of(
        &mut self,
        row: &FactRow,
        field: Field,
    ) -> Result<Option<PersonId>, Refused> {
        match row.text(field) {
            Some(text) => self.person_named(field, text).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn person_named(&mut self, field: Field, text: &str) -> Result<PersonId, Refused> {
        settled(self.people.resolve(text, 0), field, text).map(PersonId)
    }

    /// A deal by its number: of this source, else of another one if only one has it.
    pub(super) fn deal_of(
        &self,
        row: &FactRow,
        field: Field,
    ) -> Result<Option<OpportunityId>, Refused> {
        let Some(text) = row.text(field) else {
            return Ok(None);
        };
        if let Some((id, _)) = self.known_deal(text) {
            return Ok(Some(id));
        }
        match self.known.other_deals.get(text) {
            Some(Some(id)) => Ok(Some(*id)),
            Some(None) => Err(ambiguous(field, text)),
            None => Err(unknown(field, text)),
        }
    }

    pub(super) fn contract_of(
        &self,
        row: &FactRow,
        field: Field,
    ) -> Result<Option<ContractId>, Refused> {
        let Some(text) = row.text(field) else {
            return Ok(None);
        };
        match self.record_of(Entity::Contract, text) {
            Some(Record::Contract(contract)) => Ok(Some(contract.id)),
            _ => Err(unknown(field, text)),
        }
    }

    pub(super) fn receipt_of(
        &self,
        row: &FactRow,
        field: Field,
    ) -> Result<Option<ReceiptId>, Refused> {
        let Some(text) = row.text(field) else {
            return Ok(None);
        };
        match self.record_of(Entity::Receipt, text) {
            Some(Record::Receipt(receipt)) => Ok(Some(receipt.id)),
            _ => Err(unknown(field, text)),
        }
    }
}

/// Refuses a second row for what an earlier row of this import has said, however it spells the name: it
/// would overwrite the first in silence.
pub(super) fn only_row(row: &FactRow, first: u32, repeated: bool) -> Taken {
    if !repeated {
        return Ok(());
    }
    let told_by = row.kind.def().identity.iter();
    let (fields, values): (Vec<&str>, Vec<String>) = told_by
        .filter_map(|field| Some((field.code(), row.written(*field)?)))
        .unzip();
    // One column is said as one, as where a file is read.
    let names = if fields.len() == 1 {
        ["field", "value"]
    } else {
        ["fields", "values"]
    };
    Err(Refused {
        code: "duplicate_id_in_file",
        params: vec![
            (names[0], fields.join(", ")),
            (names[1], values.join(", ")),
            ("first_line", first.to_string()),
        ],
    })
}
