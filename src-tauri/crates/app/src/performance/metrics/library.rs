//! The metrics of a company: the built-in ones and its own, which are settings (`metric:CODE`), so that
//! each is a change that can be looked up and taken back.

use std::collections::BTreeMap;

use serde_json::json;
use yeji_insight::kpi::{Definition, EventDate, KpiError, Library, Measure, Metric, Words};
use yeji_store::{AuditDraft, ChangeKind, Entity, Record, Setting};

use crate::api::kpi::{BothWords, EventDateInfo, MeasureInfo, MetricArgs, MetricInfo, SaveMetric};
use crate::api::{Message, NoArgs};
use crate::context::App;
use crate::error::{Error, Result};
use crate::performance::forecast::is_additive;

/// Settings that are own metrics.
pub(crate) const OWN_METRIC: &str = "metric:";

impl App {
    /// All metrics with their definitions: the built-in ones, then own ones; those that cannot be
    /// calculated say why.
    pub async fn list_metrics(&self, _: NoArgs) -> Result<Vec<MetricInfo>> {
        let own = self.own_metrics().await?;
        let (library, broken) = Library::with_own(own.clone());
        let mut all: Vec<MetricInfo> = library
            .metrics()
            .map(|metric| metric_info(metric, &library))
            .collect();
        for definition in own {
            if let Some(error) = broken.get(&definition.code) {
                all.push(MetricInfo {
                    problem: Some(message(error)),
                    ..info(&definition, false)
                });
            }
        }
        Ok(all)
    }

    /// Keeps an own metric; one of its code is replaced.
    pub async fn save_metric(&self, args: SaveMetric) -> Result<MetricInfo> {
        let mut definition = Definition::from_toml(&args.document)?;
        if let Some(code) = &args.event_date {
            let expected = "closing, opening, period_end, order, receipt, invoice, signing, lead_creation, interaction, score, due";
            let day = EventDate::of(code);
            let day = day.ok_or_else(|| Error::input("event_date", code, expected))?;
            definition.event_date = Some(day);
        }
        let _turn = self.turn().await;
        self.put_metric(definition).await
    }

    /// Keeps a definition that holds; the caller has the turn.
    pub(super) async fn put_metric(&self, definition: Definition) -> Result<MetricInfo> {
        let own = self.own_metrics().await?;
        Library::check_own(&definition, &own)?;
        if !own.contains(&definition) {
            let setting = Setting {
                key: format!("{OWN_METRIC}{}", definition.code),
                value: json!(definition),
            };
            let mut change = self.change(
                ChangeKind::Setting,
                json!({ "own_metric": definition.code }),
            );
            change.audit = Some(AuditDraft {
                action: "metric.save".to_owned(),
                subject: definition.code.clone(),
                detail: json!({ "formula": definition.formula }),
            });
            change.put.push(setting.into());
            self.apply(change).await?;
        }
        let (library, _) = self.metric_library().await?;
        let metric = library.metric(&definition.code);
        metric
            .map(|metric| metric_info(metric, &library))
            .ok_or(not_found(&definition.code))
    }

    /// Removes an own metric that no other one needs.
    pub async fn remove_metric(&self, args: MetricArgs) -> Result<()> {
        let _turn = self.turn().await;
        let own = self.own_metrics().await?;
        if !own.iter().any(|one| one.code == args.code) {
            return Err(not_found(&args.code));
        }
        Library::check_removal(&args.code, &own)?;
        self.refuse_used(&args.code).await?;
        let setting = Setting {
            key: format!("{OWN_METRIC}{}", args.code),
            value: json!(null),
        };
        let summary = json!({ "own_metric": args.code, "removed": true });
        let mut change = self.change(ChangeKind::Setting, summary);
        change.audit = Some(AuditDraft {
            action: "metric.remove".to_owned(),
            subject: args.code.clone(),
            detail: json!({}),
        });
        change
            .delete
            .push((Entity::Setting, Record::from(setting).id()));
        self.apply(change).await
    }

    /// The built-in metrics and own ones, and what is wrong with own ones that cannot be calculated.
    pub(in crate::performance) async fn metric_library(
        &self,
    ) -> Result<(Library, BTreeMap<String, KpiError>)> {
        Ok(Library::with_own(self.own_metrics().await?))
    }

    pub(super) async fn own_metrics(&self) -> Result<Vec<Definition>> {
        let settings = self.store()?.settings().await?;
        let own = settings
            .into_iter()
            .filter(|(key, _)| key.starts_with(OWN_METRIC))
            .filter_map(|(key, value)| {
                // One that was tampered with must not take all other figures away.
                let read = serde_json::from_value(value);
                read.inspect_err(
                    |error| tracing::error!(%key, "an own metric cannot be read: {error}"),
                )
                .ok()
            });
        Ok(own.collect())
    }
}

/// The metrics that come with the program, also where there is no store.
pub fn built_in_metrics() -> Vec<MetricInfo> {
    let library = Library::built_in();
    library
        .metrics()
        .map(|metric| metric_info(metric, library))
        .collect()
}

/// The code that was meant by one that no metric has.
pub fn nearest_metric(code: &str, known: &[&str]) -> Option<String> {
    yeji_insight::kpi::nearest(code, known.iter().copied()).map(str::to_owned)
}

pub(in crate::performance) fn not_found(code: &str) -> Error {
    Error::NotFound {
        what: "metric",
        value: crate::error::shown(code),
    }
}

pub(in crate::performance) fn metric_info(metric: &Metric, library: &Library) -> MetricInfo {
    let measures = metric.measures().iter().copied().map(measure_info);
    MetricInfo {
        event_date: metric.event_date().map(|day| EventDateInfo {
            code: day.code().to_owned(),
            words: both(&day.words()),
        }),
        adds_up: is_additive(metric.expression(), library),
        measures: measures.collect(),
        ..info(&metric.definition, metric.built_in)
    }
}

pub(super) fn measure_info(measure: Measure) -> MeasureInfo {
    MeasureInfo {
        code: measure.code().to_owned(),
        words: both(&measure.words()),
        event_date: both(&measure.origin().event_date()),
    }
}

/// What the definition alone says.
fn info(definition: &Definition, built_in: bool) -> MetricInfo {
    MetricInfo {
        code: definition.code.clone(),
        name: both(&definition.name),
        formula: definition.formula.clone(),
        unit: definition.unit.code().to_owned(),
        direction: definition.direction.code().to_owned(),
        decimals: definition.decimals,
        definition: both(&definition.definition),
        source: both(&definition.source),
        built_in,
        event_date: None,
        own_event_date: definition.event_date.map(|day| day.code().to_owned()),
        adds_up: false,
        measures: Vec::new(),
        problem: None,
    }
}

pub(super) fn message(error: &KpiError) -> Message {
    Message {
        code: error.code().to_owned(),
        params: error.params(),
    }
}

fn both(words: &Words<'_>) -> BothWords {
    BothWords {
        zh: words.zh.clone().into_owned(),
        en: words.en.clone().into_owned(),
    }
}
