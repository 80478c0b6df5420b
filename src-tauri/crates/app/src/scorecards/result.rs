//! How far units and people are by all KPIs of their scorecards together.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::Ratio;
use yeji_core::calendar::Period;
use yeji_core::org::Organisation;
use yeji_core::scorecard::{KpiWeight, Scorecard};
use yeji_goals::light::Better;
use yeji_goals::scorecard::{ScorecardInput, ScorecardKpi as EngineKpi, ScorecardLine, scorecard};
use yeji_insight::kpi::Direction;

use super::book::{Book, Kind};
use super::goals::refuse_period;
use super::value::percent;
use super::who::{MeasuredAs, Named, last_day};
use super::{PLANNED, in_force, kpi, planned_metric};
use crate::api::Message;
use crate::api::performance::Days;
use crate::api::scorecards::{
    GetScorecardResult, KpiGoalInForce, KpiGoalSource, ScorecardOf, ScorecardResult,
    ScorecardResultKpi,
};
use crate::context::App;
use crate::error::Result;
use crate::performance::{Figure, Measured, Whose};
use crate::words;

/// Somebody with the scorecard that counts for them.
struct Subject<'a> {
    whose: Whose,
    measured: MeasuredAs,
    scorecard: Option<(&'a Scorecard, bool)>,
}

/// A KPI of everybody who is measured by it.
struct Column {
    /// None: the KPI is gone, or cannot be calculated (any more).
    measured: std::result::Result<Measured, Message>,
    /// Actual and goal by subject.
    cells: BTreeMap<Whose, (Figure, std::result::Result<KpiGoalInForce, Message>)>,
}

impl App {
    /// How far a unit or person is by the KPIs of their scorecard; of a unit also the people in it.
    ///
    /// # Errors
    /// Somebody whose results are not seen; a week.
    pub async fn get_scorecard_result(&self, args: GetScorecardResult) -> Result<ScorecardResult> {
        refuse_period(args.period)?;
        let organisation = self.store()?.organisation().await?;
        let asked = self.whose_kpis(&organisation, args.unit, args.person)?;
        let mut all = vec![asked];
        if let (true, Whose::Unit(unit)) = (args.people, asked) {
            all.extend(people_of(&organisation, unit, args.period));
        }
        let kept = self.store()?.scorecards().await?;
        let subjects: Vec<Subject> = all
            .into_iter()
            .map(|whose| {
                let measured = self.measured_as(&organisation, whose, args.period);
                Subject {
                    whose,
                    measured,
                    scorecard: in_force(&kept, measured.role, last_day(args.period)),
                }
            })
            .collect();
        let columns = self.columns(&organisation, &subjects, args.period).await?;
        let mut rows = Vec::with_capacity(subjects.len());
        for subject in &subjects {
            rows.push(row(&organisation, subject, &columns, &kept, args.period)?);
        }
        let today = self.actor().day(self.clock.today());
        let under_way = args.period.contains(today);
        Ok(ScorecardResult {
            period: args.period,
            period_label: words::period(args.period, args.language),
            rows,
            notes: under_way
                .then(|| Message::new("scorecard_under_way", &[]))
                .into_iter()
                .collect(),
        })
    }

