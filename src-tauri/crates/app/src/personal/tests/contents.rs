//! What is in a personal file: nothing that its person does not see in the company's store.

use std::collections::BTreeSet;

use yeji_core::ids::{AccountId, PersonId};
use yeji_core::metric::GoalMetric;
use yeji_store::{Entity, Key, Record, Store};

use super::{Company, Laptop, MARK, open};
use crate::api::NoArgs;
use crate::api::accounts::Policies;
use crate::api::follow_up::ListFollowUps;
use crate::api::goals::GetGoal;
use crate::api::scorecards::ListKpiGoals;

async fn rows(store: &Store, entity: Entity) -> Vec<Record> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = store.facts_page(entity, after, 500).await.unwrap();
        all.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => return all,
        }
    }
}

/// Every row of every table is one that the person sees through a use case of the company's store.
async fn check_rows(company: &Company, laptop: &Laptop, account: AccountId) {
    company.act_as(account);
    let desk = &company.desk;
    let store = laptop.desk.shared.store().unwrap();
    let organisation = desk.get_organisation(NoArgs {}).await.unwrap();
    let people: BTreeSet<PersonId> = organisation.people.iter().map(|one| one.id).collect();
    let targets = desk.list_target_bonuses(NoArgs {}).await.unwrap();
    let paid: BTreeSet<PersonId> = targets.iter().map(|row| row.person).collect();
    let runs = desk.list_bonus_runs(NoArgs {}).await.unwrap().runs;
    let (mut customers, mut lines) = (BTreeSet::new(), BTreeSet::new());
    let mut deals = 0;
    for record in rows(&store, Entity::Opportunity).await {
        let Record::Opportunity(deal) = record else {
            panic!()
        };
        let ask = ListFollowUps {
            opportunity: deal.id,
        };
        // A deal that is not seen is refused.
        let seen = desk.list_follow_ups(ask).await.unwrap();
        customers.extend(seen.customer);
        lines.extend(seen.lines.into_iter().map(|line| line.id));
        assert!(deal.origin.batch.is_none() && deal.origin.source.starts_with("company"));
        deals += 1;
    }
    assert!(deals > 5, "there is something to see");
    let feedback = desk.list_feedback(NoArgs {}).await.unwrap();
    lines.extend(feedback.into_iter().map(|row| row.id));
    let scorecards = desk.list_scorecards(NoArgs {}).await.unwrap().scorecards;
    let scorecards: BTreeSet<_> = scorecards.into_iter().map(|one| one.from).collect();
    let goals = desk.list_kpi_goals(ListKpiGoals::default()).await.unwrap();
    let goals: BTreeSet<(String, String)> = goals
        .into_iter()
        .map(|row| (row.metric, row.value))
        .collect();
    assert!(!goals.is_empty() && !goals.iter().any(|(metric, _)| metric == "receipts"));
    for entity in Entity::ALL {
        for record in rows(&store, *entity).await {
            match &record {
                Record::OrgUnit(unit) => assert!(unit.batch.is_none()),
                Record::Person(person) => {
                    assert!(people.contains(&person.id));
                    assert!(person.hired_on.is_none() && person.left_on.is_none());
                }
                Record::Membership(stay) => assert!(people.contains(&stay.person)),
                Record::Customer(customer) => {
                    assert!(customers.contains(&customer.name), "{}", customer.name);
                    assert!(customer.revenue.is_none() && customer.segment.is_none());
                }
                Record::Product(product) => {
                    assert!(product.cost.is_none() && product.list_price.is_none());
                }
                Record::Opportunity(_) | Record::BonusPlanVersion(_) => {}
                Record::Interaction(_) | Record::NextStep(_) | Record::FeedbackItem(_) => {
                    assert!(lines.contains(&record.id().to_string()), "{record:?}");
                }
                Record::PlanAssignment(one) => {
                    assert!(one.person.is_none_or(|person| paid.contains(&person)));
                }
                Record::BonusObjective(one) => assert!(paid.contains(&one.person)),
                Record::TargetBonus(target) => assert!(paid.contains(&target.person)),
                Record::Statement(row) => assert!(paid.contains(&row.person)),
                Record::BonusRun(run) => {
                    let seen = runs.iter().find(|one| one.id == run.id).unwrap();
                    let total = serde_json::to_value(seen.total).unwrap();
                    assert_eq!(run.result["total"], total, "not the company's");
                }
                Record::GoalPlan(plan) => {
                    let ask = GetGoal {
                        metric: GoalMetric::WonAmount,
                        year: plan.year,
                    };
                    let seen = desk.get_goal(ask).await.unwrap().plan.unwrap();
                    assert_eq!(plan.amount, seen.amount, "not the company's");
                }
                Record::GoalCell(cell) => {
                    let own = cell.person.is_some_and(|person| paid.contains(&person));
                    assert!(own || cell.unit == company.team);
                }
                Record::Scorecard(one) => assert!(scorecards.contains(&one.from)),
                Record::KpiGoal(goal) => {
                    let value = goal.value.to_string();
                    assert!(goals.contains(&(goal.metric.clone(), value)), "{goal:?}");
                }
                Record::Setting(setting) => assert!(
                    [
                        "currency",
                        "bonus_plan_in_force",
                        "policy.manager_sees_pay",
                        "policy.board_amounts",
                        "personal_file",
                        "personal_boards",
                        // Its contents: `bonus_if`.
                        "bonus_own_parts"
                    ]
                    .contains(&setting.key.as_str()),
                    "{}",
                    setting.key
                ),
                other => panic!("{other:?} has no place in a personal file"),
            }
        }
    }
    assert!(store.batches().await.unwrap().is_empty());
    assert_eq!(store.changes(None, 10).await.unwrap().rows.len(), 1);
    // Of the company's log nothing: the only entry is that of the restore on this laptop.
    let log = store.audit_entries(None, 10).await.unwrap().rows;
    let actions: Vec<&str> = log.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["store.restore"]);
}

