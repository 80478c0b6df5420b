//! What a board or view has to be, before it is kept: places that do not overlap, metrics that are there,
//! questions that their form can show.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::account::Role;
use yeji_insight::kpi::{Library, Metric, Unit, Words};

use super::roles_of;
use crate::api::Message;
use crate::api::boards::{Form, Place, Shows, ViewQuestion, Widget};
use crate::api::kpi::{Comparison, Grain};
use crate::context::App;
use crate::error::{Error, Result};
use crate::performance::forecast::is_additive;
use crate::performance::metrics::not_found;

/// Widgets of a board.
pub(super) const MAX_WIDGETS: usize = 60;
/// Columns of the grid.
const COLUMNS: u16 = 12;
/// Rows of the grid.
const MAX_ROWS: u16 = 1_000;
const MAX_NAME_CHARS: usize = 200;
const MAX_ID_CHARS: usize = 64;
/// Key figures in a row.
const MAX_TILES: usize = 5;
/// Parts that are shown one by one.
pub(crate) const MAX_PARTS: u16 = 100;

/// What a board was before it is kept; of a new one nothing.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub widgets: Vec<Widget>,
    pub roles: Vec<Role>,
}

/// A metric with its names: a refusal is read by people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its code.
    pub code: String,
    /// What it is called in Chinese.
    pub zh: String,
    /// What it is called in English.
    pub en: String,
}

impl Named {
    fn of(metric: &Metric) -> Self {
        let Words { zh, en } = &metric.definition.name;
        Self {
            code: metric.definition.code.clone(),
            zh: zh.to_string(),
            en: en.to_string(),
        }
    }

    /// Several as values of a sentence.
    fn params(all: &[Self], name: &str) -> Vec<(String, String)> {
        let each = |of: fn(&Self) -> &str| all.iter().map(of).collect::<Vec<_>>().join(", ");
        vec![
            (name.to_owned(), each(|one| &one.code)),
            (format!("{name}_zh"), each(|one| &one.zh)),
            (format!("{name}_en"), each(|one| &one.en)),
        ]
    }
}

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)
    }
}

/// Why a form cannot show a question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// It shows parts.
    #[error("the form {form:?} needs a split")]
    NeedsSplit {
        /// The form.
        form: Form,
    },
    /// It shows parts or periods, not both.
    #[error("the form {form:?} shows parts or periods, not both")]
    PartsOrPeriods {
        /// The form.
        form: Form,
    },
    /// Parts of a ratio or of customers are no parts of a whole.
    #[error("the form {form:?} needs a metric whose parts add up, which `{metric}` is not")]
    NeedsSum {
        /// The form.
        form: Form,
        /// The metric.
        metric: Named,
    },
    /// It is held against 100 %.
    #[error("the form {form:?} needs a metric that is a share, which `{metric}` is not")]
    NeedsShare {
        /// The form.
        form: Form,
        /// The metric.
        metric: Named,
    },
    /// It shows one thing.
    #[error("the form {form:?} shows {metrics:?}")]
    NeedsMetric {
        /// The form.
        form: Form,
        /// The metrics that it shows.
        metrics: Vec<Named>,
    },
    /// Forecasts are of units.
    #[error("the form {form:?} shows no single part")]
    NoFilter {
        /// The form.
        form: Form,
    },
    /// It leads from what was to what is.
    #[error("the form {form:?} is held against a period before, not against the goal")]
    NoGoal {
        /// The form.
        form: Form,
    },
    /// Forecasts are by weeks, months or quarters.
    #[error("the form {form:?} shows weeks, months or quarters")]
    NoYears {
        /// The form.
        form: Form,
    },
}

