//! Which version of which plan holds on a day, and which plan those have who are assigned to none
//! (docs/decisions/0030).
//!
//! A version says from which day it holds and is never edited: it holds until the next one of its plan
//! starts, and of two that start on the same day the later saved one holds. What was kept before plans had
//! dates holds from the first day there is, if the setting `bonus_plan_in_force` names it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use yeji_bonus::Plan;
use yeji_core::bonus_cycle::PlanAssignment;
use yeji_core::calendar::{FiscalCalendar, Period, PeriodKind};
use yeji_core::ids::BonusPlanId;
use yeji_core::org::{OPEN_END, OPEN_START};
use yeji_store::BonusPlanVersion;

use super::error::PlanError;
use super::plan;
use crate::context::App;
use crate::error::Result;
use crate::settings::BONUS_PLAN_IN_FORCE;

/// Kinds of periods that plans pay for.
const KINDS: [PeriodKind; 4] = [
    PeriodKind::Month,
    PeriodKind::Quarter,
    PeriodKind::Half,
    PeriodKind::Year,
];

/// The days on which a version holds.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    /// None: the built-in plan, as nobody has kept another.
    pub version: Option<BonusPlanVersion>,
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
}

impl Held {
    pub(super) fn plan(&self) -> Result<Plan> {
        match &self.version {
            Some(version) => plan::read(&version.document),
            None => Ok(yeji_bonus::attainment_bands()?),
        }
    }
}

/// A period with the plan that it is run by.
#[derive(Debug, Clone)]
pub(super) struct PlanPeriod {
    pub period: Period,
    /// The version of the period's last day; where none held then, today's.
    pub plan: Plan,
    /// A version held on the last day: without one a run is refused.
    pub held: bool,
}

/// All versions and assignments of the store.
#[derive(Debug, Clone)]
pub(crate) struct PlanBook {
    versions: Vec<BonusPlanVersion>,
    /// The version that the setting names.
    base: Option<BonusPlanId>,
    built_in: String,
    pub(super) assignments: Vec<PlanAssignment>,
}

impl PlanBook {
    /// Nothing but assignments, in a test.
    #[cfg(test)]
    pub(super) fn of(base: &str, assignments: Vec<PlanAssignment>) -> Self {
        Self {
            versions: Vec::new(),
            base: None,
            built_in: base.to_owned(),
            assignments,
        }
    }

    /// The plan of everybody for whom nothing else is said.
    pub(super) fn base_code(&self) -> &str {
        let base = self.versions.iter().find(|one| Some(one.id) == self.base);
        base.map_or(&self.built_in, |one| &one.code)
    }

    /// The plan on a day of those who are assigned to none by themselves or by their unit.
    pub(super) fn default_on(&self, day: NaiveDate) -> &str {
        let everybody = self.assignments.iter().filter(|one| is_everybody(one));
        newest_on(everybody, day).map_or(self.base_code(), |one| &one.plan)
    }

    /// Versions of a plan with their days, in their order.
    pub(super) fn held(&self, code: &str) -> Vec<Held> {
        let mut starts: BTreeMap<NaiveDate, Option<&BonusPlanVersion>> = BTreeMap::new();
        if self.base.is_none() && code == self.built_in {
            starts.insert(OPEN_START, None);
        }
        for version in self.versions.iter().filter(|one| one.code == code) {
            let from = match version.effective_from {
                _ if Some(version.id) == self.base => OPEN_START,
                OPEN_START => continue,
                dated => dated,
            };
            let known = starts.entry(from).or_insert(None);
            if known.is_none_or(|known| known.version < version.version) {
                *known = Some(version);
            }
        }
        let ends = starts.keys().skip(1).copied().chain([OPEN_END]);
        let ends: Vec<NaiveDate> = ends.collect();
        starts
            .into_iter()
            .zip(ends)
            .map(|((from, version), to)| Held {
                version: version.cloned(),
                from,
                to,
            })
            .collect()
    }

    /// What holds of a plan on a day.
    pub(super) fn held_on(&self, code: &str, day: NaiveDate) -> Option<Held> {
        let mut held = self.held(code).into_iter();
        held.find(|one| one.from <= day && day < one.to)
    }

    /// The period around a day that a plan, or that of everybody, is run by, with the version that runs
    /// it. That is the one of the period's last day, and how long periods are is said by the version: that
    /// of the day is asked first. None where no version would run it.
    pub(super) fn run_around(
        &self,
        code: Option<&str>,
        day: NaiveDate,
        fiscal: FiscalCalendar,
    ) -> Result<Option<(Period, Plan)>> {
        let on = |day| self.held_on(code.unwrap_or_else(|| self.default_on(day)), day);
        let of_day = on(day).map(|held| held.plan()).transpose()?;
        let kinds = of_day.map(|plan| plan.period).into_iter().chain(KINDS);
        for kind in kinds {
            let period = fiscal.containing(kind, day)?;
            let runs = on(last_day(period)).map(|held| held.plan()).transpose()?;
            if let Some(plan) = runs.filter(|plan| plan.period == kind) {
                return Ok(Some((period, plan)));
            }
        }
        Ok(None)
    }

