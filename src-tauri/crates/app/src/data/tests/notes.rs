//! What is said of a file's columns and values is said of the mapping that will be used.

use std::collections::BTreeMap;

use super::*;

/// 已签 and 待定 are no stages that everybody knows.
const STAGES: &str = "商机编号,负责人,客户,阶段,成交日期,金额\n\
    D1,王伟,甲公司,已签,2026-03-01,100\n\
    D2,王伟,甲公司,待定,,\n\
    D3,王伟,甲公司,赢单,2026-03-02,200\n";

fn signed(tax: Option<&str>) -> ImportDecisions {
    let stages = BTreeMap::from([("已签".to_owned(), "won".to_owned())]);
    let file = FileDecision {
        stages,
        ..FileDecision::default()
    };
    ImportDecisions {
        files: BTreeMap::from([(0, file)]),
        tax_included: tax.map(str::to_owned),
        remember_mapping: true,
        ..ImportDecisions::default()
    }
}

/// The values of a note of the only file, if it is there.
fn note<'a>(draft: &'a ImportDraft, code: &str, value: &str) -> Option<&'a str> {
    let mut notes = draft.files[0].evidence.iter();
    let note = notes.find(|note| note.code == code)?;
    Some(note.params[value].as_str())
}

impl World {
    async fn drafted(&self, text: &str, decisions: ImportDecisions) -> ImportDraft {
        let session = self.draft(&[("d.csv", text)]).await.session;
        let request = ImportRequest { session, decisions };
        self.app.update_import(request).await.unwrap()
    }
}

/// A warning that their deals will not be imported, beside deals that are, teaches people to overlook it.
#[tokio::test]
async fn only_stages_that_nobody_has_mapped_are_said_to_have_no_meaning() {
    let world = World::new().await;
    let unmapped =
        |draft: &ImportDraft| note(draft, "stages_unmapped", "values").map(str::to_owned);
    let untouched = world.draft(&[("d.csv", STAGES)]).await;
    assert_eq!(unmapped(&untouched).as_deref(), Some("已签, 待定"));
    let decided = world.drafted(STAGES, signed(None)).await;
    assert_eq!(unmapped(&decided).as_deref(), Some("待定"));
    let imported = world.import_as(&[("d.csv", STAGES)], signed(None)).await;
    assert_eq!(reasons(&imported), [(3, "stage_unknown")]);

    let remembered = world.draft(&[("d.csv", STAGES)]).await;
    assert_eq!(unmapped(&remembered).as_deref(), Some("待定"));
    // Spelling is compared as the rows are read.
    let known = STAGES.replace("待定", " 已签").replace("D3", "D4");
    let all_known = world.draft(&[("d.csv", &known)]).await;
    assert_eq!(unmapped(&all_known), None);

    let map = world.folder.path().join("m.toml");
    let text = "kind = \"opportunities\"\ncurrency = \"CNY\"\n[columns]\nexternal_id = \"商机编号\"\n\
        owner = \"负责人\"\nstage = \"阶段\"\nclosed_on = \"成交日期\"\namount = \"金额\"\n\
        [stages]\n\"已签\" = \"won\"\n\"待定\" = \"engaging\"\n";
    std::fs::write(&map, text).unwrap();
    let open = OpenImport {
        paths: vec![world.folder.path().join("d.csv")],
        mapping: Some(map),
        ..OpenImport::default()
    };
    let given = world.app.open_import(open).await.unwrap();
    assert_eq!(unmapped(&given), None);
}

/// Whoever has chosen the rate is not asked to choose one.
#[tokio::test]
async fn an_amount_with_tax_is_no_question_once_its_rate_is_chosen() {
    let world = World::new().await;
    let text = "发票号码,客户,价税合计,开票日期\nF1,C-1001,113.00,2026-03-05\n";
    let asked = |draft: &ImportDraft| note(draft, "amount_with_tax", "header").is_some();
    let open = world.draft(&[("d.csv", text)]).await;
    assert_eq!(open.files[0].kind.as_deref(), Some("invoices"));
    assert!(asked(&open), "{:?}", open.files[0].evidence);
    let taxed = world.drafted(text, signed(Some("13"))).await;
    assert!(!asked(&taxed), "{:?}", taxed.files[0].evidence);
    assert!(asked(&world.drafted(text, signed(Some(""))).await));
    world
        .import_as(&[("d.csv", text)], signed(Some("13")))
        .await;
    assert!(!asked(&world.draft(&[("d.csv", text)]).await), "remembered");
}
