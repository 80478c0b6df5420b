/** Ctrl+Z takes the last own action back, Ctrl+Shift+Z or Ctrl+Y does it again; fields keep their own undo. */
import { useEffect, useRef } from "react";

import { useTranslation } from "react-i18next";

import { useTakeBack } from "../components/history/useTakeBack";
import { useRights } from "../components/rights";
import { useToast } from "../components/useToast";

export function useUndoKeys(): void {
  const { t } = useTranslation();
  const takeBack = useTakeBack();
  // Whoever makes boards takes back what they did to them; the program refuses the rest, and says who may.
  const may = useRights()("undo_own");
  const toast = useToast();
  // A key that does nothing without a word looks broken.
  const refused = () => toast.hint(t("history.undo.noRight"));
  const keys = may ? takeBack : { last: refused, again: refused };
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.repeat || event.defaultPrevented) return;
      const key = event.key.toLowerCase();
      if ((key !== "z" && key !== "y") || isEdited(event.target)) return;
      event.preventDefault();
      // What it would take back lies behind the question that is asked.
      if (isAsked()) return;
      if (key === "y" || event.shiftKey) latest.current.again();
      else latest.current.last();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** Whether a dialog or a confirmation is open; a closed one stays in the page, hidden. */
function isAsked(): boolean {
  const open = [...document.querySelectorAll<HTMLElement>(".ant-modal-wrap, .ant-popconfirm")];
  return open.some((element) => element.style.display !== "none" && !element.classList.contains("ant-popover-hidden"));
}

/** Where text is typed the browser's own undo belongs to the text. */
function isEdited(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
