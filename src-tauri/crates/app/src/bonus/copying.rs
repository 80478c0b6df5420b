//! A statement that leaves the program by the clipboard.

use serde_json::json;

use crate::api::bonus::GetStatement;
use crate::context::App;
use crate::error::{Error, Result};

impl App {
    /// Records that somebody's statement is copied, as any export is: before the deed.
    pub async fn copy_statement(&self, args: GetStatement) -> Result<()> {
        self.require_pay_of(args.person).await?;
        let organisation = self.store()?.organisation().await?;
        let person = organisation.person(args.person).ok_or(Error::NotFound {
            what: "person",
            value: args.person.to_string(),
        })?;
        let detail = json!({ "period": args.period.to_string() });
        self.audit("export.statement", person.name.clone(), detail)
            .await?;
        Ok(())
    }
}
