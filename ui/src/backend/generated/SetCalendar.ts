// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BuiltInHolidays } from "./BuiltInHolidays";
import type { CalendarRule } from "./CalendarRule";

/**
 * The calendar's settings.
 */
export type SetCalendar = { 
/**
 * How years are cut.
 */
rule: CalendarRule, 
/**
 * Which built-in list counts.
 */
holidays: BuiltInHolidays, };
