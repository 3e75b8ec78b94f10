import { useLingui } from "@lingui/react/macro";
import { FilterMenu } from "@/components/filter/filter-menu";
import { SearchBox } from "@/components/filter/search-box";
import { categoryLabels, levelLabels, stateLabels } from "@/features/recognitions/parts/labels";
import { useSeenCategories } from "@/features/recognitions/parts/use-seen-categories";
import { useSetSearch } from "@/lib/routing/use-search-state";
import { useMe } from "@/lib/session/session-store";
import { gradeName, gradesOf } from "@/lib/texts/grade-name";
import { sexLabels, statusLabels } from "./labels";
import { useClasses } from "./queries";
import { type StudentSearch, useStudentSearch } from "./search";

/** Everything the list can be asked for, always in sight; those about support only for whoever may see it. */
export function StudentsFilters() {
  const { t, i18n } = useLingui();
  const me = useMe();
  const search = useStudentSearch();
  const setSearch = useSetSearch<StudentSearch>();
  const classes = useClasses().data?.items ?? [];
  const seen = useSeenCategories();
  const chosenGrades = search.grade?.map(Number);
  const set = (key: keyof StudentSearch) => (value: string[] | undefined) => setSearch({ [key]: value } as Partial<StudentSearch>);
  const own = new Set(classes.map((one) => one.grade));
  const grades = gradesOf(me.school).filter((grade) => own.size === 0 || own.has(grade));

  return (
    <>
      <SearchBox label={t`搜索学生`} placeholder={t`姓名、拼音、首字母或学号`} value={search.q} onChange={(q) => setSearch({ q })} />
      <FilterMenu
        label={t`年级`}
        options={grades.map((grade) => ({ value: String(grade), label: gradeName(grade, i18n) }))}
        value={search.grade}
        onChange={set("grade")}
      />
      <FilterMenu
        label={t`班级`}
        options={classes
          .filter((one) => !chosenGrades || chosenGrades.includes(one.grade))
          .map((one) => ({ value: one.id, label: one.name, note: one.homeroom_teacher ?? undefined }))}
        value={search.class_id}
        onChange={set("class_id")}
      />
      {seen.length > 0 && (
        <>
          <FilterMenu
            label={t`类别`}
            options={seen.map((value) => ({ value, label: i18n._(categoryLabels[value]) }))}
            value={search.category}
            onChange={set("category")}
          />
          <FilterMenu
            label={t`等级`}
            options={(["key", "general"] as const).map((value) => ({ value, label: i18n._(levelLabels[value]) }))}
            value={search.support_level}
            onChange={set("support_level")}
          />
          <FilterMenu
            label={t`认定环节`}
            options={Object.entries(stateLabels).map(([value, label]) => ({ value, label: i18n._(label) }))}
            value={search.case_state}
            onChange={set("case_state")}
          />
        </>
      )}
      <FilterMenu
        label={t`性别`}
        options={Object.entries(sexLabels).map(([value, label]) => ({ value, label: i18n._(label) }))}
        value={search.sex}
        onChange={set("sex")}
      />
      <FilterMenu
        label={t`在校状态`}
        options={Object.entries(statusLabels).map(([value, { label }]) => ({ value, label: i18n._(label) }))}
        value={search.status}
        onChange={set("status")}
      />
    </>
  );
}
