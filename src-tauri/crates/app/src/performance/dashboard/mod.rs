//! The dashboard of a unit and period: tiles, charts, leaderboard, and what to know about them.

mod charts;
mod leaderboard;
mod notes;
mod tiles;

pub(crate) use leaderboard::{Place, of_carriers, ranked};

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::ids::UnitId;
use yeji_core::metric::GoalMetric;
use yeji_core::org::Organisation;
use yeji_core::{Currency, Money};
use yeji_report::chart::{Chart, Lang};
use yeji_store::DataSpan;

use super::GoalIndex;
use crate::access::Sight;
use crate::api::performance::{Dashboard, Drill, GetDashboard, LeaderboardRow};
use crate::api::{Message, Scope};
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::{depth_first, scope_units};
use crate::settings::data_up_to;

/// Everything that the parts of a dashboard need.
struct View<'a> {
    app: &'a App,
    organisation: Arc<Organisation>,
    index: GoalIndex,
    scope: Scope,
    units: Option<Vec<UnitId>>,
    /// The scope's units, parents first.
    tree: Vec<UnitId>,
    unit_name: String,
    currency: Currency,
    span: DataSpan,
    lang: Lang,
}

/// A chart with what its categories open, by their keys.
struct Marked {
    chart: Chart,
    drills: BTreeMap<String, Drill>,
}

impl App {
    /// The dashboard of a unit and period.
    pub async fn get_dashboard(&self, args: GetDashboard) -> Result<Dashboard> {
        let view = self.view(&args.scope, args.language).await?;
        let goals_by_person = self
            .goals_by_person_in(&view.index, view.scope.period.into(), view.units())
            .await?;
        let leaderboard = view.leaderboard(&goals_by_person).await?;
        let (charts, marks) = [
            view.weekly_sales().await?,
            view.customer_types().await?,
            view.attainment_chart(&leaderboard).await?,
        ]
        .into_iter()
        .map(|Marked { chart, drills }| (chart.clone(), (chart.id, drills)))
        .unzip();
        Ok(Dashboard {
            unit_name: view.unit_name.clone(),
            period: view.scope.period,
            tiles: view.tiles().await?,
            charts,
            marks,
            notes: view.notes().await?,
            leaderboard,
            data_up_to: data_up_to(view.span),
        })
    }
}

impl App {
    /// People by what they won.
    pub(in crate::performance) async fn leaderboard_of(
        &self,
        scope: &Scope,
        lang: Lang,
    ) -> Result<Vec<LeaderboardRow>> {
        let view = self.view(scope, lang).await?;
        let days = view.scope.period.into();
        let goals = self
            .goals_by_person_in(&view.index, days, view.units())
            .await?;
        view.leaderboard(&goals).await
    }

    /// What to know about the figures of a unit and period.
    pub(in crate::performance) async fn notes_of(
        &self,
        scope: &Scope,
        lang: Lang,
    ) -> Result<Vec<Message>> {
        self.view(scope, lang).await?.notes().await
    }

    async fn view(&self, scope: &Scope, lang: Lang) -> Result<View<'_>> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let company = organisation.company().ok_or_else(|| Error::NotFound {
            what: "company",
            value: String::new(),
        })?;
        let root = scope.unit.unwrap_or(company.id);
        let asked = scope_units(&organisation, scope.unit)?;
        self.require_units(&organisation, asked.as_deref())?;
        let units = self.sight().units(asked.as_deref());
        let whole = depth_first(&organisation, root);
        let tree = match (self.sight(), &units) {
            (Sight::Units(_), Some(own)) => whole
                .into_iter()
                .filter(|unit| own.contains(unit))
                .collect(),
            _ => whole,
        };
        Ok(View {
            app: self,
            index: self.goal_index(GoalMetric::WonAmount).await?,
            units,
            unit_name: self.name_of_units(&organisation, &tree),
            tree,
            currency: self.currency().await?,
            span: self.data_span().await?,
            scope: scope.clone(),
            organisation,
            lang,
        })
    }
}

impl App {
    /// What a dashboard of these units (parents first) is of: the topmost ones; of a salesperson, they.
    fn name_of_units(&self, organisation: &Organisation, tree: &[UnitId]) -> String {
        if let Some(person) = self.sight().person() {
            let own = organisation.person(person);
            return own.map(|person| person.name.clone()).unwrap_or_default();
        }
        let top = tree
            .iter()
            .filter_map(|unit| organisation.unit(*unit))
            .filter(|unit| unit.parent.is_none_or(|parent| !tree.contains(&parent)));
        crate::words::names(top.map(|unit| unit.name.as_str()).collect())
    }
}

impl View<'_> {
    fn period(&self) -> Period {
        self.scope.period
    }

    fn units(&self) -> Option<&[UnitId]> {
        self.units.as_deref()
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    fn drill(&self, figure: &str) -> Drill {
        Drill::new(figure, self.scope.unit, self.period())
    }

    /// The period before, if the data reaches back to its start, and the day up to which it is compared:
    /// where the data ends within the period, only as many days as it has, else a running quarter
    /// would always look like a fall.
    fn comparison(&self) -> Option<(Period, NaiveDate)> {
        let previous = self.period().previous().ok()?;
        let first_month = Period::containing(PeriodKind::Month, self.span.first_closed?).ok()?;
        // A period whose first months are unknown (the export starts within it) is no comparison.
        if previous.start() < first_month.start() {
            return None;
        }
        let until = match self.days_so_far() {
            Some(days) => (previous.start() + Days::new(days)).min(previous.end()),
            None => previous.end(),
        };
        Some((previous, until))
    }

    /// Days of the period that have data, where the data ends within it.
    fn days_so_far(&self) -> Option<u64> {
        let last = self
            .span
            .last_closed
            .filter(|last| self.period().contains(*last))?;
        let days = (last - self.period().start()).num_days() + 1;
        let next = last.succ_opt()?;
        (next < self.period().end()).then_some(u64::try_from(days).ok()?)
    }

    /// Whether a part overlaps the days between the first and the last result.
    fn is_known(&self, part: Period) -> bool {
        match (self.span.first_closed, self.span.last_closed) {
            (Some(first), Some(last)) => part.end() > first && part.start() <= last,
            _ => false,
        }
    }
}
