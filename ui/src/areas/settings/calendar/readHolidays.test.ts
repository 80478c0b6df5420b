import { describe, expect, it } from "vitest";

import { readHolidays } from "./readHolidays";

const days = (text: string) => {
  const read = readHolidays(text, "f");
  return "days" in read ? read.days.map(({ date, kind, name }) => `${date} ${kind} ${name}`.trim()) : `${read.code} ${read.params.line} ${read.params.value}`.trim();
};

const ics = (...events: string[]) => ["BEGIN:VCALENDAR", ...events.flatMap((event) => ["BEGIN:VEVENT", ...event.split("|"), "END:VEVENT"]), "END:VCALENDAR"].join("\r\n");

describe("CSV", () => {
  it("is read with or without a header, by any of its marks, in order, each day once", () => {
    expect(days("日期,类别,名称\n2027-02-06,放假,春节\n2027/2/5,休,春节\n# 注\n2027年2月20日,补班,\n\n2027-02-05,放假,")).toEqual([
      "2027-02-05 holiday 春节",
      "2027-02-06 holiday 春节",
      "2027-02-20 working_day",
    ]);
    expect(days('date\tkind\tname\n20270205\toff\t"New Year, eve"')).toEqual(["2027-02-05 holiday New Year, eve"]);
    expect(days("2027-05-01")).toEqual(["2027-05-01 holiday"]);
  });

  it.each([
    ["2027-02-30,休,x", "holiday_date 1 2027-02-30"],
    ["05/02/2027,休,x", "holiday_date 1 05/02/2027"],
    ["2027-02-05,maybe,x", "holiday_kind 1 maybe"],
    ["2027-02-05,休,x,y", "holiday_columns 1 y"],
    ["2027-02-05,休,x\n2027-02-05,班,x", "holiday_conflict 2 2027-02-05"],
    ["1850-02-05,休,x", "holiday_year 1 1850-02-05"],
    ["# 空", "holiday_nothing 1"],
  ])("is refused with its line: %s", (text, wrong) => {
    expect(days(text)).toBe(wrong);
  });
});

describe("a calendar file", () => {
  it("gives every day of its events; make-up days are worked, days by half-open ends", () => {
    const text = ics("DTSTART;VALUE=DATE:20270205|DTEND;VALUE=DATE:20270208|SUMMARY:春节（休）", "DTSTART;VALUE=DATE:20270220|SUMMARY:春节\\, 补\r\n 班");
    expect(days(text)).toEqual([
      "2027-02-05 holiday 春节（休）",
      "2027-02-06 holiday 春节（休）",
      "2027-02-07 holiday 春节（休）",
      "2027-02-20 working_day 春节, 补班",
    ]);
  });

  it("leaves out what is no holiday, and says so", () => {
    const read = readHolidays(ics("DTSTART;VALUE=DATE:20270214|SUMMARY:情人节|DESCRIPTION:Observance", "DTSTART;VALUE=DATE:20270501|SUMMARY:劳动节"), "f");
    expect(read).toMatchObject({ days: [{ date: "2027-05-01" }], leftOut: [{ line: 2, name: "情人节", reason: "event_observance" }] });
  });

  it.each([
    [ics("DTSTART:20270205T080000|SUMMARY:x"), "holiday_time 3 20270205T080000"],
    [ics("DTSTART;VALUE=DATE:20270205|RRULE:FREQ=YEARLY"), "holiday_repeats 4 RRULE:FREQ=YEARLY"],
    [ics("DTSTART;VALUE=DATE:20270205|DTEND;VALUE=DATE:20270205"), "holiday_length 4 2027-02-05 – 2027-02-05"],
    ["BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270205", "holiday_unfinished 2 VEVENT"],
    ["BEGIN:VCALENDAR\nno colon", "holiday_broken 2 no colon"],
  ])("is refused rather than guessed", (text, wrong) => {
    expect(days(text)).toBe(wrong);
  });
});
