//! Rows that files brought for a customer while it was merged into another: they are its again once the two
//! come apart, and stay with the other where its file named that.

use yeji_core::ids::CustomerId;
use yeji_intake::Kind;
use yeji_store::{DealQuery, Entity};

use super::facts::{World, alone};
use super::merged_undone::{BOTH, Company, Deals, HEAD};
use crate::api::customers::MergeCustomers;
use crate::api::data::ImportDecisions;

#[tokio::test]
async fn a_new_row_goes_to_the_customer_that_its_file_named() {
    let company = Company::new().await;
    company.merge().await;
    company.says(BOTH).await;
    assert_eq!(company.now().await, [Some((0, 100)), Some((0, 50))]);
    company.unmerge().await;
    assert_eq!(company.now().await, BOTH);
}

/// Ctrl+Z on the merge gives back the same rows as taking the two apart, and redo takes them again.
#[tokio::test]
async fn a_merge_that_is_taken_back_gives_back_what_came_meanwhile() {
    let company = Company::new().await;
    company.says([Some((1, 10)), None]).await;
    company.merge().await;
    let merge = company.last().await;
    company.says([None, Some((1, 50))]).await;
    let back = company.change_back(merge).await.unwrap();
    assert_eq!(company.now().await, [Some((1, 10)), Some((1, 50))]);
    company.change_back(back).await.unwrap();
    assert_eq!(company.now().await, [Some((0, 10)), Some((0, 50))]);
    company.unmerge().await;
    assert_eq!(company.now().await, [Some((1, 10)), Some((1, 50))]);
}

#[tokio::test]
async fn a_row_that_a_taken_back_merge_gave_back_goes_with_its_import() {
    let company = Company::new().await;
    company.says([Some((0, 10)), None]).await;
    company.merge().await;
    let merge = company.last().await;
    let import = company.says([None, Some((1, 50))]).await;
    company.change_back(merge).await.unwrap();
    let undone = company.undo(import).await;
    assert_eq!((undone.removed, undone.kept_count), (1, 0), "{undone:?}");
    assert_eq!(company.now().await, [Some((0, 10)), None]);
}

/// Ctrl+Z on the merge gives the row to whom the second file named; without that it is the first one's word.
#[tokio::test]
async fn a_name_that_is_taken_back_after_the_merge_was_leaves_the_row_as_it_was_brought() {
    let company = Company::new().await;
    company.merge().await;
    let merge = company.last().await;
    company.says([Some((0, 20)), None]).await;
    let named = company.says([Some((1, 20)), None]).await;
    company.change_back(merge).await.unwrap();
    assert_eq!(company.now().await[0], Some((1, 20)));
    company.undo(named).await;
    assert_eq!(company.now().await[0], Some((0, 20)));
}

/// Taken apart, merged again by Ctrl+Z and apart once more by doing it again.
#[tokio::test]
async fn an_end_of_a_merge_that_is_done_again_gives_back_what_came_meanwhile() {
    let company = Company::new().await;
    company.says([Some((1, 10)), None]).await;
    company.merge().await;
    company.unmerge().await;
    let again = company.change_back(company.last().await).await.unwrap();
    company.says([None, Some((1, 50))]).await;
    assert_eq!(company.now().await, [Some((0, 10)), Some((0, 50))]);
    company.change_back(again).await.unwrap();
    assert_eq!(company.now().await, [Some((1, 10)), Some((1, 50))]);
}

#[tokio::test]
async fn an_undo_after_the_end_leaves_the_row_with_whom_its_earlier_import_named() {
    let company = Company::new().await;
    company.merge().await;
    company.says([Some((1, 10)), None]).await;
    let second = company.says([Some((1, 20)), None]).await;
    company.unmerge().await;
    assert_eq!(company.now().await[0], Some((1, 20)));
    company.undo(second).await;
    assert_eq!(company.now().await[0], Some((1, 10)));
}

#[tokio::test]
async fn an_undo_before_the_end_leaves_the_row_with_whom_its_earlier_import_named() {
    let company = Company::new().await;
    company.merge().await;
    company.says([Some((1, 10)), None]).await;
    for customer in [1, 0] {
        let second = company.says([Some((customer, 20)), None]).await;
        company.undo(second).await;
        assert_eq!(company.now().await[0], Some((0, 10)));
    }
    company.unmerge().await;
    assert_eq!(company.now().await[0], Some((1, 10)));
}

/// They are one again since: that they once came apart is not taken back any more.
#[tokio::test]
async fn taking_back_an_earlier_end_leaves_a_later_merge_whole() {
    let company = Company::new().await;
    company.says([Some((1, 10)), None]).await;
    company.merge().await;
    company.unmerge().await;
    let end = company.last().await;
    company.merge().await;
    company.says([None, Some((1, 50))]).await;
    let one = [Some((0, 10)), Some((0, 50))];
    let refused = company.change_back(end).await.unwrap_err();
    assert_eq!(refused.code(), "nothing_left_to_take_back");
    assert_eq!(company.now().await, one);
    company.unmerge().await;
    assert_eq!(company.now().await, [Some((1, 10)), Some((1, 50))]);
}

