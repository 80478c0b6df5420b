//! Accounts and rights on the terminal, and that the window refuses the same in the same words.

use std::process::{Command, Output};

use serde_json::{Value, json};
use yeji_app::api::Message;
use yeji_lib::words;
use yeji_store::{Key, OpenMode, Store};

use crate::cli::{WON_BY_PERSON, Yeji};
use crate::ipc::Page;

const PASSWORD: &str = "correct horse";
const PEOPLE: &str = "name,staff_number,team,department,title\nWang Wei,A1,North,East,Manager\n\
    Li Na,A2,North,East,Sales\nZhang Min,A3,South,East,Sales\n";
const DEALS: &str = "opportunity_id,sales_agent,account,product,deal_stage,close_date,close_value\n\
    D1,Li Na,Acme,Basic,Won,2025-02-10,8000\nD2,Zhang Min,Acme,Basic,Won,2025-02-11,6000\n";

/// A company in which `meng` is hr, `wang` a manager, `li` sells and `audit` audits.
fn house() -> Yeji {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let deals = yeji.file("deals.csv", DEALS);
    for file in [people, deals] {
        let file = file.to_str().unwrap();
        yeji.ok(&["import", file, "--currency", "CNY", "--yes"]);
    }
    yeji.ok(&["goal", "set", "--year", "2025", "--amount", "20000"]);
    yeji.ok(&["goal", "split", "--year", "2025", "--by", "equal"]);
    yeji.ok(&[
        "bonus",
        "target",
        "--amount",
        "5000",
        "--from",
        "2025-01-01",
    ]);
    yeji.ok(&["bonus", "run", "--period", "2025-Q1"]);
    succeeds(new_account(&yeji, "meng", &["--role", "hr"]));
    for (name, role, person) in [
        ("wang", "manager", Some("A1")),
        ("li", "sales", Some("A2")),
        ("audit", "auditor", None),
    ] {
        let mut arguments = vec!["--role", role, "--user", "meng"];
        if let Some(person) = person {
            arguments.extend(["--person", person]);
        }
        succeeds(new_account(&yeji, name, &arguments));
    }
    yeji
}

fn new_account(yeji: &Yeji, name: &str, arguments: &[&str]) -> Output {
    let all = [&["account", "add", name][..], arguments].concat();
    let mut command = signed(yeji, &all);
    command.env("YEJI_NEW_PASSWORD", PASSWORD).output().unwrap()
}

/// A command with the password of every account of the tests.
fn signed(yeji: &Yeji, arguments: &[&str]) -> Command {
    let mut command = yeji.command(arguments);
    command.env("YEJI_PASSWORD", PASSWORD);
    command
}

fn as_user(yeji: &Yeji, user: &str, arguments: &[&str]) -> Output {
    let all = [arguments, &["--user", user]].concat();
    signed(yeji, &all).output().unwrap()
}

#[track_caller]
fn succeeds(output: Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// What was said on standard error; refusals end with status 2 and print no result.
#[track_caller]
fn refused(output: Output) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = output;
    let said = String::from_utf8_lossy(&stderr).into_owned();
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(stdout.is_empty(), "a refusal prints no result");
    said
}

#[test]
fn a_store_with_accounts_wants_a_name_and_its_password() {
    let yeji = house();
    let said = refused(yeji.run(&["verify"]));
    assert!(said.contains("--user"), "says how: {said}");
    let said = refused(yeji.run(&["verify", "--user", "meng"]));
    assert!(said.contains("YEJI_PASSWORD"), "says how: {said}");
    let wrong = yeji.file("wrong.txt", "something else\n");
    let wrong = wrong.to_str().unwrap();
    let said = refused(yeji.run(&["verify", "--user", "meng", "--password-file", wrong]));
    assert!(said.contains("password are wrong"), "{said}");
    refused(yeji.run(&["verify", "--password-file", wrong]));
    let right = yeji.file("right.txt", format!("{PASSWORD}\r\n"));
    let right = right.to_str().unwrap();
    yeji.ok(&["verify", "--user", "MENG", "--password-file", right]);
    succeeds(as_user(&yeji, "audit", &["verify"]));
}

