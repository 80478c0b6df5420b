//! Objectives of people: what they are to reach besides numbers, and how far they reached it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use yeji_bonus::{Measure, ObjectiveInput, Plan};
use yeji_core::Ratio;
use yeji_core::bonus_cycle::BonusObjective;
use yeji_core::calendar::Period;
use yeji_core::ids::{BonusObjectiveId, PersonId};
use yeji_core::org::Organisation;
use yeji_store::{AuditDraft, ChangeKind, Entity};

use super::assign::Assigned;
use super::error::PlanError;
use super::versions::{PlanBook, last_day};
use crate::api::bonus_people::{
    CopyObjectives, JudgeObjective, ListObjectives, ObjectiveList, ObjectiveRow, ObjectiveSetting,
    PersonObjectives, SetObjectives,
};
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::name_of;

/// Most objectives of a person for a period.
const MAX_OBJECTIVES: usize = 30;
/// Longest name, in characters.
const MAX_NAME_CHARS: usize = 200;
/// A result is at most this much of the objective.
const MAX_RESULT: i64 = 10;

impl App {
    /// Objectives of a period, of those whose pay is seen.
    pub async fn list_objectives(&self, args: ListObjectives) -> Result<ObjectiveList> {
        let organisation = self.store()?.organisation().await?;
        let pay = self.pay_sight().await?;
        let book = self.plan_book().await?;
        let asking = codes_with_objectives(&book, args.period)?;
        let key = args.period.to_string();
        let mut of_people: BTreeMap<PersonId, Vec<BonusObjective>> = BTreeMap::new();
        for one in self.store()?.bonus_objectives(Some(&key)).await? {
            of_people.entry(one.person).or_default().push(one);
        }
        let assigned = Assigned::new(&book, &organisation);
        let approved = self.approved_plans(&book, args.period).await?;
        let mut people = Vec::new();
        for person in organisation.people() {
            let wanted = args.person.is_none_or(|wanted| wanted == person.id);
            if !wanted || !pay.includes(person.id) {
                continue;
            }
            let own = of_people.remove(&person.id).unwrap_or_default();
            let under = assigned.under(person.id, args.period.start(), args.period.end());
            let mut stays = organisation.stays(person.id);
            let there =
                stays.any(|stay| stay.from < args.period.end() && args.period.start() < stay.to);
            let pays = under.iter().any(|one| asking.contains(&one.plan));
            if own.is_empty() && !(there && pays) && args.person.is_none() {
                continue;
            }
            let unit = organisation.membership_on(person.id, last_day(args.period));
            people.push(PersonObjectives {
                person: person.id,
                name: person.name.clone(),
                staff_number: person.staff_number.clone(),
                unit: unit
                    .and_then(|stay| organisation.unit(stay.unit))
                    .map(|unit| unit.name.clone()),
                reached: reached(&own)?,
                approved: under.iter().any(|one| approved.contains(&one.plan)),
                unpaid: !pays,
                objectives: own.iter().map(row).collect(),
            });
        }
        people.sort_by(|a, b| a.name.cmp(&b.name).then(a.person.cmp(&b.person)));
        Ok(ObjectiveList {
            period: args.period,
            periods: self.objective_periods(args.period).await?,
            people,
        })
    }

    /// Sets all objectives of a person for a period; known ones keep their results.
    pub async fn set_objectives(&self, args: SetObjectives) -> Result<ObjectiveList> {
        let _turn = self.turn().await;
        let organisation = self.store()?.organisation().await?;
        let people = BTreeSet::from([args.person]);
        self.require_judgeable(&organisation, &people, args.period)
            .await?;
        let read = read_settings(&args.objectives)?;
        let key = args.period.to_string();
        let mut known = self.store()?.bonus_objectives(Some(&key)).await?;
        known.retain(|one| one.person == args.person);
        let mut put = Vec::new();
        for (setting, weight) in args.objectives.iter().zip(read) {
            let name = setting.name.trim().to_owned();
            let before = match setting.id {
                None => None,
                Some(id) => Some(known_objective(&known, id)?),
            };
            match before {
                Some(before) if before.name == name && before.weight == weight => {}
                _ => put.push(BonusObjective {
                    id: before
                        .map_or_else(|| BonusObjectiveId(self.clock.new_id()), |before| before.id),
                    person: args.person,
                    period: key.clone(),
                    name,
                    weight,
                    result: before.and_then(|before| before.result),
                    author: self.author(),
                    at: self.clock.now(),
                }),
            }
        }
        let kept: BTreeSet<_> = args.objectives.iter().filter_map(|one| one.id).collect();
        let gone = known.iter().filter(|one| !kept.contains(&one.id));
        let gone = gone.map(|one| one.id).collect();
        self.keep_objectives(&organisation, args.person, args.period, put, gone)
            .await?;
        self.objectives_of_person(args.person, args.period).await
    }

