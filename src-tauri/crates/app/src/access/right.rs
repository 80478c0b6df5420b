//! Rights, and which roles have them. The command table says which one each use case needs.

use serde::Serialize;
use ts_rs::TS;
use yeji_core::account::Role;

use crate::api::accounts::Policies;

macro_rules! rights {
    ($($(#[$doc:meta])* $variant:ident = $code:literal: $($role:ident)*;)+) => {
        /// Something that one may be allowed to do. Closed: words for each in both languages.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum Right {
            $($(#[$doc])* $variant,)+
        }

        impl Right {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code in messages.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The roles that have it whatever the company's policies say.
            pub fn roles(self) -> &'static [Role] {
                match self { $(Self::$variant => &[$(Role::$role),*]),+ }
            }
        }
    };
}

rights! {
    /// What needs no right at all, not even signing in: the state of the program, signing in and out.
    Nothing = "nothing": Hr Manager Sales Auditor;
    /// Own password, own language and theme, stopping own work.
    OwnAccount = "own_account": Hr Manager Sales Auditor;
    /// Units and names of people.
    SeeOrganisation = "see_organisation": Hr Manager Sales Auditor;
    /// Own goals and deals, and places on boards.
    SeeOwnResults = "see_own_results": Hr Manager Sales Auditor;
    /// Goals and deals of the units that one leads.
    SeeTeamResults = "see_team_results": Hr Manager Auditor;
    /// Goals and deals of everybody.
    SeeAllResults = "see_all_results": Hr Auditor;
    /// The bonus plan, own target bonus and own statements.
    SeeOwnPay = "see_own_pay": Hr Manager Sales Auditor;
    /// Pay of the people of the units that one leads. Managers have it where the policy says so.
    SeeTeamPay = "see_team_pay": Hr Auditor;
    /// Pay of everybody.
    SeeAllPay = "see_all_pay": Hr Auditor;
    /// Enter what one did, means to do next, and says to HR; hand it back from a personal file.
    EnterFollowUps = "enter_follow_ups": Hr Manager Sales;
    /// Make and arrange own boards, keep views.
    ArrangeBoards = "arrange_boards": Hr Manager Sales;
    /// Take back, or do again, the last own action; whether it may be is the right of that action.
    UndoOwn = "undo_own": Hr Manager Sales;
    /// Share boards and views with roles.
    ShareBoards = "share_boards": Hr Manager;
    /// What people say to HR.
    SeeFeedback = "see_feedback": Hr Auditor;
    /// Hand out personal files and take in what comes back.
    PersonalFiles = "personal_files": Hr;
    /// Reports of what one sees, as files.
    ExportReports = "export_reports": Hr Manager Sales Auditor;
    /// Set and split goals.
    SetGoals = "set_goals": Hr;
    /// Propose an own goal, comment on goals that one sees, confirm the own one.
    ProposeGoals = "propose_goals": Hr Manager Sales;
    /// Adjust proposals of the units that one leads, submit these units.
    AdjustGoals = "adjust_goals": Hr Manager;
    /// Change the bonus plan.
    EditBonusPlan = "edit_bonus_plan": Hr;
    /// Calculate bonuses of a period.
    RunBonus = "run_bonus": Hr;
    /// Approve the bonuses of the units that one leads; HR those of all.
    ApproveTeamBonus = "approve_team_bonus": Hr Manager;
    /// Confirm own statements, or write down that one is signed on paper.
    ConfirmPay = "confirm_pay": Hr Manager Sales;
    /// Set target bonuses.
    SetTargetBonuses = "set_target_bonuses": Hr;
    /// Imports made so far and rows that were rejected.
    SeeImports = "see_imports": Hr Auditor;
    /// Bring in data.
    ImportData = "import_data": Hr;
    /// Take an import back.
    UndoImports = "undo_imports": Hr;
    /// Who changed what and when, of everything.
    SeeHistory = "see_history": Hr Auditor;
    /// Take changes back, put overwritten values back.
    UndoChanges = "undo_changes": Hr;
    /// The audit log.
    SeeAudit = "see_audit": Hr Auditor;
    /// The company's name and policies.
    EditCompany = "edit_company": Hr;
    /// Copy the whole store to a file.
    BackUp = "back_up": Hr;
    /// Put a backup in the place of the store. Where the store cannot be read, nobody can be asked who
    /// they are: the backup's own passphrase is what protects it then.
    Restore = "restore": Hr;
    /// Passphrase, recovery code, handing over.
    ManageKeys = "manage_keys": Hr;
    /// Check the store and its chains.
    Verify = "verify": Hr Auditor;
    /// Accounts and policies.
    SeeAccounts = "see_accounts": Hr Auditor;
    /// Make accounts, change roles and passwords, disable.
    ManageAccounts = "manage_accounts": Hr;
}

/// Whether a role has a right under the company's policies.
pub(crate) fn may(role: Role, right: Right, policies: Policies) -> bool {
    let by_policy =
        right == Right::SeeTeamPay && role == Role::Manager && policies.manager_sees_pay;
    by_policy || right.roles().contains(&role)
}
