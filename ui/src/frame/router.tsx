/** Addresses: one route an area and page. The state of a page lives in its search parameters. */
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
  type RouterHistory,
} from "@tanstack/react-router";

import { Crash, NotFound } from "./Fallbacks";
import { Layout } from "./Layout";

/** Search parameters are plain texts (`period=2017` stays "2017"). Each page reads the ones it knows. */
export interface Search {
  unit?: string;
  period?: string;
  [key: string]: string | undefined;
}

function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (typeof value === "string" && value !== "") params.set(key, value);
  }
  const text = params.toString();
  return text && `?${text}`;
}

const root = createRootRoute({
  component: Layout,
  notFoundComponent: NotFound,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
  // Unit and period go along from area to area, and so does the figure of goals.
  search: { middlewares: [retainSearchParams(["unit", "period", "figure"])] },
});

const page = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component });

const routes = root.addChildren([
  page("/", lazyRouteComponent(() => import("../areas/home/page"))),
  page("/goals", lazyRouteComponent(() => import("../areas/goals/page"))),
  page("/goals/progress", lazyRouteComponent(() => import("../areas/goals/progress/page"))),
  page("/goals/round", lazyRouteComponent(() => import("../areas/goals/round/page"))),
  page("/goals/scorecards", lazyRouteComponent(() => import("../areas/goals/scorecards/page"))),
  page("/performance", lazyRouteComponent(() => import("../areas/performance/page"))),
  page("/performance/explorer", lazyRouteComponent(() => import("../areas/performance/explorer/page"))),
  page("/performance/forecast", lazyRouteComponent(() => import("../areas/performance/forecast/page"))),
  page("/performance/metrics", lazyRouteComponent(() => import("../areas/performance/metrics/page"))),
  page("/bonus", lazyRouteComponent(() => import("../areas/bonus/page"))),
  page("/bonus/payroll", lazyRouteComponent(() => import("../areas/bonus/payroll/page"))),
  page("/bonus/adjustments", lazyRouteComponent(() => import("../areas/bonus/adjustments/page"))),
  page("/bonus/cycles", lazyRouteComponent(() => import("../areas/bonus/cycles/page"))),
  page("/bonus/plan", lazyRouteComponent(() => import("../areas/bonus/plan/page"))),
  page("/bonus/people", lazyRouteComponent(() => import("../areas/bonus/people/page"))),
  page("/bonus/objectives", lazyRouteComponent(() => import("../areas/bonus/objectives/page"))),
  page("/bonus/earnings", lazyRouteComponent(() => import("../areas/bonus/earnings/page"))),
  page("/bonus/what-if", lazyRouteComponent(() => import("../areas/bonus/whatif/page"))),
  page("/data", lazyRouteComponent(() => import("../areas/data/page"))),
  page("/data/duplicates", lazyRouteComponent(() => import("../areas/data/duplicates/page"))),
  page("/data/mappings", lazyRouteComponent(() => import("../areas/data/mappings/page"))),
  page("/data/sources", lazyRouteComponent(() => import("../areas/data/sources/page"))),
  page("/data/watching", lazyRouteComponent(() => import("../areas/data/watching/page"))),
  page("/data/changes", lazyRouteComponent(() => import("../areas/data/changes/page"))),
  page("/data/audit", lazyRouteComponent(() => import("../areas/data/audit/page"))),
  page("/data/import", lazyRouteComponent(() => import("../areas/data/import/page"))),
  page("/settings", lazyRouteComponent(() => import("../areas/settings/page"))),
]);

export function createAppRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({
    routeTree: routes,
    history,
    parseSearch,
    stringifySearch,
    defaultErrorComponent: Crash,
    defaultPreload: "intent",
    scrollRestoration: false,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
