//! State of the program, preferences, backup, verification, target bonuses.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::json;
use yeji_core::Money;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::goal::TargetBonus;
use yeji_core::ids::{PersonId, TargetBonusId};
use yeji_core::org::{OPEN_END, OrgUnit};
use yeji_store::{AuditDraft, ChangeKind, DataSpan, NotedHead, Setting};

use crate::access::{Actor, Right};
use crate::api::settings::{
    Preferences, RenameCompany, SetTargetBonuses, Status, StoreState, TargetBonusRow, VerifyCheck,
    VerifyResult,
};
use crate::api::{Message, NoArgs};
use crate::context::App;
use crate::data::batch_info;
use crate::dates::known_day;
use crate::error::{Error, Result};
use crate::organisation::present_team;

/// Setting: ISO code of the company's currency, fixed by the first facts with an amount.
pub(crate) const CURRENCY: &str = "currency";
/// Setting: id of the bonus plan's version in force; without it the built-in plan is.
pub(crate) const BONUS_PLAN_IN_FORCE: &str = "bonus_plan_in_force";
/// Setting: language and theme.
const PREFERENCES: &str = "preferences";
const MAX_NAME_CHARS: usize = 200;

/// Each account has its own.
fn preferences_of(actor: &Actor) -> String {
    match actor {
        Actor::Account(account) => format!("{PREFERENCES}.{}", account.id),
        Actor::Local | Actor::Nobody | Actor::Owner(_) => PREFERENCES.to_owned(),
    }
}

/// The latest closing or opening date, which is how far the data reaches.
pub(crate) fn data_up_to(span: DataSpan) -> Option<NaiveDate> {
    span.last_closed.max(span.last_opened)
}

/// The quarter to show first: that of the latest result, or the one before while less than half of it
/// has data and the data reaches back that far.
fn default_period(first: Option<NaiveDate>, last: NaiveDate) -> Result<Period> {
    let quarter = Period::containing(PeriodKind::Quarter, last)?;
    let before = quarter.previous()?;
    let half = (quarter.end() - quarter.start()).num_days() / 2;
    let young = (last - quarter.start()).num_days() < half;
    let reaches_back = first.is_some_and(|first| first < before.end());
    Ok(if young && reaches_back {
        before
    } else {
        quarter
    })
}

impl App {
    /// Everything that the frame of the window shows. Never fails for a store that cannot be opened:
    /// that is one of its states.
    pub async fn get_status(&self, _: NoArgs) -> Result<Status> {
        self.try_again().await;
        self.start_daily_backup();
        // A window that was open all day takes in what commands have noted beside it. What cannot be taken
        // in now waits, and is told where the log is read.
        if let Err(error) = self.take_in_pending().await {
            tracing::info!("notes beside the store wait: {error}");
        }
        self.status_now().await
    }

    /// The status for whoever acts now: a store that was only just opened could not be asked when this
    /// use case was let through.
    async fn status_now(&self) -> Result<Status> {
        let actor = self.acting().await.unwrap_or(Actor::Nobody);
        self.status_of(&actor).await
    }