impl Misfit {
    /// Closed code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NeedsSplit { .. } => "form_needs_split",
            Self::PartsOrPeriods { .. } => "form_parts_or_periods",
            Self::NeedsSum { .. } => "form_needs_sum",
            Self::NeedsShare { .. } => "form_needs_share",
            Self::NeedsMetric { .. } => "form_needs_metric",
            Self::NoFilter { .. } => "form_no_filter",
            Self::NoGoal { .. } => "form_no_goal",
            Self::NoYears { .. } => "form_no_years",
        }
    }

    /// Values of its sentence.
    pub fn params(&self) -> BTreeMap<String, String> {
        let (form, more) = match self {
            Self::NeedsSplit { form }
            | Self::PartsOrPeriods { form }
            | Self::NoFilter { form }
            | Self::NoGoal { form }
            | Self::NoYears { form } => (form, Vec::new()),
            Self::NeedsSum { form, metric } | Self::NeedsShare { form, metric } => {
                (form, Named::params(std::slice::from_ref(metric), "metric"))
            }
            Self::NeedsMetric { form, metrics } => (form, Named::params(metrics, "metrics")),
        };
        let form = ("form".to_owned(), form.code().to_owned());
        std::iter::once(form).chain(more).collect()
    }
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Bars,
        Self::Shares,
        Self::Ranking,
        Self::Attainment,
        Self::Trend,
        Self::Funnel,
        Self::HeatMap,
        Self::Pareto,
        Self::Cohort,
        Self::Distribution,
        Self::Waterfall,
        Self::Table,
    ];

    /// The code in messages and files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bars => "bars",
            Self::Shares => "shares",
            Self::Ranking => "ranking",
            Self::Attainment => "attainment",
            Self::Trend => "trend",
            Self::Funnel => "funnel",
            Self::HeatMap => "heat_map",
            Self::Pareto => "pareto",
            Self::Cohort => "cohort",
            Self::Distribution => "distribution",
            Self::Waterfall => "waterfall",
            Self::Table => "table",
        }
    }
}

/// Whether the trend of such a metric goes on as a forecast.
pub(super) fn is_forecast(unit: Unit) -> bool {
    matches!(unit, Unit::Money | Unit::Count)
}

/// What is shown by months of opening.
const COHORTS: [&str; 2] = ["cohort_win_rate", "cohort_win_rate_amount"];

/// Why the form of a question cannot show it; none where it can.
pub(super) fn misfit(
    question: &ViewQuestion,
    metric: &Metric,
    library: &Library,
) -> Option<Misfit> {
    let form = question.form;
    let named = || Named::of(metric);
    let only = |codes: &[&str]| {
        let all = codes.iter().filter_map(|code| library.metric(code));
        let metrics = all.map(Named::of).collect();
        Some(Misfit::NeedsMetric { form, metrics })
    };
    let unit = metric.definition.unit;
    let is = |codes: &[&str]| codes.contains(&metric.definition.code.as_str());
    match form {
        Form::Bars if question.by.is_some() && question.grain.is_some() => {
            Some(Misfit::PartsOrPeriods { form })
        }
        Form::Shares | Form::Ranking | Form::Attainment | Form::Pareto | Form::Waterfall
            if question.by.is_none() =>
        {
            Some(Misfit::NeedsSplit { form })
        }
        Form::Shares | Form::Pareto | Form::Waterfall
            if !is_additive(metric.expression(), library) =>
        {
            Some(Misfit::NeedsSum {
                form,
                metric: named(),
            })
        }
        Form::Waterfall if question.compare == Some(Comparison::Goal) => {
            Some(Misfit::NoGoal { form })
        }
        Form::Attainment if unit != Unit::Ratio => Some(Misfit::NeedsShare {
            form,
            metric: named(),
        }),
        // Other metrics than amounts and counts have a history only, which may be of a part and by years.
        Form::Trend if is_forecast(unit) && question.filter.is_some() => {
            Some(Misfit::NoFilter { form })
        }
        Form::Trend if is_forecast(unit) && question.grain == Some(Grain::Year) => {
            Some(Misfit::NoYears { form })
        }
        Form::Funnel if !is(&["cohort_win_rate"]) => only(&["cohort_win_rate"]),
        Form::Cohort if !is(&COHORTS) => only(&COHORTS),
        Form::Distribution if !is(&["average_deal"]) => only(&["average_deal"]),
        _ => None,
    }
}

/// A name without the space around it.
pub(super) fn name(text: &str) -> Result<String> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME_CHARS {
        return Err(Error::input("name", name, "1 to 200 characters"));
    }
    Ok(name.to_owned())
}

/// Whether one more is possible.
pub(super) fn count(there: usize) -> Result<()> {
    if there >= super::MAX_OWN {
        let expected = "at most 200 of one's own";
        return Err(Error::input("boards", &there.to_string(), expected));
    }
    Ok(())
}

