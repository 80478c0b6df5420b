//! The dashboard of a unit and period: tiles, charts, leaderboard, and what to know about them.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use yeji_core::calendar::{Period, PeriodKind, periods};
use yeji_core::goal::attainment;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::Metric;
use yeji_core::org::Organisation;
use yeji_core::{Currency, Error as CoreError, Money, Ratio, Rounding};
use yeji_report::chart::{Category, Chart, ChartKind, Lang, Role, Series, Value, ValueUnit};
use yeji_store::{DataSpan, RollupSplit};

use super::{GoalIndex, Sums};
use crate::api::performance::{Dashboard, Drill, GetDashboard, LeaderboardRow, Tile, TileValue};
use crate::api::{Message, Scope};
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::{carriers, depth_first, scope_units};
use crate::settings::data_up_to;
use crate::words;

/// Months on a sparkline.
const SPARKLINE_MONTHS: u32 = 12;

/// Everything that the parts of a dashboard need.
struct View<'a> {
    app: &'a App,
    organisation: Organisation,
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

impl App {
    /// The dashboard of a unit and period.
    pub async fn get_dashboard(&self, args: GetDashboard) -> Result<Dashboard> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let company = organisation.company().ok_or_else(|| Error::NotFound {
            what: "company",
            value: String::new(),
        })?;
        let root = args.scope.unit.unwrap_or(company.id);
        let units = scope_units(&organisation, args.scope.unit)?;
        let view = View {
            app: self,
            index: self.goal_index(Metric::WonAmount).await?,
            units,
            tree: depth_first(&organisation, root),
            unit_name: organisation
                .unit(root)
                .map(|unit| unit.name.clone())
                .unwrap_or_default(),
            currency: self.currency().await?,
            span: store.data_span().await?,
            scope: args.scope,
            organisation,
            lang: args.language,
        };
        let goals_by_person = self
            .goals_by_person_in(&view.index, view.scope.period, view.units())
            .await?;
        let leaderboard = view.leaderboard(&goals_by_person).await?;
        Ok(Dashboard {
            unit_name: view.unit_name.clone(),
            period: view.scope.period,
            tiles: view.tiles().await?,
            charts: vec![
                view.weekly_sales().await?,
                view.customer_types().await?,
                view.attainment_chart(&leaderboard).await?,
            ],
            notes: view.notes().await?,
            leaderboard,
            data_up_to: data_up_to(view.span),
        })
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
        Drill {
            figure: figure.to_owned(),
            scope: self.scope.clone(),
            person: None,
            customer_type: None,
            part: None,
            cursor: None,
        }
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

