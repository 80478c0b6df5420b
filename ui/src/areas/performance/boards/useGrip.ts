/** A widget at the pointer: while it is down the board shows where it would lie; letting go leaves it there, Escape does not. */
import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";

import type { Widget } from "../../../backend/generated";
import { bottom, COLUMNS, movedTo, resizedTo, type Size } from "./arrange";

interface Grip {
  id: string;
  kind: "move" | "resize";
  /** From the pointer to the widget's corner, in cells. */
  offset: { x: number; y: number };
  smallest: Size;
}

export function useGrip(grid: RefObject<HTMLElement | null>, widgets: readonly Widget[], onChange: (widgets: Widget[]) => void) {
  const [preview, setPreview] = useState<{ id: string; widgets: Widget[] } | null>(null);
  const held = useRef<Grip | null>(null);

  const cellAt = (event: PointerEvent) => {
    const box = grid.current?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    const rows = Math.max(1, bottom(preview?.widgets ?? widgets));
    return { x: ((event.clientX - box.left) / box.width) * COLUMNS, y: ((event.clientY - box.top) / box.height) * rows };
  };
  const start = (kind: Grip["kind"], widget: Widget, smallest: Size) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const { x, y, w, h } = widget.place;
    const at = cellAt(event);
    const corner = kind === "move" ? { x, y } : { x: x + w, y: y + h };
    held.current = { id: widget.id, kind, offset: { x: corner.x - at.x, y: corner.y - at.y }, smallest };
    event.currentTarget.setPointerCapture?.(event.pointerId);
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const grip = held.current;
    const own = widgets.find(({ id }) => id === grip?.id);
    if (!grip || !own) return;
    const at = cellAt(event);
    const corner = { x: at.x + grip.offset.x, y: at.y + grip.offset.y };
    const { x, y } = own.place;
    const next =
      grip.kind === "move"
        ? movedTo(widgets, grip.id, corner.x, corner.y)
        : resizedTo(widgets, grip.id, { w: corner.x - x, h: corner.y - y }, grip.smallest);
    setPreview({ id: grip.id, widgets: next });
  };
  const drop = () => {
    held.current = null;
    if (preview) onChange(preview.widgets);
    setPreview(null);
  };
  const giveUp = () => {
    held.current = null;
    setPreview(null);
  };

  const isHeld = preview !== null;
  useEffect(() => {
    if (!isHeld) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      held.current = null;
      setPreview(null);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isHeld]);

  return {
    shown: preview?.widgets ?? widgets,
    held: preview?.id ?? null,
    /** Spread into what is taken hold of. */
    grip: (kind: Grip["kind"], widget: Widget, smallest: Size) => ({
      onPointerDown: start(kind, widget, smallest),
      onPointerMove: move,
      onPointerUp: drop,
      onPointerCancel: giveUp,
    }),
  };
}
