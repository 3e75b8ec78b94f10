import { useQuery } from "@tanstack/react-query";
import type { MeasureKindShown } from "@/api";
import { measureKindsListOptions } from "@/api/@tanstack/react-query.gen";
import { currentLocale } from "@/lib/texts/locale";

/** The kinds of measures that this school has, its own among them; `offered` are those of the programme in force. */
export function useKinds() {
  const { data } = useQuery({ ...measureKindsListOptions(), staleTime: 60_000 });
  const kinds = data?.items ?? [];
  const byCode = new Map<string, MeasureKindShown>(kinds.map((kind) => [kind.code, kind]));
  const inWords = (one: { zh: string; en: string } | undefined, otherwise: string) =>
    one ? (currentLocale() === "en" ? one.en : one.zh) : otherwise;
  return {
    kinds,
    offered: kinds.filter((kind) => kind.is_offered),
    kindOf: (code: string | null | undefined) => (code ? byCode.get(code) : undefined),
    kindName: (code: string) => inWords(byCode.get(code), code),
    words: inWords,
  };
}