#[test]
fn a_store_without_accounts_knows_no_user_and_the_first_is_hr() {
    let yeji = Yeji::new();
    let demo = ["demo", "--people", "8", "--deals", "20"];
    let absent = as_user(&yeji, "meng", &demo);
    assert_eq!(
        absent.status.code(),
        Some(1),
        "there is nobody to sign in as"
    );
    assert!(!yeji.store().exists(), "and no store was made");
    yeji.ok(&demo);
    refused(as_user(&yeji, "meng", &["verify"]));
    let said = refused(new_account(&yeji, "audit", &["--role", "auditor"]));
    assert!(said.contains("HR"), "{said}");
    yeji.ok(&["verify"]);
    let mut short = yeji.command(&["account", "add", "meng", "--role", "hr"]);
    refused(short.env("YEJI_NEW_PASSWORD", "short").output().unwrap());
}

/// What nobody may do without the right, in window and terminal: the same code, the same sentence.
#[test]
fn window_and_terminal_refuse_the_same_in_the_same_words() {
    let yeji = house();
    let file = yeji.file("more.csv", DEALS);
    let import = ["import", file.to_str().unwrap(), "--yes"];
    let sign_in = |name: &str| json!({ "args": { "name": name, "password": PASSWORD } });
    let session = json!({ "args": { "session": "none", "decisions": {
        "files": {}, "aliases": {}, "currency": null, "remember_mapping": false } } });
    let none = json!({ "args": {} });
    let cases = [
        ("li", "verify_store", &none, &["verify"][..], "verify"),
        ("wang", "verify_store", &none, &["verify"], "verify"),
        ("li", "update_import", &session, &import, "import_data"),
        ("audit", "update_import", &session, &import, "import_data"),
        (
            "li",
            "list_accounts",
            &none,
            &["account", "list"],
            "see_accounts",
        ),
        (
            "wang",
            "list_batches",
            &none,
            &["batch", "list"],
            "see_imports",
        ),
    ];
    // A mock window keeps its store until the end of the test, so the terminal comes first.
    let said = cases.map(|(user, _, _, terminal, _)| refused(as_user(&yeji, user, terminal)));
    let window = Page::on("main", &yeji.store());
    for (at, (user, command, arguments, _, right)) in cases.into_iter().enumerate() {
        let said = &said[at];
        window.call("sign_in", sign_in(user)).unwrap();
        let refusal = window.call(command, arguments.clone()).unwrap_err();
        assert_eq!(
            refusal["code"], "right_missing",
            "{user} {command}: {refusal}"
        );
        assert_eq!(refusal["params"]["right"], right, "{user} {command}");
        let message = Message {
            code: "right_missing".to_owned(),
            params: serde_json::from_value(refusal["params"].clone()).unwrap(),
        };
        assert!(said.contains(&words::english(&message)), "{said}");
        assert!(said.contains(&words::chinese(&message)), "{said}");
    }
}

#[test]
fn each_role_gets_its_own_rows_on_the_terminal() {
    let yeji = house();
    let kpi = [&WON_BY_PERSON[..], &["--json"]].concat();
    let people = |user: &str| -> Vec<String> {
        let table: Value = serde_json::from_str(&succeeds(as_user(&yeji, user, &kpi))).unwrap();
        let rows = table["rows"].as_array().unwrap();
        let labels = rows
            .iter()
            .map(|row| row["label"].as_str().unwrap().to_owned());
        labels.collect()
    };
    assert_eq!(people("li"), ["Li Na"]);
    assert_eq!(people("wang"), ["Li Na"]);
    assert_eq!(people("audit"), ["Li Na", "Zhang Min"]);
    assert_eq!(people("meng"), people("audit"));
    let shown = succeeds(as_user(&yeji, "li", &["goal", "show", "--year", "2025"]));
    assert!(
        shown.contains("Li Na") && !shown.contains("Zhang Min"),
        "{shown}"
    );
    refused(as_user(
        &yeji,
        "li",
        &["bonus", "run", "--period", "2025-Q1"],
    ));
}

