//! Fields as people see them: an amount with its currency is one, provenance is none.

use serde_json::{Map, Value};
use yeji_store::RowChange;

/// One field of a change, an amount joined with its currency.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    /// Name for people: `amount` for the columns `amount_minor` and `amount_currency`.
    pub name: String,
    pub from: Value,
    pub to: Value,
}

/// The fields of a row's change; those that only tell where a row came from are left out.
pub(super) fn fields(row: &RowChange) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for change in &row.fields {
        if is_provenance(&change.field) {
            continue;
        }
        if let Some(stem) = change.field.strip_suffix("_minor") {
            let currency = format!("{stem}_currency");
            let other = row.fields.iter().find(|one| one.field == currency);
            let kept = row.before.get(&currency).cloned().unwrap_or_default();
            let (from, to) = other.map_or((kept.clone(), kept), |other| {
                (other.from.clone(), other.to.clone())
            });
            fields.push(Field {
                name: stem.to_owned(),
                from: amount(&change.from, &from),
                to: amount(&change.to, &to),
            });
        } else if let Some((stem, minor)) = currency_of(row, &change.field) {
            if row.fields.iter().any(|one| one.field == minor) {
                continue;
            }
            let kept = row.before.get(&minor).cloned().unwrap_or_default();
            fields.push(Field {
                name: stem.to_owned(),
                from: amount(&kept, &change.from),
                to: amount(&kept, &change.to),
            });
        } else {
            fields.push(Field {
                name: change.field.clone(),
                from: change.from.clone(),
                to: change.to.clone(),
            });
        }
    }
    fields
}

/// `[minor, currency]`, or nothing.
fn amount(minor: &Value, currency: &Value) -> Value {
    if minor.is_null() {
        Value::Null
    } else {
        Value::Array(vec![minor.clone(), currency.clone()])
    }
}

/// The field and the column of the amount that a column has the currency of; none where it stands for
/// itself, as in an exchange rate.
fn currency_of<'a>(row: &RowChange, column: &'a str) -> Option<(&'a str, String)> {
    let stem = column.strip_suffix("_currency")?;
    let minor = format!("{stem}_minor");
    let known = row.before.contains_key(&minor) || row.fields.iter().any(|one| one.field == minor);
    known.then_some((stem, minor))
}

pub(crate) fn is_provenance(column: &str) -> bool {
    matches!(column, "batch" | "line" | "source" | "external_id")
}

/// The store's column of a field for people: of an amount its first half.
pub(crate) fn column_of(field: &str, columns: &[&str]) -> Option<String> {
    let pair = format!("{field}_minor");
    [field, &pair]
        .into_iter()
        .find(|name| columns.contains(name))
        .map(str::to_owned)
}

/// A field for people of a whole row.
pub(crate) fn field_of(values: &Map<String, Value>, field: &str) -> Value {
    let at = |name: &str| values.get(name).cloned().unwrap_or_default();
    if values.contains_key(field) {
        at(field)
    } else {
        amount(
            &at(&format!("{field}_minor")),
            &at(&format!("{field}_currency")),
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;
    use yeji_store::{Entity, FieldChange, RowFate};

    use super::*;

    fn row(before: &Value, fields: &[(&str, Value, Value)]) -> RowChange {
        let (id, entity) = (Uuid::nil(), Entity::Opportunity);
        RowChange {
            id,
            entity,
            fate: RowFate::Changed,
            before: before.as_object().cloned().unwrap_or_default(),
            fields: fields
                .iter()
                .map(|(field, from, to)| FieldChange {
                    entity,
                    id,
                    field: (*field).to_owned(),
                    from: from.clone(),
                    to: to.clone(),
                })
                .collect(),
        }
    }

    #[test]
    fn an_amount_and_its_currency_are_one_field() {
        let before = json!({ "amount_minor": 5, "amount_currency": "CNY", "batch": null });
        let changed = [
            ("batch", json!(null), json!("x")),
            ("amount_minor", json!(5), json!(7)),
        ];
        let found = fields(&row(&before, &changed));
        assert_eq!(found.len(), 1, "where it came from is no field: {found:?}");
        assert_eq!(
            (&*found[0].name, &found[0].from, &found[0].to),
            ("amount", &json!([5, "CNY"]), &json!([7, "CNY"])),
            "the currency that stayed is said too"
        );
        let changed = [("from_currency", json!("CNY"), json!("USD"))];
        let found = fields(&row(&before, &changed));
        assert_eq!(
            (&*found[0].name, &found[0].to),
            ("from_currency", &json!("USD")),
            "the currency of a rate is no amount's"
        );
        let changed = [("amount_currency", json!("CNY"), json!("USD"))];
        let found = fields(&row(&before, &changed));
        assert_eq!(found[0].to, json!([5, "USD"]));
        let changed = [
            ("amount_minor", json!(5), json!(null)),
            ("amount_currency", json!("CNY"), json!(null)),
        ];
        let found = fields(&row(&before, &changed));
        assert_eq!((found.len(), &found[0].to), (1, &json!(null)));
    }
}
