//! Who may do what: the matrix as it is declared, and as it is when each use case is really called.

mod boards;
mod bonus_calls;
mod bonus_if;
mod bonus_if_calls;
mod bonus_people_calls;
mod bonus_plans;
mod calls;
mod data_calls;
mod filtered_rows;
mod goal_calls;
mod landings;
mod matrix;
mod paper_calls;
mod performance_calls;
mod personal_calls;
mod round_calls;
mod rounds;
mod rows;
mod scorecard_calls;
mod scorecards;

use yeji_core::account::Role;
use yeji_core::ids::{AccountId, PersonId, UnitId};
use yeji_core::org::MemberRole;

use super::Desk;
use crate::api::NoArgs;
use crate::api::accounts::{AddAccount, Password, Policies};
use crate::demo::tests::demo_desk;

/// A company in which every role has an account.
pub(super) struct House {
    pub desk: Desk,
    /// A salesperson, of the team that the manager leads.
    pub seller: PersonId,
    /// Another one of that team.
    pub colleague: PersonId,
    /// One of another team.
    pub stranger: PersonId,
    pub leader: PersonId,
    pub team: UnitId,
    pub other_team: UnitId,
    pub folder: tempfile::TempDir,
    accounts: Vec<(Role, AccountId)>,
}

impl House {
    pub async fn new() -> Self {
        let (folder, desk) = demo_desk().await;
        let organisation = desk.shared.store().unwrap().organisation().await.unwrap();
        let today = desk.shared.clock.today();
        let now = |stay: &&yeji_core::org::Membership| stay.from <= today && today < stay.to;
        let led: Vec<(PersonId, UnitId)> = organisation
            .memberships()
            .iter()
            .filter(now)
            .filter(|stay| stay.role == MemberRole::Manager)
            .filter(|stay| organisation.children(stay.unit).is_empty())
            .map(|stay| (stay.person, stay.unit))
            .collect();
        let sellers = |unit: UnitId| -> Vec<PersonId> {
            let stays = organisation.memberships().iter().filter(now);
            stays
                .filter(|stay| stay.unit == unit && stay.role == MemberRole::Sales)
                .map(|stay| stay.person)
                .collect()
        };
        let (leader, team) = *led
            .iter()
            .find(|(_, unit)| sellers(*unit).len() > 1)
            .expect("a team of two with a leader");
        let other_team = *led
            .iter()
            .map(|(_, unit)| unit)
            .find(|unit| **unit != team && !sellers(**unit).is_empty())
            .expect("another team");
        let mut house = Self {
            seller: sellers(team)[0],
            colleague: sellers(team)[1],
            stranger: sellers(other_team)[0],
            leader,
            team,
            other_team,
            desk,
            folder,
            accounts: Vec::new(),
        };
        for (role, person) in [
            (Role::Hr, None),
            (Role::Manager, Some(leader)),
            (Role::Sales, Some(house.seller)),
            (Role::Auditor, None),
        ] {
            let name = role.code().to_owned();
            let rows = house.desk.add_account(AddAccount {
                name: name.clone(),
                role,
                person,
                password: password(),
            });
            let rows = rows.await.unwrap();
            let id = rows.iter().find(|row| row.name == name).unwrap().id;
            house.accounts.push((role, id));
        }
        house
    }

    /// From now on the account of this role acts; None: nobody has signed in.
    pub fn act_as(&self, role: Option<Role>) {
        let account = role.map(|role| self.account(role));
        self.desk.shared.sign_in_as(account);
    }

    pub fn account(&self, role: Role) -> AccountId {
        let mut all = self.accounts.iter();
        all.find(|(own, _)| *own == role).unwrap().1
    }

    /// HR sets the policies; the one who acted goes on.
    pub async fn allow(&self, policies: Policies) {
        let before = self.desk.shared.signed_in();
        self.act_as(Some(Role::Hr));
        self.desk.set_policies(policies).await.unwrap();
        assert_eq!(self.desk.get_policies(NoArgs {}).await.unwrap(), policies);
        self.desk.shared.sign_in_as(before);
    }
}

pub(super) fn password() -> Password {
    Password("correct horse".to_owned())
}
