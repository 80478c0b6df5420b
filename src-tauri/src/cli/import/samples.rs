//! Rows that an import would add or change, and how many values it would empty, on standard error.

use yeji_app::api::data::FilePreview;
use yeji_app::api::preview::{EmptiedValues, SampledRow};

use super::output;
use crate::words;

/// New rows, and changed ones, that are printed of a file; `--json` has all that a preview keeps.
const PRINTED: usize = 5;

/// The first new and changed rows of a file.
pub(super) fn of_file(file: &FilePreview) {
    let kinds = [
        ("samples_new", file.new_rows, &file.new_samples),
        ("samples_changed", file.changed_rows, &file.changed_samples),
    ];
    for (title, count, rows) in kinds {
        if rows.is_empty() {
            continue;
        }
        let params = [
            ("file", file.file.clone()),
            ("shown", rows.len().min(PRINTED).to_string()),
            ("count", count.to_string()),
        ];
        output::say!("{}", words::line(title, &params));
        for row in rows.iter().take(PRINTED) {
            output::say!("{}", line(row));
        }
    }
}

fn line(row: &SampledRow) -> String {
    let is_new = row.record.fate == "created";
    let fields = row.record.fields.iter().map(|field| {
        let name = ("field", field.field.clone());
        let to = words::say(&field.to);
        if is_new {
            words::line("sample_field", &[name, ("value", to)])
        } else {
            let from = ("from", words::say(&field.from));
            words::line("sample_change", &[name, from, ("to", to)])
        }
    });
    let params = [
        ("line", row.line.to_string()),
        ("name", words::say(&row.record.name)),
        ("number", row.number.clone().unwrap_or_default()),
        ("fields", fields.collect::<Vec<_>>().join("; ")),
    ];
    words::line("sample", &params)
}

/// How many values would be emptied, and of which fields.
pub(super) fn emptied(values: &EmptiedValues) {
    if values.count == 0 {
        return;
    }
    let mut params = vec![("count", values.count.to_string())];
    if let Some(example) = &values.example {
        params.push(("name", words::say(&example.name)));
        params.push(("field", example.field.clone()));
        params.push(("value", words::say(&example.value)));
    }
    output::say!("{}", words::line("emptied", &params));
    for field in &values.fields {
        let params = [
            ("kind", field.kind.clone()),
            ("field", field.field.clone()),
            ("count", field.count.to_string()),
        ];
        output::say!("{}", words::line("emptied_field", &params));
    }
}
