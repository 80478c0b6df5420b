//! Own metrics as they are written in the window: checked field by field while somebody types, then kept.

use yeji_insight::kpi::{Definition, KpiError, Library};

use super::library::{message, metric_info};
use crate::api::kpi::{CheckedMetric, KeepMetric, MetricInfo, MetricProblem, OwnMetric};
use crate::context::App;
use crate::error::{Error, Result};

/// A code that is given to a metric while it has none that could be used.
const NO_CODE: &str = "own_kpi_without_code";

impl App {
    /// What is wrong with an own metric, field by field; nothing is kept.
    pub async fn check_metric(&self, args: KeepMetric) -> Result<CheckedMetric> {
        let own = self.own_metrics().await?;
        let definition = definition(&args.metric)?;
        let mut errors = definition.problems();
        if let Err(error) = is_free(&args, &own) {
            errors.push(error);
        }
        // The formula is judged also while the names are not there yet.
        let mut judged = definition.clone();
        let has_code = !errors.iter().any(|error| field_of(error) == "code");
        if !has_code {
            NO_CODE.clone_into(&mut judged.code);
        }
        for words in [&mut judged.name, &mut judged.definition, &mut judged.source] {
            (words.zh, words.en) = ("-".into(), "-".into());
        }
        judged.decimals = 0;
        let metric = match Library::check_own(&judged, &own) {
            Ok(()) => {
                let shown = Definition {
                    code: judged.code.clone(),
                    ..definition
                };
                info_of(judged, shown, own)
            }
            Err(error) => {
                if !errors.contains(&error) {
                    errors.push(error);
                }
                None
            }
        };
        let problems = errors.iter().map(|error| MetricProblem {
            field: field_of(error).to_owned(),
            message: message(error),
        });
        Ok(CheckedMetric {
            problems: problems.collect(),
            metric,
        })
    }

    /// Keeps an own metric as it was written in the window.
    pub async fn keep_metric(&self, args: KeepMetric) -> Result<MetricInfo> {
        let definition = definition(&args.metric)?;
        let _turn = self.turn().await;
        is_free(&args, &self.own_metrics().await?)?;
        self.put_metric(definition).await
    }
}

/// The metric as it would be listed, with the texts that are there.
fn info_of(judged: Definition, shown: Definition, mut own: Vec<Definition>) -> Option<MetricInfo> {
    let code = judged.code.clone();
    own.retain(|one| one.code != code);
    own.push(judged);
    let (library, _) = Library::with_own(own);
    let mut metric = library.metric(&code)?.clone();
    metric.definition = shown;
    Some(metric_info(&metric, &library))
}

/// Refuses a new metric with the code of another own one: it would take its place unasked.
fn is_free(args: &KeepMetric, own: &[Definition]) -> std::result::Result<(), KpiError> {
    let code = &args.metric.code;
    if args.is_new && own.iter().any(|one| one.code == *code) {
        return Err(KpiError::CodeTaken { code: code.clone() });
    }
    Ok(())
}

fn definition(own: &OwnMetric) -> Result<Definition> {
    let mut value = serde_json::to_value(own).map_err(yeji_store::Error::from)?;
    if own.event_date.is_none()
        && let Some(fields) = value.as_object_mut()
    {
        fields.remove("event_date");
    }
    serde_json::from_value(value).map_err(|error| {
        let expected = "the fields of an own KPI as in docs/guide/kpis.md";
        tracing::info!("an own metric was refused: {error}");
        Error::input("metric", &own.code, expected)
    })
}

/// The field of the form that an error is about.
fn field_of(error: &KpiError) -> &'static str {
    match error {
        KpiError::Code { .. } | KpiError::CodeTaken { .. } => "code",
        KpiError::Text { field, .. } => field,
        KpiError::Decimals { .. } => "decimals",
        KpiError::EventDate { .. } => "event_date",
        _ => "formula",
    }
}

#[cfg(test)]
mod tests {
    use yeji_insight::kpi::EventDate;

    #[test]
    fn who_gives_another_event_date_is_told_all_there_are() {
        let codes = EventDate::ALL.map(EventDate::code).join(", ");
        let source = include_str!("library.rs");
        assert!(source.contains(&format!("\"{codes}\"")), "{codes}");
    }
}
