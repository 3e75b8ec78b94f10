export type Locale = "zh-CN" | "en";

const key = "nuanyang.locale";
let locale: Locale = readLocale();

function readLocale(): Locale {
  try {
    return localStorage.getItem(key) === "en" ? "en" : "zh-CN";
  } catch {
    return "zh-CN";
  }
}

export function currentLocale(): Locale {
  return locale;
}

export function keepLocale(next: Locale): void {
  locale = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}