    async fn tiles(&self) -> Result<Vec<Tile>> {
        let (from, to) = (self.period().start(), self.period().end());
        let now = self.app.result(from, to, self.units()).await?;
        let comparison = self.comparison();
        let before = match comparison {
            Some((period, until)) => {
                Some(self.app.result(period.start(), until, self.units()).await?)
            }
            None => None,
        };
        let goal = self
            .app
            .goal_of(&self.index, self.units(), self.period())
            .await?
            .map(|minor| self.money(minor));
        // Attainment is compared between whole periods only: the goal of a part is not its share of days.
        let goal_before = match comparison {
            Some((period, until)) if until == period.end() => {
                self.app.goal_of(&self.index, self.units(), period).await?
            }
            _ => None,
        };
        let known = self.is_known(self.period());
        let reached = match goal.filter(|_| known) {
            Some(goal) => attainment(self.money(now.won_minor), goal)?,
            None => None,
        };
        let reached_before = match (goal_before, before) {
            (Some(goal), Some(before)) => {
                attainment(self.money(before.won_minor), self.money(goal))?
            }
            _ => None,
        };
        let months = self.sparkline_months().await?;
        let tile = |code: &str, figure: fn(&Self, Sums) -> Option<Figure>| {
            let value = known.then(|| figure(self, now)).flatten();
            let previous = before.and_then(|sums| figure(self, sums));
            Tile {
                code: code.to_owned(),
                change: change(value, previous),
                value: value.map(|figure| self.tile_value(figure)),
                previous: previous.map(|figure| self.tile_value(figure)),
                compared_with: comparison.map(|(period, _)| period.to_string()),
                attainment: None,
                goal: None,
                sparkline: months
                    .iter()
                    .map(|sums| sums.and_then(|s| figure(self, s)).map(|f| self.plain(f)))
                    .collect(),
                drill: self.drill(code),
            }
        };
        let mut won = tile("won_amount", |_, sums| Some(Figure::Money(sums.won_minor)));
        won.goal = goal;
        won.attainment = reached.map(|ratio| ratio.to_string());
        let attained = Tile {
            code: "attainment".to_owned(),
            value: reached.map(|ratio| TileValue::Percent(ratio.to_string())),
            previous: reached_before.map(|ratio| TileValue::Percent(ratio.to_string())),
            change: change(
                reached.map(Figure::Ratio),
                reached_before.map(Figure::Ratio),
            ),
            compared_with: comparison.map(|(period, _)| period.to_string()),
            attainment: reached.map(|ratio| ratio.to_string()),
            goal,
            sparkline: Vec::new(),
            drill: self.drill("attainment"),
        };
        Ok(vec![
            won,
            attained,
            tile("won_count", |_, sums| Some(Figure::Count(sums.won_count))),
            tile("win_rate", |_, sums| sums.win_rate().map(Figure::Ratio)),
            tile("average_deal", |_, sums| {
                let average = Ratio::new(sums.won_minor.into(), sums.won_count.into()).ok()?;
                average.round(Rounding::HalfUp).ok().map(Figure::Money)
            }),
        ])
    }

    fn tile_value(&self, figure: Figure) -> TileValue {
        match figure {
            Figure::Money(minor) => TileValue::Money(self.money(minor)),
            Figure::Count(count) => TileValue::Count(count.to_string()),
            Figure::Ratio(ratio) => TileValue::Percent(ratio.to_string()),
        }
    }

    fn plain(&self, figure: Figure) -> String {
        match figure {
            Figure::Money(minor) => self.money(minor).to_major(),
            Figure::Count(count) => count.to_string(),
            Figure::Ratio(ratio) => ratio.to_string(),
        }
    }

    /// The months up to the end of the period; None before the first and after the last result.
    async fn sparkline_months(&self) -> Result<Vec<Option<Sums>>> {
        let last_day = self
            .period()
            .end()
            .pred_opt()
            .unwrap_or(self.period().end());
        let last = Period::containing(PeriodKind::Month, last_day)?;
        let Some(from) = last
            .start()
            .checked_sub_months(Months::new(SPARKLINE_MONTHS - 1))
        else {
            return Ok(Vec::new());
        };
        let mut sums: BTreeMap<NaiveDate, Sums> = BTreeMap::new();
        for row in self
            .app
            .results(from, last.end(), self.units(), RollupSplit::Month)
            .await?
        {
            if let Some(start) = row.start {
                sums.insert(start, Sums::of(&row));
            }
        }
        Ok(periods(PeriodKind::Month, from, last.end())
            .into_iter()
            .map(|month| {
                self.is_known(month)
                    .then(|| sums.get(&month.start()).copied().unwrap_or_default())
            })
            .collect())
    }

    /// Whether a part overlaps the days between the first and the last result.
    fn is_known(&self, part: Period) -> bool {
        match (self.span.first_closed, self.span.last_closed) {
            (Some(first), Some(last)) => part.end() > first && part.start() <= last,
            _ => false,
        }
    }

    fn title(&self, zh: &'static str, en: &'static str) -> String {
        words::pick(self.lang, zh, en).to_owned()
    }

