/** CSV: one line a day, `date,kind,name`, with or without a header; `#` begins a comment. */
import type { DayKind, SpecialDay } from "../../../backend/generated";
import { BadList, dayOf, Days } from "./holidayDays";

const DATE_HEADERS = new Set(["date", "day", "日期", "日"]);
/** An empty cell is a day off. */
const OFF = new Set(["", "holiday", "off", "dayoff", "休", "假", "放假", "休假", "节假日", "法定节假日", "假日"]);
const WORKED = new Set(["workingday", "workday", "work", "班", "上班", "补班", "调休上班", "工作日", "makeupday"]);

export function readCsv(text: string): SpecialDay[] {
  const days = new Days();
  const lines = text.split(/\r\n|\r|\n/);
  const mark = delimiter(lines);
  let first = true;
  lines.forEach((content, at) => {
    const line = at + 1;
    if (content.startsWith("#")) return;
    const cells = cellsOf(content, mark, line);
    if (cells.every((cell) => cell === "")) return;
    const [date = "", kind = "", name = ""] = cells;
    const isHeader = first && DATE_HEADERS.has(fold(date));
    first = false;
    if (isHeader) return;
    const more = cells.slice(3).find((cell) => cell !== "");
    if (more !== undefined) throw new BadList("holiday_columns", line, more);
    const day = dateOf(date);
    if (day === null) throw new BadList("holiday_date", line, date);
    const known = kindOf(kind);
    if (known === null) throw new BadList("holiday_kind", line, kind);
    days.add(line, day, known, name);
  });
  return days.list();
}

/** What separates cells, by the first line that is no comment. */
function delimiter(lines: readonly string[]): string {
  const first = lines.find((line) => line.trim() !== "" && !line.startsWith("#")) ?? "";
  return ["\t", ";"].find((mark) => first.includes(mark)) ?? ",";
}

/** The cells of a line; a quoted one may hold the mark, and `""` is a quote in it. */
function cellsOf(line: string, mark: string, number: number): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at];
    if (quoted && sign === '"' && line[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"' && (quoted || cell.trim() === "")) {
      quoted = !quoted;
    } else if (sign === mark && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else {
      cell += sign;
    }
  }
  if (quoted) throw new BadList("holiday_broken", number, line);
  return [...cells, cell.trim()];
}

/** Letters and 汉字 alone, as the program folds words. */
function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/[\s_\-.]/g, "");
}

function kindOf(text: string): DayKind | null {
  const word = fold(text);
  if (OFF.has(word)) return "holiday";
  return WORKED.has(word) ? "working_day" : null;
}

/** A date that can only be one day: the year first. */
function dateOf(text: string): string | null {
  const clean = text.normalize("NFKC").trim();
  const match = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(clean) ?? /^(\d{4})(年)(\d{1,2})月(\d{1,2})日$/.exec(clean) ?? /^(\d{4})()(\d{2})(\d{2})$/.exec(clean);
  return match && dayOf(Number(match[1]), Number(match[3]), Number(match[4]));
}
