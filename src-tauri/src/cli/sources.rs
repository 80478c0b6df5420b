//! `yeji sources` and `yeji disagreements`: who is believed before whom, and where they differ.

use std::collections::BTreeMap;

use uuid::Uuid;
use yeji_app::access;
use yeji_app::api::NoArgs;
use yeji_app::api::sources::{Disagreement, ListDisagreements, SourceList, SourceOrder, TakeValue};
use yeji_app::{Access, Desk};

use super::output::Column::{Left, Right};
use super::{Context, output};
use crate::words;

/// What to do with sources; without a command they are listed.
#[derive(Debug, clap::Args)]
pub(super) struct SourcesArgs {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// State which source is believed before which, as in crm,erp; those that are named share their
    /// records, and records in dispute are settled anew
    Precedence {
        /// The sources, the most believed first, with commas between them; empty: no order
        #[arg(value_name = "SOURCES")]
        order: String,
        /// Only for this kind of records
        #[arg(long)]
        kind: Option<String>,
    },
}

/// Which disagreements to list.
#[derive(Debug, Default, clap::Args)]
pub(super) struct DisagreementsArgs {
    /// Only records of this kind
    #[arg(long)]
    kind: Option<String>,
    /// Only where this source says something
    #[arg(long)]
    source: Option<String>,
    #[command(subcommand)]
    command: Option<Decide>,
}

#[derive(Debug, clap::Subcommand)]
enum Decide {
    /// Take what a source says, until one of the sources says something new
    Take {
        /// The record's table and id, as `disagreements` lists them: customer:ID
        record: String,
        /// Field, as `disagreements` lists it or `--json` names it
        field: String,
        /// The source
        source: String,
    },
}

pub(super) async fn sources(args: SourcesArgs, context: &Context) -> anyhow::Result<()> {
    let Some(Command::Precedence { order, kind }) = args.command else {
        let app = context.app(Access::Read).await?;
        return list(&app.list_sources(NoArgs {}).await?, context);
    };
    let app = context.app(Access::Change).await?;
    // Not the right to see, which is asked for on the way: an auditor has that, and is sent for in vain.
    app.require(access::Right::ImportData).await?;
    let named: Vec<String> = order
        .split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let present = app.list_sources(NoArgs {}).await?.order;
    let stated = match kind {
        Some(kind) => {
            let mut kinds = present.kinds;
            kinds.insert(kind, named);
            SourceOrder {
                order: present.order,
                kinds,
            }
        }
        None => SourceOrder {
            kinds: still_named(present.kinds, &named),
            order: named,
        },
    };
    let before = app.list_sources(NoArgs {}).await?.order.order;
    let answer = app.set_source_order(stated).await?;
    if !context.json {
        notes_on_names(&before, &answer);
        let count = answer.changed_records.to_string();
        output::note_text(words::line("order_applied", &[("records", count)]));
        if !answer.apart.is_empty() {
            let params = [("names", answer.apart.join(", "))];
            output::note_text(words::line("sources_apart", &params));
        }
    }
    list(&answer, context)
}

/// A mistyped name takes another one out of the order, without a word. One that was not imported yet may
/// be stated all the same: the order comes before the second source.
fn notes_on_names(before: &[String], answer: &SourceList) {
    let order = &answer.order.order;
    let imported = |name: &String| {
        let mut all = answer.sources.iter();
        all.any(|one| one.source == *name && one.imports > 0)
    };
    let unknown: Vec<&str> = order
        .iter()
        .filter(|name| !imported(name))
        .map(String::as_str)
        .collect();
    if !unknown.is_empty() {
        let known = answer.sources.iter().filter(|one| one.imports > 0);
        let known: Vec<&str> = known.map(|one| one.source.as_str()).collect();
        let params = [("names", unknown.join(", ")), ("known", known.join(", "))];
        output::note_text(words::line("sources_without_import", &params));
    }
    let gone: Vec<&str> = before
        .iter()
        .filter(|name| !order.contains(name))
        .map(String::as_str)
        .collect();
    if !gone.is_empty() {
        let params = [("names", gone.join(", "))];
        output::note_text(words::line("sources_left_out", &params));
    }
}

