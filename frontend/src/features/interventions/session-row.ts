import type { Attendance } from "./parts/labels";

/** One student in the grid; minutes of null are those of the session. */
export interface SessionRow {
  id: string;
  name: string;
  class_name: string | null;
  measureId: string | null;
  /** Put in by hand, not by the plans. */
  isAdded?: boolean;
  attendance: Attendance;
  minutes: number | null;
  went: string;
  error?: string;
}
