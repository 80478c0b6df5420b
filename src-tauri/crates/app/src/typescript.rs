//! What the window's side gets from this one: types, the list of commands, the permission file, error codes, keys.
//!
//! The files are committed; a test fails when they differ from what the Rust types say. Run it with
//! `YEJI_UPDATE=1` to write them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use ts_rs::{Config, TS};

const HEADER: &str = "// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.\n";

macro_rules! describe {
    (
        short { $($short:ident($short_args:ty) -> $short_out:ty, needs $short_right:ident;)* }
        long { $($long:ident($long_args:ty) -> $long_out:ty, needs $long_right:ident;)* }
    ) => {
        /// Names of all commands, in the order of the table.
        pub const COMMANDS: &[&str] = &[$(stringify!($short),)* $(stringify!($long),)*];

        /// Files under `ui/src/backend/generated`, by name.
        ///
        /// # Errors
        /// The temporary folder that ts-rs writes to cannot be written.
        pub fn generated_files(scratch: &Path) -> std::io::Result<BTreeMap<String, String>> {
            let config = Config::new().with_out_dir(scratch);
            let export = |result: Result<(), ts_rs::ExportError>| result.map_err(std::io::Error::other);
            let mut lines = Vec::new();
            $(
                export(<$short_args as TS>::export_all(&config))?;
                export(export_inner::<$short_out>(&config))?;
                lines.push((stringify!($short), <$short_args as TS>::name(&config), <$short_out as TS>::name(&config)));
            )*
            $(
                export(<$long_args as TS>::export_all(&config))?;
                export(export_inner::<$long_out>(&config))?;
                lines.push((stringify!($long), <$long_args as TS>::name(&config), <$long_out as TS>::name(&config)));
            )*
            export(<crate::api::ApiError as TS>::export_all(&config))?;
            export(<crate::api::Progress as TS>::export_all(&config))?;
            export(<crate::api::Changed as TS>::export_all(&config))?;
            let long: &[&str] = &[$(stringify!($long),)*];
            collect(scratch, &lines, long)
        }
    };
}

crate::for_each_command!(describe);

/// Exports a result type; of a container (`Vec`, `Option`) what it holds.
fn export_inner<T: TS + 'static + ?Sized>(config: &Config) -> Result<(), ts_rs::ExportError> {
    struct Exporter<'a>(&'a Config, Result<(), ts_rs::ExportError>);
    impl ts_rs::TypeVisitor for Exporter<'_> {
        fn visit<T: TS + 'static + ?Sized>(&mut self) {
            if T::output_path().is_some() && self.1.is_ok() {
                self.1 = T::export_all(self.0);
            }
        }
    }
    if T::output_path().is_some() {
        return T::export_all(config);
    }
    let mut exporter = Exporter(config, Ok(()));
    T::visit_generics(&mut exporter);
    exporter.1
}

fn collect(
    scratch: &Path,
    lines: &[(&str, String, String)],
    long: &[&str],
) -> std::io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let mut names = Vec::new();
    for entry in std::fs::read_dir(scratch)? {
        let entry = entry?;
        let file = entry.file_name().to_string_lossy().into_owned();
        let Some(name) = file.strip_suffix(".ts") else {
            continue;
        };
        names.push(name.to_owned());
        let text = std::fs::read_to_string(entry.path())?;
        let body = text.split_once('\n').map_or("", |(_, rest)| rest);
        files.insert(file, format!("{HEADER}{body}"));
    }
    names.sort();
    let mut index = HEADER.to_owned();
    for name in &names {
        let _ = writeln!(index, "export type {{ {name} }} from \"./{name}\";");
    }
    index.push_str("export type { Commands } from \"./commands\";\nexport { COMMANDS, LONG_COMMANDS } from \"./commands\";\nexport { CODES } from \"./codes\";\nexport { ENCODINGS, KINDS, MAX_PARTS, OTHER_KEY } from \"./keys\";\n");
    files.insert("index.ts".to_owned(), index);
    files.insert("commands.ts".to_owned(), commands_file(lines, long, &names));
    let mut codes = format!("{HEADER}\nexport const CODES = [\n");
    for code in crate::codes::all() {
        let _ = writeln!(codes, "  \"{code}\",");
    }
    codes.push_str("] as const;\n");
    files.insert("codes.ts".to_owned(), codes);
    let mut keys = format!(
        "{HEADER}\n/** Category key of the slice that holds the rest. */\nexport const OTHER_KEY = \"{}\";\n",
        yeji_report::OTHER_KEY
    );
    keys.push_str("\n/** Kinds of records that can be imported, in the order of import. */\nexport const KINDS = [\n");
    for kind in crate::data::kinds() {
        let _ = writeln!(keys, "  \"{kind}\",");
    }
    keys.push_str("] as const;\n\n/** Encodings of text files, the likeliest first. */\nexport const ENCODINGS = [\n");
    for encoding in crate::data::encodings() {
        let _ = writeln!(keys, "  \"{encoding}\",");
    }
    let _ = writeln!(
        keys,
        "] as const;\n\n/** Parts that a chart shows one by one, at most. */\nexport const MAX_PARTS = {};",
        crate::performance::MAX_PARTS
    );
    files.insert("keys.ts".to_owned(), keys);
    Ok(files)
}

