import { useLingui } from "@lingui/react/macro";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { ownerLabels } from "@/features/editions/parts/owner-labels";
import { useMe } from "@/lib/session/session-store";
import { gradeName, gradesOf } from "@/lib/texts/grade-name";
import { useClasses } from "./queries";

type Owner = keyof typeof ownerLabels;
interface Search {
  grade?: number;
  class?: string;
  owner?: Owner;
  mine?: boolean;
  waived?: boolean;
}

/** Whose gaps: of a class, a department, or of the cases that I lead. */
export function GapsFilters({ search, onChange }: { search: Search; onChange: (change: Partial<Search>) => void }) {
  const { t, i18n } = useLingui();
  const { school } = useMe();
  const classes = (useClasses().data?.items ?? []).filter(({ grade }) => !search.grade || grade === search.grade);
  const named = classes.find(({ id }) => id === search.class)?.name;
  const applied = [
    search.owner && { key: "owner", label: i18n._(ownerLabels[search.owner]), onRemove: () => onChange({ owner: undefined }) },
    search.grade && {
      key: "grade",
      label: gradeName(search.grade, i18n),
      onRemove: () => onChange({ grade: undefined, class: undefined }),
    },
    search.class && { key: "class", label: named ?? t`一个班级`, onRemove: () => onChange({ class: undefined }) },
    search.mine && { key: "mine", label: t`我负责的`, onRemove: () => onChange({ mine: undefined }) },
    search.waived && { key: "waived", label: t`含已暂缓`, onRemove: () => onChange({ waived: undefined }) },
  ].filter((one) => !!one);
  return (
    <FilterBar
      applied={applied}
      onClear={() => onChange({ owner: undefined, grade: undefined, class: undefined, mine: undefined, waived: undefined })}
    >
      <FilterMenu
        label={t`部门`}
        isSingle
        options={(["academic_affairs", "moral_education"] as const).map((value) => ({ value, label: i18n._(ownerLabels[value]) }))}
        value={search.owner ? [search.owner] : undefined}
        onChange={(value) => onChange({ owner: value?.[0] as Owner | undefined })}
      />
      <FilterMenu
        label={t`年级`}
        isSingle
        options={gradesOf(school).map((grade) => ({ value: String(grade), label: gradeName(grade, i18n) }))}
        value={search.grade ? [String(search.grade)] : undefined}
        onChange={(value) => onChange({ grade: value?.[0] ? Number(value[0]) : undefined, class: undefined })}
      />
      <FilterMenu
        label={t`班级`}
        isSingle
        options={classes.map(({ id, name }) => ({ value: id, label: name }))}
        value={search.class ? [search.class] : undefined}
        onChange={(value) => onChange({ class: value?.[0] })}
      />
      <FilterMenu
        label={t`范围`}
        options={[
          { value: "mine", label: t`我负责的` },
          { value: "waived", label: t`含已暂缓` },
        ]}
        value={[...(search.mine ? ["mine"] : []), ...(search.waived ? ["waived"] : [])]}
        onChange={(value) => onChange({ mine: value?.includes("mine") || undefined, waived: value?.includes("waived") || undefined })}
      />
    </FilterBar>
  );
}