#[test]
fn accounts_are_changed_and_listed() {
    let yeji = house();
    let listed = succeeds(as_user(&yeji, "audit", &["account", "list"]));
    assert!(listed.contains("Wang Wei (A1)"), "{listed}");
    succeeds(as_user(&yeji, "meng", &["account", "role", "audit", "hr"]));
    succeeds(as_user(&yeji, "audit", &["account", "disable", "meng"]));
    let said = refused(as_user(&yeji, "meng", &["verify"]));
    assert!(said.contains("disabled"), "{said}");
    let said = refused(as_user(&yeji, "audit", &["account", "disable", "AUDIT"]));
    assert!(said.contains("last HR account"), "{said}");
    succeeds(as_user(&yeji, "audit", &["account", "enable", "meng"]));
    succeeds(as_user(&yeji, "meng", &["verify"]));
    // One's own password, whatever the role; that of others only hr.
    let change = |user: &str, name: &str| {
        let all = ["account", "password", name, "--user", user];
        let mut command = signed(&yeji, &all);
        command
            .env("YEJI_NEW_PASSWORD", "battery staple")
            .output()
            .unwrap()
    };
    refused(change("li", "wang"));
    succeeds(change("li", "li"));
    refused(as_user(&yeji, "li", &["account", "list"]));
    succeeds(change("meng", "wang"));
    refused(as_user(&yeji, "nobody", &["verify"]));
}

