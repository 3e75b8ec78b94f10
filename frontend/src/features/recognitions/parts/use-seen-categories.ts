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
  // Who nominates for aid, or decides a step of it, hears the result without reading what is economic.
  const hearsOfAid = !!me.rights.economic?.nominate || !!me.rights.economic?.approve;
  return categories.filter((one) => classes[one].some((name) => me.rights[name]?.read) || (one === "C1" && hearsOfAid));
}
