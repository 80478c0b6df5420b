// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/** Category key of the slice that holds the rest. */
export const OTHER_KEY = " other";

/** Kinds of records that can be imported, in the order of import. */
export const KINDS = [
  "units",
  "people",
  "memberships",
  "customers",
  "contacts",
  "products",
  "opportunities",
  "credits",
  "stage_history",
  "leads",
  "order_lines",
  "contracts",
  "invoices",
  "receipts",
  "interactions",
  "satisfaction",
  "deliveries",
  "market_index",
  "exchange_rates",
  "target_bonuses",
  "goals",
] as const;

/** Encodings of text files, the likeliest first. */
export const ENCODINGS = [
  "utf-8",
  "gb18030",
  "utf-16le",
  "utf-16be",
  "big5",
  "shift_jis",
  "euc-jp",
  "euc-kr",
  "windows-1252",
  "windows-1250",
  "windows-1251",
] as const;

/** Parts that a chart shows one by one, at most. */
export const MAX_PARTS = 100;