/// Every command of a store with accounts signs in: the list of what was done is not to consist of that.
#[test]
fn sign_ins_are_in_the_history_only_when_asked_for() {
    let yeji = house();
    let kinds = |arguments: &[&str]| {
        let all = [&["history", "--last", "3", "--json"][..], arguments].concat();
        let said = succeeds(as_user(&yeji, "meng", &all));
        let rows: Value = serde_json::from_str(&said).unwrap();
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row["kind"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(&[]), ["account"; 3], "as many as are asked for");
    assert_eq!(kinds(&["--all"])[0], "sign_in");
}

/// Beside an open window a command still reads; only the audit log cannot have its sign-in, which is said.
#[test]
fn a_sign_in_beside_an_open_window_comes_into_its_audit_log_and_wrong_passwords_count() {
    let yeji = house();
    // As an open window does: it holds the writer.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let window = runtime
        .block_on(Store::open(&yeji.store(), &Key::Plain, OpenMode::ReadWrite))
        .unwrap();
    succeeds(as_user(&yeji, "audit", &["verify"]));
    // Wrong passwords beside the window: the third makes the next wait, though nothing could be written.
    let wrong = yeji.file("wrong", "not the password\n");
    let try_it = || {
        let arguments = ["verify", "--user", "audit", "--password-file"];
        let output = yeji.run(&[&arguments[..], &[wrong.to_str().unwrap()]].concat());
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    for _ in 0..2 {
        let said = try_it();
        assert!(!said.contains('秒'), "a slip of the finger: {said}");
    }
    let said = try_it();
    assert!(said.contains('秒'), "it waits: {said}");
    runtime.block_on(window.close()).unwrap();
    // Whoever writes next takes them in, with the account and the time of the try.
    let output = as_user(&yeji, "meng", &["audit", "--json"]);
    let log: serde_json::Value = serde_json::from_str(&succeeds(output)).unwrap();
    let text = log.to_string();
    assert!(
        text.contains("sign_in.failed") && text.contains("sign_in.ok"),
        "{text}"
    );
    let waiting = yeji.store().join("audit-pending");
    let left = std::fs::read_dir(waiting).map_or(0, Iterator::count);
    assert_eq!(left, 0, "each note is taken in once");
    let said = try_it();
    assert!(
        said.contains('秒'),
        "the account knows of the tries: {said}"
    );
}

#[test]
fn a_store_with_accounts_is_not_replaced_by_whoever_fails_to_sign_in() {
    let yeji = house();
    let own = Yeji::new();
    let people = own.file("people.csv", PEOPLE);
    own.ok(&["import", people.to_str().unwrap(), "--yes"]);
    let file = own.path("mine.yejibackup");
    let file = file.to_str().unwrap();
    own.ok(&["backup", file]);
    let before = std::fs::read(yeji.store().join("yeji.db")).unwrap();
    for more in [
        &[][..],
        &["--password-file", "x"],
        &["--user", "meng"],
        &["--user", "meng", "--password-file", "/nowhere"],
        &["--passphrase-file=/nowhere"],
    ] {
        let mut arguments = vec!["restore", file];
        arguments.extend(more);
        let output = yeji.command(&arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{more:?}: {said}");
        let now = std::fs::read(yeji.store().join("yeji.db")).unwrap();
        assert!(now == before, "{more:?}: {said}");
    }
}

/// Nobody chooses a passphrase for what is refused afterwards.
#[test]
fn what_somebody_may_not_do_is_said_before_a_passphrase_is_asked_for() {
    let yeji = house();
    for user in ["li", "audit"] {
        let file = yeji.path("x.yejipersonal");
        let export = ["personal", "export", "A2", file.to_str().unwrap()];
        let said = refused(as_user(&yeji, user, &export));
        assert!(said.contains("does not have the right"), "{user}: {said}");
        let add = ["account", "add", "new", "--role", "hr"];
        let said = refused(as_user(&yeji, user, &add));
        assert!(said.contains("does not have the right"), "{user}: {said}");
        let said = refused(as_user(&yeji, user, &["account", "password", "meng"]));
        assert!(said.contains("does not have the right"), "{user}: {said}");
        // The right that is needed in the end, not one on the way that others have as well.
        let role = refused(as_user(&yeji, user, &["account", "role", "li", "hr"]));
        assert!(role.contains("manage accounts"), "{user}: {role}");
        let order = refused(as_user(&yeji, user, &["sources", "precedence", "a"]));
        assert!(order.contains("import data"), "{user}: {order}");
    }
}

/// Not what is wrong with a name or a file that only those need who may.
#[test]
fn the_missing_right_is_named_before_names_and_files_are_looked_at() {
    let yeji = house();
    let change = [
        "goal", "change", "--year", "2025", "--who", "A3", "--period", "2025", "--amount", "5",
    ];
    for (arguments, right) in [
        (&change[..], "set and split goals"),
        (&["bonus", "plan", "--set", "/nowhere"], "bonus plan"),
        (&["kpi", "--define", "/nowhere"], "company"),
        (&["mapping", "import", "/nowhere"], "import data"),
    ] {
        let said = refused(as_user(&yeji, "li", arguments));
        assert!(
            said.contains("does not have the right"),
            "{arguments:?}: {said}"
        );
        assert!(said.contains(right), "{arguments:?}: {said}");
    }
}

/// A team's line of somebody who sees only own deals is not the team's result.
#[test]
fn whose_results_are_counted_is_told_where_it_is_not_everybodys() {
    let yeji = house();
    let kpi = [
        "kpi",
        "--metric",
        "won_amount",
        "--by",
        "team",
        "--from",
        "2025-01-01",
        "--to",
        "2025-12-31",
    ];
    for (user, said) in [
        ("li", Some("only your own results")),
        ("wang", Some("only results of units that you lead")),
        ("audit", None),
    ] {
        let output = as_user(&yeji, user, &kpi);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        match said {
            Some(said) => assert!(told.contains(said), "{user}: {told}"),
            None => assert!(!told.contains("only"), "{user}: {told}"),
        }
    }
}
