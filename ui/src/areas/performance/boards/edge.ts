/** Scrolling while something is held near the upper or lower edge of what scrolls. */

/** From here to the edge the page moves, the faster the nearer. */
const EDGE_PX = 56;
/** At the edge, for each frame of the screen: half a widget in half a second. */
const MOST_PX = 14;

/** Pixels for the next frame: upwards below zero, none away from the edges. `window` is the height that is seen. */
export function speedAt(y: number, { top, bottom }: Pick<DOMRect, "top" | "bottom">, window: number): number {
  const [first, last] = [Math.max(0, top), Math.min(window, bottom)];
  const near = (distance: number) => Math.round(MOST_PX * Math.min(1, Math.max(0, (EDGE_PX - distance) / EDGE_PX)));
  return near(last - y) - near(y - first);
}

/** What scrolls an element up and down. */
export function scrollerOf(element: HTMLElement | null): Element | null {
  for (let at = element?.parentElement ?? null; at; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if ((overflowY === "auto" || overflowY === "scroll") && at.scrollHeight > at.clientHeight) return at;
  }
  return document.scrollingElement;
}
