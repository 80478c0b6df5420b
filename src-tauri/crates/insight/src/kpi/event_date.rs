//! Days by which facts belong to periods.

use serde::{Deserialize, Serialize};

use super::definition::Words;
use super::measure::Origin;

/// The day by which the facts of a metric are put into periods. An own metric that names one stands on facts
/// of this day alone; one that names none may be made of several, each by its own day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventDate {
    /// Deals that were won or lost, and their customers.
    Closing,
    /// Deals that were opened.
    Opening,
    /// What stands at the end of the period.
    PeriodEnd,
    /// Lines of orders.
    Order,
    /// Receipts and refunds.
    Receipt,
    /// Invoices.
    Invoice,
    /// Contracts.
    Signing,
    /// Leads.
    LeadCreation,
    /// Interactions.
    Interaction,
    /// Satisfaction scores.
    Score,
    /// Deliveries.
    Due,
}

impl EventDate {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Closing,
        Self::Opening,
        Self::PeriodEnd,
        Self::Order,
        Self::Receipt,
        Self::Invoice,
        Self::Signing,
        Self::LeadCreation,
        Self::Interaction,
        Self::Score,
        Self::Due,
    ];

    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Closing => "closing",
            Self::Opening => "opening",
            Self::PeriodEnd => "period_end",
            Self::Order => "order",
            Self::Receipt => "receipt",
            Self::Invoice => "invoice",
            Self::Signing => "signing",
            Self::LeadCreation => "lead_creation",
            Self::Interaction => "interaction",
            Self::Score => "score",
            Self::Due => "due",
        }
    }

    /// The one of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// What it is, in both languages.
    pub fn words(self) -> Words<'static> {
        match self {
            Self::Closing => Origin::Closed,
            Self::Opening => Origin::Opened,
            Self::PeriodEnd => Origin::Stock,
            Self::Order => Origin::Lines,
            Self::Receipt => Origin::Receipts,
            Self::Invoice => Origin::Invoices,
            Self::Signing => Origin::Contracts,
            Self::LeadCreation => Origin::Leads,
            Self::Interaction => Origin::Interactions,
            Self::Score => Origin::Scores,
            Self::Due => Origin::Tickets,
        }
        .event_date()
    }
}

impl Origin {
    /// The day by which its facts count; goals and people have spans and no day.
    pub fn counts_by(self) -> Option<EventDate> {
        Some(match self {
            Self::Closed | Self::Customers => EventDate::Closing,
            Self::Opened => EventDate::Opening,
            Self::Stock | Self::CustomersToDate => EventDate::PeriodEnd,
            Self::Lines => EventDate::Order,
            Self::Receipts => EventDate::Receipt,
            Self::Invoices => EventDate::Invoice,
            Self::Contracts => EventDate::Signing,
            Self::Leads => EventDate::LeadCreation,
            Self::Interactions => EventDate::Interaction,
            Self::Scores => EventDate::Score,
            Self::Tickets => EventDate::Due,
            Self::Goals | Self::People => return None,
        })
    }
}
