//! The three charts: sales by week, customer types, attainment.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use yeji_core::calendar::{Period, PeriodKind, periods};
use yeji_core::goal::attainment;
use yeji_core::ids::UnitId;
use yeji_core::{Error as CoreError, Ratio};
use yeji_report::OTHER_KEY;
use yeji_report::chart::{Category, Chart, ChartKind, Role, Series, Value, ValueUnit};
use yeji_store::RollupSplit;

use super::{Marked, View};
use crate::api::performance::{Days, Drill, LeaderboardRow};
use crate::error::Result;
use crate::words;

impl View<'_> {
    pub(super) async fn weekly_sales(&self) -> Result<Marked> {
        let (from, to) = (self.period().start(), self.period().end());
        let mut won = BTreeMap::new();
        for row in self
            .app
            .results(from, to, self.units(), RollupSplit::Day)
            .await?
        {
            if let Some(day) = row.start {
                add_to_week(&mut won, day, row.won_minor)?;
            }
        }
        let mut goals = BTreeMap::new();
        for (day, minor) in self
            .app
            .goals_by_week(&self.index, self.period(), self.units())
            .await?
        {
            add_to_week(&mut goals, day, minor)?;
        }
        let weeks = periods(PeriodKind::IsoWeek, from, to);
        let actual = weeks
            .iter()
            .map(|week| {
                let won = won.get(&week.start()).copied();
                let won = won.or_else(|| self.is_known(*week).then_some(0))?;
                Some(Value::money(self.money(won)))
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
        let chart = Chart {
            id: "weekly_sales".to_owned(),
            kind: ChartKind::Bar,
            title: self.title("每周销售", "Weekly sales"),
            subtitle: Some(self.subtitle()),
            unit: ValueUnit::money(self.currency),
            categories: weeks
                .iter()
                .map(|week| Category {
                    key: week.to_string(),
                    label: words::week_label(*week, self.period(), self.lang),
                })
                .collect(),
            series,
            under_way: None,
            note: None,
        };
        // A week that the period cuts opens its days inside, which are all that its bar has.
        let drills = weeks
            .iter()
            .filter_map(|week| {
                let days = Days::from(*week).within(self.period())?;
                let drill = Drill {
                    days,
                    ..self.drill("won_amount")
                };
                Some((week.to_string(), drill))
            })
            .collect();
        Ok(Marked { chart, drills })
    }

    pub(super) async fn customer_types(&self) -> Result<Marked> {
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
        let unknown = words::no_customer_type(self.lang);
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
            under_way: None,
            note: None,
        };
        let chart = chart.shares(self.lang)?;
        let shown: BTreeSet<&str> = chart
            .categories
            .iter()
            .map(|slice| slice.key.as_str())
            .collect();
        let rest = rows.iter().map(|(key, _)| key.clone());
        let rest: Vec<String> = rest.filter(|key| !shown.contains(key.as_str())).collect();
        let drills = chart
            .categories
            .iter()
            .map(|slice| {
                let drill = Drill {
                    customer_types: if slice.key == OTHER_KEY {
                        rest.clone()
                    } else {
                        vec![slice.key.clone()]
                    },
                    ..self.drill("won_amount")
                };
                (slice.key.clone(), drill)
            })
            .collect();
        Ok(Marked { chart, drills })
    }

    /// Attainment by team (in a team: by person). Without a goal in the period: won amounts instead,
    /// said so.
    pub(super) async fn attainment_chart(&self, leaderboard: &[LeaderboardRow]) -> Result<Marked> {
        let single_team = self.tree.len() == 1 || self.app.sight().person().is_some();
        let mut bars = if single_team {
            people(leaderboard)
        } else {
            self.teams().await?
        };
        bars.sort_by(|a, b| a.place.label.cmp(&b.place.label));
        let has_goal = bars.iter().any(|bar| bar.goal.is_some_and(|goal| goal > 0));
        let figure = if has_goal { "attainment" } else { "won_amount" };
        let mut drills = BTreeMap::new();
        let mut ranked: Vec<(Category, Option<Value>, Option<Ratio>)> = Vec::new();
        for bar in bars {
            let drill = Drill {
                figure: figure.to_owned(),
                ..bar.drill
            };
            drills.insert(bar.place.key.clone(), drill);
            let won = self.money(bar.won);
            let (value, rank) = if has_goal {
                let ratio = match bar.goal {
                    Some(goal) => attainment(won, self.money(goal))?,
                    None => None,
                };
                (ratio.map(Value::ratio), ratio)
            } else {
                (Some(Value::money(won)), Some(Ratio::from_int(bar.won)))
            };
            ranked.push((bar.place, value, rank));
        }
        ranked.sort_by_key(|(_, _, rank)| std::cmp::Reverse(*rank));
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
        let (places, values): (Vec<_>, Vec<_>) = ranked.into_iter().map(|(c, v, _)| (c, v)).unzip();
        let chart = Chart {
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
                values,
            }],
            under_way: None,
            note: (!has_goal).then(|| note.to_owned()),
        };
        Ok(Marked { chart, drills })
    }

    /// Units with results or a goal of their own, each without those below it, which have bars too;
    /// and what people of no unit won, so that the bars are the whole.
    async fn teams(&self) -> Result<Vec<Bar>> {
        let (from, to) = (self.period().start(), self.period().end());
        let days = Days::from(self.period());
        let goals = self.app.goals_of_units(&self.index, days, None).await?;
        let won: BTreeMap<Option<UnitId>, i64> = self
            .app
            .results(from, to, self.units(), RollupSplit::Unit)
            .await?
            .into_iter()
            .map(|row| (row.unit, row.won_minor))
            .collect();
        let bar = |unit: Option<UnitId>| Bar {
            place: Category {
                key: unit.map_or_else(String::new, |id| id.to_string()),
                label: words::own_of(&self.organisation, unit, self.lang),
            },
            won: won.get(&unit).copied().unwrap_or(0),
            goal: unit.and_then(|id| goals.get(&id)?.whole()),
            drill: Drill {
                unit,
                directly: true,
                ..self.drill("won_amount")
            },
        };
        let own = |unit: &UnitId| goals.contains_key(unit) || won.contains_key(&Some(*unit));
        let mut bars: Vec<Bar> = self
            .tree
            .iter()
            .copied()
            .filter(own)
            .map(|unit| bar(Some(unit)))
            .collect();
        if won.contains_key(&None) {
            bars.push(bar(None));
        }
        Ok(bars)
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
}

