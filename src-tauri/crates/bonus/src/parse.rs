//! A plan's document, TOML or JSON of one schema, read and written.

use serde::Deserialize;

use crate::legacy::PlanOfSchema1;
use crate::plan::Plan;
use crate::{Error, Result, check};

/// Largest document that is read.
pub const MAX_PLAN_BYTES: usize = 256 * 1024;

/// Reads a plan: JSON if the text starts with a brace, else TOML. Refuses a plan with errors;
/// warnings are for [`check()`] to show.
///
/// # Errors
/// A document that is too large, not readable (with line and column), or a plan with errors.
pub fn parse_plan(text: &str) -> Result<Plan> {
    let plan = read_plan(text)?;
    match Error::of_problems(check(&plan)) {
        Some(error) => Err(error),
        None => Ok(plan),
    }
}

/// Reads a plan without judging it, for a form that shows its problems.
///
/// # Errors
/// A document that is too large or not readable.
pub fn read_plan(text: &str) -> Result<Plan> {
    if text.len() > MAX_PLAN_BYTES {
        return Err(Error::PlanTooLarge {
            bytes: text.len(),
            limit: MAX_PLAN_BYTES,
        });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{') {
        read_json(text)
    } else {
        read_toml(text)
    }
}

/// Writes a plan as a TOML document that reads back to the same plan.
pub fn to_toml(plan: &Plan) -> Result<String> {
    toml::to_string_pretty(plan).map_err(|error| Error::PlanWrite {
        message: error.to_string(),
    })
}

/// What tells the schema before the rest is read.
#[derive(Deserialize)]
struct Head {
    schema: Option<i64>,
}

fn read_json(text: &str) -> Result<Plan> {
    let fault = |error: serde_json::Error| Error::PlanSyntax {
        format: "JSON",
        line: error.line(),
        column: error.column(),
        message: error.to_string(),
    };
    let head: Head = serde_json::from_str(text).map_err(fault)?;
    if head.schema == Some(1) {
        let old: PlanOfSchema1 = serde_json::from_str(text).map_err(fault)?;
        return Ok(old.into());
    }
    serde_json::from_str(text).map_err(fault)
}

fn read_toml(text: &str) -> Result<Plan> {
    let fault = |error: toml::de::Error| {
        let (line, column) = error
            .span()
            .map_or((0, 0), |span| position(text, span.start));
        Error::PlanSyntax {
            format: "TOML",
            line,
            column,
            message: error.message().to_owned(),
        }
    };
    let head: Head = toml::from_str(text).map_err(fault)?;
    if head.schema == Some(1) {
        let old: PlanOfSchema1 = toml::from_str(text).map_err(fault)?;
        return Ok(old.into());
    }
    toml::from_str(text).map_err(fault)
}

/// Line and column, both from 1, of a byte.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |rest| rest.chars().count())
        + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{ATTAINMENT_BANDS, attainment_bands};

    #[test]
    fn toml_and_json_are_one_schema() {
        let plan = attainment_bands().unwrap();
        assert_eq!(
            parse_plan(&to_toml(&plan).unwrap()),
            Ok(plan.clone()),
            "TOML reads back"
        );
        let json = serde_json::to_string(&plan).unwrap();
        assert_eq!(parse_plan(&json), Ok(plan.clone()), "JSON reads back");
        assert_eq!(
            parse_plan(&format!("\u{feff}{ATTAINMENT_BANDS}")),
            Ok(plan),
            "as Notepad saves it"
        );
    }

    #[test]
    fn unreadable_documents_say_where() {
        let check = |text: &str, format: &str, line: &str| {
            let error = parse_plan(text).unwrap_err();
            assert!(matches!(error, Error::PlanSyntax { .. }), "{text}: {error}");
            assert_eq!(error.params()["format"], format, "{text}");
            assert_eq!(error.params()["line"], line, "{text}: {error}");
        };
        check("{\"schema\": 1,\n \"oops\": 2}", "JSON", "2");
        check("schema = 1\ncode = [", "TOML", "2");
        check(
            &ATTAINMENT_BANDS.replace("edge = \"lower\"", "edges = \"lower\""),
            "TOML",
            "24",
        );
        check(
            &ATTAINMENT_BANDS.replace("\"80%\"", "\"eighty\""),
            "TOML",
            "28",
        );
        check(&"{\"name\":".repeat(10_000), "JSON", "1");
        check(&format!("x = {}", "[".repeat(10_000)), "TOML", "1");
        check("", "TOML", "1");
    }

    #[test]
    fn a_huge_document_is_refused_before_reading() {
        let text = " ".repeat(MAX_PLAN_BYTES + 1);
        assert_eq!(parse_plan(&text).unwrap_err().code(), "plan_too_large");
    }

    #[test]
    fn a_plan_with_errors_names_the_first() {
        let text = ATTAINMENT_BANDS.replace("to = \"100%\"", "to = \"110%\"");
        let error = parse_plan(&text).unwrap_err();
        assert_eq!(error.code(), "invalid_plan");
        assert_eq!(error.params()["problem"], "overlapping_tiers");
        assert_eq!(error.params()["tier"], "2", "people count from 1");
        assert!(read_plan(&text).is_ok(), "a form may still show it");
    }
}
