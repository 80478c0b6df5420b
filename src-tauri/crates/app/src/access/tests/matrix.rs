//! The matrix of roles and use cases.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use yeji_core::account::Role;

use crate::access::{Right, USE_CASES, may};
use crate::api::accounts::Policies;

/// One line a use case, one a right of rows. A change of it is a decision, so it shows in review.
#[test]
fn the_matrix_is_the_decided_one() {
    let mut text = String::new();
    let mut line = |name: &str, right: Right| {
        let mut cells = String::new();
        for role in Role::ALL {
            let cell = match (
                may(role, right, Policies::default()),
                may(role, right, everything_allowed()),
            ) {
                (true, _) => "yes",
                (false, true) => "policy",
                (false, false) => "-",
            };
            let _ = write!(cells, " {cell:8}");
        }
        let _ = writeln!(text, "{name:26} {:20}{}", right.code(), cells.trim_end());
    };
    for use_case in USE_CASES.concat() {
        line(use_case.name, use_case.right);
    }
    let used: BTreeSet<Right> = USE_CASES.concat().iter().map(|one| one.right).collect();
    for right in Right::ALL.iter().filter(|right| !used.contains(right)) {
        line("(rows)", *right);
    }
    let head = format!(
        "{:26} {:20} {:8} {:8} {:8} {:8}\n",
        "use case", "needs", "hr", "manager", "sales", "auditor"
    );
    insta::assert_snapshot!(head + &text);
}

fn everything_allowed() -> Policies {
    Policies {
        manager_sees_pay: true,
        board_amounts: true,
    }
}

/// A use case that stands in no table has no right and no way to it: it would be dead code, or a way
/// around the desk.
#[test]
fn every_use_case_has_a_line() {
    let listed: BTreeSet<&str> = USE_CASES.concat().iter().map(|one| one.name).collect();
    let count = USE_CASES.concat().len();
    assert_eq!(listed.len(), count, "no use case stands twice");
    let mut found = BTreeSet::new();
    use_cases_in(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    let listed: BTreeSet<String> = listed.into_iter().map(str::to_owned).collect();
    assert_eq!(found, listed, "methods of App and lines of the tables");
}

/// The public methods of `impl App` blocks: `pub async fn name(`.
fn use_cases_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            // The desk itself is no use case.
            if name != "access" && name != "tests" {
                use_cases_in(&path, found);
            }
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        for block in source.split("\nimpl App {").skip(1) {
            let block = block.split("\n}\n").next().unwrap_or_default();
            for method in block.split("    pub async fn ").skip(1) {
                let name = method.split('(').next().unwrap_or_default();
                found.insert(name.to_owned());
            }
        }
    }
}

#[test]
fn an_auditor_changes_nothing_and_hr_may_do_all() {
    let changing = [
        Right::SetGoals,
        Right::ProposeGoals,
        Right::AdjustGoals,
        Right::EditBonusPlan,
        Right::RunBonus,
        Right::ApproveTeamBonus,
        Right::ConfirmPay,
        Right::SetTargetBonuses,
        Right::ImportData,
        Right::UndoImports,
        Right::UndoChanges,
        Right::EditCompany,
        Right::ManageAccounts,
        Right::ManageKeys,
        Right::Restore,
        Right::EnterFollowUps,
        Right::ArrangeBoards,
        Right::UndoOwn,
        Right::ShareBoards,
        Right::PersonalFiles,
    ];
    for right in Right::ALL {
        assert!(right.roles().contains(&Role::Hr), "{right:?}");
        let audits = may(Role::Auditor, *right, everything_allowed());
        assert_eq!(
            audits,
            !changing.contains(right) && *right != Right::BackUp,
            "{right:?}"
        );
    }
}
