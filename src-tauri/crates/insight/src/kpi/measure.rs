//! Measures: sums of facts that formulas are made of, each with the day that puts a fact into a period.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::definition::{Unit, Words};

macro_rules! measures {
    ($($variant:ident $code:literal $unit:ident $origin:ident: $zh:literal / $en:literal;)+) => {
        /// A base quantity. Closed: each is computed by one query of the store, or from goals and people.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Measure {
            $(#[doc = $en] $variant,)+
        }

        impl Measure {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in formulas.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// What it counts; amounts are in major units of the company's currency.
            pub fn unit(self) -> Unit {
                match self { $(Self::$variant => Unit::$unit),+ }
            }

            /// Which facts it is made of, and by which day.
            pub fn origin(self) -> Origin {
                match self { $(Self::$variant => Origin::$origin),+ }
            }

            /// What it is, in both languages.
            pub fn words(self) -> Words<'static> {
                match self { $(Self::$variant => Words { zh: $zh.into(), en: $en.into() }),+ }
            }
        }
    };
}

measures! {
    WonAmount "won_amount" Money Closed: "赢单商机的金额" / "Amounts of won deals";
    WonCount "won_count" Count Closed: "赢单商机的个数" / "Number of won deals";
    LostCount "lost_count" Count Closed: "输单商机的个数" / "Number of lost deals";
    LostAmount "lost_amount" Money Closed: "输单商机的金额；没有金额的按产品标价计，两者都没有的不计" / "Amounts of lost deals; one without an amount counts with its product's list price, one without either does not count";
    CycleDays "cycle_days" Days Closed: "赢单商机从开始日到结束日的天数之和" / "Days from the opening to the closing of won deals, together";
    CycleDeals "cycle_deals" Count Closed: "开始日与结束日都已知的赢单商机个数" / "Number of won deals of which both days are known";
    OpenedCount "opened_count" Count Opened: "新开商机的个数" / "Number of deals opened";
    CohortAmount "cohort_amount" Money Opened: "新开商机的金额；没有金额的按产品标价计" / "Amounts of the deals opened; one without an amount counts with its product's list price";
    CohortWonCount "cohort_won_count" Count Opened: "新开商机中已赢单的个数" / "Of the deals opened, the number won by now";
    CohortWonAmount "cohort_won_amount" Money Opened: "新开商机中已赢单的金额" / "Of the deals opened, the amounts of those won by now";
    CohortEngaging "cohort_engaging" Count Opened: "新开商机中到达过跟进中或以后阶段的个数" / "Of the deals opened, the number that reached engaging or a later stage";
    CohortProposal "cohort_proposal" Count Opened: "新开商机中到达过方案报价或以后阶段的个数" / "Of the deals opened, the number that reached proposal or a later stage";
    CohortNegotiation "cohort_negotiation" Count Opened: "新开商机中到达过商务谈判或以后阶段的个数" / "Of the deals opened, the number that reached negotiation or a later stage";
    OpenCount "open_count" Count Stock: "期末仍未结束的商机个数；结束日晚于今天的已结束商机不计" / "Number of deals still under way at the end of the period; closed ones whose day of closing is after today do not count";
    OpenAmount "open_amount" Money Stock: "期末仍未结束的商机金额；没有金额的按产品标价计，两者都没有的不计；结束日晚于今天的已结束商机不计" / "Amounts of the deals still under way at the end of the period; one without an amount counts with its product's list price, one without either does not count, nor does a closed one whose day of closing is after today";
    PricedAmount "priced_amount" Money Lines: "有标价的产品的成交金额" / "What was sold of products that have a list price, at the prices paid";
    ListAmount "list_amount" Money Lines: "有标价的产品的成交数量按标价计的金额" / "The same at list prices";
    CostedAmount "costed_amount" Money Lines: "有成本的产品的成交金额" / "What was sold of products that have a cost, at the prices paid";
    CostAmount "cost_amount" Money Lines: "有成本的产品的成交数量按成本计的金额" / "The same at cost";
    ReceivedAmount "received_amount" Money Receipts: "回款减去退款" / "Receipts less refunds";
    GrossReceivedAmount "gross_received_amount" Money Receipts: "回款，不减退款" / "Receipts, refunds not taken off";
    RefundedAmount "refunded_amount" Money Receipts: "退款" / "Refunds";
    InvoicedAmount "invoiced_amount" Money Invoices: "开票金额" / "Amounts invoiced";
    InvoiceCount "invoice_count" Count Invoices: "发票张数" / "Number of invoices";
    ContractAmount "contract_amount" Money Contracts: "合同金额" / "Amounts of contracts";
    ContractCount "contract_count" Count Contracts: "合同份数" / "Number of contracts";
    LeadCount "lead_count" Count Leads: "新线索的个数" / "Number of leads created";
    LeadConvertedCount "lead_converted_count" Count Leads: "新线索中已转为商机的个数" / "Of the leads created, the number that became deals";
    LeadWonCount "lead_won_count" Count Leads: "新线索中已赢单的个数" / "Of the leads created, the number whose deal was won";
    ResponseDays "response_days" Days Leads: "线索创建日到之后第一次跟进该客户的天数之和" / "Days from the creation of a lead to the first interaction with its customer from that day on, together";
    RespondedCount "responded_count" Count Leads: "已转为商机、且之后有跟进记录的线索个数" / "Number of leads that became deals and whose customer was contacted from the day of creation on";
    InteractionCount "interaction_count" Count Interactions: "跟进记录的条数" / "Number of interactions";
    ScoreSum "score_sum" Score Scores: "满意度评分之和" / "Satisfaction scores together";
    ScoreCount "score_count" Count Scores: "满意度评分的个数" / "Number of satisfaction scores";
    DueCount "due_count" Count Tickets: "已到期或已交付的交付单个数" / "Number of deliveries that are due by now or made";
    OnTimeCount "on_time_count" Count Tickets: "其中不晚于到期日交付的个数" / "Of these, the number made on the due day or before";
    BuyingCustomers "buying_customers" Count Customers: "有赢单商机的客户数，每个客户只计一次" / "Customers with a won deal, each counted once";
    RepeatCustomers "repeat_customers" Count Customers: "有赢单商机、且此前已经买过的客户数，每个客户只计一次" / "Customers with a won deal who had bought before it, each counted once";
    NewCustomers "new_customers" Count Customers: "第一次赢单在期内的客户数" / "Customers whose first won deal lies in the period";
    LostCustomers "lost_customers" Count Customers: "最近一次赢单满 365 天而没有再次赢单的客户数，计入满 365 天的那一天" / "Customers who did not buy for 365 days, counted on the day on which it was 365 days";
    CustomersAtStart "customers_at_start" Count Customers: "期初前 365 天内买过的客户数" / "Customers who bought in the 365 days before the period";
    CustomersKept "customers_kept" Count Customers: "其中到期末仍是客户的：期末前 365 天内买过的客户数" / "Of these, the number who are still customers at its end: who bought in the 365 days before the end";
    ValueToDate "value_to_date" Money CustomersToDate: "截至期末全部赢单金额（客户已知）" / "Amounts of all deals won up to the end of the period whose customer is known";
    CustomersToDate "customers_to_date" Count CustomersToDate: "截至期末买过的客户数" / "Customers who ever bought up to the end of the period";
    GoalAmount "goal_amount" Money Goals: "赢单金额的目标" / "The goal for the won amount";
    People "people" Count People: "期内承担目标的销售人数" / "People who sell in the period";
}

