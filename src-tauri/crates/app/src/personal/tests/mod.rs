//! Personal files end to end: what is in one, what it shows, what comes back.

mod bonus_if;
mod coming_back;
mod contents;
mod figures;
mod judged;
mod statements;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use yeji_core::account::Role;
use yeji_core::ids::{AccountId, PersonId, UnitId};
use yeji_core::org::MemberRole;
use yeji_store::{Change, ChangeKind, Record};

use crate::access::Right;
use crate::api::accounts::{AddAccount, Password, Policies};
use crate::api::bonus::RunBonus;
use crate::api::follow_up::{AddFeedback, AddInteraction, AddNextStep};
use crate::api::personal::ExportPersonalFile;
use crate::api::scorecards::{KpiWeightSetting, SetKpiGoal, SetScorecard};
use crate::api::settings::SetTargetBonuses;
use crate::context::App;
use crate::demo::tests::demo_desk;
use crate::error::Result as AppResult;
use crate::host::Ask;
use crate::keys::{KeyError, Secret};
use crate::testing::outside;
use crate::{Access, Desk, Outside, keeping};

pub(super) const TODAY: &str = "2026-07-07";
pub(super) const PHRASE: &str = "一路平安 2026";
/// What must not be in anybody else's file.
pub(super) const MARK: &str = "PLANTED";

/// A company in which everybody has secrets.
pub(super) struct Company {
    pub folder: tempfile::TempDir,
    pub desk: Desk,
    pub hr: AccountId,
    pub seller: (PersonId, AccountId),
    pub leader: (PersonId, AccountId),
    /// Of another team.
    pub stranger: (PersonId, AccountId),
    pub team: UnitId,
}