/// Looks for secrets of others in the bytes of what the decrypted file holds. That no copy holds more than
/// its rows (pages that nobody uses) is checked where copies are written, in `yeji-store`.
async fn check_bytes(company: &Company, laptop: &Laptop, own: AccountId) {
    let store = laptop.desk.shared.store().unwrap();
    let plain = store.with_key("incoming-plain", &Key::Plain).await.unwrap();
    let bytes = std::fs::read(plain.path().join("yeji.db")).unwrap();
    let holds = |text: &str| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    assert!(
        holds("seen by the seller"),
        "the search finds what is there"
    );
    assert!(!holds(MARK), "a secret of somebody else");
    assert!(!holds("argon2"), "a password's hash");
    company.act_as(company.hr);
    for account in company.desk.list_accounts(NoArgs {}).await.unwrap() {
        assert!(
            account.id == own || !holds(&account.name),
            "{}",
            account.name
        );
    }
    // Pay of people whose pay is not seen stands in no statement's text.
    let secret = company.stranger.0.to_string();
    assert!(
        !holds(&format!("\"person\":\"{secret}\"")),
        "a statement of somebody else"
    );
}

/// The kept boards have everybody's place, and what somebody else won only where the policy shows it. Asked
/// of the setting itself: the use case that shows a board cuts it once more.
async fn check_boards(laptop: &Laptop, own: PersonId, amounts: bool) {
    let store = laptop.desk.shared.store().unwrap();
    let boards = store.setting("personal_boards").await.unwrap().unwrap();
    let people = boards["people"].as_array().unwrap();
    let (mut of_own, mut of_others) = (0, 0);
    let by_unit = boards["places"].as_object().unwrap().values();
    for place in by_unit
        .flat_map(|units| units.as_object().unwrap().values())
        .flat_map(|places| places.as_array().unwrap())
    {
        let index = usize::try_from(place[0].as_u64().unwrap()).unwrap();
        if place[2].is_null() {
            continue;
        }
        if people[index] == own.to_string() {
            of_own += 1;
        } else {
            of_others += 1;
        }
    }
    assert!(people.len() > 1 && of_own > 0, "there is something to cut");
    assert_eq!(of_others > 0, amounts, "results of {of_others} others");
}

#[tokio::test]
async fn a_salespersons_file_holds_only_what_they_see() {
    let company = Company::new().await;
    for (name, board_amounts) in [("a.yejipersonal", false), ("b.yejipersonal", true)] {
        company
            .allow(Policies {
                manager_sees_pay: false,
                board_amounts,
            })
            .await;
        let file = company.export(company.seller.0, name).await;
        let laptop = open(&file).await;
        check_rows(&company, &laptop, company.seller.1).await;
        check_bytes(&company, &laptop, company.seller.1).await;
        check_boards(&laptop, company.seller.0, board_amounts).await;
    }
}

#[tokio::test]
async fn a_managers_file_holds_only_what_they_see() {
    let company = Company::new().await;
    for (name, manager_sees_pay) in [("a.yejipersonal", false), ("b.yejipersonal", true)] {
        company
            .allow(Policies {
                manager_sees_pay,
                board_amounts: false,
            })
            .await;
        let file = company.export(company.leader.0, name).await;
        let laptop = open(&file).await;
        check_rows(&company, &laptop, company.leader.1).await;
        check_bytes(&company, &laptop, company.leader.1).await;
    }
}

/// Without the passphrase the file is noise, and nothing of its making is left in the company's folder.
#[tokio::test]
async fn the_file_is_encrypted_and_leaves_nothing_behind() {
    let company = Company::new().await;
    let file = company.export(company.seller.0, "a.yejipersonal").await;
    let bytes = std::fs::read(&file).unwrap();
    for text in ["seen by the seller", "personal_file", "2026-Q2", "SQLite"] {
        assert!(
            !bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes()),
            "{text}"
        );
    }
    let left = std::fs::read_dir(company.folder.path()).unwrap();
    let left: Vec<String> = left
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("incoming-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
