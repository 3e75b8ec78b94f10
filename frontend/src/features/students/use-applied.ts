import { useLingui } from "@lingui/react/macro";
import type { AppliedFilter } from "@/components/filter/filter-bar";
import { categoryLabels, levelLabels, stateLabels } from "@/features/recognitions/parts/labels";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { gradeName } from "@/lib/texts/grade-name";
import { sexLabels, statusLabels } from "./labels";
import { useClasses } from "./queries";
import { type StudentSearch, useStudentSearch } from "./search";

type Several = Exclude<keyof StudentSearch, "q" | "sort">;

/** What the list is narrowed to, each value removable by itself. */
export function useApplied(): AppliedFilter[] {
  const { t, i18n } = useLingui();
  const search = useStudentSearch();
  const setSearch = useSetSearch<StudentSearch>();
  const classes = useClasses().data?.items ?? [];
  const names: Record<Several, (value: string) => string> = {
    grade: (value) => gradeName(Number(value), i18n),
    class_id: (value) => classes.find((one) => one.id === value)?.name ?? t`班级`,
    category: (value) => i18n._(categoryLabels[value as keyof typeof categoryLabels]),
    support_level: (value) => i18n._(levelLabels[value as keyof typeof levelLabels]),
    case_state: (value) => i18n._(stateLabels[value] ?? { id: value }),
    sex: (value) => i18n._(sexLabels[value] ?? { id: value }),
    status: (value) => i18n._(statusLabels[value]?.label ?? { id: value }),
  };
  const chips = (Object.keys(names) as Several[]).flatMap((key) =>
    (search[key] ?? []).map((value) => ({
      key: `${key}:${value}`,
      label: names[key](value),
      onRemove: () => {
        const rest = (search[key] as string[]).filter((one) => one !== value);
        setSearch({ [key]: rest.length > 0 ? rest : undefined } as Partial<StudentSearch>);
      },
    })),
  );
  const typed = search.q ? [{ key: "q", label: t`搜索：${search.q}`, onRemove: () => setSearch({ q: undefined }) }] : [];
  return [...typed, ...chips];
}
