/**
 * How widgets lie on a board of twelve columns: moved, resized, added, taken away. Nothing ever overlaps or hangs over
 * an edge, and whatever has room above it moves up. Pure: the same for the pointer, the keys and the tests.
 */
import type { Place } from "../../../backend/generated";

export const COLUMNS = 12;
/** A board is read from above; what lies deeper is not found. */
export const MAX_ROWS = 200;

export interface Placed {
  id: string;
  place: Place;
}

export interface Size {
  w: number;
  h: number;
}

export type Direction = "left" | "right" | "up" | "down";

export const SMALLEST: Size = { w: 3, h: 2 };

/** The widget with its upper left corner as near to there as the board allows; others make room. */
export function movedTo<T extends Placed>(widgets: readonly T[], id: string, x: number, y: number): T[] {
  const own = widgets.find((one) => one.id === id)?.place;
  if (!own) return [...widgets];
  const target = { ...own, x: within(x, 0, COLUMNS - own.w), y: within(y, 0, MAX_ROWS) };
  return settled(aside(widgets, id, own, target), id, () => target);
}

/** What lies in the way sideways goes to where the widget came from, if there is room. */
function aside<T extends Placed>(widgets: readonly T[], id: string, own: Place, target: Place): T[] {
  if (target.x === own.x) return [...widgets];
  return widgets.map((one) => {
    if (one.id === id || !overlap(one.place, target)) return one;
    const place = { ...one.place, x: target.x > own.x ? own.x : own.x + own.w - one.place.w };
    const isFree = place.x >= 0 && place.x + place.w <= COLUMNS && !overlap(place, target);
    const others = widgets.filter((other) => other.id !== id && other.id !== one.id);
    return isFree && !others.some((other) => overlap(other.place, place)) ? { ...one, place } : one;
  });
}

/** The widget as wide and high as the board and its content allow; others make room. */
export function resizedTo<T extends Placed>(widgets: readonly T[], id: string, { w, h }: Size, smallest = SMALLEST): T[] {
  return settled(widgets, id, (place) => ({
    ...place,
    w: within(w, Math.min(smallest.w, COLUMNS - place.x), COLUMNS - place.x),
    h: within(h, smallest.h, MAX_ROWS),
  }));
}

/** One step with an arrow key. Sideways it changes places with what is in the way; up and down it passes it. */
export function stepped<T extends Placed>(widgets: readonly T[], id: string, direction: Direction): T[] {
  const own = widgets.find((one) => one.id === id)?.place;
  if (!own) return [...widgets];
  if (direction === "left" || direction === "right") return sideways(widgets, id, own, direction === "left" ? -1 : 1);
  const last = bottom(widgets);
  const steps = direction === "up" ? own.y : last - own.y;
  for (let step = 1; step <= steps; step += 1) {
    const next = movedTo(widgets, id, own.x, direction === "up" ? own.y - step : own.y + step);
    if (!isSame(next, widgets)) return next;
  }
  return [...widgets];
}

function sideways<T extends Placed>(widgets: readonly T[], id: string, own: Place, step: -1 | 1): T[] {
  const target = { ...own, x: own.x + step };
  if (target.x < 0 || target.x + own.w > COLUMNS) return [...widgets];
  const blocking = widgets.filter((one) => one.id !== id && overlap(one.place, target));
  const [other] = blocking;
  if (blocking.length !== 1 || !other) return movedTo(widgets, id, target.x, own.y);
  const [left, right] = step < 0 ? [other.place, own] : [own, other.place];
  // They change places from edge to edge.
  const changed = widgets.map((one): T => {
    if (one.id === id) return { ...one, place: { ...own, x: step < 0 ? left.x : right.x + right.w - own.w } };
    return one === other ? { ...one, place: { ...one.place, x: step < 0 ? right.x + right.w - one.place.w : left.x } } : one;
  });
  return settled(changed, id, (place) => place);
}

/** One more widget, in the first place from above that has room for it. */
export function added<T extends Placed>(widgets: readonly T[], widget: T): T[] {
  const { w, h } = widget.place;
  const last = bottom(widgets);
  for (let y = 0; y <= last; y += 1) {
    for (let x = 0; x + w <= COLUMNS; x += 1) {
      const place = { x, y, w, h };
      if (!widgets.some((one) => overlap(one.place, place))) return [...widgets, { ...widget, place }];
    }
  }
  return [...widgets, { ...widget, place: { x: 0, y: last, w, h } }];
}

/** Without a widget; what was under it moves up. */
export function without<T extends Placed>(widgets: readonly T[], id: string): T[] {
  return settled(
    widgets.filter((one) => one.id !== id),
    null,
    (place) => place,
  );
}

/** As people read: from above, then from the left. */
export function inReadingOrder<T extends Placed>(widgets: readonly T[]): T[] {
  return widgets.toSorted((a, b) => a.place.y - b.place.y || a.place.x - b.place.x);
}

/** The first row that nothing lies in. */
export function bottom(widgets: readonly Placed[]): number {
  return Math.max(0, ...widgets.map(({ place }) => place.y + place.h));
}

export function overlap(a: Place, b: Place): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** Changes one widget's place (it wins a tie), then lets all move up as far as they can, in their order from above. */
function settled<T extends Placed>(widgets: readonly T[], id: string | null, change: (place: Place) => Place): T[] {
  const placed = widgets.map((one) => (one.id === id ? { ...one, place: change(one.place) } : one));
  const order = placed.toSorted(
    (a, b) => a.place.y - b.place.y || Number(b.id === id) - Number(a.id === id) || a.place.x - b.place.x,
  );
  const done = new Map<string, Place>();
  for (const one of order) {
    const free = (y: number) => ![...done.values()].some((other) => overlap(other, { ...one.place, y }));
    let y = one.place.y;
    while (!free(y)) y += 1;
    while (y > 0 && free(y - 1)) y -= 1;
    done.set(one.id, { ...one.place, y });
  }
  return placed.map((one) => ({ ...one, place: done.get(one.id) ?? one.place }));
}

function isSame(a: readonly Placed[], b: readonly Placed[]): boolean {
  return a.every(({ place }, index) => {
    const other = b[index]?.place;
    return other && place.x === other.x && place.y === other.y && place.w === other.w && place.h === other.h;
  });
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, Math.round(value)));
}
