//! Each entry of a file that came back is held against what its person sees, and what became of its customer.

use yeji_core::bonus_cycle::StatementConfirmation;
use yeji_core::facts::{Interaction, Origin};
use yeji_core::follow_up::NextStep;
use yeji_core::goal_round::{GoalComment, GoalConfirmation, GoalProposal};
use yeji_core::ids::{
    GoalCommentId, GoalConfirmationId, GoalProposalId, GoalRoundId, InteractionId, NextStepId,
    OpportunityId, StatementConfirmationId, StatementId,
};
use yeji_core::metric::GoalMetric;
use yeji_store::{Entity, Record};

use super::super::{ENTERED, seal};
use super::coming_back::{own_deal, send_back};
use super::{Company, MARK, TODAY, open, write_all};
use crate::api::customers::MergeCustomers;
use crate::api::follow_up::ListFollowUps;
use crate::api::personal::ReturnState;

/// Whoever has the laptop has the key of what comes back: entries about work of others are not taken as
/// theirs.
#[tokio::test]
async fn entries_about_what_the_person_does_not_see_are_refused() {
    let company = Company::new().await;
    for who in [company.seller.0, company.leader.0] {
        let file = company.export(who, &format!("{who}.yejipersonal")).await;
        let laptop = open(&file).await;
        let own = own_deal(&laptop).await;
        let store = company.desk.shared.store().unwrap();
        let owner = [company.stranger.0.0].into_iter();
        let deals = store.records_by(Entity::Opportunity, "owner", owner);
        let deal_of_another = OpportunityId(deals.await.unwrap()[0].id());
        let customers = store.customers().await.unwrap().into_iter();
        let mut planted = customers.filter(|one| one.name.starts_with(MARK));
        let customer_of_another = planted.next().unwrap().id;
        let files = store.personal_files().await.unwrap();
        let kept = files.into_iter().find(|one| one.person == who).unwrap();
        let stays = store.organisation().await.unwrap();
        let team_of_another = stays.stays(company.stranger.0).next().unwrap().unit;
        let plans = store.goal_plans().await.unwrap();
        let plan = plans.iter().find(|plan| plan.year == 2026).unwrap().id;
        let at = company.desk.shared.clock.now();
        let origin = |n: u128| Origin {
            source: ENTERED.to_owned(),
            external_id: n.to_string(),
            batch: None,
            line: None,
        };
        let step = |n: u128, opportunity| NextStep {
            id: NextStepId(uuid::Uuid::from_u128(n)),
            origin: origin(n),
            person: who,
            opportunity,
            step: "call".to_owned(),
            due_on: None,
            written_at: at,
        };
        let comment = |n: u128| GoalComment {
            id: GoalCommentId(uuid::Uuid::from_u128(n)),
            origin: origin(n),
            metric: GoalMetric::WonAmount,
            year: 2026,
            version: 1,
            unit: stays.stays(who).next().unwrap().unit,
            person: Some(who),
            by_person: Some(who),
            author: MARK.to_owned(),
            words: "of a goal".to_owned(),
            written_at: at,
        };
        let entries = seal::Entries {
            file: kept.id,
            person: who,
            written_at: at,
            interactions: vec![Interaction {
                id: InteractionId(uuid::Uuid::from_u128(3)),
                origin: origin(3),
                customer: customer_of_another,
                person: who,
                kind: "call".to_owned(),
                on: TODAY.parse().unwrap(),
                note: Some("said".to_owned()),
            }],
            next_steps: vec![step(1, own), step(2, deal_of_another)],
            feedback: Vec::new(),
            proposals: vec![GoalProposal {
                id: GoalProposalId(uuid::Uuid::from_u128(4)),
                origin: origin(4),
                round: GoalRoundId(uuid::Uuid::nil()),
                person: who,
                amount: yeji_core::Money::new(1, yeji_core::Currency::CNY),
                note: None,
                author: MARK.to_owned(),
                written_at: at,
            }],
            comments: vec![
                GoalComment {
                    unit: team_of_another,
                    person: Some(company.stranger.0),
                    ..comment(5)
                },
                // On what is no goal: of no year, no version, another team's.
                GoalComment {
                    year: 2031,
                    ..comment(7)
                },
                GoalComment {
                    version: 99,
                    ..comment(8)
                },
                GoalComment {
                    unit: team_of_another,
                    ..comment(9)
                },
            ],
            confirmations: vec![GoalConfirmation {
                id: GoalConfirmationId(uuid::Uuid::from_u128(6)),
                origin: origin(6),
                plan,
                person: who,
                document: "{}".to_owned(),
                hash: "of nothing".to_owned(),
                on_paper: false,
                author: MARK.to_owned(),
                confirmed_at: at,
            }],
            statements: vec![StatementConfirmation {
                id: StatementConfirmationId(uuid::Uuid::from_u128(10)),
                origin: origin(10),
                statement: StatementId(uuid::Uuid::nil()),
                person: who,
                hash: "of nothing".to_owned(),
                on_paper: false,
                author: MARK.to_owned(),
                confirmed_at: at,
            }],
        };
        let sent = laptop.folder.path().join("crafted.yejireturn");
        let random = &*company.desk.shared.outside.opening.random;
        seal::write(&sent, &entries, &kept.return_key, random).unwrap();
        let preview = company.desk.preview_return_of(&sent).await.unwrap();
        let said: Vec<_> = preview
            .lines
            .iter()
            .map(|line| {
                (
                    line.state,
                    line.reason.as_ref().map(|one| one.code.as_str()),
                )
            })
            .collect();
        let refused = (ReturnState::Refused, Some("return_not_seen"));
        let no = |code| (ReturnState::Refused, Some(code));
        assert_eq!(
            said,
            [
                refused,
                (ReturnState::New, None),
                refused,
                no("return_round_gone"),
                refused,
                no("return_no_goal"),
                no("return_no_goal"),
                if who == company.seller.0 {
                    no("return_no_goal")
                } else {
                    refused
                },
                no("return_not_published"),
                no("return_statement_gone"),
            ]
        );
    }
}

