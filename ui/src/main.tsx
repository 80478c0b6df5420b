/** Starts the window: backend, queries, router, words. */
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";

import { BackendProvider, type Backend } from "./backend/backend";
import { createQueryClient, followChanges } from "./backend/query";
import { App } from "./frame/App";
import { createI18n, systemLanguage } from "./i18n";
import "./styles.css";

async function chooseBackend(): Promise<Backend> {
  const { createTauriBackend, insideTauri } = await import("./backend/tauri");
  if (insideTauri()) return createTauriBackend();
  // A plain browser (development): a small company that lives in memory.
  const { createFake, fakeOptionsFromAddress } = await import("./backend/fake");
  const options = fakeOptionsFromAddress(window.location);
  // The router's hash history would take `?fake=…` for a part of its own search.
  window.history.replaceState(null, "", window.location.pathname + window.location.hash);
  return createFake(options);
}

async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no #root");
  const backend = await chooseBackend();
  const client = createQueryClient();
  // The window lives as long as the program, so nothing ever stops listening.
  followChanges(backend, client);
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={createI18n(systemLanguage())}>
        <QueryClientProvider client={client}>
          <BackendProvider value={backend}>
            <App />
          </BackendProvider>
        </QueryClientProvider>
      </I18nextProvider>
    </StrictMode>,
  );
}

if (import.meta.env.DEV) {
  // The program serves the font; the dev server lends it from node_modules (vite.config.ts).
  const font = new FontFace("Noto Sans SC", "url(/font.ttf)");
  document.fonts.add(font);
}
void start();
