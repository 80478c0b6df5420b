// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Category } from "./Category";
import type { ChartKind } from "./ChartKind";
import type { Series } from "./Series";
import type { ValueUnit } from "./ValueUnit";

/**
 * One chart: what is seen, not how. The window, the pictures, the page and the sheet draw this.
 */
export type Chart = { 
/**
 * Stable id, unique in a report; part of file names.
 */
id: string, 
/**
 * How it is drawn.
 */
kind: ChartKind, 
/**
 * Says what is seen: `Weekly sales, East region, Q2 2017`.
 */
title: string, 
/**
 * A second, quieter line.
 */
subtitle: string | null, 
/**
 * What the values are.
 */
unit: ValueUnit, 
/**
 * Places, in the order shown.
 */
categories: Array<Category>, 
/**
 * Series, in the order drawn.
 */
series: Array<Series>, 
/**
 * Key of the place that is not over: its label says so, and is not left out where labels are.
 */
under_way?: string, 
/**
 * Reservations, drawn under the chart: months without data and the like.
 */
note: string | null, };