/// The grid of a board: each widget has an id of its own and lies on it, and none covers another.
pub(super) fn grid(widgets: &[Widget]) -> Result<()> {
    if widgets.len() > MAX_WIDGETS {
        let expected = "at most 60 widgets";
        return Err(Error::input(
            "widgets",
            &widgets.len().to_string(),
            expected,
        ));
    }
    let mut ids = BTreeSet::new();
    for (at, widget) in widgets.iter().enumerate() {
        let id = widget.id.as_str();
        if id.is_empty() || id.chars().count() > MAX_ID_CHARS || !ids.insert(id) {
            let expected = "an id of 1 to 64 characters, each once";
            return Err(Error::input("widgets", id, expected));
        }
        if let Some(title) = &widget.title {
            name(title)?;
        }
        let Place { x, y, w, h } = widget.place;
        let fits = |from: u16, size: u16, end: u16| {
            size > 0 && from.checked_add(size).is_some_and(|to| to <= end)
        };
        if !fits(x, w, COLUMNS) || !fits(y, h, MAX_ROWS) {
            let expected = "a place within 12 columns and 1,000 rows";
            return Err(Error::input("widgets", id, expected));
        }
        if let Some(other) = widgets[..at]
            .iter()
            .find(|other| overlap(other.place, widget.place))
        {
            return Err(Error::BoardOverlap {
                one: other.id.clone(),
                other: widget.id.clone(),
            });
        }
    }
    Ok(())
}

fn overlap(a: Place, b: Place) -> bool {
    // Both lie on the grid, so no sum is beyond 16 bits.
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

impl App {
    /// Refuses widgets that cannot be shown. What was on the board before may stay: its metric or view may be
    /// gone since, which the widget says itself. Roles that are new see it as well, though.
    pub(super) async fn check_widgets(
        &self,
        widgets: &[Widget],
        known: &Known,
        roles: &[Role],
    ) -> Result<()> {
        grid(widgets)?;
        let (library, _) = self.metric_library().await?;
        let new_roles = without(roles, &known.roles);
        for widget in widgets {
            if known
                .widgets
                .iter()
                .any(|known| known.shows == widget.shows)
            {
                if let Shows::View { view } = &widget.shows
                    && !new_roles.is_empty()
                    && self.has_view(view).await?
                {
                    self.check_shared(view, &new_roles).await?;
                }
                continue;
            }
            match &widget.shows {
                Shows::Leaderboard {} | Shows::Customers {} => {}
                Shows::Tiles { metrics } => {
                    let each: BTreeSet<&String> = metrics.iter().collect();
                    if !(1..=MAX_TILES).contains(&metrics.len()) || each.len() < metrics.len() {
                        let expected = "one to five metrics, each once";
                        return Err(Error::input("metrics", &metrics.join(", "), expected));
                    }
                    for code in metrics {
                        library.metric(code).ok_or_else(|| not_found(code))?;
                    }
                }
                Shows::Chart { question } => check_question(question, &library)?,
                Shows::View { view } => self.check_shared(view, roles).await?,
            }
        }
        Ok(())
    }

    /// Whoever sees a board has to see the views that are on it.
    async fn check_shared(&self, view: &str, roles: &[Role]) -> Result<()> {
        let view = self.seen_view(view).await?;
        let missing = without(roles, &roles_of(&view.roles));
        let Some(role) = missing.first().copied() else {
            return Ok(());
        };
        let name = view.name;
        Err(Error::ViewNotShared { name, role })
    }
}

/// The roles that are not among others.
pub(super) fn without(roles: &[Role], others: &[Role]) -> Vec<Role> {
    let roles = roles.iter().copied();
    roles.filter(|role| !others.contains(role)).collect()
}

/// Refuses a question that cannot be shown.
pub(super) fn check_question(question: &ViewQuestion, library: &Library) -> Result<()> {
    let metric = library.metric(&question.metric);
    let metric = metric.ok_or_else(|| not_found(&question.metric))?;
    if let Some(misfit) = misfit(question, metric, library) {
        return Err(misfit.into());
    }
    if let Some(limit) = question.limit
        && !(1..=MAX_PARTS).contains(&limit)
    {
        return Err(Error::input("limit", &limit.to_string(), "1 to 100 parts"));
    }
    if let Some(filter) = &question.filter
        && filter.key.chars().count() > MAX_NAME_CHARS
    {
        return Err(Error::input("filter", &filter.key, "the key of a row"));
    }
    Ok(())
}

impl From<&Misfit> for Message {
    fn from(misfit: &Misfit) -> Self {
        Self {
            code: misfit.code().to_owned(),
            params: misfit.params(),
        }
    }
}
