import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { CalendarPeriodShown } from "@/api";

export const kindLabels: Record<CalendarPeriodShown["kind"], MessageDescriptor> = {
  exam_week: msg`考试周`,
  phase: msg`阶段`,
  holiday: msg`学期内放假`,
};