/// A deal of the merged customer that a file gives to a customer whom nobody knew.
#[tokio::test]
async fn a_customer_that_its_row_makes_is_the_one_that_the_row_named() {
    let company = Company::new().await;
    company.says([Some((1, 5)), None]).await;
    company.merge().await;
    let of_new = async |amount: i64| {
        let text = format!("{HEAD}A1,10001,新丰,Won,2026-03-01,{amount}\n");
        let preview = company.world.csv(Kind::Opportunities, &text).await;
        preview.batch.unwrap()
    };
    of_new(10).await;
    let second = of_new(20).await;
    company.undo(second).await;
    company.unmerge().await;
    let store = company.world.app.store().unwrap();
    let known = store.customers().await.unwrap();
    let new = known.iter().find(|one| one.name == "新丰").unwrap().id;
    let deals = store.deals(&DealQuery::all()).await.unwrap().rows;
    let deal = deals.iter().find(|deal| deal.external_id == "A1").unwrap();
    assert_eq!(deal.customer, Some(new));
    assert_eq!(deal.amount.unwrap().minor, 1_000);
}

/// The row is the same, since both are one; who is named is new.
#[tokio::test]
async fn a_file_that_only_names_the_other_one_counts_and_can_be_taken_back() {
    for undone in [false, true] {
        let company = Company::new().await;
        company.says([Some((1, 10)), Some((0, 20))]).await;
        company.merge().await;
        let named = company.says([Some((0, 10)), Some((1, 20))]).await;
        let again = company.repeats([Some((0, 10)), Some((1, 20))]).await;
        assert_eq!(again, None, "that is known now");
        if undone {
            company.undo(named).await;
        }
        company.unmerge().await;
        let swapped = [Some((0, 10)), Some((1, 20))];
        let first: Deals = [Some((1, 10)), Some((0, 20))];
        assert_eq!(company.now().await, if undone { first } else { swapped });
        if !undone {
            company.undo(named).await;
            assert_eq!(company.now().await, first, "that nothing else said since");
        }
    }
}

#[tokio::test]
async fn each_of_two_customers_merged_into_one_gets_its_own_rows() {
    let company = Company::new().await;
    company.merge().await;
    let third = MergeCustomers {
        customer: company.customers[2],
        into: company.customers[0],
    };
    company.world.app.merge_customers(third).await.unwrap();
    company.says([Some((1, 10)), Some((2, 20))]).await;
    company.unmerge().await;
    assert_eq!(company.now().await, [Some((1, 10)), Some((0, 20))]);
    company.world.app.unmerge_customer(third).await.unwrap();
    assert_eq!(company.now().await, [Some((1, 10)), Some((2, 20))]);
}

/// What is read of a file that is known is only what is not; that another file named another customer of a
/// deal since makes its line a new one.
#[tokio::test]
async fn a_known_line_is_read_again_where_another_file_named_another_customer() {
    let company = Company::new().await;
    company.merge().await;
    let own = [Some((1, 10)), Some((0, 20))];
    company.says(own).await;
    company.says([Some((0, 10)), None]).await;
    company.says([own[0], Some((0, 30))]).await;
    company.unmerge().await;
    assert_eq!(company.now().await, [Some((1, 10)), Some((0, 30))]);
}

async fn owned(world: &World, customer: CustomerId) -> usize {
    let store = world.app.store().unwrap();
    let rows = store.referring_records(Entity::Customer, customer.0).await;
    rows.unwrap().len()
}