    /// Where and when: the quieter line under every title.
    fn subtitle(&self) -> String {
        format!(
            "{} · {}",
            self.unit_name,
            words::period(self.period(), self.lang)
        )
    }

    async fn weekly_sales(&self) -> Result<Chart> {
        let (from, to) = (self.period().start(), self.period().end());
        let mut won: BTreeMap<NaiveDate, i64> = BTreeMap::new();
        for row in self
            .app
            .results(from, to, self.units(), RollupSplit::Day)
            .await?
        {
            if let Some(day) = row.start {
                let sum = won.entry(Period::iso_week_of(day).start()).or_default();
                *sum = sum
                    .checked_add(row.won_minor)
                    .ok_or(CoreError::Overflow("week"))?;
            }
        }
        let mut goals: BTreeMap<NaiveDate, i64> = BTreeMap::new();
        for (day, minor) in self
            .app
            .goals_by_week(&self.index, self.period(), self.units())
            .await?
        {
            let sum = goals.entry(Period::iso_week_of(day).start()).or_default();
            *sum = sum.checked_add(minor).ok_or(CoreError::Overflow("week"))?;
        }
        let weeks = periods(PeriodKind::IsoWeek, from, to);
        let actual = weeks
            .iter()
            .map(|week| {
                let known = self.is_known(*week);
                known
                    .then(|| Value::money(self.money(won.get(&week.start()).copied().unwrap_or(0))))
            })
            .collect();
        let mut series = vec![Series {
            key: "won_amount".to_owned(),
            label: words::figure("won_amount", self.lang).to_owned(),
            role: Role::Actual,
            values: actual,
        }];
        if !goals.is_empty() {
            series.push(Series {
                key: "goal".to_owned(),
                label: words::pick(self.lang, "目标", "Goal").to_owned(),
                role: Role::Goal,
                values: weeks
                    .iter()
                    .map(|week| {
                        goals
                            .get(&week.start())
                            .map(|minor| Value::money(self.money(*minor)))
                    })
                    .collect(),
            });
        }
        Ok(Chart {
            id: "weekly_sales".to_owned(),
            kind: ChartKind::Bar,
            title: self.title("每周销售", "Weekly sales"),
            subtitle: Some(self.subtitle()),
            unit: ValueUnit::money(self.currency),
            categories: weeks
                .iter()
                .map(|week| Category {
                    key: week.to_string(),
                    label: words::week_label(*week, self.lang),
                })
                .collect(),
            series,
            note: None,
        })
    }

    async fn customer_types(&self) -> Result<Chart> {
        let (from, to) = (self.period().start(), self.period().end());
        let mut rows: Vec<(String, i64)> = self
            .app
            .results(from, to, self.units(), RollupSplit::CustomerType)
            .await?
            .into_iter()
            .map(|row| (row.customer_type.unwrap_or_default(), row.won_minor))
            .filter(|(_, minor)| *minor != 0)
            .collect();
        rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let unknown = words::pick(self.lang, "未分类", "Without type");
        let chart = Chart {
            id: "customer_types".to_owned(),
            kind: ChartKind::Pie,
            title: self.title("客户类型占比", "Won amount by customer type"),
            subtitle: Some(self.subtitle()),
            unit: ValueUnit::money(self.currency),
            categories: rows
                .iter()
                .map(|(key, _)| Category {
                    key: key.clone(),
                    label: if key.is_empty() {
                        unknown.to_owned()
                    } else {
                        key.clone()
                    },
                })
                .collect(),
            series: vec![Series {
                key: "won_amount".to_owned(),
                label: words::figure("won_amount", self.lang).to_owned(),
                role: Role::Actual,
                values: rows
                    .iter()
                    .map(|(_, minor)| Some(Value::money(self.money(*minor))))
                    .collect(),
            }],
            note: None,
        };
        Ok(chart.shares(self.lang)?)
    }

