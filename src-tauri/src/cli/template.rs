//! `yeji template`: what can be imported, as workbooks to be filled in.

use std::path::PathBuf;

use yeji_report::Lang;

use super::{Context, arguments, output};
use crate::outside::system_language;
use crate::words;

/// Which template, and where to.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Kind of records; without it the kinds are listed
    kind: Option<String>,
    /// Workbook to write (.xlsx); it must not exist yet
    #[arg(requires = "kind")]
    file: Option<PathBuf>,
    /// Language of headers and example, zh-CN or en; without it the system's
    #[arg(long, value_parser = arguments::language)]
    lang: Option<Lang>,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let Some(kind) = &args.kind else {
        return list(context);
    };
    let language = args.lang.unwrap_or_else(system_language);
    let file = args
        .file
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("{kind}.xlsx")));
    yeji_app::data::write_template(kind, language, &file)?;
    let params = [("path", file.display().to_string())];
    output::print(&words::line("template_written", &params))
}

fn list(context: &Context) -> anyhow::Result<()> {
    let kinds: Vec<&str> = yeji_app::data::kinds().collect();
    if context.json {
        return output::json(&kinds);
    }
    let rows: Vec<Vec<String>> = kinds
        .iter()
        .map(|kind| vec![(*kind).to_owned(), words::term("kind", kind)])
        .collect();
    let columns = [output::Column::Left("kind"), output::Column::Left("name")];
    output::table(&columns, &rows)
}