/// Facts that a measure is made of, and the day by which they belong to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Deals by the day of closing.
    Closed,
    /// Deals by the day of opening.
    Opened,
    /// Deals that are under way at the end of the period.
    Stock,
    /// Lines of orders; a won deal without lines is one line of its product.
    Lines,
    /// Receipts and refunds by the day received.
    Receipts,
    /// Invoices by their day.
    Invoices,
    /// Contracts by the day signed.
    Contracts,
    /// Leads by the day of creation.
    Leads,
    /// Interactions by their day.
    Interactions,
    /// Satisfaction scores by their day.
    Scores,
    /// Deliveries by the due day.
    Tickets,
    /// Customers by their won deals.
    Customers,
    /// All deals won up to the end of the period.
    CustomersToDate,
    /// Goals by cut weeks.
    Goals,
    /// Stays of people.
    People,
}

impl Origin {
    /// The code in messages: what a company without such facts needs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Closed => "closed_deals",
            Self::Opened => "opened_deals",
            Self::Stock => "open_deals",
            Self::Lines => "order_lines",
            Self::Receipts => "receipts",
            Self::Invoices => "invoices",
            Self::Contracts => "contracts",
            Self::Leads => "leads",
            Self::Interactions => "interactions",
            Self::Scores => "satisfaction_scores",
            Self::Tickets => "delivery_tickets",
            Self::Customers | Self::CustomersToDate => "deals_with_customers",
            Self::Goals => "goals",
            Self::People => "people",
        }
    }

    /// The day by which a fact belongs to a period, in both languages.
    pub fn event_date(self) -> Words<'static> {
        let (zh, en) = match self {
            Self::Closed => ("结束日", "day of closing"),
            Self::Opened => ("开始日", "day of opening"),
            Self::Stock => ("期末", "end of the period"),
            Self::Lines => (
                "下单日；没有订单行的赢单商机按结束日",
                "day of the order; of a won deal without order lines the day of closing",
            ),
            Self::Receipts => ("回款日", "day received"),
            Self::Invoices => ("开票日", "day of the invoice"),
            Self::Contracts => ("签约日", "day signed"),
            Self::Leads => ("线索创建日", "day of creation"),
            Self::Interactions => ("跟进日", "day of the interaction"),
            Self::Scores => ("评分日", "day of the score"),
            Self::Tickets => ("到期日", "due day"),
            Self::Customers => ("赢单商机的结束日", "day of closing of won deals"),
            Self::CustomersToDate => ("截至期末", "up to the end of the period"),
            Self::Goals => ("目标的周", "weeks of the goal"),
            Self::People => ("任职的起止日", "days of the stay"),
        };
        Words {
            zh: zh.into(),
            en: en.into(),
        }
    }
}

/// Looked up for every name of every value that is calculated.
static BY_CODE: LazyLock<HashMap<&str, Measure>> =
    LazyLock::new(|| Measure::ALL.iter().map(|one| (one.code(), *one)).collect());

impl Measure {
    /// The measure of a name in a formula.
    pub fn of(code: &str) -> Option<Self> {
        BY_CODE.get(code).copied()
    }
}
