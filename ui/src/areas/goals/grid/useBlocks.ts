/** What is done to a block of cells: typed, pasted, copied, locked. */
import { useTranslation } from "react-i18next";

import { BackendError } from "../../../backend/backend";
import type { GoalAbove, GoalEdit, GridRow } from "../../../backend/generated";
import { parseTyped } from "../../../components/format";
import { useToast } from "../../../components/useToast";
import { useSay } from "../../../i18n/say";
import { cellKey, copyTsv, parseTsv, pasteEdits } from "./block";
import { heldEdits } from "./held";
import type { Col, Layout } from "./layout";
import type { Range } from "./useCursor";
import type { Edits } from "./useEdits";
import type { GridRows } from "./useGridRows";

export function useBlocks(rows: GridRows, layout: Layout, edits: Edits, above: GoalAbove) {
  const { t } = useTranslation();
  const toast = useToast();
  const say = useSay();
  const editable = rows.head?.editable ?? false;
  const failed = (thrown: unknown) => toast.failed(say(BackendError.from(thrown)));
  /** Rows of a block, and its columns that have amounts. */
  const within = async ({ top, bottom, left, right }: Range) => {
    const found = await rows.rowsFor(top, bottom - top + 1);
    return { found: found.filter((row) => row !== undefined), cols: layout.cols.slice(left, right + 1) };
  };

  const type = (row: GridRow, col: Col, text: string) => {
    if (!col.period || col.amount === null) return;
    const key = cellKey(row.unit, col.period.period);
    const amount = parseTyped(text);
    if (text.trim() === "" || amount === parseTyped(row.amounts[col.amount] ?? "")) edits.forget(key);
    else if (amount === null) edits.mark(new Map([[key, text]]), () => t("goals.grid.wrong"));
    else edits.run([{ kind: "set", unit: row.unit, period: col.period.period, amount, above }], new Map([[key, text]]));
  };

  const paste = async (range: Range, text: string) => {
    const block = parseTsv(text);
    const cols = layout.cols.slice(range.left).filter(({ amount }) => amount !== null);
    if (!editable || block.length === 0) return;
    if (layout.cols[range.left]?.amount === null) return toast.hint(t("goals.grid.pasteWhere"));
    const chosen = layout.cols.slice(range.left, range.right + 1).filter(({ amount }) => amount !== null).length;
    // One value goes into all of the chosen cells, as in a spreadsheet.
    const isOne = block.length === 1 && block[0]?.length === 1;
    const laid = isOne ? Array.from({ length: range.bottom - range.top + 1 }, () => Array.from({ length: chosen }, () => block[0]?.[0] ?? "")) : block;
    const found = await rows.rowsFor(range.top, laid.length);
    const pasted = pasteEdits(laid, found, cols, above);
    if (pasted.outside) return toast.failed(t("goals.grid.pasteOutside"));
    if (pasted.wrong.size > 0) {
      // Nothing half pasted: the others wait until these are mended.
      return edits.mark(pasted.texts, (key) => t(pasted.wrong.has(key) ? "goals.grid.wrong" : "goals.grid.waits"));
    }
    return pasted.cells.length > 0 ? edits.run(heldEdits(pasted.cells, above), pasted.texts) : undefined;
  };

  const lock = async (range: Range, to?: "lock" | "unlock") => {
    if (!editable) return;
    const { found, cols } = await within(range);
    const cells = found.flatMap((row) =>
      cols.flatMap(({ amount, period }) => (amount === null || !period ? [] : [{ unit: row.unit, period: period.period, own: row.locks[amount] === "own" }])),
    );
    if (cells.length === 0) return toast.hint(t("goals.grid.lockWhere"));
    const kind = to ?? (cells.every(({ own }) => own) ? "unlock" : "lock");
    const changed = cells.filter(({ own }) => own === (kind === "unlock")).map(({ unit, period }): GoalEdit => ({ kind, unit, period }));
    if (changed.length > 0) edits.run(changed);
    else if (kind === "unlock") toast.hint(t("goals.grid.noOwnLock"));
  };

  const copy = (range: Range, clipboard: DataTransfer) => {
    const here = Array.from({ length: range.bottom - range.top + 1 }, (_, place) => rows.rowAt(range.top + place));
    const cols = layout.cols.slice(range.left, range.right + 1);
    // The clipboard of a copy is open only now: rows that are not here yet would be missed without a word.
    if (here.some((row) => row === undefined)) {
      void within(range)
        .then(({ found }) => navigator.clipboard.writeText(copyTsv(found, cols)))
        .then(() => toast.done(t("common.copied")), () => toast.failed(t("common.copyFailed")));
      return;
    }
    clipboard.setData("text/plain", copyTsv(here.filter((row) => row !== undefined), cols));
    toast.done(t("common.copied"));
  };

  return {
    type,
    copy,
    paste: (range: Range, text: string) => void paste(range, text).catch(failed),
    lock: (range: Range, to?: "lock" | "unlock") => void lock(range, to).catch(failed),
  };
}
