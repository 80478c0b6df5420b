//! What is wrong with the arguments, in the words of both languages: which one, what is allowed, and where
//! more is said.

use std::any::TypeId;
use std::ffi::OsString;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use yeji_app::api::Message;
use yeji_app::built_in_metrics;
use yeji_core::calendar::Period;
use yeji_core::ids::{BatchId, ChangeId, CustomerId, UnitId};
use yeji_core::metric::GoalMetric;
use yeji_report::Lang;

use super::help::possible_values;
use crate::words;

/// Reads a metric that goals are set for; the possible ones are listed in the help and in the fault.
pub(super) fn goal_metric() -> impl TypedValueParser<Value = GoalMetric> {
    let codes = GoalMetric::ALL.iter().map(|one| one.code());
    PossibleValuesParser::new(codes).try_map(|code| code.parse::<GoalMetric>())
}

/// Whether an argument is the figure of a goal, and what was given is one whose parts do not add up.
fn is_no_goal_metric(named: &str, path: &str, value: &str) -> bool {
    option(named) == "--metric"
        && path.starts_with("yeji goal ")
        && built_in_metrics().iter().any(|one| one.code == value)
}

/// Reads a language: `zh-CN` or `en`, or a tag of the system that starts so (`zh`, `en-US`, `zh_CN.UTF-8`).
pub(super) fn language(text: &str) -> Result<Lang, yeji_report::Error> {
    let tag = text.to_lowercase();
    match tag.split(['-', '_', '.']).next() {
        Some("zh") => Ok(Lang::ZhCn),
        Some("en") => Ok(Lang::En),
        _ => text.parse(),
    }
}

/// What is wrong, as a sentence of the word files.
pub(super) fn fault(error: &clap::Error, root: &Command, arguments: &[OsString]) -> Message {
    let (command, path) = command_of(root, arguments);
    let context = |kind| error.get(kind).map(texts).unwrap_or_default();
    let first = |kind| context(kind).into_iter().next().unwrap_or_default();
    let arg = context(ContextKind::InvalidArg);
    let named = arg.first().cloned().unwrap_or_default();
    let value = first(ContextKind::InvalidValue);
    let mut params = vec![("help", format!("{path} --help")), ("arg", option(&named))];
    let code = match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let expected = command
                .get_arguments()
                .find(|arg| arg.to_string() == named)
                .map_or_else(|| "text".to_owned(), expected);
            params.push(("expected", expected));
            params.push(("meant", first(ContextKind::SuggestedValue)));
            let missing = value.is_empty();
            let no_goal = is_no_goal_metric(&named, &path, &value);
            params.push(("value", value));
            match (missing, no_goal) {
                (true, _) => "arg_no_value",
                (_, true) => "arg_goal_metric",
                _ => "arg_value",
            }
        }
        ErrorKind::UnknownArgument => {
            params.push(("meant", first(ContextKind::SuggestedArg)));
            "arg_unknown"
        }
        ErrorKind::InvalidSubcommand => {
            let commands: Vec<&str> = command
                .get_subcommands()
                .map(Command::get_name)
                .filter(|name| *name != "help")
                .collect();
            params.push(("value", first(ContextKind::InvalidSubcommand)));
            params.push(("meant", first(ContextKind::SuggestedSubcommand)));
            params.push(("commands", commands.join(", ")));
            "arg_command"
        }
        ErrorKind::MissingRequiredArgument => {
            params.push(("args", arg.join(", ")));
            "arg_missing"
        }
        ErrorKind::ArgumentConflict => {
            let other = first(ContextKind::PriorArg);
            let twice = other == named || other.is_empty();
            params.push(("other", option(&other)));
            if twice { "arg_twice" } else { "arg_conflict" }
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => "arg_flag_value",
        ErrorKind::InvalidUtf8 => "arg_not_text",
        _ => {
            // The first line says it; the rest is usage.
            let text = error.to_string();
            let text = text.lines().next().unwrap_or_default();
            params.push(("detail", text.trim_start_matches("error: ").to_owned()));
            "arg_other"
        }
    };
    words::message(code, &params)
}

/// `--metric` of `--metric <METRIC>`; a positional argument stays `<PATH>...`.
fn option(named: &str) -> String {
    match named.split_once(' ') {
        Some((option, _)) if option.starts_with('-') => option.to_owned(),
        _ => named.to_owned(),
    }
}

fn texts(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::String(text) => vec![text.clone()],
        ContextValue::Strings(all) => all.clone(),
        _ => Vec::new(),
    }
}

