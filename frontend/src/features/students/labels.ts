import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Tone } from "@/components/status-chip";

export const sexLabels: Record<string, MessageDescriptor> = { male: msg`男`, female: msg`女`, unspecified: msg`未说明` };

export const statusLabels: Record<string, { label: MessageDescriptor; tone: Tone }> = {
  enrolled: { label: msg`在读`, tone: "success" },
  suspended: { label: msg`休学`, tone: "warning" },
  graduated: { label: msg`毕业`, tone: "neutral" },
  transferred_out: { label: msg`转出`, tone: "neutral" },
  whereabouts_unverified: { label: msg`去向待核实`, tone: "danger" },
  dropped_out: { label: msg`辍学`, tone: "danger" },
  deceased: { label: msg`已故`, tone: "neutral" },
  merged: { label: msg`已合并`, tone: "neutral" },
};

export const relationLabels: Record<string, MessageDescriptor> = {
  father: msg`父亲`,
  mother: msg`母亲`,
  grandfather: msg`祖父`,
  grandmother: msg`祖母`,
  guardian: msg`监护人`,
  sibling: msg`兄弟姐妹`,
  relative: msg`亲属`,
  other: msg`其他`,
};
