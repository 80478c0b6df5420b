/** What jsdom lacks: media queries, sizes of boxes, scrolling. */
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);
// A whole window as text helps nobody; and a busy machine may take its time.
configure({ asyncUtilTimeout: 5_000, getElementError: (message) => new Error(message ?? "not found") });

Object.defineProperty(window, "matchMedia", {
  value: (query: string): Partial<MediaQueryList> => ({
    // Nothing moves in jsdom: what slides out would stay for ever.
    matches: query.includes("prefers-reduced-motion"),
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
  }),
});

globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

Element.prototype.scrollIntoView ??= () => {};
Element.prototype.scrollTo ??= () => {};
window.scrollTo = () => {};
