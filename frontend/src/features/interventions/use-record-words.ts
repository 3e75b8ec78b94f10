import { useLingui } from "@lingui/react/macro";
import type { Fact } from "@/components/facts";
import { formatDay } from "@/lib/texts/format";
import { attendanceLabels } from "./parts/labels";
import { useKinds } from "./parts/use-kinds";

/** Words for the fields of a record and of its kind's form. */
export function useRecordWords(kindCode: string) {
  const { t, i18n } = useLingui();
  const { kindOf, kindName, words } = useKinds();
  const kind = kindOf(kindCode);
  const fieldLabels: Record<string, string> = {
    held_on: t`日期`,
    minutes: t`时长（分钟）`,
    attendance: t`出席`,
    place: t`地点`,
    with_whom: t`参加人员`,
    doer_name: t`实施人`,
    doer_staff_id: t`实施人`,
    doer_staff_name: t`实施人`,
    went: t`情况记录`,
    follow_up: t`后续安排`,
    plan_measure_id: t`对应措施`,
    started_at: t`开始时间`,
    form: t`表格内容`,
  };
  const formValue = (name: string, value: unknown): string => {
    if (value === null || value === undefined || value === "") return "—";
    const field = kind?.fields.find((one) => one.name === name);
    if (typeof value === "boolean") return value ? t`是` : t`否`;
    const choice = field?.choices.find((one) => one.value === value);
    if (choice) return words(choice, String(value));
    return field?.type === "date" ? formatDay(String(value)) : String(value);
  };
  const formFacts = (form: Record<string, unknown>): Fact[] =>
    (kind?.fields ?? []).map((field) => ({
      label: words(field, field.name),
      value: formValue(field.name, form[field.name]),
      isSensitive: true,
    }));
  const shown = (name: string, value: unknown): string => {
    if (name === "form")
      return Object.entries((value ?? {}) as Record<string, unknown>)
        .map(
          ([key, one]) =>
            `${words(
              kind?.fields.find((field) => field.name === key),
              key,
            )}：${formValue(key, one)}`,
        )
        .join("；");
    if (value === null || value === undefined || value === "") return "—";
    if (name === "held_on") return formatDay(String(value));
    const attendance = attendanceLabels[String(value) as keyof typeof attendanceLabels];
    return name === "attendance" && attendance ? i18n._(attendance) : String(value);
  };
  return { kind, kindName: kindName(kindCode), formFacts, fieldLabels, shown };
}
