//! What the company allows beyond the roles.

use serde_json::{Value, json};
use yeji_store::{AuditDraft, ChangeKind, Setting};

use crate::api::NoArgs;
use crate::api::accounts::Policies;
use crate::context::{App, Shared};
use crate::error::Result;

/// Setting: managers see the pay of their people.
const MANAGER_SEES_PAY: &str = "policy.manager_sees_pay";
/// Setting: boards show amounts of others to those who see only their own deals.
const BOARD_AMOUNTS: &str = "policy.board_amounts";

/// The settings of all policies.
pub(crate) const POLICIES: [&str; 2] = [MANAGER_SEES_PAY, BOARD_AMOUNTS];

impl Shared {
    /// The policies as they are kept; what nobody has allowed is not allowed.
    pub(crate) async fn kept_policies(&self) -> Result<Policies> {
        let store = self.store()?;
        let is_on = async |key: &str| {
            let value = store.setting(key).await?;
            Ok::<_, crate::Error>(value == Some(Value::Bool(true)))
        };
        Ok(Policies {
            manager_sees_pay: is_on(MANAGER_SEES_PAY).await?,
            board_amounts: is_on(BOARD_AMOUNTS).await?,
        })
    }
}

impl App {
    /// What the company allows.
    pub async fn get_policies(&self, _: NoArgs) -> Result<Policies> {
        self.kept_policies().await
    }

    /// Sets what the company allows.
    pub async fn set_policies(&self, args: Policies) -> Result<Policies> {
        let _turn = self.turn().await;
        let before = self.kept_policies().await?;
        if before == args {
            return Ok(args);
        }
        let detail = json!({ "from": before, "to": args });
        let mut change = self.change(ChangeKind::Setting, json!({ "key": "policy" }));
        change.audit = Some(AuditDraft {
            action: "account.policy".to_owned(),
            subject: "policy".to_owned(),
            detail,
        });
        for (key, value) in [
            (MANAGER_SEES_PAY, args.manager_sees_pay),
            (BOARD_AMOUNTS, args.board_amounts),
        ] {
            let key = key.to_owned();
            let value = Value::Bool(value);
            change.put.push(Setting { key, value }.into());
        }
        self.apply(change).await?;
        Ok(args)
    }
}