    /// The periods of a plan, or of that of everybody, from a day to a day, in order, each with the plan
    /// that it is run by.
    pub(super) fn runs_between(
        &self,
        code: Option<&str>,
        (from, to): (NaiveDate, NaiveDate),
        today: NaiveDate,
        fiscal: FiscalCalendar,
    ) -> Result<Vec<PlanPeriod>> {
        let Some(now) = self.now(code, today)? else {
            return Ok(Vec::new());
        };
        let mut runs = Vec::new();
        let mut day = from;
        while day < to {
            let run = match self.run_around(code, day, fiscal)? {
                Some((period, plan)) => PlanPeriod {
                    period,
                    plan,
                    held: true,
                },
                None => PlanPeriod {
                    period: fiscal.containing(now.period, day)?,
                    plan: now.clone(),
                    held: false,
                },
            };
            day = run.period.end();
            runs.push(run);
        }
        Ok(runs)
    }

    /// A plan, or that of everybody, as it holds today, else as it will.
    pub(super) fn now(&self, code: Option<&str>, today: NaiveDate) -> Result<Option<Plan>> {
        let held = self.held(code.unwrap_or_else(|| self.default_on(today)));
        on_or_next(&held, today).map(Held::plan).transpose()
    }

    /// Whether a plan is that of everybody on all days.
    pub(super) fn is_default_throughout(&self, code: &str, from: NaiveDate, to: NaiveDate) -> bool {
        let everybody = self.assignments.iter().filter(|one| is_everybody(one));
        let changes = everybody.flat_map(|one| [one.from, one.to]);
        let inside = changes.filter(|day| from < *day && *day < to);
        inside.chain([from]).all(|day| self.default_on(day) == code)
    }

    /// Codes of the plans that are those of everybody on some day.
    pub(super) fn codes_of_everybody(&self) -> impl Iterator<Item = String> {
        let everybody = self.assignments.iter().filter(|one| is_everybody(one));
        let codes = everybody.map(|one| one.plan.as_str());
        codes.chain([self.base_code()]).map(str::to_owned)
    }

    /// Versions of these plans that hold some day.
    pub(crate) fn held_ids(&self, codes: &BTreeSet<String>) -> Vec<BonusPlanId> {
        let held = codes.iter().flat_map(|code| self.held(code));
        held.filter_map(|one| one.version)
            .map(|one| one.id)
            .collect()
    }

    /// Whether a plan was put in force, or somebody is assigned to it.
    pub(crate) fn knows(&self, code: &str) -> bool {
        let assigned = self.assignments.iter().any(|one| one.plan == code);
        assigned || !self.held(code).is_empty()
    }

    /// Codes of all plans that were put in force, that of the base first.
    pub(super) fn codes(&self) -> Vec<String> {
        let mut codes: BTreeSet<&str> = self.versions.iter().map(|one| one.code.as_str()).collect();
        codes.insert(&self.built_in);
        let base = self.base_code();
        codes.remove(base);
        let others = codes.into_iter().filter(|code| self.knows(code));
        [base]
            .into_iter()
            .chain(others)
            .map(str::to_owned)
            .collect()
    }

    /// Whose plan a run of a code is: the plan of a file stands for the plan of everybody.
    pub(super) fn stands_for(&self, code: &str, day: NaiveDate) -> String {
        if self.knows(code) {
            code.to_owned()
        } else {
            self.default_on(day).to_owned()
        }
    }

    /// A plan that was never put in force.
    pub(super) fn is_new(&self, code: &str) -> bool {
        !self.knows(code)
    }

    /// The first day there is for versions that stand beside the base: all the time, but dated.
    pub(super) fn always() -> NaiveDate {
        OPEN_START.succ_opt().unwrap_or(OPEN_START)
    }

    /// No plan was saved yet.
    pub(super) fn is_untouched(&self) -> bool {
        let counts = |one: &BonusPlanVersion| one.effective_from > OPEN_START;
        self.base.is_none() && !self.versions.iter().any(counts)
    }

    pub(super) fn base(&self) -> Option<BonusPlanId> {
        self.base
    }

    /// The book with other assignments in the place of those that they change.
    pub(super) fn with_assignments(mut self, new: &[PlanAssignment]) -> Self {
        self.assignments
            .retain(|one| new.iter().all(|new| new.id != one.id));
        self.assignments.extend(new.iter().cloned());
        self
    }

    /// The book with a version, which becomes the base or not.
    pub(super) fn with_version(mut self, version: BonusPlanVersion, is_base: bool) -> Self {
        if is_base {
            self.base = Some(version.id);
        }
        self.versions.push(version);
        self
    }
}

