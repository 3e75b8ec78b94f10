import { useMe } from "@/lib/session/session-store";
import type { Me } from "@/lib/session/session-types";
import { type Category, categories } from "./labels";

const classes: Record<Category, (keyof Me["rights"])[]> = {
  C1: ["economic"],
  C2: ["academic"],
  C3: ["health", "wellbeing"],
  C4: ["family", "protection"],
};

/** The categories one may filter by; the server refuses the others. Whoever only teaches a subject sees none. */
export function useSeenCategories(): Category[] {
  const me = useMe();
  if (me.roles.length > 0 && me.roles.every((held) => held.role === "subject_teacher")) return [];
  const nominates = (me.rights.economic as { nominate?: string } | undefined)?.nominate;
  return categories.filter((one) => classes[one].some((name) => me.rights[name]?.read) || (one === "C1" && nominates));
}
