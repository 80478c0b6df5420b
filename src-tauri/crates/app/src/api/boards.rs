//! Boards: widgets that people arrange on a grid; saved views: questions of the explorer that they keep.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::account::Role;
use yeji_report::chart::{Chart, Lang};

use super::kpi::{
    Comparison, Grain, MetricBy, MetricCell, MetricDrill, MetricInfo, MetricTable, PartFilter,
};
use super::performance::{CustomerValueRow, Days, LeaderboardRow};
use super::{Message, Scope};

/// In which language built-in boards are called.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListBoards {
    /// `zh-CN` or `en`; none: the program's.
    #[serde(default)]
    #[ts(optional)]
    pub language: Option<Lang>,
}

/// Which board.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetBoard {
    /// Its id; none: one's home.
    pub id: Option<String>,
    /// `zh-CN` or `en`; none: the program's.
    #[serde(default)]
    #[ts(optional)]
    pub language: Option<Lang>,
}

/// A board in the list of boards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BoardInfo {
    /// Its id: of a built-in one `home_sales`, `home_manager`, `home_hr`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it comes with the program: it cannot be changed, but copied.
    pub is_built_in: bool,
    /// The roles that it is shared with.
    pub roles: Vec<Role>,
    /// Name of the account that made it; none: it is built in, or made without accounts.
    pub owner: Option<String>,
    /// Whether whoever asks may change, share and remove it.
    pub can_edit: bool,
    /// Whether it opens first for whoever asks.
    pub is_home: bool,
}

/// A board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Board {
    /// What the list says of it.
    pub info: BoardInfo,
    /// What is on it, top left first.
    pub widgets: Vec<Widget>,
}

/// Something on a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Widget {
    /// Unique on its board.
    pub id: String,
    /// Where it is.
    pub place: Place,
    /// Its own title; none: what it shows says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub title: Option<String>,
    /// What it shows.
    pub shows: Shows,
}

/// A place on the grid of twelve columns; the rows are as many as needed. No two places of a board
/// overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Columns from the left, from 0.
    pub x: u16,
    /// Rows from the top, from 0.
    pub y: u16,
    /// Columns wide, 1 to 12.
    pub w: u16,
    /// Rows high, from 1.
    pub h: u16,
}

/// What a widget shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Shows {
    /// Key figures, one to five.
    Tiles {
        /// Codes of metrics.
        metrics: Vec<String>,
    },
    /// A question, drawn.
    Chart {
        /// The question.
        question: ViewQuestion,
    },
    /// People by what they won.
    Leaderboard {},
    /// Customers by what they bought up to the end of the period.
    Customers {},
    /// A saved view.
    View {
        /// Its id.
        view: String,
    },
}

/// A metric x split x periods x filter x comparison, and how it is drawn. Unit and days come from where it
/// is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ViewQuestion {
    /// How it is drawn; each form says below what it needs.
    pub form: Form,
    /// Code of the metric.
    pub metric: String,
    /// Split by; none: not.
    pub by: Option<MetricBy>,
    /// By periods; none: what fits the days that are shown.
    pub grain: Option<Grain>,
    /// Held against.
    pub compare: Option<Comparison>,
    /// Of one part only.
    pub filter: Option<PartFilter>,
    /// Parts that are shown one by one; none: what the form shows at best.
    pub limit: Option<u16>,
}

/// How a question is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Bars over periods, or over parts where it is split; with a comparison beside or across them.
    Bars,
    /// Shares of a whole: needs a split, and a metric whose parts add up.
    Shares,
    /// Parts in order: needs a split.
    Ranking,
    /// Parts against 100 %: needs a split and a metric that is a share.
    Attainment,
    /// History and forecast of an amount or count, whatever days are shown.
    Trend,
    /// Deals opened, by the stages that they reached: of `cohort_win_rate`.
    Funnel,
    /// Parts (people, unless said otherwise) by periods.
    HeatMap,
    /// Parts in descending order with their cumulative share: needs a split, and a metric whose parts add up.
    Pareto,
    /// Deals by the month of opening, and what part of them was won how many months after: of
    /// `cohort_win_rate` or `cohort_win_rate_amount`.
    Cohort,
    /// Won deals by size: of `average_deal`.
    Distribution,
    /// From the period before to this one, by parts: needs a split, and a metric whose parts add up.
    Waterfall,
    /// A table.
    Table,
}

