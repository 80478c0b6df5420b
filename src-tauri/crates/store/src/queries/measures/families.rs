//! From which rows each measure is summed, and under which day, person, unit, customer, product and
//! source a row counts. The sums and the records behind them are made of the same lines.

/// Rows of which measures are sums.
#[derive(Debug)]
pub(super) struct Family {
    /// Codes and what a row adds, an integer.
    pub measures: &'static [(&'static str, &'static str)],
    /// FROM and WHERE.
    pub rows: &'static str,
    /// `entity` of the records.
    pub entity: &'static str,
    /// Alias of the row that a record is.
    pub record: &'static str,
    pub day: &'static str,
    pub person: &'static str,
    /// None: the person's unit on the day.
    pub unit: Option<&'static str>,
    pub customer: &'static str,
    pub product: &'static str,
    /// Where days are looked for: tables and columns.
    pub span: &'static [(&'static str, &'static str)],
    /// What it is bound to before everything else.
    pub binds: &'static [Bind],
    /// Counted at the ends of the periods (`e.value`), not by days within them.
    pub stock: bool,
}

/// A value that the rows of a family need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bind {
    /// The day of which "by now" speaks.
    AsOf,
    /// The day after the first period.
    FirstEnd,
    /// The days after the periods, as JSON.
    Ends,
}

const CLOSED: &[(&str, &str)] = &[("opportunity", "closed_on")];
const OPENED: &[(&str, &str)] = &[("opportunity", "opened_on")];
const ONE: &str = "1";

const fn deals(
    measures: &'static [(&'static str, &'static str)],
    rows: &'static str,
    opened: bool,
) -> Family {
    Family {
        measures,
        rows,
        entity: "opportunity",
        record: "o",
        day: if opened { "o.opened_on" } else { "o.closed_on" },
        person: "o.owner",
        unit: Some(if opened { "o.opened_team" } else { "o.team" }),
        customer: "o.customer",
        product: "o.product",
        span: if opened { OPENED } else { CLOSED },
        binds: &[],
        stock: false,
    }
}

/// A fact that belongs to a deal, and counts where the deal does.
const fn of_deal(
    measures: &'static [(&'static str, &'static str)],
    rows: &'static str,
    entity: &'static str,
    day: &'static str,
    span: &'static [(&'static str, &'static str)],
) -> Family {
    Family {
        measures,
        rows,
        entity,
        record: "f",
        day,
        person: "o.owner",
        unit: Some("coalesce(o.team, zeroblob(16))"),
        customer: "o.customer",
        product: "o.product",
        span,
        binds: &[],
        stock: false,
    }
}

/// The amount of a deal that is not won: an export writes 0 where there is none.
const AMOUNT_OR_LIST: &str = "coalesce(nullif(o.amount_minor, 0), p.list_price_minor, 0)";