    /// Says how far an objective was reached.
    pub async fn judge_objective(&self, args: JudgeObjective) -> Result<ObjectiveList> {
        let _turn = self.turn().await;
        let organisation = self.store()?.organisation().await?;
        let all = self.store()?.bonus_objectives(None).await?;
        let known = known_objective(&all, args.objective)?;
        let period: Period = known.period.parse()?;
        let people = BTreeSet::from([known.person]);
        self.require_judgeable(&organisation, &people, period)
            .await?;
        let result = args.result.as_deref();
        let result = result
            .map(|text| share(&known.name, text, Ratio::from_int(MAX_RESULT)))
            .transpose()?;
        let judged = BonusObjective {
            result,
            author: self.author(),
            at: self.clock.now(),
            ..known.clone()
        };
        self.keep_objectives(
            &organisation,
            known.person,
            period,
            vec![judged],
            Vec::new(),
        )
        .await?;
        self.objectives_of_person(known.person, period).await
    }

    /// Copies names and weights to other people or another period.
    pub async fn copy_objectives(&self, args: CopyObjectives) -> Result<ObjectiveList> {
        let _turn = self.turn().await;
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let (from, key) = (args.from_period.to_string(), args.period.to_string());
        let mut copied = store.bonus_objectives(Some(&from)).await?;
        copied.retain(|one| one.person == args.from_person);
        if copied.is_empty() {
            return Err(Error::NotFound {
                what: "objectives",
                value: name_of(&organisation, args.from_person),
            });
        }
        let there = store.bonus_objectives(Some(&key)).await?.into_iter();
        let there: BTreeSet<PersonId> = there.map(|one| one.person).collect();
        let people: BTreeSet<PersonId> = args.people.iter().copied().collect();
        self.require_judgeable(&organisation, &people, args.period)
            .await?;
        let mut put = Vec::new();
        for person in &people {
            if there.contains(person) {
                return Err(PlanError::ObjectivesThere {
                    name: name_of(&organisation, *person),
                    period: key.clone(),
                }
                .into());
            }
            for one in &copied {
                put.push(BonusObjective {
                    id: BonusObjectiveId(self.clock.new_id()),
                    person: *person,
                    period: key.clone(),
                    result: None,
                    author: self.author(),
                    at: self.clock.now(),
                    ..one.clone()
                });
            }
        }
        let names = people.iter().map(|one| name_of(&organisation, *one));
        let names = crate::words::names(names.collect());
        self.put_objectives(names, args.period, put, Vec::new())
            .await?;
        let args = ListObjectives {
            period: args.period,
            person: None,
        };
        self.list_objectives(args).await
    }

    /// Objectives of a period for the engine, where a plan asks for them.
    pub(super) async fn objectives_of(
        &self,
        plan: &Plan,
        period: Period,
    ) -> Result<BTreeMap<PersonId, Vec<ObjectiveInput>>> {
        let mut of_people: BTreeMap<PersonId, Vec<ObjectiveInput>> = BTreeMap::new();
        if !asks_for_objectives(plan) {
            return Ok(of_people);
        }
        let key = period.to_string();
        for one in self.store()?.bonus_objectives(Some(&key)).await? {
            of_people
                .entry(one.person)
                .or_default()
                .push(ObjectiveInput {
                    name: one.name,
                    weight: one.weight,
                    result: one.result,
                });
        }
        Ok(of_people)
    }

    async fn objectives_of_person(
        &self,
        person: PersonId,
        period: Period,
    ) -> Result<ObjectiveList> {
        let person = Some(person);
        self.list_objectives(ListObjectives { period, person })
            .await
    }

    async fn keep_objectives(
        &self,
        organisation: &Organisation,
        person: PersonId,
        period: Period,
        put: Vec<BonusObjective>,
        gone: Vec<BonusObjectiveId>,
    ) -> Result<()> {
        if put.is_empty() && gone.is_empty() {
            return Ok(());
        }
        let name = name_of(organisation, person);
        self.put_objectives(name, period, put, gone).await
    }

    async fn put_objectives(
        &self,
        name: String,
        period: Period,
        put: Vec<BonusObjective>,
        gone: Vec<BonusObjectiveId>,
    ) -> Result<()> {
        let detail = json!({ "name": name, "period": period });
        let mut change = self.change(ChangeKind::BonusObjective, detail.clone());
        change.audit = Some(AuditDraft {
            action: "bonus.objectives".to_owned(),
            subject: name,
            detail,
        });
        change.put.extend(put.into_iter().map(Into::into));
        let gone = gone.into_iter().map(|id| (Entity::BonusObjective, id.0));
        change.delete.extend(gone);
        self.apply(change).await?;
        Ok(())
    }

