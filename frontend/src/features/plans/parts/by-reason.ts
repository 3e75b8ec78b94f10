import type { PlanBatchItem } from "@/api";

/** What could not be done, put together by its reason. */
export function byReason(items: PlanBatchItem[], nameOf: (item: PlanBatchItem) => string): [reason: string, names: string[]][] {
  const reasons = new Map<string, string[]>();
  for (const item of items) if (!item.ok) reasons.set(item.message ?? "", [...(reasons.get(item.message ?? "") ?? []), nameOf(item)]);
  return [...reasons];
}
