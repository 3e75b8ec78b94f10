import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { ServiceAccountShown } from "@/api/types.gen";

export type ProgramScope = ServiceAccountShown["scopes"][number];

export const scopeLabels: Record<ProgramScope, MessageDescriptor> = {
  "students:read": msg`读取学生基本信息`,
  "contacts:read": msg`读取联系方式`,
  "academic:read": msg`读取成绩与考勤`,
  "academic:write": msg`写入成绩与考勤`,
  "roster:write": msg`导入名册`,
};
