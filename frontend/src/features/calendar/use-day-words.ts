import { useLingui } from "@lingui/react/macro";
import type { SchoolDay } from "@/api";

/** A day in words: the mark in its corner, and the whole sentence that screen readers and the dialog say. */
export function useDayWords() {
  const { t } = useLingui();
  const mark = (one: SchoolDay): string => {
    if (one.why === "told") return t`调`;
    if (one.why === "made_up") return t`班`;
    if (one.why === "festival" || one.why === "closed") return t`休`;
    return one.is_exam_week && one.is_school_day ? t`考` : "";
  };
  const why = (one: SchoolDay): string => {
    const name = one.name ?? "";
    if (one.why === "told") return one.is_school_day ? t`学校安排上课：${name}` : t`学校安排不上课：${name}`;
    if (one.why === "made_up") return t`${name}调休上班`;
    if (one.why === "festival") return t`${name}放假`;
    if (one.why === "closed") return name;
    if (one.why === "vacation") return t`不在学期内`;
    return one.why === "weekend" ? t`周末` : t`工作日`;
  };
  const sentence = (one: SchoolDay): string => {
    const parts = [one.is_school_day ? t`上课` : t`不上课`, why(one)];
    if (one.teaching_week !== null) parts.push(t`第${one.teaching_week}周`);
    if (one.is_exam_week) parts.push(t`考试周`);
    return parts.join("，");
  };
  return { mark, why, sentence };
}