/// What a widget shows of a unit and period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DrawWidget {
    /// What.
    pub shows: Shows,
    /// Unit and period.
    pub scope: Scope,
    /// `zh-CN` or `en`.
    pub language: Lang,
}

/// A widget's content. At most one of chart, tiles, leaderboard, customers and table is
/// there; none: see `lack`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Drawn {
    /// What is seen.
    pub title: String,
    /// A chart.
    pub chart: Option<Chart>,
    /// Key figures.
    pub tiles: Vec<MetricTile>,
    /// People by what they won.
    pub leaderboard: Vec<LeaderboardRow>,
    /// Customers by what they bought.
    pub customers: Vec<CustomerValueRow>,
    /// A table.
    pub table: Option<MetricTable>,
    /// What the marks of the chart open: by the category's key; of heat maps and cohorts by
    /// `series/category`, of a waterfall's change by the category. What is not here has no records.
    pub marks: BTreeMap<String, Mark>,
    /// The known days of a trend, which are not those of the period: a table beside it is of the same.
    pub span: Option<Days>,
    /// Whether the table behind the chart is made of the chart's own rows (stages, cohorts by ages, bins, periods
    /// ahead): the metric's table of the same question is another one.
    pub own_rows: bool,
    /// Why there is nothing to show, and what it needs.
    pub lack: Option<Message>,
    /// What to know about it.
    pub notes: Vec<Message>,
    /// The metric's definition.
    pub explain: Option<MetricInfo>,
}

/// What a mark of a chart opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Mark {
    /// The records.
    pub drill: MetricDrill,
    /// The measure whose records add up to the mark; none: it is the metric of them.
    pub measure: Option<String>,
    /// Of a change: what it is taken from.
    pub less: Option<MetricDrill>,
}

/// A key figure.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MetricTile {
    /// What it is.
    pub metric: MetricInfo,
    /// Currency of a money value.
    pub currency: Option<String>,
    /// Its value, beside the period before.
    pub cell: MetricCell,
    /// Key of the period before.
    pub compared_with: Option<String>,
    /// The goal of a won amount, exact.
    pub goal: Option<String>,
    /// What is reached of it, an exact ratio.
    pub attainment: Option<String>,
    /// Values of the last twelve months, oldest first; none is unknown.
    pub sparkline: Vec<Option<String>>,
}

/// Keeps a board.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveBoard {
    /// The board that is replaced; none: a new one.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Roles that see it besides its owner.
    pub roles: Vec<Role>,
    /// What is on it.
    pub widgets: Vec<Widget>,
    /// What was on it when its arranging began: a board that shows something else by now is not replaced.
    /// None: replaced whatever it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expected: Option<Vec<Widget>>,
}

/// Names a board.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BoardArgs {
    /// Its id.
    pub id: String,
}

/// Which board opens first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetHome {
    /// Its id; none: the built-in one of one's role.
    pub id: Option<String>,
}

/// A question that somebody kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The question.
    pub question: ViewQuestion,
    /// The roles that it is shared with.
    pub roles: Vec<Role>,
    /// Name of the account that made it; none: made without accounts.
    pub owner: Option<String>,
    /// Whether whoever asks may change, share and remove it.
    pub can_edit: bool,
}

/// Keeps a question.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveView {
    /// The view that is replaced; none: a new one.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// The question.
    pub question: ViewQuestion,
    /// Roles that see it besides its owner.
    pub roles: Vec<Role>,
}

/// Names a saved view.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ViewArgs {
    /// Its id.
    pub id: String,
}
