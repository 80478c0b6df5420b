//! The plans of the company: versions with their days, saving one, how many people are under each.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::json;
use yeji_bonus::Plan;
use yeji_core::Currency;
use yeji_core::bonus_cycle::PlanAssignment;
use yeji_core::ids::PlanAssignmentId;
use yeji_core::org::{OPEN_END, OPEN_START};
use yeji_store::{AuditDraft, BonusPlanVersion, ChangeKind};

use super::assign::{self, Assigned};
use super::versions::{Held, PlanBook, on_or_next};
use super::{in_force, plan};
use crate::access::Sight;
use crate::api::NoArgs;
use crate::api::bonus::BonusPlanView;
use crate::api::bonus_people::{
    GetBonusPlan, PlanChange, PlanInfo, PlanList, PlanVersion, SavePlan,
};
use crate::context::App;
use crate::dates::known_day;
use crate::error::{Error, Result};

impl App {
    /// A plan in force today; the built-in one until another is saved.
    pub async fn get_bonus_plan(&self, args: GetBonusPlan) -> Result<BonusPlanView> {
        let today = self.clock.today();
        let book = self.plan_book().await?;
        let seen = self.plans_in_sight(&book).await?;
        let code = match args.plan {
            Some(code) => code,
            None => book.default_on(today).to_owned(),
        };
        let mut held = book.held(&code);
        if !seen.contains(&code) {
            held.clear();
        }
        let wanted = match args.version {
            Some(version) => held.iter().find(|one| number(one) == version),
            None => on_or_next(&held, today),
        };
        let wanted = wanted.ok_or_else(|| Error::NotFound {
            what: "bonus plan",
            value: code.clone(),
        })?;
        self.plan_view(wanted, &book).await
    }

    async fn plan_view(&self, held: &Held, book: &PlanBook) -> Result<BonusPlanView> {
        let plan = held.plan()?;
        let mut view = plan::view(number(held), &plan, self.currency().await?)?;
        view.versions = self.versions_of(&book.held(&plan.code))?;
        Ok(view)
    }

    /// The plans that were put in force.
    pub async fn list_bonus_plans(&self, _: NoArgs) -> Result<PlanList> {
        let today = self.clock.today();
        let book = self.plan_book().await?;
        let people = self.people_by_plan(&book, today).await?;
        let seen = self.plans_in_sight(&book).await?;
        let (mut plans, mut next_starts) = (Vec::new(), Vec::new());
        for code in book.codes().into_iter().filter(|code| seen.contains(code)) {
            let held = book.held(&code);
            let Some(shown) = on_or_next(&held, today) else {
                continue;
            };
            let plan = shown.plan()?;
            let next = self.next_start(&book, &plan).await?;
            next_starts.push((next > OPEN_START).then_some(next));
            plans.push(PlanInfo {
                name_zh: plan.name.zh,
                name_en: plan.name.en,
                period: plan.period,
                everybody: book.default_on(today) == code,
                people: people.get(&code).copied().unwrap_or_default(),
                versions: self.versions_of(&held)?,
                code,
            });
        }
        Ok(PlanList { plans, next_starts })
    }

    /// Codes of the plans that this actor may read: that of everybody, and those of people in sight, whenever
    /// they are under them.
    pub(crate) async fn plans_in_sight(&self, book: &PlanBook) -> Result<BTreeSet<String>> {
        let people = match self.sight() {
            Sight::Company => return Ok(book.codes().into_iter().collect()),
            Sight::Person(person) => vec![*person],
            Sight::Units(units) => {
                let organisation = self.store()?.organisation().await?;
                let stays = organisation.memberships().iter();
                let inside = stays.filter(|stay| units.contains(&stay.unit));
                let inside = inside.map(|stay| stay.person);
                inside.chain(self.actor().person()).collect()
            }
        };
        let organisation = self.store()?.organisation().await?;
        let assigned = Assigned::new(book, &organisation);
        let under = people.into_iter();
        let under = under.flat_map(|person| assigned.under(person, OPEN_START, OPEN_END));
        let mut seen: BTreeSet<String> = under.map(|one| one.plan).collect();
        seen.extend(book.codes_of_everybody());
        Ok(seen)
    }

    fn versions_of(&self, held: &[Held]) -> Result<Vec<PlanVersion>> {
        let today = self.clock.today();
        held.iter()
            .map(|one| {
                Ok(PlanVersion {
                    version: number(one),
                    from: (one.from > PlanBook::always()).then_some(one.from),
                    to: (one.to < OPEN_END).then_some(one.to),
                    saved_at: one.version.as_ref().map(|version| version.created_at),
                    today: one.from <= today && today < one.to,
                    document: yeji_bonus::to_toml(&one.plan()?)?,
                })
            })
            .collect()
    }

