import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { HandoverShown } from "@/api/types.gen";

export const postLabels: Record<HandoverShown["post"], MessageDescriptor> = {
  homeroom_teacher: msg`班主任`,
  case_lead: msg`帮扶责任人`,
  case_counsellor: msg`个案心理教师`,
};
