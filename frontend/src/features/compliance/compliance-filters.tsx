import { useLingui } from "@lingui/react/macro";
import { FilterBar } from "@/components/filter/filter-bar";
import { FilterMenu } from "@/components/filter/filter-menu";
import { ownerLabels } from "@/features/editions/parts/owner-labels";
import { useMe } from "@/lib/session/session-store";
import { gradeName, gradesOf } from "@/lib/texts/grade-name";
import { useClasses } from "./queries";
import type { Asked } from "./spans";

type Owner = keyof typeof ownerLabels;
type Search = Asked & { owner?: Owner; view?: "table" | "map" };

/** Which days, whose clauses and which classes. */
export function ComplianceFilters({ search, onChange }: { search: Search; onChange: (change: Partial<Search>) => void }) {
  const { t, i18n } = useLingui();
  const { school } = useMe();
  const classes = (useClasses().data?.items ?? []).filter(({ grade }) => !search.grade || grade === search.grade);
  const spans = { term: t`本学期`, year: t`本年度` };
  const named = classes.find(({ id }) => id === search.class)?.name;
  const applied = [
    search.span === "year" && { key: "span", label: spans.year, onRemove: () => onChange({ span: undefined, on: undefined }) },
    search.owner && { key: "owner", label: i18n._(ownerLabels[search.owner]), onRemove: () => onChange({ owner: undefined }) },
    search.grade && {
      key: "grade",
      label: gradeName(search.grade, i18n),
      onRemove: () => onChange({ grade: undefined, class: undefined }),
    },
    search.class && { key: "class", label: named ?? t`一个班级`, onRemove: () => onChange({ class: undefined }) },
  ].filter((one) => !!one);
  return (
    <FilterBar
      applied={applied}
      onClear={() => onChange({ span: undefined, on: undefined, owner: undefined, grade: undefined, class: undefined })}
    >
      <FilterMenu
        label={t`时间`}
        isSingle
        options={(["term", "year"] as const).map((value) => ({ value, label: spans[value] }))}
        value={search.span ? [search.span] : undefined}
        onChange={(value) => onChange({ span: value?.[0] as Search["span"], on: undefined })}
      />
      <FilterMenu
        label={t`牵头部门`}
        isSingle
        options={Object.entries(ownerLabels).map(([value, label]) => ({ value, label: i18n._(label) }))}
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
    </FilterBar>
  );
}