    /// Actuals and goals, each KPI once for all who need it.
    async fn columns(
        &self,
        organisation: &Organisation,
        subjects: &[Subject<'_>],
        period: Period,
    ) -> Result<BTreeMap<String, Column>> {
        let mut needed: BTreeMap<String, Vec<&Subject>> = BTreeMap::new();
        for subject in subjects {
            let parts = subject
                .scorecard
                .iter()
                .flat_map(|one| one.0.weights.parts());
            for part in parts {
                needed.entry(part.kpi.clone()).or_default().push(subject);
            }
        }
        let mut columns = BTreeMap::new();
        for (code, subjects) in needed {
            let column = self.column(organisation, &code, &subjects, period).await?;
            columns.insert(code, column);
        }
        Ok(columns)
    }

    async fn column(
        &self,
        organisation: &Organisation,
        code: &str,
        subjects: &[&Subject<'_>],
        period: Period,
    ) -> Result<Column> {
        let measured = match self.measured_or_gone(code).await? {
            Ok(measured) => measured,
            Err(why) => {
                return Ok(Column {
                    measured: Err(why),
                    cells: BTreeMap::new(),
                });
            }
        };
        let days = Days::from(period);
        let figures: Vec<Whose> = subjects.iter().map(|one| one.measured.figures).collect();
        let actuals = self.figures_of(&measured, &figures, days).await?;
        let goals = self
            .goals_in_force(organisation, &measured, (subjects, &figures), period)
            .await?;
        let cells = subjects.iter().map(|one| one.whose);
        let cells = cells.zip(actuals.into_iter().zip(goals)).collect();
        Ok(Column {
            measured: Ok(measured),
            cells,
        })
    }

    /// By the plan where there is one; else, unless it is always planned, as it is set one by one.
    async fn goals_in_force(
        &self,
        organisation: &Organisation,
        measured: &Measured,
        (subjects, figures): (&[&Subject<'_>], &[Whose]),
        period: Period,
    ) -> Result<Vec<std::result::Result<KpiGoalInForce, Message>>> {
        let code = &measured.definition().code;
        let planned = match planned_metric(code) {
            Some(metric) => {
                self.planned_goals(metric, figures, Days::from(period))
                    .await?
            }
            None => {
                return self
                    .set_goals(organisation, measured, subjects, period)
                    .await;
            }
        };
        let shown = |value: Ratio| measured.shown(value).unwrap_or_default();
        let planned = planned.into_iter().map(|goal| {
            goal.map(|value| KpiGoalInForce {
                value: value.to_string(),
                shown: shown(value),
                source: KpiGoalSource::Plan,
                of: None,
                set_for: Some(period),
            })
        });
        if code == PLANNED {
            return Ok(planned.collect());
        }
        let set = self
            .set_goals(organisation, measured, subjects, period)
            .await?;
        let both = planned.zip(set);
        Ok(both.map(|(planned, set)| planned.or(set)).collect())
    }

    /// Goals that are set one by one: one's own, else those of the figures by which one is measured.
    async fn set_goals(
        &self,
        organisation: &Organisation,
        measured: &Measured,
        subjects: &[&Subject<'_>],
        period: Period,
    ) -> Result<Vec<std::result::Result<KpiGoalInForce, Message>>> {
        let code = &measured.definition().code;
        let kept = self.store()?.kpi_goals(Some(code)).await?;
        let book = Book::new(organisation, Kind::of(measured), period, &kept);
        let mut goals = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let own = book.own(subject.whose).is_some();
            let whose = if own {
                subject.whose
            } else {
                subject.measured.figures
            };
            let view = self
                .kpi_goal_in(measured, &book, organisation, whose, period)
                .await?;
            let none = || Message::new("kpi_goal_none", &[]);
            goals.push(match view.goal {
                Some(goal) => Ok(goal),
                None => Err(view.reason.unwrap_or_else(none)),
            });
        }
        Ok(goals)
    }
}

/// What somebody has reached.
fn row(
    organisation: &Organisation,
    subject: &Subject<'_>,
    columns: &BTreeMap<String, Column>,
    kept: &[Scorecard],
    period: Period,
) -> Result<ScorecardOf> {
    let MeasuredAs { role, figures } = subject.measured;
    let named = Named::of(organisation, subject.whose);
    let figures_of = (figures != subject.whose).then(|| Named::of(organisation, figures).name);
    let mut of = ScorecardOf {
        whose: named.id,
        name: named.name,
        staff_number: named.staff_number,
        level: named.level.to_owned(),
        figures_of,
        role,
        is_everybodys: false,
        since: None,
        no_scorecard: None,
        kpis: Vec::new(),
        total: None,
        total_shown: None,
        missing: Vec::new(),
        present: None,
        present_shown: None,
        present_weight: None,
        present_weight_shown: None,
        notes: Vec::new(),
    };
    let Some((scorecard, is_everybodys)) = subject.scorecard else {
        let day = ("day", last_day(period).to_string());
        of.no_scorecard = Some(Message::new("scorecard_none", &[day]));
        return Ok(of);
    };
    of.since = Some(scorecard.from);
    of.is_everybodys = is_everybodys;
    if let Some(day) = changed_within(kept, scorecard, period) {
        let params = [("day", day.to_string())];
        of.notes
            .push(Message::new("scorecard_changed_within", &params));
    }
    fill(&mut of, scorecard, columns, subject.whose)?;
    Ok(of)
}

/// The KPIs, the total and what is missing, by the engine.
fn fill(
    of: &mut ScorecardOf,
    kept: &Scorecard,
    columns: &BTreeMap<String, Column>,
    whose: Whose,
) -> Result<()> {
    let parts = kept.weights.parts();
    let mut input = ScorecardInput {
        kpis: Vec::with_capacity(parts.len()),
    };
    for part in parts {
        input.kpis.push(engine_kpi(part, columns, whose)?);
    }
    let output = scorecard(&input)?;
    for (part, line) in parts.iter().zip(&output.kpis) {
        of.kpis
            .push(result_kpi(part, line, columns.get(&part.kpi), whose));
    }
    let some = |value: Option<Ratio>| {
        (
            value.as_ref().map(Ratio::to_string),
            value.and_then(percent),
        )
    };
    (of.total, of.total_shown) = some(output.total);
    (of.present, of.present_shown) = some(Some(output.present));
    (of.present_weight, of.present_weight_shown) = some(Some(output.present_weight));
    of.missing = output.missing;
    of.notes
        .extend(output.notes.into_iter().map(|note| Message {
            code: note.code,
            params: note.params,
        }));
    Ok(())
}

fn engine_kpi(
    part: &KpiWeight,
    columns: &BTreeMap<String, Column>,
    whose: Whose,
) -> Result<EngineKpi> {
    let column = columns.get(&part.kpi);
    let cell = column.and_then(|column| column.cells.get(&whose));
    let measured = column.and_then(|column| column.measured.as_ref().ok());
    let direction = measured.map(|measured| measured.definition().direction);
    let goal = cell.and_then(|(_, goal)| goal.as_ref().ok());
    let goal = goal.map(|goal| goal.value.parse::<Ratio>()).transpose()?;
    Ok(EngineKpi {
        kpi: part.kpi.clone(),
        better: match direction {
            Some(Direction::Lower) => Better::Lower,
            _ => Better::Higher,
        },
        weight: part.weight,
        actual: cell.and_then(|(actual, _)| actual.as_ref().ok().copied()),
        // An own KPI may have lost its better side since.
        goal: goal.filter(|_| direction != Some(Direction::Neutral)),
        cap: part.cap,
    })
}

fn result_kpi(
    part: &KpiWeight,
    line: &ScorecardLine,
    column: Option<&Column>,
    whose: Whose,
) -> ScorecardResultKpi {
    let measured = column.and_then(|column| column.measured.as_ref().ok());
    let cell = column.and_then(|column| column.cells.get(&whose));
    let actual = cell.and_then(|(actual, _)| actual.as_ref().ok().copied());
    let info = measured.map(Measured::info);
    ScorecardResultKpi {
        kpi: kpi(part, info.as_ref()),
        unit: info.map_or_else(|| "number".to_owned(), |info| info.unit),
        actual: actual.as_ref().map(Ratio::to_string),
        actual_shown: actual.and_then(|value| measured?.shown(value)),
        goal: cell.and_then(|(_, goal)| goal.as_ref().ok().cloned()),
        attainment: line.attainment.as_ref().map(Ratio::to_string),
        attainment_shown: line.attainment.and_then(percent),
        is_capped: line.attainment.is_some() && line.attainment != line.uncapped,
        contribution: line.contribution.as_ref().map(Ratio::to_string),
        contribution_shown: line.contribution.and_then(percent),
        reason: line
            .no_value
            .as_deref()
            .map(|code| reason(code, column, cell)),
    }
}

/// Why a KPI has no attainment, as a sentence.
fn reason(
    code: &str,
    column: Option<&Column>,
    cell: Option<&(Figure, std::result::Result<KpiGoalInForce, Message>)>,
) -> Message {
    let gone = column.and_then(|column| column.measured.as_ref().err());
    if let Some(gone) = gone {
        return gone.clone();
    }
    let own = match (code, cell) {
        ("no_actual", Some((Err(why), _))) | ("no_goal", Some((_, Err(why)))) => Some(why.clone()),
        _ => None,
    };
    own.unwrap_or_else(|| {
        let said = match code {
            "no_goal" => "no_value_neutral",
            "goal_not_positive" => "no_value_goal_zero",
            "actual_not_positive" => "no_value_nothing_reached",
            _ => "no_value_too_large",
        };
        Message::new(said, &[])
    })
}

/// The first day in a period, after its first, on which the scorecard of a role changed.
fn changed_within(
    kept: &[Scorecard],
    scorecard: &Scorecard,
    period: Period,
) -> Option<chrono::NaiveDate> {
    let same = kept.iter().filter(|one| one.role == scorecard.role);
    let days = same.map(|one| one.from);
    days.filter(|day| period.start() < *day && *day < period.end())
        .min()
}

/// People who sell in a unit or below in a period, by name.
fn people_of(
    organisation: &Organisation,
    unit: yeji_core::ids::UnitId,
    period: Period,
) -> Vec<Whose> {
    let (from, to) = (period.start(), period.end());
    let people: BTreeSet<_> = organisation
        .subtree(unit)
        .into_iter()
        .flat_map(|unit| organisation.sellers_within(unit, from, to))
        .collect();
    let mut named: Vec<_> = people
        .into_iter()
        .map(|id| (organisation.person(id).map(|one| one.name.as_str()), id))
        .collect();
    named.sort_unstable();
    named.into_iter().map(|(_, id)| Whose::Person(id)).collect()
}
