//! Help in 中文. The English texts are the comments in the code, which clap prints itself; the Chinese
//! ones stand in `words/zh-CN.json` under the path of each command (`goal split`) and argument
//! (`goal split.by`).

use clap::{Arg, ArgAction, Command};
use yeji_report::Lang;

use crate::words;

/// The options that every command has: their words stand under the bare name.
const EVERYWHERE: [&str; 8] = [
    "data",
    "help",
    "json",
    "password_file",
    "user",
    "version",
    "passphrase_file",
    "plain",
];

/// The commands with their help in a language.
pub(super) fn in_language(mut command: Command, lang: Lang) -> Command {
    // Adds what clap makes itself (`--help`), so that its words can be changed too.
    command.build();
    match lang {
        Lang::En => command,
        Lang::ZhCn => translated(command, "", ""),
    }
}

/// `below` is the path under which the words of the subcommands stand: those below `help` are copies of
/// the others.
fn translated(mut command: Command, path: &str, below: &str) -> Command {
    let usage = usage(&mut command);
    let template = template(&command);
    let about = words::chinese_help(if path.is_empty() { "yeji" } else { path });
    command = command
        .override_usage(usage)
        .help_template(template)
        .mut_args(|arg| translated_argument(arg, path))
        .mut_subcommands(|sub| match (sub.get_name(), below) {
            ("help", _) => translated(sub, "help", below),
            (name, "") => {
                let path = name.to_owned();
                translated(sub, &path, &path)
            }
            (name, _) => {
                let path = format!("{below} {name}");
                translated(sub, &path, &path)
            }
        });
    match about {
        Some(about) => command.about(about).long_about(None::<&'static str>),
        None => command,
    }
}

/// `yeji kpi [选项] --metric <METRIC>`.
fn usage(command: &mut Command) -> String {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    usage
        .replace("[OPTIONS]", "[选项]")
        .replace("<COMMAND>", "<命令>")
        .replace("[COMMAND]", "[命令]")
}

/// Only the parts that the command has.
fn template(command: &Command) -> String {
    let mut template = "{about-with-newline}\n用法：{usage}\n".to_owned();
    let mut part = |there: bool, heading: &str, tag: &str| {
        if there {
            template.extend(["\n", heading, "：\n{", tag, "}\n"]);
        }
    };
    part(command.has_subcommands(), "命令", "subcommands");
    part(
        command.get_positionals().next().is_some(),
        "参数",
        "positionals",
    );
    part(true, "选项", "options");
    template.trim_end().to_owned()
}

/// Its words, with the default and the possible values, which clap would name in English.
fn translated_argument(arg: Arg, path: &str) -> Arg {
    let key = argument_path(&arg, path);
    let Some(help) = words::chinese_help(&key) else {
        return arg;
    };
    let mut help = help.to_owned();
    if arg.get_action().takes_values() {
        let values: Vec<String> = possible_values(&arg);
        if !values.is_empty() {
            help.extend(["（可选：", &values.join("、"), "）"]);
        }
        let default: Vec<_> = arg
            .get_default_values()
            .iter()
            .map(|value| value.to_string_lossy())
            .collect();
        if !default.is_empty() {
            help.extend(["（默认：", &default.join("、"), "）"]);
        }
    }
    let shown = arg.help(help).long_help(None::<&'static str>);
    if matches!(shown.get_action(), ArgAction::Help | ArgAction::Version) {
        return shown;
    }
    shown.hide_default_value(true).hide_possible_values(true)
}

/// Under which key the words of an argument stand.
pub(super) fn argument_path(arg: &Arg, path: &str) -> String {
    let id = arg.get_id().as_str();
    if EVERYWHERE.contains(&id) || path.is_empty() {
        id.to_owned()
    } else {
        format!("{path}.{id}")
    }
}

/// The values that an argument may have, where they are few.
pub(super) fn possible_values(arg: &Arg) -> Vec<String> {
    arg.get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| value.get_name().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;

    fn paths(command: &Command, path: &str, all: &mut BTreeSet<String>) {
        all.insert(if path.is_empty() { "yeji" } else { path }.to_owned());
        assert!(
            command.get_about().is_some(),
            "`{path}` has no English words"
        );
        for arg in command.get_arguments() {
            let key = argument_path(arg, path);
            assert!(arg.get_help().is_some(), "`{key}` has no English words");
            all.insert(key);
        }
        if path == "help" {
            return;
        }
        for sub in command.get_subcommands() {
            let name = sub.get_name();
            if name == "help" && !path.is_empty() {
                continue;
            }
            let path = if path.is_empty() {
                name.to_owned()
            } else {
                format!("{path} {name}")
            };
            paths(sub, &path, all);
        }
    }

    #[test]
    fn every_command_and_argument_has_words_in_both_languages() {
        let mut all = BTreeSet::new();
        let mut command = super::super::Cli::command();
        command.build();
        paths(&command, "", &mut all);
        let missing: Vec<_> = all
            .iter()
            .filter(|path| words::chinese_help(path).is_none())
            .collect();
        assert!(missing.is_empty(), "no Chinese words for {missing:?}");
        let unused: Vec<_> = words::chinese_help_paths()
            .filter(|path| !all.contains(*path))
            .collect();
        assert!(unused.is_empty(), "nothing is called {unused:?}");
    }

    #[test]
    fn no_english_is_left_in_chinese_help() {
        fn check(command: &mut Command) {
            let text = command.render_long_help().to_string();
            for word in [
                "Usage",
                "Options",
                "Commands",
                "Arguments",
                "default:",
                "possible",
                "Print",
            ] {
                assert!(!text.contains(word), "`{word}` is in: {text}");
            }
            for sub in command.get_subcommands_mut() {
                check(sub);
            }
        }
        check(&mut in_language(super::super::Cli::command(), Lang::ZhCn));
    }
}
