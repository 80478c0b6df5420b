//! Ids are `UUIDv7` in newtypes, so that a person's id never meets a team's.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
        #[serde(transparent)]
        #[ts(as = "String")]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;
            fn from_str(text: &str) -> crate::Result<Self> {
                Uuid::parse_str(text).map(Self).map_err(|_| crate::Error::Unknown {
                    what: stringify!($name),
                    value: text.chars().take(64).collect(),
                })
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// Company, department or team.
    UnitId
    /// A person.
    PersonId
    /// One stay of a person in a unit.
    MembershipId
    /// A customer.
    CustomerId
    /// A contact of a customer.
    ContactId
    /// A product.
    ProductId
    /// A lead.
    LeadId
    /// An opportunity.
    OpportunityId
    /// The shared credit of an opportunity.
    CreditListId
    /// A change of an opportunity's stage.
    StageEventId
    /// A line of an order.
    OrderLineId
    /// A contract.
    ContractId
    /// An invoice.
    InvoiceId
    /// A receipt or refund.
    ReceiptId
    /// A contact with a customer.
    InteractionId
    /// An answer to a satisfaction question.
    SatisfactionId
    /// A delivery.
    DeliveryId
    /// A value of a market index.
    MarketIndexId
    /// An exchange rate of a day.
    ExchangeRateId
    /// A data source.
    SourceId
    /// An import batch.
    BatchId
    /// A named mapping.
    MappingId
    /// A goal plan version.
    GoalPlanId
    /// A round in which people propose own goals.
    GoalRoundId
    /// What somebody proposes for an own goal.
    GoalProposalId
    /// What a manager makes of it.
    GoalAdjustmentId
    /// A unit handed in, or sent back.
    GoalSubmissionId
    /// Words on somebody's goal.
    GoalCommentId
    /// A version of a goal made public.
    GoalPublicationId
    /// An own goal confirmed.
    GoalConfirmationId
    /// A bonus plan version.
    BonusPlanId
    /// A target bonus record.
    TargetBonusId
    /// A calculation run of bonuses.
    BonusRunId
    /// One person's statement of a run.
    StatementId
    /// A step of the cycle of a period's bonuses.
    BonusStepId
    /// A line beside what a plan pays.
    BonusAdjustmentId
    /// What somebody decided on such a line.
    AdjustmentDecisionId
    /// Who is under a plan, and when.
    PlanAssignmentId
    /// What somebody is to reach besides numbers.
    BonusObjectiveId
    /// A statement confirmed by whose it is.
    StatementConfirmationId
    /// What somebody means to do next.
    NextStepId
    /// Something that somebody says to HR.
    FeedbackId
    /// A file with what one person may see.
    PersonalFileId
    /// A user account.
    AccountId
    /// A board of widgets.
    DashboardId
    /// A saved question of the explorer.
    SavedViewId
    /// An entry of the change log.
    ChangeId
}

/// A `UUIDv7` (RFC 9562, 5.7) from its parts: the same parts give the same id on every platform.
/// `unix_ms` keeps its low 48 bits, `random` its low 74.
pub fn uuid_v7(unix_ms: u64, random: u128) -> Uuid {
    let time = u128::from(unix_ms & 0xFFFF_FFFF_FFFF) << 80;
    let rand_a = ((random >> 62) & 0xFFF) << 64;
    let rand_b = random & 0x3FFF_FFFF_FFFF_FFFF;
    Uuid::from_u128(time | (0x7 << 76) | rand_a | (0b10 << 62) | rand_b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v7_has_version_variant_and_time() {
        let id = uuid_v7(1_700_000_000_000, u128::MAX);
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(id.get_variant(), uuid::Variant::RFC4122);
        assert!(uuid_v7(1, u128::MAX) < uuid_v7(2, 0), "ids sort by time");
    }
}
