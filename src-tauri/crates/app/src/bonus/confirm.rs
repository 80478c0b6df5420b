//! A statement confirmed by whose it is, with the date: in the program, or on paper that HR has.

use std::collections::HashMap;

use serde_json::json;
use yeji_core::bonus_cycle::StatementConfirmation;
use yeji_core::ids::{PersonId, StatementConfirmationId};
use yeji_store::{AuditDraft, ChangeKind};

use super::document::Issued;
use super::paper_error::PaperError;
use crate::access::Right;
use crate::api::bonus_papers::{
    ConfirmStatement, GetStatementConfirmation, ListStatementConfirmations, StatementConfirmations,
    StatementStanding,
};
use crate::context::App;
use crate::error::{Error, Result};
use crate::follow_up::entered;

/// Rows of a window.
const MAX_ROWS: u32 = 400;

/// The newest confirmation of each person.
pub(super) type Confirmed = HashMap<PersonId, StatementConfirmation>;

impl App {
    /// How somebody's statement stands: its hash, whether it is approved, whether it is confirmed.
    pub async fn get_statement_confirmation(
        &self,
        args: GetStatementConfirmation,
    ) -> Result<StatementStanding> {
        let person = self.own_or_seen_pay(args.person).await?;
        let issued = Box::pin(self.issued_to(person, args.period, args.plan)).await?;
        let confirmed = self.confirmed_of(&issued).await?;
        self.standing_of(&issued, person, &confirmed)
    }

    /// Confirms a statement: the own one, or by HR that of somebody whose signed paper it has. Like an
    /// approval it is not taken back.
    pub async fn confirm_statement(&self, args: ConfirmStatement) -> Result<StatementStanding> {
        let _turn = self.turn().await;
        let person = self.own_or_seen_pay(args.person).await?;
        if args.on_paper {
            self.actor().require(Right::RunBonus, self.policies())?;
        }
        let issued = Box::pin(self.issued_to(person, args.period, args.plan)).await?;
        let row = issued.row_of(person)?;
        let name = issued.name_of(row);
        if !args.on_paper && self.actor().person() != Some(person) {
            return Err(PaperError::NotOwn { name }.into());
        }
        if !issued.is_approved_for(person) {
            let period = args.period;
            return Err(PaperError::NotApproved { name, period }.into());
        }
        let (hash, amount) = (issued.hash_of(row), row.payout);
        let given = args.hash.trim();
        if given != hash {
            // What the program itself gave as a hash was one; what somebody typed need not be.
            if given.len() != hash.len() || !given.bytes().all(|one| one.is_ascii_hexdigit()) {
                let hash = crate::error::shown(given);
                return Err(PaperError::WrongHash { hash, name, amount }.into());
            }
            return Err(PaperError::ChangedMeanwhile { name, amount }.into());
        }
        let mut confirmed = self.confirmed_of(&issued).await?;
        if let Some(last) = confirmed.get(&person).filter(|one| one.hash == hash) {
            let day = self.clock.local(last.confirmed_at).date();
            return Err(PaperError::ConfirmedAlready { name, day }.into());
        }
        let id = self.clock.new_id();
        let confirmation = StatementConfirmation {
            id: StatementConfirmationId(id),
            origin: entered(id),
            statement: row.id,
            person,
            hash,
            on_paper: args.on_paper,
            author: self.author(),
            confirmed_at: self.clock.now(),
        };
        let summary = json!({
            "period": args.period, "plan": issued.version.code, "name": name,
            "amount": amount.to_major(), "currency": amount.currency,
        });
        let mut change = self.change(ChangeKind::ConfirmStatement, summary.clone());
        let mut detail = summary;
        detail["hash"] = json!(confirmation.hash);
        let action = if args.on_paper {
            "bonus.confirm_paper"
        } else {
            "bonus.confirm"
        };
        change.audit = Some(AuditDraft {
            action: action.to_owned(),
            subject: name,
            detail,
        });
        change.put.push(confirmation.clone().into());
        self.apply(change).await?;
        confirmed.insert(person, confirmation);
        self.standing_of(&issued, person, &confirmed)
    }

    /// The statements of a period of the people whose pay is seen, and whether they are confirmed.
    pub async fn list_statement_confirmations(
        &self,
        args: ListStatementConfirmations,
    ) -> Result<StatementConfirmations> {
        if args.limit > MAX_ROWS {
            let given = args.limit.to_string();
            return Err(Error::input("limit", &given, "at most 400"));
        }
        let issued = Box::pin(self.issued(args.period, args.plan.as_deref())).await?;
        let confirmed = self.confirmed_of(&issued).await?;
        let sight = self.pay_sight().await?;
        let (mut rows, mut counts) = (Vec::new(), [0_u32; 3]);
        for row in issued.rows.iter().filter(|row| sight.includes(row.person)) {
            let row = issued.standing(row, &confirmed)?;
            counts[row.state as usize] += 1;
            if args.state.is_none_or(|state| state == row.state) {
                rows.push(row);
            }
        }
        let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let rows = rows.into_iter().skip(args.offset as usize);
        let [open, confirmed, changed] = counts;
        Ok(StatementConfirmations {
            plan: issued.version.code.clone(),
            approved: issued.settled.approved,
            open,
            confirmed,
            changed,
            rows: rows.take(args.limit as usize).collect(),
            offset: args.offset,
            total,
        })
    }

    /// The newest confirmation of each person of a plan's statements of a period, of whatever run.
    pub(super) async fn confirmed_of(&self, issued: &Issued) -> Result<Confirmed> {
        let period = issued.period.to_string();
        let store = self.store()?;
        let all = store.period_confirmations(&period, &issued.version.code);
        let all = all.await?.into_iter();
        Ok(all.map(|one| (one.person, one)).collect())
    }

    fn standing_of(
        &self,
        issued: &Issued,
        person: PersonId,
        confirmed: &Confirmed,
    ) -> Result<StatementStanding> {
        use crate::api::goal_letter::ConfirmationState::Confirmed as Done;
        let row = issued.standing(issued.row_of(person)?, confirmed)?;
        let has = |right| self.actor().has(right, self.policies());
        let may = issued.is_approved_for(person) && row.state != Done;
        let is_own = self.actor().person() == Some(person);
        Ok(StatementStanding {
            run: issued.run.id,
            plan: issued.version.code.clone(),
            plan_version: issued.version.version,
            approved: issued.settled.approved,
            may_confirm: may && is_own && has(Right::ConfirmPay),
            may_confirm_on_paper: may && has(Right::RunBonus),
            row,
        })
    }
}