/// By number, by name and by the name that was confirmed; every table that has a customer.
#[tokio::test]
async fn however_a_file_calls_the_customer_its_rows_go_back() {
    let world = World::before(Kind::Credits).await;
    let text = "customer_id,account\nC-7,宏远贸易\nC-8,宏远商业\n";
    world.csv(Kind::Customers, text).await;
    let known = world.app.store().unwrap().customers().await.unwrap();
    let by_number = |number: &str| {
        let mut known = known.iter();
        known
            .find(|one| one.origin.external_id == number)
            .unwrap()
            .id
    };
    let (old, new) = (by_number("C-7"), by_number("C-8"));
    let aliases = [("customer:宏远".to_owned(), Some("宏远贸易".to_owned()))];
    let confirmed = ImportDecisions {
        aliases: aliases.into(),
        ..ImportDecisions::default()
    };
    let contact = "contact_id,customer,name\nK1,宏远,Ann\n";
    let kind = Some(Kind::Contacts);
    world
        .file_with("k.csv", contact.as_bytes(), kind, confirmed)
        .await
        .unwrap();
    let args = MergeCustomers {
        customer: old,
        into: new,
    };
    world.app.merge_customers(args).await.unwrap();
    for round in 0..2 {
        let text = format!("contact_id,customer,name\nK2{round},宏远,Bo\nK3{round},C-7,Cy\n");
        world.csv(Kind::Contacts, &text).await;
    }
    let rows =
        "contract_no,customer,amount,sign_date\nH1,宏远贸易,5,2026-01-01\nH2,C-8,5,2026-01-01\n";
    world.csv(Kind::Contracts, rows).await;
    let rows = "invoice_no,customer,amount,invoice_date\nF1,C-7,5,2026-01-01\n";
    world.csv(Kind::Invoices, rows).await;
    let rows = "customer,person,kind,date\nC-7,10001,visit,2026-01-01\n";
    world.csv(Kind::Interactions, rows).await;
    let rows = "customer,score,date\nC-7,9,2026-01-01\n";
    world.csv(Kind::Satisfaction, rows).await;
    assert_eq!(
        (owned(&world, old).await, owned(&world, new).await),
        (0, 10)
    );
    world.app.unmerge_customer(args).await.unwrap();
    assert_eq!((owned(&world, old).await, owned(&world, new).await), (9, 1));
    let report = world.app.store().unwrap().verify().await.unwrap();
    assert!(report.findings.is_empty(), "{report:?}");
}

/// Two customers of one name: while they are one, the name does not tell which is meant.
#[tokio::test]
async fn a_name_that_both_have_says_nothing_new() {
    let world = World::before(Kind::Credits).await;
    world
        .csv(
            Kind::Customers,
            "customer_id,account\nC-7,宏远贸易\nC-8,宏远贸易\n",
        )
        .await;
    let known = world.app.store().unwrap().customers().await.unwrap();
    let mut both = known.iter().filter(|one| one.name == "宏远贸易");
    let (old, new) = (both.next().unwrap().id, both.next().unwrap().id);
    let number = |id| {
        let found = known.iter().find(|one| one.id == id).unwrap();
        found.origin.external_id.clone()
    };
    let contact = |id: &str, customer: &str, name: &str| {
        format!("contact_id,customer,name\n{id},{customer},{name}\n")
    };
    let args = MergeCustomers {
        customer: old,
        into: new,
    };
    world.app.merge_customers(args).await.unwrap();
    let first = contact("K1", &number(old), "Ann");
    world.csv(Kind::Contacts, &first).await;
    world
        .csv(Kind::Contacts, &contact("K1", "宏远贸易", "Anna"))
        .await;
    world
        .csv(Kind::Contacts, &contact("K2", "宏远贸易", "Bo"))
        .await;
    world.app.unmerge_customer(args).await.unwrap();
    assert_eq!((owned(&world, old).await, owned(&world, new).await), (1, 1));
}

/// A name that does not tell says nothing of a customer that the row is not of any more.
#[tokio::test]
async fn a_name_that_two_have_does_not_mean_whom_the_row_had_before() {
    let world = World::before(Kind::Credits).await;
    let text = "customer_id,account\nC-6,丁土\nC-7,戊金\nC-8,宏远贸易\nC-9,宏远贸易\n";
    world.csv(Kind::Customers, text).await;
    let known = world.app.store().unwrap().customers().await.unwrap();
    let [former, other, old, new] = ["C-6", "C-7", "C-8", "C-9"].map(|number| {
        let mut known = known.iter();
        let found = known.find(|one| one.origin.external_id == number);
        found.unwrap().id
    });
    let says = async |customer: &str, name: &str| {
        let text = format!("contact_id,customer,name\nK1,{customer},{name}\n");
        world.csv(Kind::Contacts, &text).await.batch.unwrap()
    };
    says("C-6", "Ann").await;
    for (customer, into) in [(former, other), (old, new)] {
        let args = MergeCustomers { customer, into };
        world.app.merge_customers(args).await.unwrap();
    }
    says("宏远贸易", "Anna").await;
    let last = says("宏远贸易", "Anne").await;
    let args = alone(&world.app, last).await;
    world.app.undo_batch(args).await.unwrap();
    let now = (owned(&world, other).await, owned(&world, new).await);
    assert_eq!(now, (0, 1));
}

/// An import that asks which later ones repeated it: also those that named the same customer again.
#[tokio::test]
async fn who_is_named_again_is_repeated() {
    let company = Company::new().await;
    company.says([Some((0, 10)), None]).await;
    company.merge().await;
    let named = company.says([Some((1, 10)), None]).await;
    let again = company.says([Some((1, 10)), Some((0, 5))]).await;
    let later = super::facts::shown(&company.world.app, named).await;
    assert_eq!(later, [again]);
    let args = alone(&company.world.app, named).await;
    company.world.app.undo_batch(args).await.unwrap();
    company.unmerge().await;
    assert_eq!(company.now().await[0], Some((0, 10)), "it went with it");
}