/// A team or person of the attainment chart, in minor units.
struct Bar {
    place: Category,
    won: i64,
    goal: Option<i64>,
    drill: Drill,
}

/// The people whose deals are seen; two of one name by their staff numbers.
fn people(leaderboard: &[LeaderboardRow]) -> Vec<Bar> {
    let mut named: BTreeMap<&str, u32> = BTreeMap::new();
    for row in leaderboard {
        *named.entry(&row.name).or_default() += 1;
    }
    let label = |row: &LeaderboardRow| match &row.staff_number {
        Some(number) if named.get(row.name.as_str()) > Some(&1) => format!("{} {number}", row.name),
        _ => row.name.clone(),
    };
    let bar = |row: &LeaderboardRow| {
        Some(Bar {
            place: Category {
                key: row.person.to_string(),
                label: label(row),
            },
            won: row.won_amount?.minor,
            goal: row.goal.map(|goal| goal.minor),
            drill: row.drill.clone()?,
        })
    };
    leaderboard.iter().filter_map(bar).collect()
}

/// Adds an amount to the ISO week of a day; weeks by their Monday.
fn add_to_week(weeks: &mut BTreeMap<NaiveDate, i64>, day: NaiveDate, minor: i64) -> Result<()> {
    let monday = Period::iso_week_of(day)?.start();
    let sum = weeks.entry(monday).or_default();
    *sum = sum.checked_add(minor).ok_or(CoreError::Overflow("week"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::performance::Days;
    use yeji_core::ids::PersonId;
    use yeji_core::{Currency, Money};

    /// On the Goals page and in reports the bars of two people of one name would be taken for each other.
    #[test]
    fn bars_of_namesakes_are_told_apart() {
        let days = Days {
            from: yeji_testkit::day("2026-01-01"),
            to: yeji_testkit::day("2026-04-01"),
        };
        let row = |id: u128, name: &str, number: Option<&str>| LeaderboardRow {
            rank: 1,
            person: PersonId(uuid::Uuid::from_u128(id)),
            name: name.to_owned(),
            staff_number: number.map(str::to_owned),
            team: String::new(),
            won_amount: Some(Money::new(1, Currency::CNY)),
            won_count: Some(1),
            goal: None,
            attainment: None,
            drill: Some(Drill::new("won_amount", None, days)),
        };
        let board = [
            row(1, "王伟", Some("LY0007")),
            row(2, "王伟", Some("LY0010")),
            row(3, "李娜", Some("LY0001")),
            row(4, "王伟", None),
        ];
        let labels: Vec<String> = people(&board)
            .into_iter()
            .map(|bar| bar.place.label)
            .collect();
        assert_eq!(labels, ["王伟 LY0007", "王伟 LY0010", "李娜", "王伟"]);
    }
}
