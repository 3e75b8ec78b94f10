import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { CounsellingCaseShown, CounsellingFile, CounsellingSessionShown, Opening, OpeningTold } from "@/api/types.gen";
import type { Tone } from "@/components/status-chip";

export const placeLabels: Record<CounsellingSessionShown["place"], MessageDescriptor> = {
  room: msg`心理辅导室`,
  office: msg`办公室`,
  home: msg`家中`,
  phone: msg`电话`,
  other: msg`其他地点`,
};

export const outcomeLabels: Record<NonNullable<CounsellingCaseShown["outcome"]>, MessageDescriptor> = {
  finished: msg`辅导结束`,
  referred: msg`转介校外`,
  left: msg`离校`,
  other: msg`其他原因`,
};

export const groundWords: Record<NonNullable<CounsellingFile["ground"]>, MessageDescriptor> = {
  case_counsellor: msg`您是这名学生的个案心理教师。`,
  delegation: msg`您正在代管这名学生的个案，到期自动失效。`,
  crisis_duty: msg`您正在危机值班，可以直接查看；每次查看都有记录。`,
  break_glass: msg`紧急查阅：只能查看，不能填写；每次查看都有记录，事后复核。`,
};

export const officeLabels: Record<Opening["opened_as"], MessageDescriptor> = {
  principal: msg`校长`,
  vice_principal: msg`分管副校长`,
  moral_education: msg`德育处`,
  counsellor: msg`心理教师`,
};

export const toldLabels: Record<OpeningTold["told_as"], MessageDescriptor> = {
  principal: msg`校长`,
  moral_education: msg`德育主任`,
  case_counsellor: msg`个案心理教师`,
};

export const stateLabels: Record<Opening["state"], { label: MessageDescriptor; tone: Tone }> = {
  open: { label: msg`查阅中`, tone: "warning" },
  to_review: { label: msg`待复核`, tone: "info" },
  overdue: { label: msg`逾期未复核`, tone: "danger" },
  reviewed: { label: msg`已复核`, tone: "success" },
};

export const findingLabels: Record<NonNullable<Opening["review"]>["outcome"], MessageDescriptor> = {
  justified: msg`查阅必要`,
  unjustified: msg`查阅不当`,
};
