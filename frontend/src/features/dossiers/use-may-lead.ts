import { useMe } from "@/lib/session/session-store";

const assigning = ["principal", "vice_principal", "moral_education", "academic_affairs", "grade_head"];

const limiting = ["principal", "vice_principal", "moral_education"];

/** Whether to offer setting how many cases one should lead at most. */
export function useMayLimit(): boolean {
  return useMe().roles.some(({ role }) => limiting.includes(role));
}

/** Whether to offer naming the case lead and closing the file; the server decides. */
export function useMayLead(): boolean {
  return useMe().roles.some(({ role }) => assigning.includes(role));
}