    /// The status as somebody sees it: who is not signed in learns nothing of the company.
    pub(crate) async fn status_of(&self, actor: &Actor) -> Result<Status> {
        let mut status = Status {
            state: StoreState::Unavailable,
            problem: self.warning(),
            warnings: Vec::new(),
            keyring: true,
            lock_after_minutes: None,
            encrypted: self.is_encrypted(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            company: None,
            currency: yeji_core::Currency::CNY,
            currency_fixed: false,
            data_up_to: None,
            data_from: None,
            last_batch: None,
            default_period: None,
            today: self.clock.today(),
            preferences: Preferences::default(),
            signed_in: None,
            personal: None,
        };
        let store = match self.store() {
            Ok(store) => store,
            Err(error) => {
                status.state = match error.code() {
                    "encryption_choice" => StoreState::New,
                    "passphrase_needed" | "app_locked" => StoreState::Locked,
                    _ => StoreState::Unavailable,
                };
                status.keyring = self.outside.secrets.get("").is_ok();
                status.problem = Some(Message {
                    code: error.code().to_owned(),
                    params: error.params(),
                });
                return Ok(status);
            }
        };
        status.signed_in = self.signed_in_as(actor);
        if status.signed_in.is_none() {
            status.state = StoreState::SignedOut;
            return Ok(status);
        }
        status.warnings = self.warnings().await;
        status.lock_after_minutes = self.lock_after_minutes().await?;
        if let Actor::Owner(owner) = actor {
            status.personal = Some(owner.info());
        }
        let span = self.data_span_of(actor).await?;
        let organisation = store.organisation().await?;
        status.company = organisation.company().map(|unit| unit.name.clone());
        status.state = if store.has_data().await? {
            StoreState::Ready
        } else {
            StoreState::Empty
        };
        status.currency = self.currency().await?;
        status.currency_fixed = self.fixed_currency().await?.is_some();
        status.data_up_to = data_up_to(span);
        status.data_from = span.first_closed.or(span.first_opened);
        // Names of files are for who sees imports; how far the data reaches, and since when, everybody knows.
        status.last_batch = store
            .batches()
            .await?
            .into_iter()
            .find(|b| b.undone_at.is_none())
            .map(batch_info);
        let sees_imports = actor.require(Right::SeeImports, self.policies()).is_ok();
        if let Some(batch) = status.last_batch.as_mut().filter(|_| !sees_imports) {
            batch.files.clear();
            (batch.new_rows, batch.changed_rows) = (0, 0);
            (batch.unchanged_rows, batch.rejected_rows) = (0, 0);
        }
        status.default_period = match span.last_closed {
            Some(last) => Some(default_period(span.first_closed, last)?.to_string()),
            None => None,
        };
        status.preferences = self.preferences(actor).await?;
        Ok(status)
    }

    async fn preferences(&self, actor: &Actor) -> Result<Preferences> {
        let value = self.store()?.setting(&preferences_of(actor)).await?;
        Ok(value
            .and_then(|value| serde_json::from_value(value).ok())
            .unwrap_or_default())
    }

    /// Keeps language and theme.
    pub async fn set_preferences(&self, args: Preferences) -> Result<Preferences> {
        if let Some(language) = args
            .language
            .as_deref()
            .filter(|l| !["zh-CN", "en"].contains(l))
        {
            return Err(Error::input("language", language, "zh-CN or en"));
        }
        if let Some(theme) = args
            .theme
            .as_deref()
            .filter(|t| !["light", "dark"].contains(t))
        {
            return Err(Error::input("theme", theme, "light or dark"));
        }
        let key = preferences_of(self.actor());
        let mut change = self.change(ChangeKind::Setting, json!({ "key": key }));
        let value = json!({ "language": args.language, "theme": args.theme });
        change.put.push(Setting { key, value }.into());
        self.apply(change).await?;
        Ok(args)
    }

    /// Gives the company its name.
    pub async fn rename_company(&self, args: RenameCompany) -> Result<Status> {
        let name = args.name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME_CHARS {
            return Err(Error::input("name", name, "1 to 200 characters"));
        }
        let organisation = self.store()?.organisation().await?;
        let company = organisation.company().ok_or_else(|| Error::NotFound {
            what: "company",
            value: String::new(),
        })?;
        let mut change = self.change(ChangeKind::Organisation, json!({ "company": name }));
        change.put.push(
            OrgUnit {
                name: name.to_owned(),
                ..company.clone()
            }
            .into(),
        );
        self.apply(change).await?;
        self.get_status(NoArgs {}).await
    }

    /// Checks the file, the chains and everything derived.
    pub async fn verify_store(&self, _: NoArgs) -> Result<VerifyResult> {
        self.verify_with(None).await
    }

    pub(crate) async fn verify_with(&self, head: Option<&NotedHead>) -> Result<VerifyResult> {
        let report = self.store()?.verify_with(head).await?;
        let is_damaged = report.findings.iter().any(|it| it.check == "integrity");
        let checks: Vec<VerifyCheck> = [
            "integrity",
            "references",
            "deals",
            "rollups",
            "rows",
            "change_log",
            "audit",
        ]
        .into_iter()
        .chain(head.map(|_| "head"))
        .map(|name| {
            let first = report.findings.iter().find(|finding| finding.check == name);
            VerifyCheck {
                name: name.to_owned(),
                ok: first.is_none(),
                known: first.is_some() || !is_damaged,
                detail: first.map(|finding| format!("{}: {}", finding.place, finding.what)),
            }
        })
        .collect();
        Ok(VerifyResult {
            ok: report.is_ok(),
            checks,
            head: report.audit_head.map(|head| head.short()),
        })
    }

    /// Everyone who carries a goal today, with the newest target bonus record.
    pub async fn list_target_bonuses(&self, _: NoArgs) -> Result<Vec<TargetBonusRow>> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let records = store.target_bonuses().await?;
        let pay = self.pay_sight().await?;
        let today = self.clock.today();
        let mut rows: Vec<TargetBonusRow> = Vec::new();
        for person in organisation.people().filter(|one| pay.includes(one.id)) {
            let record = records
                .iter()
                .filter(|record| record.person == person.id)
                .max_by_key(|r| r.from);
            if record.is_none() && !crate::organisation::sells(&organisation, person.id, today) {
                continue;
            }
            rows.push(TargetBonusRow {
                person: person.id,
                record: record.map(|record| record.id),
                name: person.name.clone(),
                staff_number: person.staff_number.clone(),
                team: present_team(&organisation, person.id, today).map(|unit| unit.name.clone()),
                per_quarter: record.map(|record| record.per_quarter),
                from: record.map(|record| record.from),
            });
        }
        rows.sort_by(|a, b| {
            a.team
                .cmp(&b.team)
                .then(a.name.cmp(&b.name))
                .then(a.person.cmp(&b.person))
        });
        Ok(rows)
    }