pub(super) const FAMILIES: &[Family] = &[
    // The first two stand in the rollups as well (`super::from_rollups`).
    deals(
        &[
            (
                "won_amount",
                "CASE WHEN o.stage = 'won' THEN coalesce(o.amount_minor, 0) ELSE 0 END",
            ),
            ("won_count", "(o.stage = 'won')"),
            ("lost_count", "(o.stage = 'lost')"),
        ],
        "opportunity AS o WHERE o.stage IN ('won', 'lost')",
        false,
    ),
    deals(
        &[("opened_count", ONE)],
        "opportunity AS o WHERE true",
        true,
    ),
    deals(
        &[("lost_amount", AMOUNT_OR_LIST)],
        "opportunity AS o LEFT JOIN product AS p ON p.id = o.product WHERE o.stage = 'lost'",
        false,
    ),
    deals(
        &[
            (
                "cycle_days",
                "CAST(julianday(o.closed_on) - julianday(o.opened_on) AS INTEGER)",
            ),
            ("cycle_deals", ONE),
        ],
        "opportunity AS o WHERE o.stage = 'won' AND o.opened_on IS NOT NULL",
        false,
    ),
    deals(
        &[
            (
                "cohort_amount",
                "CASE WHEN o.stage = 'won' THEN coalesce(o.amount_minor, 0)
                 ELSE coalesce(nullif(o.amount_minor, 0), p.list_price_minor, 0) END",
            ),
            ("cohort_won_count", "(o.stage = 'won')"),
            (
                "cohort_won_amount",
                "CASE WHEN o.stage = 'won' THEN coalesce(o.amount_minor, 0) ELSE 0 END",
            ),
        ],
        "opportunity AS o LEFT JOIN product AS p ON p.id = o.product WHERE true",
        true,
    ),
    deals(
        &[
            ("cohort_engaging", "(o.reached >= 1)"),
            ("cohort_proposal", "(o.reached >= 2)"),
            ("cohort_negotiation", "(o.reached >= 3)"),
        ],
        "(SELECT d.*, max(
              CASE d.stage WHEN 'engaging' THEN 1 WHEN 'proposal' THEN 2 WHEN 'negotiation' THEN 3
                           WHEN 'won' THEN 4 ELSE 0 END,
              coalesce((SELECT max(CASE e.stage WHEN 'engaging' THEN 1 WHEN 'proposal' THEN 2
                                   WHEN 'negotiation' THEN 3 WHEN 'won' THEN 4 ELSE 0 END)
                        FROM stage_event AS e WHERE e.opportunity = d.id), 0)) AS reached
          FROM opportunity AS d) AS o WHERE true",
        true,
    ),
    Family {
        binds: &[Bind::AsOf, Bind::FirstEnd, Bind::AsOf, Bind::Ends],
        stock: true,
        ..deals(
            &[("open_count", ONE), ("open_amount", AMOUNT_OR_LIST)],
            // Open now, or closed after the first of the ends: each row once, held against all ends.
            // Without a day of opening a deal is only known to be open now. One that says it was closed on a day
            // that has not come is neither open nor over: nobody knows.
            "(SELECT *, coalesce(opened_on, ?) AS from_on, '9999-12-31' AS gone_on FROM opportunity
              WHERE stage NOT IN ('won', 'lost')
              UNION ALL
              SELECT *, opened_on, closed_on FROM opportunity
              WHERE stage IN ('won', 'lost') AND closed_on >= ? AND closed_on <= ?) AS o
             JOIN json_each(?) AS e ON o.from_on < e.value AND o.gone_on >= e.value
             LEFT JOIN product AS p ON p.id = o.product WHERE true",
            true,
        )
    },
    Family {
        product: "f.product",
        span: &[("order_line", "ordered_on"), ("opportunity", "closed_on")],
        ..of_deal(
            &[
                (
                    "priced_amount",
                    "CASE WHEN p.list_price_minor > 0 THEN f.minor ELSE 0 END",
                ),
                (
                    "list_amount",
                    "CASE WHEN p.list_price_minor > 0 THEN f.quantity * p.list_price_minor ELSE 0 END",
                ),
                (
                    "costed_amount",
                    "CASE WHEN p.cost_minor IS NOT NULL THEN f.minor ELSE 0 END",
                ),
                (
                    "cost_amount",
                    "CASE WHEN p.cost_minor IS NOT NULL THEN f.quantity * p.cost_minor ELSE 0 END",
                ),
            ],
            "(SELECT l.id, l.external_id, l.source, l.opportunity, l.product, l.quantity,
                     l.amount_minor AS minor, l.ordered_on AS on_day
              FROM order_line AS l
              UNION ALL
              SELECT w.id, w.external_id, w.source, w.id, w.product, 1, w.amount_minor, w.closed_on
              FROM opportunity AS w
              WHERE w.stage = 'won' AND w.product IS NOT NULL AND w.amount_minor IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM order_line AS x WHERE x.opportunity = w.id)) AS f
             JOIN opportunity AS o ON o.id = f.opportunity
             LEFT JOIN product AS p ON p.id = f.product WHERE o.stage = 'won'",
            "order_line",
            "f.on_day",
            &[],
        )
    },
    of_deal(
        &[
            ("received_amount", "f.amount_minor"),
            ("gross_received_amount", "max(f.amount_minor, 0)"),
            ("refunded_amount", "max(-f.amount_minor, 0)"),
        ],
        "receipt AS f JOIN opportunity AS o ON o.id = f.opportunity WHERE true",
        "receipt",
        "f.received_on",
        &[("receipt", "received_on")],
    ),
    Family {
        customer: "f.customer",
        ..of_deal(
            &[
                ("invoiced_amount", "f.amount_minor"),
                ("invoice_count", ONE),
            ],
            "invoice AS f LEFT JOIN opportunity AS o ON o.id = f.opportunity WHERE true",
            "invoice",
            "f.invoiced_on",
            &[("invoice", "invoiced_on")],
        )
    },
    Family {
        customer: "f.customer",
        ..of_deal(
            &[
                ("contract_amount", "f.amount_minor"),
                ("contract_count", ONE),
            ],
            "contract AS f LEFT JOIN opportunity AS o ON o.id = f.opportunity WHERE true",
            "contract",
            "f.signed_on",
            &[("contract", "signed_on")],
        )
    },
    Family {
        person: "f.owner",
        unit: None,
        ..of_deal(
            &[
                ("lead_count", ONE),
                ("lead_converted_count", "(f.opportunity IS NOT NULL)"),
                ("lead_won_count", "(coalesce(o.stage, '') = 'won')"),
            ],
            "lead AS f LEFT JOIN opportunity AS o ON o.id = f.opportunity WHERE true",
            "lead",
            "f.created_on",
            &[("lead", "created_on")],
        )
    },
    Family {
        person: "f.owner",
        unit: None,
        ..of_deal(
            &[
                (
                    "response_days",
                    "CAST(julianday(f.first_on) - julianday(f.created_on) AS INTEGER)",
                ),
                ("responded_count", ONE),
            ],
            "(SELECT d.*, (SELECT min(i.on_day) FROM interaction AS i
                           WHERE i.customer = w.customer AND i.on_day >= d.created_on) AS first_on
              FROM lead AS d JOIN opportunity AS w ON w.id = d.opportunity) AS f
             JOIN opportunity AS o ON o.id = f.opportunity WHERE f.first_on IS NOT NULL",
            "lead",
            "f.created_on",
            &[("lead", "created_on")],
        )
    },
    Family {
        person: "f.person",
        unit: None,
        customer: "f.customer",
        product: "NULL",
        ..of_deal(
            &[("interaction_count", ONE)],
            "interaction AS f WHERE true",
            "interaction",
            "f.on_day",
            &[("interaction", "on_day")],
        )
    },
    Family {
        customer: "f.customer",
        ..of_deal(
            &[("score_sum", "f.score"), ("score_count", ONE)],
            "satisfaction_score AS f LEFT JOIN opportunity AS o ON o.id =
                 (SELECT w.id FROM opportunity AS w
                  WHERE w.customer = f.customer AND w.stage = 'won' AND w.closed_on <= f.on_day
                  ORDER BY w.closed_on DESC, w.id DESC LIMIT 1) WHERE true",
            "satisfaction_score",
            "f.on_day",
            &[("satisfaction_score", "on_day")],
        )
    },
    Family {
        binds: &[Bind::AsOf],
        ..of_deal(
            &[
                ("due_count", ONE),
                ("on_time_count", "(coalesce(f.delivered_on <= f.due_on, 0))"),
            ],
            "delivery_ticket AS f JOIN opportunity AS o ON o.id = f.opportunity
             WHERE (f.due_on < ? OR f.delivered_on IS NOT NULL)",
            "delivery_ticket",
            "f.due_on",
            &[("delivery_ticket", "due_on")],
        )
    },
];

impl Family {
    /// The family of a measure, and its place in it.
    pub(super) fn of(code: &str) -> Option<(usize, usize)> {
        FAMILIES.iter().enumerate().find_map(|(family, one)| {
            let place = one.measures.iter().position(|(own, _)| *own == code)?;
            Some((family, place))
        })
    }
}
