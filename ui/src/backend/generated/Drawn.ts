// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Chart } from "./Chart";
import type { CustomerValueRow } from "./CustomerValueRow";
import type { Days } from "./Days";
import type { LeaderboardRow } from "./LeaderboardRow";
import type { Mark } from "./Mark";
import type { Message } from "./Message";
import type { MetricInfo } from "./MetricInfo";
import type { MetricTable } from "./MetricTable";
import type { MetricTile } from "./MetricTile";

/**
 * A widget's content. At most one of chart, tiles, leaderboard, customers and table is
 * there; none: see `lack`.
 */
export type Drawn = { 
/**
 * What is seen.
 */
title: string, 
/**
 * A chart.
 */
chart: Chart | null, 
/**
 * Key figures.
 */
tiles: Array<MetricTile>, 
/**
 * People by what they won.
 */
leaderboard: Array<LeaderboardRow>, 
/**
 * Customers by what they bought.
 */
customers: Array<CustomerValueRow>, 
/**
 * A table.
 */
table: MetricTable | null, 
/**
 * What the marks of the chart open: by the category's key; of heat maps and cohorts by
 * `series/category`, of a waterfall's change by the category. What is not here has no records.
 */
marks: { [key in string]: Mark }, 
/**
 * The known days of a trend, which are not those of the period: a table beside it is of the same.
 */
span: Days | null, 
/**
 * Whether the table behind the chart is made of the chart's own rows (stages, cohorts by ages, bins, periods
 * ahead): the metric's table of the same question is another one.
 */
own_rows: boolean, 
/**
 * Why there is nothing to show, and what it needs.
 */
lack: Message | null, 
/**
 * What to know about it.
 */
notes: Array<Message>, 
/**
 * The metric's definition.
 */
explain: MetricInfo | null, };