fn commands_file(lines: &[(&str, String, String)], long: &[&str], names: &[String]) -> String {
    let used = |name: &str| {
        lines.iter().any(|(_, args, out)| {
            [args, out].iter().any(|text| {
                text.split(|c: char| !c.is_alphanumeric())
                    .any(|word| word == name)
            })
        })
    };
    let imports: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| used(name))
        .collect();
    let mut text = format!(
        "{HEADER}import type {{ {} }} from \"./index\";\n",
        imports.join(", ")
    );
    text.push_str("\n/** Every use case of the window: its argument and its result. */\nexport interface Commands {\n");
    for (name, args, out) in lines {
        let _ = writeln!(text, "  {name}: {{ args: {args}; result: {out} }};");
    }
    text.push_str("}\n\nexport const COMMANDS = [\n");
    for (name, _, _) in lines {
        let _ = writeln!(text, "  \"{name}\",");
    }
    text.push_str("] as const;\n\n/** These take a progress channel as well. */\nexport const LONG_COMMANDS = [\n");
    for name in long {
        let _ = writeln!(text, "  \"{name}\",");
    }
    text.push_str("] as const;\n");
    text
}

/// `src-tauri/permissions/app.toml`: the one permission of the window, with every command of the table.
pub fn permission_file() -> String {
    let mut text = String::from(
        "# Made from the command table by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.\n\n\
         [[permission]]\nidentifier = \"allow-app\"\ndescription = \"Every use case of the window, and nothing else.\"\ncommands.allow = [\n",
    );
    for name in COMMANDS {
        let _ = writeln!(text, "  \"{name}\",");
    }
    text.push_str("]\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
    }

    /// Compares or, with `YEJI_UPDATE=1`, writes.
    fn agree(path: &Path, expected: &str, differing: &mut Vec<String>) {
        #[allow(
            clippy::disallowed_methods,
            reason = "the switch of a developer's tool, not of the product"
        )]
        if std::env::var("YEJI_UPDATE").is_ok() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, expected).unwrap();
        }
        let found = std::fs::read_to_string(path)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        if found != expected {
            differing.push(path.display().to_string());
        }
    }

    #[test]
    fn generated_files_are_up_to_date() {
        let scratch = tempfile::tempdir().unwrap();
        let files = generated_files(scratch.path()).unwrap();
        let folder = repository().join("ui/src/backend/generated");
        let mut differing = Vec::new();
        for (name, text) in &files {
            agree(&folder.join(name), text, &mut differing);
        }
        agree(
            &repository().join("src-tauri/permissions/app.toml"),
            &permission_file(),
            &mut differing,
        );
        for entry in std::fs::read_dir(&folder).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            if !files.contains_key(&name) {
                differing.push(format!("{name} (no Rust type makes it)"));
            }
        }
        assert!(
            differing.is_empty(),
            "run with YEJI_UPDATE=1: {differing:#?}"
        );
    }
}
