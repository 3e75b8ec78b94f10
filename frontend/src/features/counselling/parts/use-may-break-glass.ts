import { useMe } from "@/lib/session/session-store";

const offices = ["principal", "vice_principal", "moral_education", "counsellor"];

/** Whether the reader's office is one that may open a clinical file by break-glass. */
export function useMayBreakGlass(): boolean {
  return useMe().roles.some(({ role }) => offices.includes(role));
}