/// What holds on a day, else what comes next.
pub(super) fn on_or_next(held: &[Held], day: NaiveDate) -> Option<&Held> {
    let on = held.iter().find(|one| one.from <= day && day < one.to);
    on.or_else(|| held.iter().find(|one| one.from > day))
}

/// Of several that hold on a day the one that starts last: there is more than one only where changes were
/// taken back.
pub(super) fn newest_on<'a>(
    all: impl Iterator<Item = &'a PlanAssignment>,
    day: NaiveDate,
) -> Option<&'a PlanAssignment> {
    all.filter(|one| one.from <= day && day < one.to)
        .max_by_key(|one| (one.from, one.id))
}

/// Whether it is for everybody.
pub(super) fn is_everybody(one: &PlanAssignment) -> bool {
    one.person.is_none() && one.unit.is_none()
}

/// A period's last day: the version and the default plan of that day run all of it.
pub(super) fn last_day(period: Period) -> NaiveDate {
    period.end().pred_opt().unwrap_or(period.start())
}

impl App {
    pub(crate) async fn plan_book(&self) -> Result<PlanBook> {
        let store = self.store()?;
        let base = store.setting(BONUS_PLAN_IN_FORCE).await?;
        let base = base
            .map(serde_json::from_value::<BonusPlanId>)
            .transpose()
            .map_err(yeji_store::Error::from)?;
        Ok(PlanBook {
            versions: store.bonus_plans().await?,
            base,
            built_in: yeji_bonus::attainment_bands()?.code,
            assignments: store.plan_assignments().await?,
        })
    }

    /// The plan that runs a period: of a code, or of everybody who is assigned to none; the built-in one
    /// until another is saved.
    pub(super) async fn plan_for(
        &self,
        code: Option<&str>,
        period: Period,
    ) -> Result<(Option<BonusPlanVersion>, Plan)> {
        self.plan_on(code, last_day(period)).await
    }

    /// The plan on a day.
    pub(super) async fn plan_on(
        &self,
        code: Option<&str>,
        day: NaiveDate,
    ) -> Result<(Option<BonusPlanVersion>, Plan)> {
        let book = self.plan_book().await?;
        let code = code.unwrap_or_else(|| book.default_on(day)).to_owned();
        let held = book.held_on(&code, day).ok_or_else(|| {
            let known = book.knows(&code);
            not_in_force(code, day, known)
        })?;
        let plan = held.plan()?;
        Ok((held.version, plan))
    }

    /// From which day a plan holds if nobody says: from the first there is for the first plan of the
    /// store, else from the next period of its kind that nobody has approved.
    pub(super) async fn next_start(&self, book: &PlanBook, plan: &Plan) -> Result<NaiveDate> {
        if book.is_untouched() {
            return Ok(OPEN_START);
        }
        let fiscal = self.company_calendar().await?.fiscal()?;
        let now = fiscal.containing(plan.period, self.clock.today())?;
        let next = now.end();
        let approved = self.approved_until(book, &plan.code, fiscal, plan.period);
        let approved = approved.await?;
        Ok(approved.map_or(next, |(_, until)| next.max(until)))
    }

    /// The last approved period of a plan, with the day after it.
    pub(super) async fn approved_until(
        &self,
        book: &PlanBook,
        code: &str,
        fiscal: FiscalCalendar,
        kind: PeriodKind,
    ) -> Result<Option<(Period, NaiveDate)>> {
        let cycles = self.all_cycles().await?.into_iter();
        // The plan of a file has approved for the one that it stands for.
        let own = cycles.filter(|cycle| {
            let is_own = || book.stands_for(&cycle.plan, last_day(cycle.period)) == code;
            cycle.standing.is_approved() && (cycle.plan == code || is_own())
        });
        let Some(last) = own
            .map(|cycle| cycle.period)
            .max_by_key(|period| period.end())
        else {
            return Ok(None);
        };
        // Where the plan pays by other periods now, the one around the last day is taken as a whole.
        let around = fiscal.containing(kind, last_day(last))?;
        Ok(Some((last, around.end().max(last.end()))))
    }

    /// Refuses a start within or before an approved period.
    pub(super) async fn require_unapproved(
        &self,
        book: &PlanBook,
        plan: &Plan,
        from: NaiveDate,
    ) -> Result<()> {
        let fiscal = self.company_calendar().await?.fiscal()?;
        let approved = self.approved_until(book, &plan.code, fiscal, plan.period);
        match approved.await? {
            Some((period, first)) if from < first => Err(PlanError::ApprovedFrom {
                plan: plan.code.clone(),
                period: period.to_string(),
                first,
            }
            .into()),
            _ => Ok(()),
        }
    }
}

fn not_in_force(plan: String, day: NaiveDate, known: bool) -> crate::error::Error {
    if known {
        return PlanError::NotInForce { plan, day }.into();
    }
    crate::error::Error::NotFound {
        what: "bonus plan",
        value: plan,
    }
}
