import { useMe } from "@/lib/session/session-store";

const assigning = ["principal", "vice_principal", "moral_education", "academic_affairs", "grade_head"];

/** Whether to offer naming the case lead and closing the file; the server decides. */
export function useMayLead(): boolean {
  return useMe().roles.some(({ role }) => assigning.includes(role));
}
