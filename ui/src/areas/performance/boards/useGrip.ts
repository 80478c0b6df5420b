/** A widget at the pointer: while it is down the board shows where it would lie; letting go leaves it there, Escape does not. Near an edge the page scrolls. */
import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";

import type { Widget } from "../../../backend/generated";
import { bottom, COLUMNS, movedTo, resizedTo, type Size } from "./arrange";
import { scrollerOf, speedAt } from "./edge";

interface Grip {
  id: string;
  kind: "move" | "resize";
  /** From the pointer to the widget's corner, in cells. */
  offset: { x: number; y: number };
  smallest: Size;
}

type Place = Pick<PointerEvent, "clientX" | "clientY">;

export function useGrip(grid: RefObject<HTMLElement | null>, widgets: readonly Widget[], onChange: (widgets: Widget[]) => void) {
  const [preview, setPreview] = useState<{ id: string; widgets: Widget[] } | null>(null);
  const held = useRef<Grip | null>(null);
  const pointer = useRef({ clientX: 0, clientY: 0 });
  const frame = useRef(0);

  const cellAt = ({ clientX, clientY }: Place) => {
    const box = grid.current?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    const rows = Math.max(1, bottom(preview?.widgets ?? widgets));
    return { x: ((clientX - box.left) / box.width) * COLUMNS, y: ((clientY - box.top) / box.height) * rows };
  };
  const start = (kind: Grip["kind"], widget: Widget, smallest: Size) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const { x, y, w, h } = widget.place;
    const at = cellAt(event);
    const corner = kind === "move" ? { x, y } : { x: x + w, y: y + h };
    held.current = { id: widget.id, kind, offset: { x: corner.x - at.x, y: corner.y - at.y }, smallest };
    event.currentTarget.setPointerCapture?.(event.pointerId);
  };
  const follow = (place: Place) => {
    const grip = held.current;
    const own = widgets.find(({ id }) => id === grip?.id);
    if (!grip || !own) return;
    const at = cellAt(place);
    const corner = { x: at.x + grip.offset.x, y: at.y + grip.offset.y };
    const { x, y } = own.place;
    const next =
      grip.kind === "move"
        ? movedTo(widgets, grip.id, corner.x, corner.y)
        : resizedTo(widgets, grip.id, { w: corner.x - x, h: corner.y - y }, grip.smallest);
    setPreview({ id: grip.id, widgets: next });
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    if (!held.current) return;
    pointer.current = { clientX: event.clientX, clientY: event.clientY };
    follow(pointer.current);
    if (frame.current === 0) frame.current = requestAnimationFrame(scroll);
  };
  // The board moves under a pointer that rests: what is held follows it.
  const latest = useRef(follow);
  useEffect(() => {
    latest.current = follow;
  });
  const scroll = () => {
    frame.current = 0;
    const scroller = scrollerOf(grid.current);
    if (!held.current || !scroller) return;
    const speed = speedAt(pointer.current.clientY, scroller.getBoundingClientRect(), window.innerHeight);
    const before = scroller.scrollTop;
    scroller.scrollTop += speed;
    if (scroller.scrollTop === before) return;
    latest.current(pointer.current);
    frame.current = requestAnimationFrame(scroll);
  };
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
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
