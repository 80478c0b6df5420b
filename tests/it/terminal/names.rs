//! Names that are nearly known: decided by arguments, or asked for on a terminal.

use super::{DEALS, KPI, PEOPLE, chinese, text};
use crate::cli::Yeji;

/// A store with the customer `Globex Industries` and a file that calls it otherwise.
fn nearly_known() -> (Yeji, std::path::PathBuf) {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let customers = yeji.file(
        "customers.csv",
        "客户名称,客户类型\nGlobex Industries,制造\nInitech,零售\n",
    );
    yeji.ok(&["import", text(&people), text(&customers), "--yes"]);
    let deals = yeji.file("deals.csv", DEALS.replace("甲公司", "GlobexIndustries"));
    (yeji, deals)
}

fn customer_types(yeji: &Yeji) -> Vec<String> {
    let mut arguments = KPI;
    arguments[8] = "customer_type";
    let table = yeji.json(&arguments);
    let rows = table["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| {
            format!(
                "{} {}",
                row["key"].as_str().unwrap(),
                row["value"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn names_are_decided_by_arguments() {
    let (yeji, deals) = nearly_known();
    let import = |decision: &str, status: i32, part: &str| {
        let said = yeji.fails(
            &["import", text(&deals), "--yes", "--alias", decision],
            status,
        );
        assert!(said.contains(part) && said.contains("业绩："), "{said}");
    };
    import("customer:Globex", 2, "--alias 'KIND:");
    import("customer:Nobody=Initech", 2, "Nobody");
    import("customer:GlobexIndustries=Umbrella", 2, "Umbrella");
    assert!(
        yeji.fails(&["import", text(&deals)], 2)
            .contains("GlobexIndustries")
    );
    let decision = "customer:GlobexIndustries=Initech";
    yeji.ok(&["import", text(&deals), "--yes", "--alias", decision]);
    assert_eq!(
        customer_types(&yeji),
        [" 2000.00", "零售 1000.50"],
        "Initech's, as decided"
    );

    let (yeji, deals) = nearly_known();
    yeji.ok(&[
        "import",
        text(&deals),
        "--yes",
        "--alias",
        "customer:GlobexIndustries=",
    ]);
    assert_eq!(customer_types(&yeji), [" 3000.50"], "a customer of its own");
}

/// A typing error that is too far off to be proposed is told, and does not stop what `--yes` imports.
#[test]
fn names_that_could_be_meant_are_told() {
    let (yeji, _) = nearly_known();
    let customers = yeji.file("more.csv", "客户名称,客户类型\n远景1号公司,制造\n");
    yeji.ok(&["import", text(&customers), "--yes"]);
    let deals = yeji.file("typo.csv", DEALS.replace("甲公司", "远景1号公词"));
    let (output, out, said) = chinese(&yeji, &["import", text(&deals), "--yes"]);
    assert!(output.status.success(), "{out}{said}");
    assert!(said.contains("可能是 远景1号公司"), "{said}");
    assert_eq!(
        customer_types(&yeji),
        [" 3000.50"],
        "nobody has said that it is the known one"
    );
}

/// What the dry run lists as open can be decided by arguments, all at once: also that a product is new whose
/// row waits for its owner.
#[test]
fn decisions_on_several_names_hold_together() {
    let (yeji, _) = nearly_known();
    let deals = yeji.file(
        "new.csv",
        DEALS
            .replace("甲公司", "新客户")
            .replace("D1,A1", "D1,李纳"),
    );
    let decisions = ["person:李纳=李娜", "customer:新客户="];
    let mut arguments = vec!["import", text(&deals), "--yes"];
    for decision in decisions {
        arguments.extend(["--alias", decision]);
    }
    let (output, out, said) = chinese(&yeji, &arguments);
    assert!(output.status.success(), "{out}{said}");
    assert!(
        said.contains("按新名称处理：客户 新客户") && said.contains("李纳 -> 李娜"),
        "the answers are told: {said}"
    );
}

/// With a terminal in front of it, made by `script` (util-linux).
#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_names_are_asked_for() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    if Command::new("script").arg("--version").output().is_err() {
        println!("skipped: there is no `script` that makes a terminal");
        return;
    }
    let run = |answers: &str| {
        let (yeji, deals) = nearly_known();
        let program = yeji.command(&["import", text(&deals)]);
        let words: Vec<String> = std::iter::once(program.get_program())
            .chain(program.get_args())
            .map(|word| format!("'{}'", word.to_str().unwrap()))
            .collect();
        let mut script = Command::new("script");
        script
            .args(["-qec", &words.join(" "), "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        for (name, value) in program.get_envs() {
            script.env(name, value.unwrap_or_default());
        }
        let mut child = script.spawn().unwrap();
        // Left open until the program ends: the end of the answers would stop it.
        let mut keys = child.stdin.take().unwrap();
        keys.write_all(answers.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        drop(keys);
        let screen = String::from_utf8_lossy(&output.stdout).into_owned();
        (yeji, output.status.code(), screen)
    };
    let (yeji, status, screen) = run("y\ny\n");
    assert_eq!(status, Some(0), "{screen}");
    assert!(
        screen.contains("Is it “Globex Industries”?") && screen.contains("Import this?"),
        "{screen}"
    );
    assert_eq!(customer_types(&yeji), [" 2000.00", "制造 1000.50"]);

    let (yeji, status, screen) = run("?\n2\ny\n");
    assert_eq!(status, Some(0), "{screen}");
    assert_eq!(
        customer_types(&yeji),
        [" 2000.00", "零售 1000.50"],
        "the second of the list"
    );

    let (yeji, status, screen) = run("s\n");
    assert_eq!(status, Some(1), "{screen}");
    assert!(customer_types(&yeji).is_empty(), "nothing was imported");
}
