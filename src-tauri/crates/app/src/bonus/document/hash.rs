//! What names a statement: SHA-256 over its canonical JSON and the hash of the input that it was made of.

use serde_json::Value;

use crate::bonus::sha256;

/// The hash of a statement, hexadecimal: SHA-256 over the UTF-8 bytes of
/// `{"inputs_hash":"…","statement":{…}}`, where `statement` is the statement as `bonus.calculate` answers it and
/// the run keeps it. Canonical: the keys of every object sorted by their code points, no white space, text
/// escaped as JSON must. Anybody can make it again from `yeji bonus run --json` (`docs/bonus-plans.md`).
pub(crate) fn statement_hash(statement: &Value, inputs_hash: &str) -> String {
    let mut text = String::from("{\"inputs_hash\":");
    text.push_str(&Value::from(inputs_hash).to_string());
    text.push_str(",\"statement\":");
    write(statement, &mut text);
    text.push('}');
    sha256(text.as_bytes())
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(key, _)| *key);
            text.push('{');
            for (at, (key, value)) in fields.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_order_of_keys_counts_nothing_and_every_value_does() {
        let one = json!({ "b": [1, { "y": "ä\"", "x": null }], "a": "1.50" });
        let same = json!({ "a": "1.50", "b": [1, { "x": null, "y": "ä\"" }] });
        let hash = statement_hash(&one, "i");
        assert_eq!(hash, statement_hash(&same, "i"));
        // printf '{"inputs_hash":"i","statement":{"a":"1.50","b":[1,{"x":null,"y":"ä\\""}]}}' | sha256sum
        assert_eq!(hash, HASH, "anybody can make it again");
        let others = [
            json!({ "a": "1.5", "b": [1, { "x": null, "y": "ä\"" }] }),
            json!({ "a": "1.50", "b": [{ "x": null, "y": "ä\"" }, 1] }),
        ];
        for other in &others {
            assert_ne!(hash, statement_hash(other, "i"));
        }
        assert_ne!(hash, statement_hash(&one, "j"), "another input");
    }

    const HASH: &str = "021176f7033ec395383daef65530a864c316d185541bf2d051f27967f18e3744";
}