    /// Attainment by team (in a team: by person). Without a goal in the period: won amounts instead,
    /// said so.
    async fn attainment_chart(&self, leaderboard: &[LeaderboardRow]) -> Result<Chart> {
        let single_team = self.tree.len() == 1;
        let mut rows: Vec<(String, String, i64, Option<i64>)> = if single_team {
            leaderboard
                .iter()
                .map(|row| {
                    (
                        row.person.to_string(),
                        row.name.clone(),
                        row.won_amount.minor,
                        row.goal.map(|g| g.minor),
                    )
                })
                .collect()
        } else {
            self.teams().await?
        };
        let has_goal = rows
            .iter()
            .any(|(_, _, _, goal)| goal.is_some_and(|goal| goal > 0));
        let mut valued: Vec<(Category, Option<Value>, Option<Ratio>)> = Vec::new();
        rows.sort_by(|a, b| a.1.cmp(&b.1));
        for (key, label, won, goal) in rows {
            let category = Category { key, label };
            if has_goal {
                let ratio = match goal {
                    Some(goal) => attainment(self.money(won), self.money(goal))?,
                    None => None,
                };
                valued.push((category, ratio.map(Value::ratio), ratio));
            } else {
                valued.push((
                    category,
                    Some(Value::money(self.money(won))),
                    Some(Ratio::from_int(won)),
                ));
            }
        }
        valued.sort_by_key(|(_, _, ratio)| std::cmp::Reverse(*ratio));
        let (zh, en) = match (has_goal, single_team) {
            (true, false) => ("各团队达成率", "Attainment by team"),
            (true, true) => ("成员达成率", "Attainment by person"),
            (false, false) => ("各团队赢单金额", "Won amount by team"),
            (false, true) => ("成员赢单金额", "Won amount by person"),
        };
        let note = words::pick(
            self.lang,
            "本周期没有目标，显示赢单金额",
            "No goal in this period: the won amount is shown",
        );
        let figure = if has_goal { "attainment" } else { "won_amount" };
        let (places, bars): (Vec<_>, Vec<_>) = valued.into_iter().map(|(c, v, _)| (c, v)).unzip();
        Ok(Chart {
            id: "team_attainment".to_owned(),
            kind: if has_goal {
                ChartKind::Attainment
            } else {
                ChartKind::HBar
            },
            title: self.title(zh, en),
            subtitle: Some(self.subtitle()),
            unit: if has_goal {
                ValueUnit::Percent
            } else {
                ValueUnit::money(self.currency)
            },
            categories: places,
            series: vec![Series {
                key: figure.to_owned(),
                label: words::figure(figure, self.lang).to_owned(),
                role: Role::Actual,
                values: bars,
            }],
            note: (!has_goal).then(|| note.to_owned()),
        })
    }

    /// Units with results or a goal of their own: key, name, won, goal.
    async fn teams(&self) -> Result<Vec<(String, String, i64, Option<i64>)>> {
        let (from, to) = (self.period().start(), self.period().end());
        let goals = self.app.goals_by_unit(&self.index, self.period()).await?;
        let won: BTreeMap<UnitId, i64> = self
            .app
            .results(from, to, self.units(), RollupSplit::Unit)
            .await?
            .into_iter()
            .filter_map(|row| Some((row.unit?, row.won_minor)))
            .collect();
        Ok(self
            .tree
            .iter()
            .filter_map(|id| self.organisation.unit(*id))
            .filter(|unit| goals.contains_key(&unit.id) || won.contains_key(&unit.id))
            .map(|unit| {
                let own = won.get(&unit.id).copied().unwrap_or(0);
                (
                    unit.id.to_string(),
                    unit.name.clone(),
                    own,
                    goals.get(&unit.id).copied(),
                )
            })
            .collect())
    }

