/** What jsdom lacks. */
import "@testing-library/jest-dom/vitest";