    /// Sets target bonuses from a day on, until the day from which a later record holds; what held
    /// before ends on that day.
    pub async fn set_target_bonuses(&self, args: SetTargetBonuses) -> Result<Vec<TargetBonusRow>> {
        known_day("from", args.from)?;
        let _turn = self.turn().await;
        let store = self.store()?;
        let per_quarter = Money::parse_major(args.per_quarter.trim(), self.currency().await?)?;
        if per_quarter.minor < 0 {
            return Err(Error::input(
                "per_quarter",
                &args.per_quarter,
                "an amount that is not negative",
            ));
        }
        let organisation = store.organisation().await?;
        let today = self.clock.today();
        let people: BTreeSet<PersonId> = if args.people.is_empty() {
            let sells = |id| crate::organisation::sells(&organisation, id, today);
            organisation
                .people()
                .map(|person| person.id)
                .filter(|id| sells(*id))
                .collect()
        } else {
            args.people.iter().copied().collect()
        };
        let records = store.target_bonuses().await?;
        let summary = json!({
            "people": people.len(), "per_quarter": per_quarter.to_major(),
            "currency": per_quarter.currency.code(), "from": args.from,
        });
        let mut change = self.change(ChangeKind::SetTargetBonus, summary.clone());
        change.audit = Some(AuditDraft {
            action: "target_bonus.set".to_owned(),
            subject: format!("{} people", people.len()),
            detail: summary,
        });
        for person in people {
            if organisation.person(person).is_none() {
                return Err(Error::NotFound {
                    what: "person",
                    value: person.to_string(),
                });
            }
            let own: Vec<&TargetBonus> = records.iter().filter(|r| r.person == person).collect();
            let new = TargetBonus {
                id: TargetBonusId(self.clock.new_id()),
                person,
                per_quarter,
                from: args.from,
                to: OPEN_END,
            };
            change
                .put
                .extend(inserted(&new, &own).into_iter().map(Into::into));
        }
        self.apply(change).await?;
        self.list_target_bonuses(NoArgs {}).await
    }

