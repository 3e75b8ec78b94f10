import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

/** One catalog a feature, so that two people never edit the same file; TEXTS=students,app limits a run to those named. */
const only = process.env.TEXTS?.split(",");
const featureCatalog = (name: string) => ({ path: `src/features/${name}/locales/{locale}`, include: [`src/features/${name}`] });
/** The menu shows a feature's name before the feature is loaded: the texts of every `routes.tsx` belong to the frame. */
const menuTexts = "src/features/*/routes.tsx";
const appCatalog = { path: "src/app/locales/{locale}", include: ["src/app", "src/components", "src/lib", menuTexts] };
const catalogs = only ? only.map((name) => (name === "app" ? appCatalog : featureCatalog(name))) : [featureCatalog("{name}"), appCatalog];

export default defineConfig({
  sourceLocale: "zh-CN",
  locales: ["zh-CN", "en"],
  catalogs: catalogs.map((catalog) => ({
    ...catalog,
    exclude: ["**/*.test.*", "**/*.gen.ts", ...(catalog === appCatalog ? [] : [menuTexts])],
  })),
  format: formatter({ origins: false, lineNumbers: false }),
  orderBy: "message",
});
