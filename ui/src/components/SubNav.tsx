/** The pages of one area, as words beside each other. */
import { Link } from "@tanstack/react-router";
import type { LinkProps } from "@tanstack/react-router";

import "./area.css";

interface Item {
  to: NonNullable<LinkProps["to"]>;
  label: string;
  testId: string;
}

export function SubNav({ label, items }: { label: string; items: readonly Item[] }) {
  return (
    <nav className="sub-nav" aria-label={label}>
      {items.map(({ to, label: word, testId }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ "aria-current": "page" }}
          data-testid={testId}
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}
