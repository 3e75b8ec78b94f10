import { i18n } from "@lingui/core";
import { useSyncExternalStore } from "react";
import { currentLocale, type Locale } from "@/lib/texts/locale";

export function useLocale(): Locale {
  return useSyncExternalStore((listener) => i18n.on("change", listener), currentLocale);
}
