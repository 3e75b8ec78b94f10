import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

export type ExamKind = "midterm" | "final" | "monthly" | "unit" | "level_test";

export const examKinds: ExamKind[] = ["midterm", "final", "monthly", "unit", "level_test"];

export const kindLabels: Record<ExamKind, MessageDescriptor> = {
  midterm: msg`期中`,
  final: msg`期末`,
  monthly: msg`月考`,
  unit: msg`单元`,
  level_test: msg`分层测试`,
};

export const statusLabels: Record<string, MessageDescriptor> = {
  present: msg`参加`,
  absent: msg`缺考`,
  deferred: msg`缓考`,
  exempt: msg`免考`,
  violation: msg`违纪`,
  blank: msg`空白`,
};

export const shareLabels: Record<string, MessageDescriptor> = {
  "90": msg`90% 及以上`,
  "80": msg`80%–89%`,
  "70": msg`70%–79%`,
  "60": msg`60%–69%`,
  "0": msg`60% 以下`,
};

/** Many rosters name a term with its year already. */
export function termLabel({ school_year, term_name }: { school_year: string; term_name: string }): string {
  return term_name.includes(school_year) ? term_name : `${school_year} ${term_name}`;
}
