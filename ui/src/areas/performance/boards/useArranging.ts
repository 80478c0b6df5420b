/** A board while it is arranged: each step can be taken back, and nothing is kept before it is saved. */
import { useRef } from "react";

import type { Board, BoardInfo, Widget } from "../../../backend/generated";
import { useDraft } from "../../../components/useDraft";

/** Older steps are forgotten. */
const MAX_STEPS = 200;

export interface ArrangedBoard {
  /** The board that it was when arranging began; it may be gone by now. */
  of: BoardInfo;
  /** What is saved: that board, or a new one. */
  target: "same" | "new";
  start: readonly Widget[];
  widgets: readonly Widget[];
  past: readonly (readonly Widget[])[];
  future: readonly (readonly Widget[])[];
}

export interface Arranging {
  draft: ArrangedBoard | null;
  isChanged: boolean;
  begin: (board: Board, target: ArrangedBoard["target"], widgets?: readonly Widget[]) => void;
  change: (widgets: readonly Widget[]) => void;
  undo: () => void;
  redo: () => void;
  end: () => void;
  /** Whether something would be lost now; also true between an `end` and the next drawing. */
  losesNow: () => boolean;
}

/**
 * Whether the draft is what is shown in place of this board. Whatever leads to another board asks first, so a changed
 * draft of another one is of a board that was removed meanwhile: its work is not hidden.
 */
export function isArranged({ draft, isChanged }: Arranging, { info }: Board): boolean {
  return draft !== null && (draft.of.id === info.id || isChanged);
}

/** The draft outlives the page while the window is locked (see `useDraft`). */
export function useArranging(): Arranging {
  const [draft, keep] = useDraft<ArrangedBoard>("board");
  const latest = useRef(draft);
  const set = (next: ArrangedBoard | null) => {
    latest.current = next;
    keep(next);
  };
  const change = (widgets: readonly Widget[]) => {
    const now = latest.current;
    if (!now || isSame(widgets, now.widgets)) return;
    set({ ...now, widgets, past: [...now.past, now.widgets].slice(-MAX_STEPS), future: [] });
  };
  const undo = () => {
    const now = latest.current;
    const before = now?.past.at(-1);
    if (now && before) set({ ...now, widgets: before, past: now.past.slice(0, -1), future: [now.widgets, ...now.future] });
  };
  const redo = () => {
    const now = latest.current;
    const [after, ...rest] = now?.future ?? [];
    if (now && after) set({ ...now, widgets: after, past: [...now.past, now.widgets], future: rest });
  };
  return {
    draft,
    isChanged: changed(draft),
    begin: (board, target, widgets = board.widgets) =>
      set({ of: board.info, target, start: widgets, widgets, past: [], future: [] }),
    change,
    undo,
    redo,
    end: () => set(null),
    losesNow: () => changed(latest.current),
  };
}

function changed(draft: ArrangedBoard | null): boolean {
  return draft !== null && !isSame(draft.widgets, draft.start);
}

function isSame(a: readonly Widget[], b: readonly Widget[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Free on this board; the program only asks that no two are the same. */
export function newId(widgets: readonly Widget[]): string {
  const taken = new Set(widgets.map(({ id }) => id));
  let next = widgets.length + 1;
  while (taken.has(`w${next}`)) next += 1;
  return `w${next}`;
}
