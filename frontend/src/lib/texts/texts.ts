import { i18n, type Messages } from "@lingui/core";
import { currentLocale, keepLocale, type Locale } from "./locale";

/** Every catalog is a chunk of its own, loaded together with the feature that shows it. */
const catalogs = import.meta.glob<{ messages: Messages }>(["/src/features/*/locales/*.po", "/src/app/locales/*.po"]);
const wanted = new Set<string>(["app"]);

function pathOf(name: string, locale: Locale): string {
  return name === "app" ? `/src/app/locales/${locale}.po` : `/src/features/${name}/locales/${locale}.po`;
}

async function load(name: string, locale: Locale): Promise<void> {
  const catalog = await catalogs[pathOf(name, locale)]?.();
  if (catalog) i18n.load(locale, catalog.messages);
}

/** Loads the texts of the named features in the language in use; called by `beforeLoad` of a feature's routes. */
export async function loadTexts(...names: string[]): Promise<void> {
  const missing = names.filter((name) => !wanted.has(name));
  if (missing.length === 0) return;
  await Promise.all(missing.map((name) => load(name, currentLocale())));
  for (const name of missing) wanted.add(name);
  i18n.activate(currentLocale());
}

export async function switchLocale(locale: Locale): Promise<void> {
  await Promise.all([...wanted].map((name) => load(name, locale)));
  keepLocale(locale);
  document.documentElement.lang = locale;
  i18n.activate(locale);
}
