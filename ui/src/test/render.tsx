/** Draws parts with everything they stand in: words, queries, a fake backend, router. */
import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { App as AntdApp } from "antd";
import type { ReactNode } from "react";
import { I18nextProvider } from "react-i18next";

import { BackendProvider } from "../backend/backend";
import { createFake, type Fake, type FakeOptions } from "../backend/fake";
import { createQueryClient, followChanges } from "../backend/query";
import { App } from "../frame/App";
import { createAppRouter } from "../frame/router";
import { createI18n, type Language } from "../i18n";

interface Options extends FakeOptions {
  address?: string;
}

function providers(fake: Fake, language: Language, children: ReactNode, client = createQueryClient()) {
  followChanges(fake, client);
  return (
    <I18nextProvider i18n={createI18n(language)}>
      <QueryClientProvider client={client}>
        <BackendProvider value={fake}>{children}</BackendProvider>
      </QueryClientProvider>
    </I18nextProvider>
  );
}

/** The whole window at an address. */
export function renderApp({ address = "/", ...options }: Options = {}) {
  const fake = createFake({ language: "zh-CN", theme: "light", ...options });
  const router = createAppRouter(createMemoryHistory({ initialEntries: [address] }));
  const client = createQueryClient();
  return { fake, router, client, ...render(providers(fake, "zh-CN", <App router={router} />, client)) };
}

/** One part alone, at the address "/". */
export function renderPart(part: ReactNode, language: Language = "zh-CN", options: FakeOptions = {}) {
  const fake = createFake(options);
  const root = createRootRoute();
  const home = createRoute({ getParentRoute: () => root, path: "/", component: () => <AntdApp>{part}</AntdApp> });
  const router = createRouter({
    routeTree: root.addChildren([home]),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  // The part's router is not the registered one, which the type of RouterProvider expects.
  return { fake, ...render(providers(fake, language, <RouterProvider router={router as never} />)) };
}
