//! Examples of the use cases of performance: figures, forecasts, boards and views.

use yeji_core::metric::Metric;
use yeji_report::chart::Lang;

use crate::access::Desk;
use crate::api::boards::{
    BoardArgs, DrawWidget, Form, GetBoard, ListBoards, SaveBoard, SaveView, SetHome, Shows,
    ViewArgs, ViewQuestion,
};
use crate::api::forecast::{ForecastBy, GetForecast, GetKeptForecasts, GetLanding};
use crate::api::kpi::{
    BothWords, GetMetric, Grain, KeepMetric, ListMetricRecords, MetricArgs, MetricBy, MetricDrill,
    OwnMetric, SaveMetric,
};
use crate::api::performance::{Drill, GetDashboard, GetKpi, ListCustomerValues, Split};
use crate::api::{NoArgs, Scope};
use crate::error::Result;

/// Calls a use case with an example argument; none for one of another subject. In two parts, each a future of
/// its own: all in one are too large for a thread's stack.
pub(super) async fn call(desk: &Desk, name: &str) -> Option<Result<()>> {
    let period = "2026-Q2".parse().unwrap();
    let scope = Scope { unit: None, period };
    match Box::pin(figures(desk, name, scope.clone())).await {
        None => Box::pin(boards(desk, name, scope)).await,
        called => called,
    }
}

async fn figures(desk: &Desk, name: &str, scope: Scope) -> Option<Result<()>> {
    let period = scope.period;
    Some(match name {
        "get_dashboard" => {
            let args = GetDashboard {
                scope,
                language: Lang::En,
            };
            desk.get_dashboard(args).await.map(drop)
        }
        "list_records" => {
            let drill = Drill::new("won_amount", None, period);
            desk.list_records(drill).await.map(drop)
        }
        "get_kpi" => {
            let args = GetKpi {
                metric: Metric::WonAmount,
                by: Split::Person,
                from: period.start(),
                to: period.end(),
                unit: None,
            };
            desk.get_kpi(args).await.map(drop)
        }
        "list_customer_values" => {
            let args = ListCustomerValues::default();
            desk.list_customer_values(args).await.map(drop)
        }
        "list_metrics" => desk.list_metrics(NoArgs {}).await.map(drop),
        "get_metric" => {
            let args = GetMetric {
                metric: "win_rate".to_owned(),
                by: Some(MetricBy::Person),
                grain: None,
                from: period.start(),
                to: period.end(),
                unit: None,
                compare: None,
                filter: None,
            };
            desk.get_metric(args).await.map(drop)
        }
        "get_forecast" => {
            let args = GetForecast {
                metric: "won_amount".to_owned(),
                grain: Grain::Month,
                horizon: None,
                unit: None,
                by: Some(ForecastBy::Team),
                language: Lang::En,
            };
            desk.get_forecast(args).await.map(drop)
        }
        "get_kept_forecasts" => {
            let args = GetKeptForecasts {
                unit: None,
                language: Lang::En,
            };
            desk.get_kept_forecasts(args).await.map(drop)
        }
        "keep_forecasts" => desk.keep_forecasts(NoArgs {}).await.map(drop),
        "get_landing" => {
            let args = GetLanding {
                grain: Grain::Quarter,
                as_of: None,
                unit: None,
                by: Some(ForecastBy::Person),
                language: Lang::En,
            };
            desk.get_landing(args).await.map(drop)
        }
        "list_metric_records" => {
            let drill = MetricDrill {
                metric: "win_rate".to_owned(),
                by: None,
                key: String::new(),
                days: period.into(),
                unit: None,
                keys: Vec::new(),
                filter: None,
                closed_before: None,
                sizes: None,
            };
            let args = ListMetricRecords {
                drill,
                measure: "won_count".to_owned(),
                cursor: None,
            };
            desk.list_metric_records(args).await.map(drop)
        }
        "save_metric" => {
            let document = String::new();
            let event_date = None;
            let args = SaveMetric {
                document,
                event_date,
            };
            desk.save_metric(args).await.map(drop)
        }
        "check_metric" => desk.check_metric(own_metric()).await.map(drop),
        "keep_metric" => desk.keep_metric(own_metric()).await.map(drop),
        "remove_metric" => {
            let code = "none".to_owned();
            desk.remove_metric(MetricArgs { code }).await
        }
        _ => return None,
    })
}

async fn boards(desk: &Desk, name: &str, scope: Scope) -> Option<Result<()>> {
    Some(match name {
        "list_boards" => desk.list_boards(ListBoards::default()).await.map(drop),
        "get_board" => desk.get_board(GetBoard::default()).await.map(drop),
        "draw_widget" => {
            let args = DrawWidget {
                shows: Shows::Leaderboard {},
                scope,
                language: Lang::En,
            };
            desk.draw_widget(args).await.map(drop)
        }
        "save_board" => {
            let args = SaveBoard {
                id: None,
                name: "x".to_owned(),
                roles: Vec::new(),
                widgets: Vec::new(),
                expected: None,
            };
            desk.save_board(args).await.map(drop)
        }
        "remove_board" => {
            let id = uuid::Uuid::nil().to_string();
            desk.remove_board(BoardArgs { id }).await
        }
        "set_home" => desk.set_home(SetHome { id: None }).await,
        "list_views" => desk.list_views(NoArgs {}).await.map(drop),
        "save_view" => {
            let args = SaveView {
                id: None,
                name: "x".to_owned(),
                question: ViewQuestion {
                    form: Form::Table,
                    metric: "won_amount".to_owned(),
                    by: None,
                    grain: None,
                    compare: None,
                    filter: None,
                    limit: None,
                },
                roles: Vec::new(),
            };
            desk.save_view(args).await.map(drop)
        }
        "remove_view" => {
            let id = uuid::Uuid::nil().to_string();
            desk.remove_view(ViewArgs { id }).await
        }
        _ => return None,
    })
}

fn own_metric() -> KeepMetric {
    let both = |text: &str| BothWords {
        zh: text.to_owned(),
        en: text.to_owned(),
    };
    let metric = OwnMetric {
        code: "own_kpi".to_owned(),
        formula: "won_amount / people".to_owned(),
        unit: "money".to_owned(),
        direction: "higher".to_owned(),
        decimals: 2,
        event_date: Some("closing".to_owned()),
        name: both("own"),
        definition: both("own"),
        source: both("own"),
    };
    KeepMetric {
        metric,
        is_new: false,
    }
}
