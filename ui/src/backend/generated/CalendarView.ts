// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BuiltInHolidays } from "./BuiltInHolidays";
import type { CalendarPeriod } from "./CalendarPeriod";
import type { CalendarRule } from "./CalendarRule";
import type { SpecialDay } from "./SpecialDay";

/**
 * The calendar, with a year of it.
 */
export type CalendarView = { 
/**
 * How years are cut.
 */
rule: CalendarRule, 
/**
 * Which built-in list counts.
 */
holidays: BuiltInHolidays, 
/**
 * The company's own days, in order.
 */
days: Array<SpecialDay>, 
/**
 * Calendar years whose holidays are known.
 */
known_years: Array<number>, 
/**
 * Those of the year that is shown whose holidays are not known.
 */
unknown_years: Array<number>, 
/**
 * The year, its halves, quarters and months, each before its parts.
 */
periods: Array<CalendarPeriod>, };
