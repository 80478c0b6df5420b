/**
 * A list of holidays as text: CSV (`date,kind,name`) or a calendar file (ICS). Read as the command line reads it: whole
 * or not at all, since half a year's holidays would be wrong working days that nobody sees.
 */
import { BadList, type HolidayList } from "./holidayDays";
import { readCsv } from "./readCsv";
import { readIcs } from "./readIcs";

/** What is wrong, as a sentence of the program. */
export interface Unreadable {
  code: string;
  params: { file: string; line: string; value: string };
}

export function readHolidays(text: string, file: string): HolidayList | Unreadable {
  const plain = text.replace(/^\uFEFF/, "");
  try {
    const isIcs = /^\s*BEGIN:VCALENDAR/i.test(plain);
    const list = isIcs ? readIcs(plain) : { days: readCsv(plain), leftOut: [] };
    if (list.days.length === 0) throw new BadList("holiday_nothing", 1, "");
    return list;
  } catch (thrown) {
    if (!(thrown instanceof BadList)) throw thrown;
    return { code: thrown.problem, params: { file, line: String(thrown.line), value: thrown.value } };
  }
}
