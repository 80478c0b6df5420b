//! The guide's page of kinds and columns is what the table says. `YEJI_UPDATE=1` writes it.

use std::fmt::Write as _;
use std::path::Path;

use yeji_intake::{Kind, written_as};

fn page() -> String {
    let mut text = String::from(
        "# Kinds of records and their columns\n\n\
         Made from the program's own table by `YEJI_UPDATE=1 cargo test -p yeji-intake guide`. Do not edit.\n\n\
         `yeji template KIND FILE` writes a workbook with these columns, an example row and the explanations; \
         the window has them under Data, Templates. Headers may be in either language and in many usual \
         spellings; columns in any order; columns that nobody needs are left out. Records are imported in \
         the order below, so that what is referred to comes first.\n",
    );
    for kind in Kind::ALL {
        let def = kind.def();
        let _ = write!(
            text,
            "\n## {} {} (`{kind}`)\n\n",
            def.titles[1], def.titles[0]
        );
        if !def.identity.is_empty() {
            let parts: Vec<String> = def
                .identity
                .iter()
                .map(|field| {
                    let field = kind
                        .field(*field)
                        .expect("identities are fields of the kind");
                    field.titles[1].to_owned()
                })
                .collect();
            let _ = writeln!(
                text,
                "Where a row has no number of its own, it is told apart by: {}.\n",
                parts.join(", ")
            );
        }
        text.push_str(
            "| column | 列 | required | written as | explanation |\n|---|---|---|---|---|\n",
        );
        for field in def.fields {
            let required = if field.required { "yes" } else { "" };
            let _ = writeln!(
                text,
                "| {} | {} | {required} | {} | {} |",
                field.titles[1],
                field.titles[0],
                written_as(field),
                field.about[1]
            );
        }
    }
    text
}

#[test]
fn the_guide_lists_every_kind_and_column_as_the_program_has_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/guide/kinds.md");
    let expected = page();
    #[allow(
        clippy::disallowed_methods,
        reason = "the switch of a developer's tool, not of the product"
    )]
    if std::env::var("YEJI_UPDATE").is_ok() {
        std::fs::write(&path, &expected).unwrap();
    }
    let found = std::fs::read_to_string(&path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert_eq!(found, expected, "run with YEJI_UPDATE=1");
}
