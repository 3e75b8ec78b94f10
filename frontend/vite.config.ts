import { fileURLToPath } from "node:url";
import { lingui } from "@lingui/vite-plugin";
import localesPlugin from "@react-aria/optimize-locales-plugin";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { boot } from "./scripts/boot.mjs";
import { compressed } from "./scripts/compressed.mjs";
import { chunkGroups } from "./scripts/layers.mjs";

const root = fileURLToPath(new URL(".", import.meta.url));
const api = process.env.NUANYANG_API ?? "http://127.0.0.1:8000";

/** The first of the two runs of a build: it only shows what each page loads. */
const isLook = (mode: string) => mode === "look";

export default defineConfig(async ({ command, mode }) => ({
  plugins: [
    { ...localesPlugin.vite({ locales: ["zh-CN", "en-US"] }), enforce: "pre" as const },
    // A missing English sentence fails the build; while developing the Chinese one stands in.
    lingui({ macroTransform: true, failOnMissing: command === "build" && mode !== "draft", failOnCompileError: true }),
    react(),
    tailwindcss(),
    ...(isLook(mode) ? [] : [boot(root), compressed()]),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    port: 5173,
    proxy: Object.fromEntries(["/api", "/ims", "/.well-known", "/healthz"].map((path) => [path, { target: api }])),
  },
  // Chrome 111 (March 2023) is the oldest browser Tailwind 4 draws correctly; docs/frontend.md says so.
  build: {
    manifest: true,
    target: ["chrome111", "safari16.4", "firefox115"],
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
    rolldownOptions: command === "build" && !isLook(mode) ? { output: { codeSplitting: { groups: await chunkGroups(root) } } } : {},
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./vitest.setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"],
    restoreMocks: true,
    // A machine under load is slow, not wrong.
    testTimeout: 30_000,
    maxWorkers: 2,
  },
}));
