//! What HR published, and who confirmed it.

use super::*;

impl House {
    pub(super) async fn publish(&self) -> Result<crate::api::goal_letter::GoalPublicationInfo> {
        self.act_as(Some(Role::Hr));
        let plan = self.plan().await;
        self.desk.publish_goal(PublishGoal { plan }).await
    }

    async fn own_hash(&self) -> String {
        self.act_as(Some(Role::Sales));
        let view = self.desk.get_goal_confirmation(GetGoalConfirmation {
            metric: METRIC,
            year: YEAR,
            person: None,
        });
        let view = view.await.unwrap();
        let months: i64 = view.months.iter().map(|(_, amount)| cents(amount)).sum();
        assert_eq!(months, cents(&view.row.amount));
        view.row.hash
    }

    async fn confirm(&self, hash: &str) -> Result<crate::api::goal_letter::GoalConfirmationRow> {
        self.act_as(Some(Role::Sales));
        let plan = self.plan().await;
        self.desk
            .confirm_goal(ConfirmGoal {
                plan,
                hash: hash.to_owned(),
                person: None,
            })
            .await
    }

    async fn counts(&self) -> (u32, u32, u32) {
        let list = self.desk.list_goal_confirmations(ListGoalConfirmations {
            metric: METRIC,
            year: YEAR,
            state: None,
            offset: 0,
            limit: 400,
        });
        let list = list.await.unwrap();
        assert_eq!(list.total, list.open + list.confirmed + list.changed);
        (list.open, list.confirmed, list.changed)
    }

    /// HR gives the seller a cent more.
    async fn change(&self) {
        self.act_as(Some(Role::Hr));
        let row = cents(&self.confirmation().await.amount) + 1;
        let edit = EditGoal {
            plan: self.plan().await,
            edits: vec![GoalEdit::Set {
                unit: self.seller.to_string(),
                period: "2026".parse().unwrap(),
                amount: format!("{}.{:02}", row / 100, row % 100),
                above: GoalAbove::Grow,
            }],
            frozen_before: None,
            reason: None,
            preview: false,
        };
        self.desk.edit_goal(edit).await.unwrap();
    }

    async fn confirmation(&self) -> crate::api::goal_letter::GoalConfirmationRow {
        let view = self.desk.get_goal_confirmation(GetGoalConfirmation {
            metric: METRIC,
            year: YEAR,
            person: Some(self.seller),
        });
        view.await.unwrap().row
    }
}

#[tokio::test]
async fn a_published_goal_is_confirmed_and_a_changed_one_is_asked_for_again() {
    let house = House::new().await;
    let hash = house.own_hash().await;
    let early = refused(house.confirm(&hash).await);
    assert!(matches!(early, RoundError::NotPublished { .. }));
    house.publish().await.unwrap();
    let twice = refused(house.publish().await);
    assert!(matches!(twice, RoundError::PublishedAlready { .. }));

    let other = refused(house.confirm("of other numbers").await);
    assert!(
        matches!(other, RoundError::WrongHash { .. }),
        "it is no hash, whatever changed: {other}"
    );
    let short = refused(house.confirm("0123456789ab").await);
    assert!(matches!(short, RoundError::WrongHash { .. }), "{short}");
    let other = refused(house.confirm(&"0a".repeat(32)).await);
    assert!(matches!(other, RoundError::ChangedMeanwhile { .. }));
    let row = house.confirm(&hash).await.unwrap();
    assert_eq!(row.state, ConfirmationState::Confirmed);
    assert!(!row.on_paper);
    assert_eq!(row.confirmed_by.as_deref(), Some("sales"));
    assert_eq!(
        house.counts().await,
        (0, 1, 0),
        "a salesperson counts alone"
    );
    let again = refused(house.confirm(&hash).await);
    assert!(matches!(again, RoundError::ConfirmedAlready { .. }));

    // Another number: asked again, and the old hash confirms nothing.
    house.change().await;
    house.act_as(Some(Role::Sales));
    assert_eq!(house.counts().await, (0, 0, 1));
    let old = refused(house.confirm(&hash).await);
    assert!(matches!(old, RoundError::ChangedMeanwhile { .. }));
    let hash = house.own_hash().await;
    // Nor is confirmed what was never said to be final.
    let unpublished = refused(house.confirm(&hash).await);
    assert!(matches!(
        unpublished,
        RoundError::ChangedSincePublished { .. }
    ));
    house.publish().await.unwrap();
    house.confirm(&hash).await.unwrap();

    // HR has the signed paper of a colleague; a manager has no such right.
    let plan = house.plan().await;
    let paper = |hash: String| ConfirmGoal {
        plan,
        hash,
        person: Some(house.colleague),
    };
    house.act_as(Some(Role::Manager));
    let result = house.desk.confirm_goal(paper(String::new())).await;
    missing(result, Right::SetGoals);
    house.act_as(Some(Role::Hr));
    let view = house.desk.get_goal_confirmation(GetGoalConfirmation {
        metric: METRIC,
        year: YEAR,
        person: Some(house.colleague),
    });
    let hash = view.await.unwrap().row.hash;
    assert!(house.desk.confirm_goal(paper(hash)).await.unwrap().on_paper);
    let (open, confirmed, changed) = house.counts().await;
    assert_eq!((confirmed, changed), (2, 0));
    assert!(open > 0);
    let audit = house.desk.audit_csv().await.unwrap();
    for action in ["goal.publish", "goal.confirm\"", "goal.confirm_paper"] {
        assert!(audit.contains(action), "{action} is in the log");
    }
}

/// Approvals are not taken back, nor is what would pull the numbers from under them.
#[tokio::test]
async fn what_was_published_and_confirmed_stays() {
    let house = House::new().await;
    house.act_as(Some(Role::Hr));
    let revise = EditGoal {
        plan: house.plan().await,
        edits: vec![GoalEdit::Revise {
            unit: house.seller.to_string(),
            from: "2026-10-01".parse().unwrap(),
            amount: "9000000".to_owned(),
            above: GoalAbove::Grow,
        }],
        frozen_before: None,
        reason: None,
        preview: false,
    };
    house.desk.edit_goal(revise).await.unwrap();
    let last = house.desk.get_last_action(NoArgs {}).await.unwrap();
    let revision = last.change.unwrap().id;
    house.publish().await.unwrap();
    let undo = |change| UndoChange {
        change: Some(change),
        later: crate::api::data::LaterImports::Ask,
    };
    let stays = refused(house.desk.undo_change(undo(revision)).await);
    assert!(matches!(
        stays,
        RoundError::PublishedStays { version: 2, .. }
    ));
    let last = house.desk.last_own_change().await.unwrap();
    let published = last.change.unwrap().id;
    let result = house.desk.undo_change(undo(published)).await;
    assert_eq!(result.unwrap_err().code(), "cannot_take_back");
    let hash = house.own_hash().await;
    house.confirm(&hash).await.unwrap();
    assert!(house.desk.last_own_change().await.unwrap().change.is_none());
}