/// The possible values, or what kind of value it is (a term of the group `expects`).
fn expected(arg: &Arg) -> String {
    let values = possible_values(arg);
    if !values.is_empty() {
        return values.join(", ");
    }
    let is = arg.get_value_parser().type_id();
    let kinds = [
        (TypeId::of::<NaiveDate>(), "day"),
        (TypeId::of::<Period>(), "period"),
        (TypeId::of::<i32>(), "year"),
        (TypeId::of::<u32>(), "count"),
        (TypeId::of::<u64>(), "count"),
        (TypeId::of::<BatchId>(), "batch"),
        (TypeId::of::<ChangeId>(), "change"),
        (TypeId::of::<uuid::Uuid>(), "record"),
        (TypeId::of::<UnitId>(), "unit"),
        (TypeId::of::<CustomerId>(), "customer"),
        (TypeId::of::<PathBuf>(), "path"),
        (TypeId::of::<Lang>(), "zh-CN, en"),
    ];
    let kind = kinds.iter().find(|(id, _)| is == *id);
    let is_amount = arg.get_id() == "amount";
    match kind {
        Some((_, kind)) => (*kind).to_owned(),
        None if is_amount => "amount".to_owned(),
        None => "text".to_owned(),
    }
}

/// The command that the arguments name, as far as they name one, and how it is written.
fn command_of<'a>(root: &'a Command, arguments: &[OsString]) -> (&'a Command, String) {
    let mut command = root;
    let mut path = root.get_name().to_owned();
    let mut rest = arguments.iter().skip(1).filter_map(|one| one.to_str());
    while let Some(argument) = rest.next() {
        if let Some(option) = argument.strip_prefix("--") {
            let takes_value = command
                .get_arguments()
                .any(|arg| arg.get_long() == Some(option) && arg.get_action().takes_values());
            if takes_value {
                rest.next();
            }
        } else if let Some(sub) = command.find_subcommand(argument) {
            command = sub;
            path = format!("{path} {argument}");
        } else if argument == "-" || !argument.starts_with('-') {
            // What stands here is a value or a mistake; commands behind it belong to neither.
            break;
        }
    }
    (command, path)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[track_caller]
    fn check(arguments: &[&str], english: &str, chinese: &str) {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        let root = super::super::help::in_language(super::super::Cli::command(), Lang::ZhCn);
        let error = root.clone().try_get_matches_from(&arguments).unwrap_err();
        let message = fault(&error, &root, &arguments);
        assert_eq!(words::english(&message), english);
        assert_eq!(words::chinese(&message), chinese);
    }

    /// `--data OneDrive - Co/st` without quotation marks: the commands are those of the program.
    #[test]
    fn a_stray_word_before_a_command_is_not_taken_for_one_of_it() {
        let arguments = ["yeji", "--data", "OneDrive", "-", "Co/st", "verify"];
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        let root = super::super::Cli::command();
        let error = root.clone().try_get_matches_from(&arguments).unwrap_err();
        let said = words::english(&fault(&error, &root, &arguments));
        assert!(said.contains("no command `-`"), "{said}");
        assert!(
            said.contains("import, ") && said.contains("`yeji --help`"),
            "{said}"
        );
    }

    /// An amount below zero is an amount, and not an option that nobody knows: what it is for refuses it.
    #[test]
    fn amounts_below_zero_reach_what_refuses_them() {
        for arguments in [
            "yeji bonus deal D-1 --amount -5",
            "yeji bonus target --amount -5 --from 2026-01-01",
            "yeji bonus what-if plan.toml --from 2025 --to 2025 --budget -5",
        ] {
            let read = super::super::Cli::command().try_get_matches_from(arguments.split(' '));
            assert!(read.is_ok(), "{arguments}: {read:?}");
        }
    }

    #[test]
    fn faults_say_what_is_allowed() {
        check(
            &["yeji", "goal", "set", "--metric", "won_amont"],
            "`won_amont` cannot be used for --metric. Allowed: won_amount, won_count, lost_count, receipts, invoiced, contracted, gross_margin, cost_of_sales, new_customers, lost_customers, lead_count, interaction_count. Did you mean `won_amount`? `yeji goal set --help` explains it.",
            "“won_amont”不能用作 --metric。可用：won_amount、won_count、lost_count、receipts、invoiced、contracted、gross_margin、cost_of_sales、new_customers、lost_customers、lead_count、interaction_count。是不是“won_amount”？说明见 `yeji goal set --help`。",
        );
        check(
            &["yeji", "goal", "set", "--metric", "win_rate"],
            "`win_rate` is not split into goals of people and weeks: its parts do not add up. Set what it is to be for units, people and periods with `yeji kpi goal`. Split are: won_amount, won_count, lost_count, receipts, invoiced, contracted, gross_margin, cost_of_sales, new_customers, lost_customers, lead_count, interaction_count.",
            "“win_rate”不能分解到人和周：它的各部分不能相加。请用 `yeji kpi goal` 为部门、人员和周期分别设定。可分解的：won_amount、won_count、lost_count、receipts、invoiced、contracted、gross_margin、cost_of_sales、new_customers、lost_customers、lead_count、interaction_count。",
        );
        check(
            &["yeji", "--data", "goal", "bonus", "run", "--period", "20x"],
            "`20x` cannot be used for --period. Allowed: a period, as in 2017, 2017-Q2, 2017-04 or 2017-W14. `yeji bonus run --help` explains it.",
            "“20x”不能用作 --period。可用：周期，如 2017、2017-Q2、2017-04 或 2017-W14。说明见 `yeji bonus run --help`。",
        );
        check(
            &["yeji", "batch", "undo", "xxx"],
            "`xxx` cannot be used for <BATCH>. Allowed: the id of a batch, as `yeji batch list` shows it. `yeji batch undo --help` explains it.",
            "“xxx”不能用作 <BATCH>。可用：批次编号，见 `yeji batch list`。说明见 `yeji batch undo --help`。",
        );
        check(
            &["yeji", "duplicates", "merge", "a", "b"],
            "`a` cannot be used for <CUSTOMER>. Allowed: the id of a customer, as `yeji duplicates list` shows it. `yeji duplicates merge --help` explains it.",
            "“a”不能用作 <CUSTOMER>。可用：客户的编号（id），见 `yeji duplicates list`。说明见 `yeji duplicates merge --help`。",
        );
        check(
            &["yeji", "goal", "show", "--year"],
            "--year needs a value: a year, as in 2018. `yeji goal show --help` explains it.",
            "--year 需要一个值：年份，如 2018。说明见 `yeji goal show --help`。",
        );
        check(
            &["yeji", "kpi", "--by", "week"],
            "Missing: --metric <METRIC>, --from <DATE>, --to <DATE>. `yeji kpi --help` explains what is needed.",
            "缺少：--metric <METRIC>、--from <DATE>、--to <DATE>。需要哪些参数见 `yeji kpi --help`。",
        );
        check(
            &["yeji", "verify", "--jsn"],
            "--jsn is not known here. Did you mean --json? `yeji verify --help` lists what there is.",
            "这里没有 --jsn。是不是 --json？可用的参数见 `yeji verify --help`。",
        );
        check(
            &["yeji", "goal", "attainmnt"],
            "There is no command `attainmnt`. Did you mean `attainment`? Commands: set, split, show, attainment, change, shift, revise, copy, copy-year, lock, locks, why, progress, aim, export, import, versions, compare, restore, round, propose, adjust, submit, send-back, adopt, comment, comments, publish, confirm, confirmations, letter. `yeji goal --help` explains them.",
            "没有“attainmnt”这个命令。是不是“attainment”？可用的命令：set、split、show、attainment、change、shift、revise、copy、copy-year、lock、locks、why、progress、aim、export、import、versions、compare、restore、round、propose、adjust、submit、send-back、adopt、comment、comments、publish、confirm、confirmations、letter。说明见 `yeji goal --help`。",
        );
        check(
            &["yeji", "goal", "show", "--year", "2017", "--year", "2018"],
            "--year is given more than once. Give it once; `yeji goal show --help` explains it.",
            "--year 出现了不止一次。请只写一次，说明见 `yeji goal show --help`。",
        );
        check(
            &["yeji", "verify", "--json=1"],
            "--json takes no value. Write it alone; `yeji verify --help` explains it.",
            "--json 不带值，请单独写，说明见 `yeji verify --help`。",
        );
    }

    #[test]
    fn languages_are_read_as_systems_write_them() {
        let check = |text: &str, expected: Option<Lang>| {
            assert_eq!(language(text).ok(), expected, "{text}");
        };
        check("zh-CN", Some(Lang::ZhCn));
        check("zh", Some(Lang::ZhCn));
        check("zh_CN.UTF-8", Some(Lang::ZhCn));
        check("en", Some(Lang::En));
        check("en-US", Some(Lang::En));
        check("EN", Some(Lang::En));
        check("fr", None);
        check("english", None);
    }
}
