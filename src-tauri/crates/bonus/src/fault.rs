//! The usual mistakes of a document, by codes of their own: what the readers of TOML and JSON say of them is
//! English, whatever language the sentence around it is in.

/// A code with the values of its sentence.
pub(crate) type Said = (&'static str, Vec<(&'static str, String)>);

/// What a reader's message says, if it is a usual mistake:
/// `plan_unknown_field` (field, known), `plan_missing_field` (field), `plan_unknown_value` (value, known),
/// `plan_field_twice` (field, where it is told), `plan_not_a_number` (value), `plan_wrong_type` (value).
pub(crate) fn usual(message: &str) -> Option<Said> {
    let (first, rest) = named(message);
    let field = || first.clone().map(|field| ("field", field));
    let value = || first.clone().map(|value| ("value", value));
    let known = || ("known", names(rest).join(", "));
    let starts = |start: &str| message.starts_with(start);
    Some(if starts("unknown field") {
        ("plan_unknown_field", vec![field()?, known()])
    } else if starts("unknown variant") {
        ("plan_unknown_value", vec![value()?, known()])
    } else if starts("missing field") {
        ("plan_missing_field", vec![field()?])
    } else if starts("duplicate field") || starts("duplicate key") {
        ("plan_field_twice", field().into_iter().collect())
    } else if message.contains("is not a decimal number") {
        ("plan_not_a_number", vec![value()?])
    } else if starts("invalid type") {
        ("plan_wrong_type", value().into_iter().collect())
    } else {
        return None;
    })
}

/// The first name or value between backticks or quotes, and what follows it.
fn named(message: &str) -> (Option<String>, &str) {
    let found = message.find(['`', '"']).and_then(|start| {
        let quote = message[start..].chars().next()?;
        let inside = &message[start + 1..];
        let end = inside.find(quote)?;
        Some((inside[..end].to_owned(), &inside[end + 1..]))
    });
    found.map_or((None, message), |(name, rest)| (Some(name), rest))
}

/// All names between backticks.
fn names(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use crate::parse_plan;
    use crate::plan::ATTAINMENT_BANDS;

    /// The code of a template in which something is written otherwise, and its values.
    fn check(from: &str, to: &str, code: &str, values: &[(&str, &str)]) {
        assert!(ATTAINMENT_BANDS.contains(from), "{from}");
        let text = ATTAINMENT_BANDS.replacen(from, to, 1);
        let error = parse_plan(&text).unwrap_err();
        assert_eq!(error.code(), code, "{to}: {error}");
        let params = error.params();
        for (name, value) in values {
            assert_eq!(
                params.get(*name).map(String::as_str),
                Some(*value),
                "{to}: {params:?}"
            );
        }
        assert_ne!(params["line"], "0", "{to}");
    }

    #[test]
    fn usual_mistakes_of_a_document_have_codes() {
        let field = [("field", "edges"), ("line", "24")];
        check("edge =", "edges =", "plan_unknown_field", &field);
        check(
            "by = \"attainment\"",
            "by = \"goal\"",
            "plan_unknown_value",
            &[("value", "goal"), ("known", "attainment, amount")],
        );
        check(
            "code = \"attainment-bands\"\n",
            "",
            "plan_missing_field",
            &[("field", "code")],
        );
        check(
            "to = \"100%\"",
            "to = \"100%\"\nto = \"90%\"",
            "plan_field_twice",
            &[],
        );
        check(
            "from = \"80%\"",
            "from = \"eighty\"",
            "plan_not_a_number",
            &[("value", "eighty")],
        );
        check(
            "percent = \"50%\"",
            "percent = true",
            "plan_wrong_type",
            &[("value", "true")],
        );
        check("[name]", "[name", "plan_syntax", &[]);
    }

    #[test]
    fn json_says_the_same() {
        let plan = crate::attainment_bands().unwrap();
        let text = serde_json::to_string_pretty(&plan).unwrap();
        for (from, to, code) in [
            ("\"tiers\"", "\"levels\"", "plan_unknown_field"),
            ("\"code\": \"attainment-bands\",", "", "plan_missing_field"),
            ("\"80%\"", "\"eighty\"", "plan_not_a_number"),
        ] {
            assert!(text.contains(from), "{from}");
            let error = parse_plan(&text.replacen(from, to, 1)).unwrap_err();
            assert_eq!(error.code(), code, "{error}");
        }
    }
}