/// Gives a passphrase, as `--passphrase-file` does.
#[derive(Debug)]
struct Given(&'static str);

impl Ask for Given {
    fn given(&self) -> AppResult<Option<Secret>> {
        Ok(Some(Secret::new(self.0.to_owned())))
    }
    fn passphrase(&self, _: &Path) -> AppResult<Option<Secret>> {
        Ok(None)
    }
    fn new_passphrase(&self, _: &Path) -> AppResult<Option<Secret>> {
        Ok(None)
    }
    fn wrong(&self, _: &KeyError) {}
}

/// Somebody's laptop, where this passphrase is typed.
pub(super) fn laptop(passphrase: &'static str) -> Outside {
    laptop_on(TODAY, passphrase)
}

/// A laptop whose clock shows that day.
pub(super) fn laptop_on(day: &str, passphrase: &'static str) -> Outside {
    let mut outside = outside(day);
    outside.opening.ask = Arc::new(Given(passphrase));
    outside
}

impl Company {
    pub async fn new() -> Self {
        let (folder, desk) = demo_desk().await;
        let organisation = desk.shared.store().unwrap().organisation().await.unwrap();
        let today = desk.shared.clock.today();
        let now: Vec<_> = organisation
            .memberships()
            .iter()
            .filter(|stay| stay.from <= today && today < stay.to)
            .collect();
        let sells = |unit: UnitId| {
            let mut stays = now.iter();
            stays
                .find(|stay| stay.unit == unit && stay.role == MemberRole::Sales)
                .map(|stay| stay.person)
        };
        let led: Vec<(PersonId, UnitId)> = now
            .iter()
            .filter(|stay| stay.role == MemberRole::Manager)
            .filter(|stay| organisation.children(stay.unit).is_empty())
            .filter(|stay| sells(stay.unit).is_some())
            .map(|stay| (stay.person, stay.unit))
            .collect();
        let (leader, team) = led[0];
        let (_, other) = *led.iter().find(|(_, unit)| *unit != team).unwrap();
        let (seller, stranger) = (sells(team).unwrap(), sells(other).unwrap());
        let hr = account(&desk, "planted-hr-account", Role::Hr, None).await;
        let mut company = Self {
            folder,
            hr,
            seller: (seller, hr),
            leader: (leader, hr),
            stranger: (stranger, hr),
            team,
            desk,
        };
        for (who, role) in [
            (&mut company.seller, Role::Sales),
            (&mut company.leader, Role::Manager),
            (&mut company.stranger, Role::Sales),
        ] {
            let name = format!("planted-{}", who.0);
            who.1 = account(&company.desk, &name, role, Some(who.0)).await;
        }
        company.plant().await;
        company
    }

    /// From now on this account acts.
    pub fn act_as(&self, account: AccountId) {
        self.desk.shared.sign_in_as(Some(account));
    }

    pub async fn allow(&self, policies: Policies) {
        self.act_as(self.hr);
        self.desk.set_policies(policies).await.unwrap();
    }

    async fn app(&self) -> App {
        self.desk.admit(Right::Nothing).await.unwrap()
    }

    pub async fn put(&self, records: Vec<Record>) {
        let app = self.app().await;
        let mut change: Change = app.change(ChangeKind::Edit, serde_json::Value::Null);
        change.put = records;
        app.apply(change).await.unwrap();
    }

    /// Secrets of the stranger: a customer's name, a note, a next step, feedback, pay.
    async fn plant(&self) {
        self.act_as(self.hr);
        let store = self.desk.shared.store().unwrap();
        let owner = [self.stranger.0.0].into_iter();
        let deals = store.records_by(yeji_store::Entity::Opportunity, "owner", owner);
        let deals = deals.await.unwrap();
        let own = [self.seller.0.0].into_iter();
        let own = store.records_by(yeji_store::Entity::Opportunity, "owner", own);
        let organisation = store.organisation().await.unwrap();
        let stays = organisation.memberships().iter();
        let in_team = stays.filter(|stay| stay.unit == self.team);
        let team: BTreeSet<uuid::Uuid> = in_team.map(|stay| stay.person.0).collect();
        let of_team = store.records_by(yeji_store::Entity::Opportunity, "owner", team.into_iter());
        let customer = |record: &Record| match record {
            Record::Opportunity(deal) => deal.customer.map(|id| (deal.id, id)),
            _ => None,
        };
        let own: Vec<_> = own.await.unwrap().iter().filter_map(customer).collect();
        let of_team: Vec<_> = of_team.await.unwrap().iter().filter_map(customer).collect();
        let others = deals.iter().filter_map(customer);
        let (deal, theirs) = others
            .clone()
            .find(|(_, id)| own.iter().chain(&of_team).all(|(_, own)| own != id))
            .expect("a customer of the stranger and nobody in the team");
        let mut customer = store.customer(theirs).await.unwrap().unwrap();
        customer.name = format!("{MARK}-customer 机密客户");
        let mut shared = store.customer(own[0].1).await.unwrap().unwrap();
        shared.revenue = Some(format!("{MARK}-revenue"));
        self.put(vec![customer.into(), shared.into()]).await;
        for (period, preview) in [("2026-Q1", false), ("2026-Q2", false)] {
            let period = period.parse().unwrap();
            self.desk
                .run_bonus(
                    RunBonus {
                        period,
                        plan: None,
                        preview,
                        people: None,
                    },
                    &|_| (),
                )
                .await
                .unwrap();
        }
        let set = SetTargetBonuses {
            people: vec![self.stranger.0],
            per_quarter: "987654".to_owned(),
            from: "2026-07-01".parse().unwrap(),
        };
        self.desk.set_target_bonuses(set).await.unwrap();
        self.plant_scorecards().await;
        self.act_as(self.stranger.1);
        write_all(&self.desk, deal, &format!("{MARK}-stranger")).await;
        self.act_as(self.seller.1);
        write_all(&self.desk, own[0].0, "seen by the seller").await;
        self.act_as(self.hr);
    }

    /// What people are measured by, and goals of theirs, of both teams and of the company.
    async fn plant_scorecards(&self) {
        let kpis = [
            ("win_rate", "40%"),
            ("won_amount", "30%"),
            ("cycle_length", "20%"),
            ("won_count", "10%"),
        ];
        let kpis = kpis.map(|(metric, weight)| KpiWeightSetting {
            metric: metric.to_owned(),
            weight: weight.to_owned(),
            cap: None,
        });
        let args = SetScorecard {
            role: None,
            from: "2025-01-01".parse().unwrap(),
            kpis: kpis.into(),
        };
        self.desk.set_scorecard(args).await.unwrap();
        let organisation = self.desk.shared.store().unwrap().organisation().await;
        let company = organisation.unwrap().company().map(|unit| unit.id);
        for (metric, unit, person, value) in [
            ("win_rate", None, Some(self.seller.0), "31%"),
            ("win_rate", None, Some(self.stranger.0), "32%"),
            ("win_rate", company, None, "33%"),
            ("cycle_length", Some(self.team), None, "20"),
            ("receipts", company, None, "9876543"),
        ] {
            let args = SetKpiGoal {
                metric: metric.to_owned(),
                unit,
                person,
                period: "2026".parse().unwrap(),
                from: None,
                value: Some(value.to_owned()),
            };
            self.desk.set_kpi_goal(args).await.unwrap();
        }
    }

    /// HR makes the personal file of somebody.
    pub async fn export(&self, person: PersonId, name: &str) -> PathBuf {
        self.act_as(self.hr);
        let file = self.folder.path().join(name);
        let args = ExportPersonalFile {
            person,
            passphrase: Secret::new(PHRASE.to_owned()),
        };
        self.desk
            .export_personal_file_to(&file, args)
            .await
            .unwrap();
        file
    }
}

async fn account(desk: &Desk, name: &str, role: Role, person: Option<PersonId>) -> AccountId {
    let rows = desk.add_account(AddAccount {
        name: name.to_owned(),
        role,
        person,
        password: Password("correct horse".to_owned()),
    });
    let rows = rows.await.unwrap();
    rows.iter().find(|row| row.name == name).unwrap().id
}

/// One entry of each kind.
pub(super) async fn write_all(desk: &Desk, deal: yeji_core::ids::OpportunityId, words: &str) {
    let add = AddInteraction {
        opportunity: deal,
        kind: "call".to_owned(),
        on: TODAY.parse().unwrap(),
        note: format!("{words}: interaction"),
    };
    desk.add_interaction(add).await.unwrap();
    let add = AddNextStep {
        opportunity: deal,
        step: format!("{words}: step"),
        due_on: Some("2026-07-20".parse().unwrap()),
    };
    desk.add_next_step(add).await.unwrap();
    let words = format!("{words}: feedback");
    desk.add_feedback(AddFeedback { words }).await.unwrap();
}

/// A personal file as it is opened on a laptop.
pub(super) struct Laptop {
    pub folder: tempfile::TempDir,
    pub desk: Desk,
}

pub(super) async fn open(file: &Path) -> Laptop {
    let folder = tempfile::tempdir().unwrap();
    keeping::restore(
        folder.path(),
        file,
        crate::LOCAL_AUTHOR,
        &laptop(PHRASE),
        None,
        None,
    )
    .await
    .unwrap();
    let desk = Desk::open(folder.path(), Access::Change, laptop(PHRASE));
    let desk = desk.await.unwrap();
    Laptop { folder, desk }
}