/// What was noted on the road about a deal is not lost because the deal is somebody else's meanwhile.
#[tokio::test]
async fn a_deal_that_was_handed_over_since_still_takes_what_was_written() {
    let company = Company::new().await;
    for who in [company.seller.0, company.leader.0] {
        let file = company.export(who, &format!("{who}.yejipersonal")).await;
        let laptop = open(&file).await;
        let id = own_deal(&laptop).await;
        write_all(&laptop.desk, id, "on the road").await;
        let sent = send_back(&laptop, "1.yejireturn").await;
        company.act_as(company.hr);
        // All deals with that customer go to another team.
        let store = company.desk.shared.store().unwrap();
        let customer = store.opportunity(id).await.unwrap().unwrap().customer;
        let of_customer = [customer.unwrap().0].into_iter();
        let deals = store.records_by(Entity::Opportunity, "customer", of_customer);
        let mut deals = deals.await.unwrap();
        for record in &mut deals {
            if let Record::Opportunity(deal) = record {
                deal.owner = company.stranger.0;
            }
        }
        company.put(deals).await;
        let preview = company.desk.preview_return_of(&sent).await.unwrap();
        assert_eq!((preview.new, preview.refused), (3, 0), "{preview:?}");
    }
}

/// Entries that came back belong to the customer that they were written about: they go with a merge, come
/// back with the others when it is taken apart, and no later file of the person lists them as refused.
#[tokio::test]
async fn entries_follow_their_customer_through_a_merge_and_back() {
    let company = Company::new().await;
    let file = company.export(company.seller.0, "a.yejipersonal").await;
    let laptop = open(&file).await;
    let deal = own_deal(&laptop).await;
    write_all(&laptop.desk, deal, "on the road").await;
    let sent = send_back(&laptop, "1.yejireturn").await;
    company.act_as(company.hr);
    let store = company.desk.shared.store().unwrap();
    let customer = store.opportunity(deal).await.unwrap().unwrap().customer;
    let customer = customer.unwrap();
    let all = store.customers().await.unwrap();
    let into = all.iter().find(|one| one.id != customer).unwrap().id;
    let merge = MergeCustomers { customer, into };
    company.desk.merge_customers(merge).await.unwrap();
    let taken = company.desk.import_return_of(&sent).await.unwrap();
    assert_eq!((taken.preview.new, taken.preview.refused), (3, 0));
    let batch = taken.batch.unwrap();
    let undone = company.desk.undo_batch(batch.into()).await.unwrap();
    assert_eq!((undone.removed, undone.kept_count), (3, 0));
    let taken = company.desk.import_return_of(&sent).await.unwrap();
    assert_eq!((taken.preview.new, taken.preview.refused), (3, 0));
    company.desk.unmerge_customer(merge).await.unwrap();
    let ask = ListFollowUps { opportunity: deal };
    let seen = company.desk.list_follow_ups(ask).await.unwrap();
    let words = "on the road: interaction";
    assert!(
        seen.lines.iter().any(|line| line.words == words),
        "{seen:?}"
    );
    let again = company.desk.import_return_of(&sent).await.unwrap();
    assert_eq!((again.preview.known, again.preview.refused), (3, 0));
}
