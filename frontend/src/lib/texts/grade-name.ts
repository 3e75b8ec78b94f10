import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

const names: MessageDescriptor[] = [
  msg`一年级`,
  msg`二年级`,
  msg`三年级`,
  msg`四年级`,
  msg`五年级`,
  msg`六年级`,
  msg`七年级`,
  msg`八年级`,
  msg`九年级`,
  msg`高一`,
  msg`高二`,
  msg`高三`,
];

/** Grades count 1–12 through all stages. */
export function gradeName(grade: number, i18n: I18n): string {
  const name = names[grade - 1];
  return name ? i18n._(name) : String(grade);
}

export function gradesOf({ first_grade, last_grade }: { first_grade: number; last_grade: number }): number[] {
  return Array.from({ length: last_grade - first_grade + 1 }, (_, index) => first_grade + index);
}
