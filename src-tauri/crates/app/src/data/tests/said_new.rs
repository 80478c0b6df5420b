//! Names of which a person says that they are new.

use yeji_intake::Kind;

use super::facts::World;
use crate::api::data::{ImportDecisions, ImportPreview};
use crate::error::Error;

const HEAD: &str = "opportunity_id,sales_agent,account,product,deal_stage,close_date,close_value\n";
const FIRST: &str = "D1,王伟,甲木,泵,Won,2026-03-01,100\n";

impl World {
    async fn deals_said(&self, lines: &str, new: &[&str]) -> Result<ImportPreview, Error> {
        let said = new.iter().map(|key| ((*key).to_owned(), None));
        let decisions = ImportDecisions {
            aliases: said.collect(),
            ..ImportDecisions::default()
        };
        let text = format!("{HEAD}{lines}");
        self.file_with(
            "deals.csv",
            text.as_bytes(),
            Some(Kind::Opportunities),
            decisions,
        )
        .await
    }

    async fn people(&self) -> usize {
        let all = self.app.store().unwrap().organisation().await.unwrap();
        all.people().count()
    }
}

/// Where only names of deals tell who is there, next month's new colleague is made by saying so; the refused
/// row says how.
#[tokio::test]
async fn a_colleague_who_is_said_to_be_new_is_made() {
    let world = World::new().await;
    world.deals_said(FIRST, &[]).await.unwrap();
    let next = format!(
        "{FIRST}D2,欧阳修,甲木,泵,Won,2026-04-01,200\nD3,欧阳修,甲木,泵,Won,2026-04-02,300\n"
    );
    let asked = world.deals_said(&next, &[]).await.unwrap();
    assert_eq!(asked.files[0].rejected[0].reason.code, "owner_undecided");
    let open = asked
        .aliases
        .iter()
        .find(|one| one.text == "欧阳修")
        .unwrap();
    assert!(!open.decided && open.key == "person:欧阳修", "{open:?}");
    assert!(open.becomes_person, "the window says so beforehand");

    let made = world.deals_said(&next, &["person:欧阳修"]).await.unwrap();
    assert_eq!(made.files[0].rejected_rows, 0, "{made:?}");
    assert_eq!(made.files[0].new_rows, 2);
    let told = made
        .aliases
        .iter()
        .find(|one| one.text == "欧阳修")
        .unwrap();
    assert!(
        told.decided && told.target.is_none() && told.rows == 2,
        "{told:?}"
    );
    assert_eq!(world.people().await, 2);
    let again = world.deals_said(&next, &[]).await.unwrap();
    assert!(again.nothing_to_do, "known from now on: {again:?}");
}

/// A list of people is complete: who is not on it is not made by a word about one deal.
#[tokio::test]
async fn beside_a_list_of_people_nobody_is_made_by_a_deal() {
    let world = World::new().await;
    world
        .csv(Kind::People, "employee_id,name,team\n10001,王伟,华东\n")
        .await;
    let deals = "D2,欧阳修,甲木,泵,Won,2026-04-01,200\n";
    let refused = world.deals_said(deals, &["person:欧阳修"]).await.unwrap();
    assert_eq!(refused.files[0].rejected[0].reason.code, "owner_unknown");
    let told = &refused.aliases[0];
    assert!(!told.becomes_person, "the window says so: {told:?}");
    assert_eq!(world.people().await, 1);
}
