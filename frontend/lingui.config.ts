import { readdirSync } from "node:fs";
import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

/** One catalog a feature, so that two people never edit the same file; TEXTS=students limits a run to one of them. */
const only = process.env.TEXTS?.split(",");
const features = readdirSync("src/features", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const catalogs = [
  ...features.map((name) => ({ name, path: `src/features/${name}/locales/{locale}`, include: [`src/features/${name}`] })),
  { name: "app", path: "src/app/locales/{locale}", include: ["src/app", "src/components", "src/lib"] },
];

export default defineConfig({
  sourceLocale: "zh-CN",
  locales: ["zh-CN", "en"],
  catalogs: catalogs
    .filter((catalog) => !only || only.includes(catalog.name))
    .map(({ path, include }) => ({ path, include, exclude: ["**/*.test.*", "**/*.gen.ts"] })),
  format: formatter({ origins: false, lineNumbers: false }),
  orderBy: "message",
});
