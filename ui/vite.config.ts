/** Build, dev server and tests of the UI. */
import { createReadStream } from "node:fs";
import { createRequire } from "node:module";

import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** In the window the program serves the font (yeji://localhost/font.ttf); the dev server lends it from node_modules. */
function devFont(): Plugin {
  const font = "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf";
  return {
    name: "yeji-dev-font",
    apply: "serve",
    configureServer: (server) => {
      server.middlewares.use("/font.ttf", (_, response) => {
        response.setHeader("Content-Type", "font/ttf");
        createReadStream(createRequire(import.meta.url).resolve(font)).pipe(response);
      });
    },
  };
}

export default defineConfig({
  plugins: [react(), devFont()],
  // Tauri serves the files from its own origin; relative addresses also work from a folder.
  base: "./",
  server: { port: 5173, strictPort: true },
  build: {
    target: ["es2022", "chrome111", "safari16.4"],
    // The strict CSP has no `data:` for scripts or styles, and small files gain nothing on a local disk.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2500,
    // Vite's preload helper would fetch modules again for no gain on a local disk.
    modulePreload: false,
    // The font comes from the program (yeji://localhost/font.ttf), never from here.
    rolldownOptions: { external: [/^@expo-google-fonts\//] },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    testTimeout: 20_000,
    // By itself vitest leaves one core free: on two that is half of the machine.
    maxWorkers: "100%",
    css: false,
  },
});