/// The orders of kinds without sources that the general order no longer names.
fn still_named(
    kinds: BTreeMap<String, Vec<String>>,
    order: &[String],
) -> BTreeMap<String, Vec<String>> {
    let kept = kinds.into_iter().map(|(kind, mut list)| {
        list.retain(|source| order.contains(source));
        (kind, list)
    });
    kept.filter(|(_, list)| !list.is_empty()).collect()
}

fn list(answer: &SourceList, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(answer);
    }
    let rows: Vec<Vec<String>> = answer
        .sources
        .iter()
        .map(|one| {
            let last = one
                .last_at
                .map(|at| at.format("%Y-%m-%d %H:%M").to_string());
            vec![
                one.place
                    .map_or_else(String::new, |place| place.to_string()),
                one.source.clone(),
                one.imports.to_string(),
                last.unwrap_or_default(),
                one.disagreements.to_string(),
            ]
        })
        .collect();
    let columns = [
        Right("place"),
        Left("source"),
        Right("imports"),
        Left("last_import"),
        Right("disagreements"),
    ];
    output::table(&columns, &rows)?;
    for (kind, order) in &answer.order.kinds {
        let params = [
            ("kind", words::term("kind", kind)),
            ("order", order.join(", ")),
        ];
        output::note_text(words::line("order_of_kind", &params));
    }
    Ok(())
}

pub(super) async fn disagreements(
    args: DisagreementsArgs,
    context: &Context,
) -> anyhow::Result<()> {
    if let Some(Decide::Take {
        record,
        field,
        source,
    }) = args.command
    {
        let app = context.app(Access::Change).await?;
        app.require(access::Right::ImportData).await?;
        let (entity, id) = parse_record(&record)?;
        let field = disputed_field(&app, id, field).await?;
        let taken = app
            .take_value(TakeValue {
                entity,
                id,
                field,
                source,
            })
            .await?;
        if context.json {
            return output::json(&taken);
        }
        return table(&[taken]);
    }
    let app = context.app(Access::Read).await?;
    let all = read_all(&app, args).await?;
    if context.json {
        return output::json(&all);
    }
    if all.is_empty() {
        return output::print(&words::line("no_disagreements", &[]));
    }
    table(&all)
}

/// The code of a field of a record, given as code or as the list shows it. Of a record on which sources
/// disagree elsewhere alone, those fields are named.
async fn disputed_field(app: &Desk, id: Uuid, field: String) -> anyhow::Result<String> {
    let all = read_all(app, DisagreementsArgs::default()).await?;
    let fields: Vec<String> = all
        .into_iter()
        .filter(|one| one.id == id)
        .map(|one| one.field)
        .collect();
    let meant = |code: &&String| **code == field || words::term("record_field", code) == field;
    match fields.iter().find(meant) {
        Some(code) => Ok(code.clone()),
        None if fields.is_empty() => Ok(field),
        None => {
            let params = [("value", field), ("fields", fields.join(", "))];
            Err(super::refusal("field_not_disputed", &params))
        }
    }
}

fn parse_record(text: &str) -> anyhow::Result<(String, Uuid)> {
    text.split_once(':')
        .and_then(|(entity, id)| Some((entity.to_owned(), id.parse().ok()?)))
        .ok_or_else(|| super::refusal("record_format", &[("value", text.to_owned())]))
}

async fn read_all(app: &Desk, args: DisagreementsArgs) -> anyhow::Result<Vec<Disagreement>> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = app
            .list_disagreements(ListDisagreements {
                kind: args.kind.clone(),
                source: args.source.clone(),
                after,
            })
            .await?;
        all.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
}

/// A line for each source that says something, so that the columns stay narrow.
pub(super) fn table(all: &[Disagreement]) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for one in all {
        for said in &one.values {
            rows.push(vec![
                format!("{}:{}", one.entity, one.id),
                words::say(&one.name),
                words::term("record_field", &one.field),
                said.source.clone(),
                words::say(&said.value),
                said.at.format("%Y-%m-%d").to_string(),
                if said.stands {
                    words::term("stands", &one.reason)
                } else {
                    String::new()
                },
            ]);
        }
    }
    let columns = [
        Left("record"),
        Left("name"),
        Left("field"),
        Left("source"),
        Left("value"),
        Left("since"),
        Left("stands"),
    ];
    output::table(&columns, &rows)
}
