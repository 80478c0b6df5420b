//! Customers by what they have bought so far.

use yeji_core::Money;
use yeji_core::ids::CustomerId;
use yeji_store::CustomerValueQuery;

use super::records::check_days;
use crate::api::performance::{CustomerValueRow, CustomerValues, Days, Drill, ListCustomerValues};
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::scope_units;

/// Customers a window.
const PAGE_ROWS: u32 = 200;

impl App {
    /// Customers by the amounts of their won deals up to a day, largest first; as far as this actor sees deals.
    pub async fn list_customer_values(&self, args: ListCustomerValues) -> Result<CustomerValues> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let units = scope_units(&organisation, args.unit)?;
        self.require_units(&organisation, units.as_deref())?;
        let today = self.clock.today();
        let before = args.before.or(today.succ_opt()).unwrap_or(today);
        let first = self.data_span().await?.first_closed;
        // Without any result there is nothing behind a value, and no value either.
        let from = first.filter(|first| *first < before);
        let days = Days {
            from: from.or(before.pred_opt()).unwrap_or(before),
            to: before,
        };
        check_days(days)?;
        let after = match &args.cursor {
            None => None,
            Some(text) => Some(
                serde_json::from_str::<(i64, CustomerId)>(text)
                    .map_err(|_| Error::input("cursor", text, "the cursor of an earlier window"))?,
            ),
        };
        let person = self.sight().person();
        let found = store
            .customer_values(&CustomerValueQuery {
                before,
                units: self.sight().units(units.as_deref()),
                person,
                after,
                limit: PAGE_ROWS,
            })
            .await?;
        let is_full = found.len() == PAGE_ROWS as usize;
        let next = found.last().filter(|_| is_full);
        let next_cursor =
            next.and_then(|last| serde_json::to_string(&(last.won_minor, last.customer)).ok());
        let currency = self.currency().await?;
        let rows = found.into_iter().map(|one| CustomerValueRow {
            customer: one.customer,
            name: one.name,
            won_amount: Money::new(one.won_minor, currency),
            won_count: one.won_count,
            drill: Drill {
                person,
                customer: Some(one.customer),
                ..Drill::new("won_amount", args.unit, days)
            },
        });
        Ok(CustomerValues {
            before,
            rows: rows.collect(),
            next_cursor,
        })
    }
}
