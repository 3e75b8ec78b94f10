import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { OwnEvent, OwnPurpose } from "@/api";
import type { Tone } from "@/components/status-chip";

/** The last is what stands there while others decide. */
export const stateLabels: Record<OwnPurpose["state"] | "waiting", { label: MessageDescriptor; tone: Tone }> = {
  given: { label: msg`已同意`, tone: "success" },
  withdrawn: { label: msg`不同意`, tone: "neutral" },
  outdated: { label: msg`内容有更新，请重新选择`, tone: "warning" },
  missing: { label: msg`等你选择`, tone: "accent" },
  waiting: { label: msg`家长还没有选择`, tone: "neutral" },
};

export const howLabels: Record<OwnEvent["how"], MessageDescriptor> = {
  portal: msg`在平台上选择`,
  paper: msg`纸质同意书`,
  in_person: msg`当面告诉老师`,
};
