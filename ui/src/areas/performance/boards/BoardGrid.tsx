/** The widgets of a board on its twelve columns. While it is arranged each has a handle for the pointer and for the keys. */
import { Button } from "antd";
import { GripVertical, Pencil, Trash2 } from "lucide-react";
import { useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";

import type { Shows, Widget } from "../../../backend/generated";
import { COLUMNS, inReadingOrder, resizedTo, stepped, without, type Direction, type Size } from "./arrange";
import { useWidgetName, type Known } from "./names";
import { useGrip } from "./useGrip";
import type { OpenMark } from "../../../components/marks/useRecords";
import { WidgetView } from "./WidgetView";

const HALF = COLUMNS / 2;

/** Below these the content could not be read. */
const SMALLEST: Record<Shows["kind"], Size> = {
  tiles: { w: 4, h: 2 },
  chart: { w: 3, h: 4 },
  view: { w: 3, h: 4 },
  leaderboard: { w: 4, h: 4 },
  customers: { w: 3, h: 4 },
};

interface ViewProps {
  widgets: readonly Widget[];
  onOpen: OpenMark;
  onExport: () => void;
}

export function BoardGrid({ widgets, onOpen, onExport }: ViewProps) {
  return (
    <div className="board-grid" data-testid="board-grid">
      {inReadingOrder(widgets).map((widget) => (
        <div key={widget.id} className="widget" style={cells(widget)} data-testid={`widget-${widget.id}`}>
          <WidgetView shows={widget.shows} title={widget.title} onOpen={onOpen} onExport={onExport} />
        </div>
      ))}
    </div>
  );
}

interface ArrangeProps {
  widgets: readonly Widget[];
  known: Known;
  /** Nothing can be moved just now. */
  isStill: boolean;
  onChange: (widgets: Widget[]) => void;
  onEdit: (widget: Widget) => void;
}

const ARROWS: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

export function ArrangedGrid({ widgets, known, isStill, onChange, onEdit }: ArrangeProps) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const { shown, held, grip } = useGrip(grid, widgets, onChange);
  const [said, setSaid] = useState("");
  const nameOf = useWidgetName(known);
  const announce = (next: readonly Widget[], { id }: Widget) => {
    const now = next.find((one) => one.id === id);
    if (!now) return;
    const { x, y, w, h } = now.place;
    setSaid(t("performance.board.place", { name: nameOf(now), column: x + 1, row: y + 1, wide: w, high: h }));
  };
  const onKey = (widget: Widget) => (event: KeyboardEvent<HTMLElement>) => {
    const direction = ARROWS[event.key];
    if (event.key === "Delete") remove(widget);
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = event.shiftKey ? grown(widgets, widget, direction) : stepped(widgets, widget.id, direction);
    const { currentTarget } = event;
    flushSync(() => {
      onChange(next);
      announce(next, widget);
    });
    // What is moved stays in sight.
    currentTarget.scrollIntoView({ block: "nearest" });
  };
  const remove = (widget: Widget) => {
    const at = widgets.indexOf(widget);
    flushSync(() => {
      onChange(without(widgets, widget.id));
      setSaid(t("performance.board.removed", { name: nameOf(widget) }));
    });
    // Who goes by keys goes on at the next one.
    document.getElementById(`grip-${(widgets[at + 1] ?? widgets[at - 1])?.id}`)?.focus();
  };
  return (
    <>
      <p id="board-keys" className="quiet board-keys">
        {t("performance.board.keys")}
      </p>
      <div ref={grid} inert={isStill} className="board-grid board-arranged" data-testid="board-grid">
        {/* In their own order: one that moved keeps the focus. */}
        {shown.map((widget) => (
          <div
            key={widget.id}
            className={widget.id === held ? "widget widget-held" : "widget"}
            style={cells(widget)}
            data-testid={`widget-${widget.id}`}
          >
            <div className="widget-tools">
              <button
                type="button"
                id={`grip-${widget.id}`}
                className="widget-grip"
                aria-label={t("performance.board.move", { name: nameOf(widget) })}
                aria-describedby="board-keys"
                onKeyDown={onKey(widget)}
                data-testid={`grip-${widget.id}`}
                {...grip("move", widget, SMALLEST[widget.shows.kind])}
              >
                <GripVertical size={15} aria-hidden />
                <span>{nameOf(widget)}</span>
              </button>
              <Button
                type="text"
                size="small"
                icon={<Pencil size={14} aria-hidden />}
                aria-label={t("performance.board.edit", { name: nameOf(widget) })}
                onClick={() => onEdit(widget)}
                data-testid={`edit-${widget.id}`}
              />
              <Button
                type="text"
                size="small"
                icon={<Trash2 size={14} aria-hidden />}
                aria-label={t("performance.board.remove", { name: nameOf(widget) })}
                onClick={() => remove(widget)}
                data-testid={`remove-${widget.id}`}
              />
            </div>
            <div className="widget-body" inert>
              <WidgetView shows={widget.shows} title={widget.title} />
            </div>
            <span className="widget-corner" aria-hidden {...grip("resize", widget, SMALLEST[widget.shows.kind])} />
          </div>
        ))}
      </div>
      <p className="sr-only" role="status" aria-live="polite" data-testid="board-said">
        {said}
      </p>
    </>
  );
}

function grown(widgets: readonly Widget[], { id, place: { w, h }, shows }: Widget, direction: Direction): Widget[] {
  const wider = direction === "right" ? 1 : direction === "left" ? -1 : 0;
  const higher = direction === "down" ? 1 : direction === "up" ? -1 : 0;
  return resizedTo(widgets, id, { w: w + wider, h: h + higher }, SMALLEST[shows.kind]);
}

/** A small window has room for two beside each other, whatever their columns (performance.css). */
function cells({ place: { x, y, w, h } }: Widget) {
  const small = { "--half": w <= HALF ? HALF : COLUMNS, "--high": h };
  return { gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}`, ...small } as CSSProperties;
}
