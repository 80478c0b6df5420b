/** Draws only the rows that are seen: a company of 5,000 people stays quick when all of it is opened. */
import { useLayoutEffect, useState } from "react";
import type { RefObject } from "react";

/** Rows drawn beyond each edge, so that scrolling shows no gap. */
const SPARE_ROWS = 10;
/** Before the box is measured (and where nothing is, as in tests): enough for any window. */
const UNMEASURED_PX = 1600;

export function useRowWindow(scroller: RefObject<HTMLElement | null>, count: number, rowPx: number) {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(UNMEASURED_PX);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setHeight(box.clientHeight || UNMEASURED_PX));
    observer.observe(box);
    return () => observer.disconnect();
  }, [scroller]);
  const first = Math.max(0, Math.floor(top / rowPx) - SPARE_ROWS);
  const last = Math.min(count, Math.ceil((top + height) / rowPx) + SPARE_ROWS);
  return {
    first,
    last,
    above: first * rowPx,
    below: Math.max(0, (count - last) * rowPx),
    onScroll: () => setTop(scroller.current?.scrollTop ?? 0),
    /** Scrolls as little as needed so that a row is seen below the header. */
    reveal: (index: number) => {
      const box = scroller.current;
      if (!box) return;
      const [from, to] = [index * rowPx, (index + 2) * rowPx];
      if (from < box.scrollTop) scrollTo(box, from);
      else if (to > box.scrollTop + box.clientHeight) scrollTo(box, to - box.clientHeight);
      setTop(box.scrollTop);
    },
  };
}

function scrollTo(box: HTMLElement, top: number): void {
  box.scrollTop = top;
}
