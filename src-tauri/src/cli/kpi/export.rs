//! `yeji kpi --export FILE`: table and chart of a question in one file.

use std::path::Path;

use yeji_app::api::boards::{Form, ViewQuestion};
use yeji_app::api::kpi::GetMetric;
use yeji_app::api::reports::ExportMetric;

use super::super::{Context, output, refusal};
use crate::words;

pub(super) async fn run(
    file: &Path,
    overwrite: bool,
    ask: GetMetric,
    context: &Context,
) -> anyhow::Result<()> {
    if file.exists() && !overwrite {
        let path = file.display().to_string();
        return Err(refusal("file_is_there", &[("path", path)]));
    }
    let ending = file.extension().unwrap_or_default();
    let export = ExportMetric {
        question: ViewQuestion {
            form: form_of(&ask),
            metric: ask.metric,
            by: ask.by,
            grain: ask.grain,
            compare: ask.compare,
            filter: ask.filter,
            limit: None,
        },
        from: ask.from,
        to: ask.to,
        unit: ask.unit,
        format: ending.to_string_lossy().into_owned(),
        language: words::language(),
    };
    let app = context.app_to_export().await?;
    let result = app.export_metric_to(file, export).await?;
    if context.json {
        return output::json(&result);
    }
    output::print(&file.display().to_string())
}

/// What shows the question best: parts in order, periods one after the other; both only as a table.
fn form_of(ask: &GetMetric) -> Form {
    match (ask.by, ask.grain) {
        (Some(_), Some(_)) => Form::Table,
        (Some(_), None) => Form::Ranking,
        (None, _) => Form::Bars,
    }
}