    async fn leaderboard(&self, goals: &BTreeMap<PersonId, i64>) -> Result<Vec<LeaderboardRow>> {
        let (from, to) = (self.period().start(), self.period().end());
        let mut sums: BTreeMap<PersonId, Sums> = carriers(&self.organisation, &self.tree, from, to)
            .into_iter()
            .map(|(id, _)| (id, Sums::default()))
            .collect();
        for row in self
            .app
            .results(from, to, self.units(), RollupSplit::Person)
            .await?
        {
            if let Some(person) = row.person {
                sums.insert(person, Sums::of(&row));
            }
        }
        let last_day = to.pred_opt().unwrap_or(to);
        let mut rows = Vec::new();
        for (id, sums) in sums {
            let Some(person) = self.organisation.person(id) else {
                continue;
            };
            let goal = goals.get(&id).map(|minor| self.money(*minor));
            let won = self.money(sums.won_minor);
            let reached = match goal {
                Some(goal) => attainment(won, goal)?,
                None => None,
            };
            let team = self
                .organisation
                .team_on(id, last_day)
                .and_then(|unit| self.organisation.unit(unit));
            rows.push(LeaderboardRow {
                rank: 0,
                person: id,
                name: person.name.clone(),
                staff_number: person.staff_number.clone(),
                team: team.map(|unit| unit.name.clone()).unwrap_or_default(),
                won_amount: won,
                won_count: sums.won_count,
                goal,
                attainment: reached.map(|ratio| ratio.to_string()),
            });
        }
        rows.sort_by(|a, b| {
            b.won_amount
                .minor
                .cmp(&a.won_amount.minor)
                .then_with(|| a.name.cmp(&b.name))
                .then(a.person.cmp(&b.person))
        });
        for at in 0..rows.len() {
            let tied = at > 0 && rows[at - 1].won_amount == rows[at].won_amount;
            rows[at].rank = if tied {
                rows[at - 1].rank
            } else {
                u32::try_from(at + 1).unwrap_or(u32::MAX)
            };
        }
        Ok(rows)
    }

    async fn notes(&self) -> Result<Vec<Message>> {
        let mut notes = Vec::new();
        let period = self.period();
        let (Some(first), Some(last)) = (self.span.first_closed, self.span.last_closed) else {
            return Ok(notes);
        };
        let with_data = self.app.store()?.months_with_data().await?;
        let without: Vec<String> = periods(PeriodKind::Month, period.start(), period.end())
            .into_iter()
            .filter(|month| month.end() <= first && !with_data.contains(&month.start()))
            .map(|month| month.to_string())
            .collect();
        if !without.is_empty() {
            notes.push(Message::new(
                "months_without_data",
                &[("months", without.join(", "))],
            ));
        }
        if let Some(days) = self.days_so_far() {
            let params = [
                ("date", last.to_string()),
                ("period", period.to_string()),
                ("days", days.to_string()),
            ];
            notes.push(Message::new("data_ends_before_period_end", &params));
        }
        let year = period.start().year();
        match self.index.plan(year) {
            None => notes.push(Message::new(
                "no_goal_for_year",
                &[("year", year.to_string())],
            )),
            Some(plan) if plan.rule.is_none() => {
                notes.push(Message::new(
                    "goal_not_split",
                    &[("year", year.to_string())],
                ));
            }
            Some(_) => {}
        }
        Ok(notes)
    }
}

/// A figure before it has words.
#[derive(Debug, Clone, Copy)]
enum Figure {
    Money(i64),
    Count(i64),
    Ratio(Ratio),
}

impl Figure {
    fn exact(self) -> Ratio {
        match self {
            Self::Money(value) | Self::Count(value) => Ratio::from_int(value),
            Self::Ratio(ratio) => ratio,
        }
    }
}

/// `(now - before) / before`; None without a comparison above zero.
fn change(now: Option<Figure>, before: Option<Figure>) -> Option<String> {
    let (now, before) = (now?.exact(), before?.exact());
    if before <= Ratio::ZERO {
        return None;
    }
    Some(
        now.checked_sub(before)
            .ok()?
            .checked_div(before)
            .ok()?
            .to_string(),
    )
}
