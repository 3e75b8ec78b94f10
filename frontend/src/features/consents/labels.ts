import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { ConsentEventShown, CustodyOrderShown, PurposeState } from "@/api";
import type { Tone } from "@/components/status-chip";

export const stateLabels: Record<PurposeState["state"], { label: MessageDescriptor; tone: Tone }> = {
  given: { label: msg`同意`, tone: "success" },
  withdrawn: { label: msg`不同意`, tone: "neutral" },
  outdated: { label: msg`须重新征求`, tone: "warning" },
  missing: { label: msg`未答复`, tone: "warning" },
};

export const howLabels: Record<ConsentEventShown["how"], MessageDescriptor> = {
  portal: msg`家长平台`,
  paper: msg`纸质同意书`,
  in_person: msg`当面说明`,
};

export const relationLabels: Record<string, MessageDescriptor> = {
  parent: msg`父母`,
  father: msg`父亲`,
  mother: msg`母亲`,
  stepfather: msg`继父（养父）`,
  stepmother: msg`继母（养母）`,
  grandparent: msg`祖辈`,
  grandfather: msg`祖父`,
  grandmother: msg`祖母`,
  maternal_grandfather: msg`外祖父`,
  maternal_grandmother: msg`外祖母`,
  sibling: msg`兄弟姐妹`,
  uncle_or_aunt: msg`叔伯姑舅姨`,
  other_relative: msg`其他亲属`,
  guardian: msg`监护人`,
  other: msg`其他`,
};

export const orderKindLabels: Record<CustodyOrderShown["kinds"][number], MessageDescriptor> = {
  no_information: msg`不得获知孩子的情况`,
  no_contact: msg`不得接触孩子`,
  no_pick_up: msg`不得接走孩子`,
};

export const orderSourceLabels: Record<CustodyOrderShown["source"], MessageDescriptor> = {
  court: msg`法院裁定`,
  school: msg`学校保护决定`,
};

export const orderStateLabels: Record<CustodyOrderShown["state"], { label: MessageDescriptor; tone: Tone }> = {
  coming: { label: msg`尚未开始`, tone: "info" },
  in_force: { label: msg`生效中`, tone: "danger" },
  over: { label: msg`已到期`, tone: "neutral" },
  lifted: { label: msg`已解除`, tone: "neutral" },
};
