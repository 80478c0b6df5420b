/** The records behind a number. */
import type { Words } from "..";
import type zh from "../zh-CN/records";

export default {
  title: "Records",
  definition: "Definition",
  formula: "Formula",
  closed: "Date",
  deal: "Deal",
  customer: "Customer",
  product: "Product",
  owner: "Owner",
  amount: "Amount {symbol}",
  noCustomer: "No customer",
  noType: "Without type",
  sum: "Sum",
  copy: "Copy as CSV",
  copied_one: "Copied {rows} of {total} row",
  copied_other: "Copied {rows} of {total} rows",
  copyFailed: "Nothing was copied: the system did not allow the clipboard.",
  csvHeaders: "closed|opened|deal|customer|customer type|product|owner|team|stage|amount|currency",
  figure: {
    won_amount: "Won amount",
    attainment: "Attainment",
    won_count: "Deals won",
    lost_count: "Deals lost",
    win_rate: "Win rate",
    average_deal: "Average deal",
    open_pipeline: "Open pipeline",
  },
  define: {
    won_amount: "Sum of the amounts of deals won in the period, by closing date.",
    attainment: "Won amount ÷ goal. Shown as it is above 100%; without a goal, or with a goal of zero, there is none.",
    won_count: "Number of deals won in the period, by closing date.",
    lost_count: "Number of deals lost in the period, by closing date.",
    win_rate: "Deals won ÷ (won + lost), by closing date; open deals do not count.",
    average_deal: "Won amount ÷ deals won.",
    open_pipeline: "Deals that are not closed yet. Unknown amounts are shown as unknown.",
  },
  stage: {
    prospecting: "Prospecting",
    engaging: "Engaging",
    proposal: "Proposal",
    negotiation: "Negotiation",
    won: "Won",
    lost: "Lost",
  },
} satisfies Words<typeof zh>;
