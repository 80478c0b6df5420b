// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Months } from "./Months";
import type { NamedBy } from "./NamedBy";
import type { WeekDay } from "./WeekDay";
import type { YearEnd } from "./YearEnd";

/**
 * How a company cuts its years, as it is written; [`FiscalCalendar`] is what was checked.
 */
export type CalendarRule = { 
/**
 * The month the year begins in, 1 to 12; with months made of weeks the one after which it ends.
 */
first_month: number, 
/**
 * What months are.
 */
months: Months, 
/**
 * Where a year made of weeks ends; without effect on calendar months.
 */
year_end: YearEnd, 
/**
 * First day of the week.
 */
week_start: WeekDay, 
/**
 * Which calendar year gives the number; without effect on a year that begins with January.
 */
named_by: NamedBy, };