    /// Asks the running import, demo or export to stop.
    #[expect(
        clippy::unused_async,
        reason = "every use case of the command table is awaited"
    )]
    pub async fn cancel_task(&self, _: NoArgs) -> Result<()> {
        self.stop_tasks();
        Ok(())
    }

    /// Name of a company that no file names.
    pub(crate) fn default_company_name(&self) -> String {
        match self.language {
            yeji_report::chart::Lang::ZhCn => "我的公司".to_owned(),
            yeji_report::chart::Lang::En => "My company".to_owned(),
        }
    }
}

/// A record put among a person's other ones: the one that held on its first day ends there, one that
/// starts on the same day is replaced, and it ends where the next one starts.
pub(crate) fn inserted(new: &TargetBonus, own: &[&TargetBonus]) -> Vec<TargetBonus> {
    let ended = own
        .iter()
        .filter(|record| record.from < new.from && new.from < record.to)
        .map(|record| TargetBonus {
            to: new.from,
            ..(*record).clone()
        });
    let mut changed: Vec<TargetBonus> = ended.collect();
    let same_day = own.iter().find(|record| record.from == new.from);
    let next = own
        .iter()
        .map(|record| record.from)
        .filter(|from| *from > new.from)
        .min();
    changed.push(TargetBonus {
        id: same_day.map_or(new.id, |record| record.id),
        to: next.unwrap_or(new.to),
        ..new.clone()
    });
    changed
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use yeji_core::Currency;

    use super::*;

    #[test]
    fn a_young_quarter_is_not_shown_first() {
        let check = |first: &str, last: &str, expected: &str| {
            let day = |text: &str| text.parse::<NaiveDate>().unwrap();
            let period = default_period(Some(day(first)), day(last)).unwrap();
            assert_eq!(period.to_string(), expected, "{first} {last}");
        };
        check("2017-03-01", "2017-12-31", "2017-Q4");
        check("2023-11-01", "2026-10-30", "2026-Q3");
        check("2026-10-05", "2026-10-30", "2026-Q4");
        check("2023-11-01", "2026-11-20", "2026-Q4");
    }

    fn record(id: u128, minor: i64, from: &str, to: &str) -> TargetBonus {
        TargetBonus {
            id: TargetBonusId(Uuid::from_u128(id)),
            person: PersonId(Uuid::from_u128(1)),
            per_quarter: Money::new(minor, Currency::CNY),
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        }
    }

    #[test]
    fn a_record_is_put_among_the_others() {
        let end = OPEN_END.to_string();
        let first = record(1, 100, "2025-01-01", "2026-01-01");
        let second = record(2, 200, "2026-01-01", &end);
        let check = |own: &[&TargetBonus], from: &str, expected: &[TargetBonus]| {
            assert_eq!(
                inserted(&record(9, 900, from, &end), own),
                expected,
                "{from}"
            );
        };
        let both = [&first, &second];
        check(&[], "2025-05-01", &[record(9, 900, "2025-05-01", &end)]);
        check(
            &both,
            "2024-01-01",
            &[record(9, 900, "2024-01-01", "2025-01-01")],
        );
        check(
            &both,
            "2025-05-01",
            &[
                record(1, 100, "2025-01-01", "2025-05-01"),
                record(9, 900, "2025-05-01", "2026-01-01"),
            ],
        );
        check(
            &both,
            "2025-01-01",
            &[record(1, 900, "2025-01-01", "2026-01-01")],
        );
        check(
            &both,
            "2027-01-01",
            &[
                record(2, 200, "2026-01-01", "2027-01-01"),
                record(9, 900, "2027-01-01", &end),
            ],
        );
    }
}
