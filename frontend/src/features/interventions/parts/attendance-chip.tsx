import { useLingui } from "@lingui/react/macro";
import { StatusChip } from "@/components/status-chip";
import { type Attendance, attendanceLabels, attendanceTones } from "./labels";

/** 到场, 请假, 缺席 …: a word and a colour. */
export function AttendanceChip({ attendance }: { attendance: string }) {
  const { i18n } = useLingui();
  const known = attendance as Attendance;
  const label = attendanceLabels[known];
  return <StatusChip tone={attendanceTones[known] ?? "neutral"}>{label ? i18n._(label) : attendance}</StatusChip>;
}