    /// Refuses changes of people whose bonuses for the period are approved.
    pub(super) async fn require_judgeable(
        &self,
        organisation: &Organisation,
        people: &BTreeSet<PersonId>,
        period: Period,
    ) -> Result<()> {
        let book = self.plan_book().await?;
        let approved = self.approved_plans(&book, period).await?;
        let assigned = Assigned::new(&book, organisation);
        for person in people {
            if organisation.person(*person).is_none() {
                return Err(Error::NotFound {
                    what: "person",
                    value: person.to_string(),
                });
            }
            let under = assigned.under(*person, period.start(), period.end());
            if under.iter().any(|one| approved.contains(&one.plan)) {
                return Err(PlanError::Approved {
                    name: name_of(organisation, *person),
                    period: period.to_string(),
                }
                .into());
            }
        }
        Ok(())
    }

    /// Codes of the plans by which a period is approved.
    async fn approved_plans(&self, book: &PlanBook, period: Period) -> Result<BTreeSet<String>> {
        let cycles = self.cycles_of(period).await?.into_iter();
        let approved = cycles.filter(|cycle| cycle.standing.is_approved());
        Ok(approved
            .map(|cycle| book.stands_for(&cycle.plan, last_day(period)))
            .collect())
    }

    /// The running period and those around it, and every one of the kind that has objectives.
    async fn objective_periods(&self, asked: Period) -> Result<Vec<Period>> {
        let fiscal = self.company_calendar().await?.fiscal()?;
        let now = fiscal.containing(asked.kind(), self.clock.today())?;
        let mut periods = BTreeSet::from([asked, now, fiscal.containing(asked.kind(), now.end())?]);
        let mut earlier = now;
        for _ in 0..4 {
            earlier = earlier.previous()?;
            periods.insert(earlier);
        }
        for one in self.store()?.bonus_objectives(None).await? {
            let period: Period = one.period.parse()?;
            if period.kind() == asked.kind() {
                periods.insert(period);
            }
        }
        let mut periods: Vec<Period> = periods.into_iter().collect();
        periods.sort_by_key(|period| std::cmp::Reverse(period.start()));
        Ok(periods)
    }
}

/// Codes of the plans that pay for objectives in a period.
fn codes_with_objectives(book: &PlanBook, period: Period) -> Result<BTreeSet<String>> {
    let mut codes = BTreeSet::new();
    for code in book.codes() {
        let Some(held) = book.held_on(&code, last_day(period)) else {
            continue;
        };
        let plan = held.plan()?;
        if plan.period == period.kind() && asks_for_objectives(&plan) {
            codes.insert(code);
        }
    }
    Ok(codes)
}

fn asks_for_objectives(plan: &Plan) -> bool {
    let mut components = plan.components.iter();
    components.any(|one| matches!(one.measure, Measure::Objectives {}))
}

fn known_objective(all: &[BonusObjective], id: BonusObjectiveId) -> Result<&BonusObjective> {
    all.iter().find(|one| one.id == id).ok_or(Error::NotFound {
        what: "objective",
        value: id.to_string(),
    })
}

/// Weights, which total 100 % where there are any.
fn read_settings(settings: &[ObjectiveSetting]) -> Result<Vec<Ratio>> {
    if settings.len() > MAX_OBJECTIVES {
        let count = settings.len().to_string();
        return Err(Error::input("objectives", &count, "at most 30 objectives"));
    }
    let mut total = Ratio::ZERO;
    let mut weights = Vec::with_capacity(settings.len());
    for one in settings {
        let name = one.name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME_CHARS {
            return Err(Error::input(
                "name",
                name,
                "a name of at most 200 characters",
            ));
        }
        let weight = share(name, &one.weight, Ratio::ONE)?;
        total = total.checked_add(weight)?;
        weights.push(weight);
    }
    if !settings.is_empty() && total != Ratio::ONE {
        let total = yeji_bonus::percent::format(total);
        return Err(PlanError::Weights { total }.into());
    }
    Ok(weights)
}

/// A share from 0 to the most, exact: `60%`, `0.6` or `3/5`.
fn share(name: &str, text: &str, most: Ratio) -> Result<Ratio> {
    let refusal = || PlanError::Share {
        name: name.chars().take(MAX_NAME_CHARS).collect(),
        value: text.chars().take(64).collect(),
    };
    let share = yeji_bonus::percent::parse(text.trim()).map_err(|_| refusal())?;
    let fine = share.denominator() <= 1_000_000;
    if share < Ratio::ZERO || share > most || !fine {
        return Err(refusal().into());
    }
    Ok(share)
}

/// How far all together were reached; none without any, and while one is not judged.
fn reached(own: &[BonusObjective]) -> Result<Option<String>> {
    if own.is_empty() {
        return Ok(None);
    }
    let mut sum = Ratio::ZERO;
    for one in own {
        let Some(result) = one.result else {
            return Ok(None);
        };
        sum = sum.checked_add(one.weight.checked_mul(result)?)?;
    }
    Ok(Some(yeji_bonus::percent::format(sum)))
}

fn row(one: &BonusObjective) -> ObjectiveRow {
    ObjectiveRow {
        id: one.id,
        name: one.name.clone(),
        weight: yeji_bonus::percent::format(one.weight),
        result: one.result.map(yeji_bonus::percent::format),
        author: one.author.clone(),
        at: one.at,
    }
}
