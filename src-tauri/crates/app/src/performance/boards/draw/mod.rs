//! A widget's content on the company's facts.

use std::collections::BTreeMap;

use crate::api::boards::{DrawWidget, Drawn, Shows, ViewQuestion};
use crate::api::kpi::GetMetric;
use crate::context::App;
use crate::error::Result;

impl App {
    /// What a widget shows of a unit and period.
    pub async fn draw_widget(&self, args: DrawWidget) -> Result<Drawn> {
        let mut drawn = nothing(String::new());
        if let Shows::Chart { question } = &args.shows {
            drawn.table = Some(self.get_metric(asked(question, &args)).await?);
        }
        Ok(drawn)
    }
}

fn asked(question: &ViewQuestion, args: &DrawWidget) -> GetMetric {
    GetMetric {
        metric: question.metric.clone(),
        by: question.by,
        grain: question.grain,
        from: args.scope.period.start(),
        to: args.scope.period.end(),
        unit: args.scope.unit,
        compare: question.compare,
        filter: question.filter.clone(),
    }
}

/// A widget without content yet.
fn nothing(title: String) -> Drawn {
    Drawn {
        title,
        chart: None,
        tiles: Vec::new(),
        leaderboard: Vec::new(),
        table: None,
        marks: BTreeMap::new(),
        lack: None,
        notes: Vec::new(),
        explain: None,
    }
}
