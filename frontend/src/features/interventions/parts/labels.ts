import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Tone } from "@/components/status-chip";

export type Attendance = "present" | "late" | "left_early" | "excused" | "absent";

export const attendances: Attendance[] = ["present", "late", "left_early", "excused", "absent"];

export const attendanceLabels: Record<Attendance, MessageDescriptor> = {
  present: msg`到场`,
  late: msg`迟到`,
  left_early: msg`早退`,
  excused: msg`请假`,
  absent: msg`缺席`,
};

export const attendanceTones: Record<Attendance, Tone> = {
  present: "success",
  late: "warning",
  left_early: "warning",
  excused: "neutral",
  absent: "danger",
};