    /// How many people who are there are under each plan on a day.
    async fn people_by_plan(
        &self,
        book: &PlanBook,
        day: NaiveDate,
    ) -> Result<BTreeMap<String, u32>> {
        let organisation = self.store()?.organisation().await?;
        let assigned = Assigned::new(book, &organisation);
        let mut people: BTreeMap<String, u32> = BTreeMap::new();
        let next = day.succ_opt().unwrap_or(day);
        for person in organisation.people() {
            let there = organisation.membership_on(person.id, day).is_some();
            if let (true, [under]) = (there, &assigned.under(person.id, day, next)[..]) {
                *people.entry(under.plan.clone()).or_default() += 1;
            }
        }
        Ok(people)
    }

    /// Keeps a plan (TOML or JSON) as a new version that holds from a day on. One with errors is refused.
    pub async fn save_bonus_plan(&self, args: SavePlan) -> Result<BonusPlanView> {
        let _turn = self.turn().await;
        let book = self.plan_book().await?;
        let (plan, saved) = self.to_save(&book, args).await?;
        let id = saved.version.id;
        self.keep_version(saved).await?;
        let book = self.plan_book().await?;
        let held = book.held(&plan.code);
        let kept = held
            .iter()
            .find(|one| one.version.as_ref().is_some_and(|version| version.id == id));
        match kept {
            Some(kept) => self.plan_view(kept, &book).await,
            None => plan::view(0, &plan, self.currency().await?),
        }
    }

    /// Whose plan saving it would change. Nothing is kept.
    pub async fn preview_bonus_plan(&self, args: SavePlan) -> Result<PlanChange> {
        let before = self.plan_book().await?;
        let (_, saved) = self.to_save(&before, args).await?;
        let after = before.clone().with_assignments(&saved.assignments);
        let after = after.with_version(saved.version, saved.is_base);
        self.effect(&before, &after).await
    }

    /// The plan that is asked for, and what keeping it changes.
    async fn to_save(&self, book: &PlanBook, args: SavePlan) -> Result<(Plan, Saved)> {
        let plan = yeji_bonus::parse_plan(&args.plan)?;
        self.require_known_kpis(&plan).await?;
        yeji_bonus::require_usable(&plan)?;
        let currency = self.currency().await?;
        if currency != Currency::NONE {
            yeji_bonus::require_currency(&plan, currency)?;
        }
        let everybody = args.everybody.unwrap_or_else(|| book.is_new(&plan.code));
        let from = match args.from {
            Some(from) if from > OPEN_START => {
                known_day("from", from)?;
                from
            }
            Some(_) => OPEN_START,
            // Those who are assigned to it say from when.
            None if book.is_new(&plan.code) && !everybody => OPEN_START,
            None => self.next_start(book, &plan).await?,
        };
        self.require_unapproved(book, &plan, from).await?;
        let mut version = self.new_version(&plan).await?;
        let base_free = book.base().is_none() || book.base_code() == plan.code;
        let always = from == OPEN_START;
        let is_base = always && (base_free && everybody || book.base_code() == plan.code);
        version.effective_from = if always && !is_base {
            PlanBook::always()
        } else {
            from
        };
        let from = version.effective_from;
        let mut assignments = Vec::new();
        if everybody && from > OPEN_START && book.default_on(from) != plan.code {
            let new = everybody_from(PlanAssignmentId(self.clock.new_id()), &version);
            assignments = assign::for_everybody(&book.assignments, &new);
        }
        let saved = Saved {
            version,
            is_base,
            assignments,
        };
        Ok((plan, saved))
    }

    async fn keep_version(&self, saved: Saved) -> Result<()> {
        let Saved {
            version,
            is_base,
            assignments,
        } = saved;
        let summary = json!({
            "code": version.code, "version": version.version, "from": version.effective_from,
        });
        let mut change = self.change(ChangeKind::SavePlan, summary.clone());
        change.audit = Some(AuditDraft {
            action: "bonus.plan".to_owned(),
            subject: version.id.to_string(),
            detail: summary,
        });
        if is_base {
            change.put.push(in_force(version.id).into());
        }
        change.put.extend(assignments.into_iter().map(Into::into));
        change.put.push(version.into());
        self.apply(change).await
    }
}

/// What keeping a plan changes.
struct Saved {
    version: BonusPlanVersion,
    /// It holds for everybody from the first day there is.
    is_base: bool,
    assignments: Vec<PlanAssignment>,
}

fn everybody_from(id: PlanAssignmentId, version: &BonusPlanVersion) -> PlanAssignment {
    PlanAssignment {
        id,
        plan: version.code.clone(),
        person: None,
        unit: None,
        target_bonus: None,
        from: version.effective_from,
        to: OPEN_END,
    }
}

fn number(held: &Held) -> i64 {
    held.version.as_ref().map_or(0, |version| version.version)
}
