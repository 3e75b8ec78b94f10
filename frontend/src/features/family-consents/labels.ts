import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { FamilyEvent, FamilyPurpose } from "@/api";
import type { Tone } from "@/components/status-chip";

export const stateLabels: Record<FamilyPurpose["state"], { label: MessageDescriptor; tone: Tone }> = {
  given: { label: msg`已同意`, tone: "success" },
  withdrawn: { label: msg`不同意`, tone: "neutral" },
  outdated: { label: msg`内容有更新，请重新选择`, tone: "warning" },
  missing: { label: msg`等您选择`, tone: "accent" },
};

export const whoLabels: Record<FamilyEvent["who"], MessageDescriptor> = {
  me: msg`您`,
  other_guardian: msg`另一位监护人`,
  pupil: msg`孩子本人`,
};

export const howLabels: Record<FamilyEvent["how"], MessageDescriptor> = {
  portal: msg`在平台上选择`,
  paper: msg`纸质同意书`,
  in_person: msg`当面告诉老师`,
};
