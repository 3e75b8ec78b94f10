import { useLingui } from "@lingui/react/macro";
import type { PlanBatchAnswer } from "@/api";
import { byReason } from "./parts/by-reason";

interface RefusedListProps {
  answer: PlanBatchAnswer;
  nameOf: (id: string) => string | undefined;
}

/** Of many plans those that could not be done, each with its reason; alike reasons stand together. */
export function RefusedList({ answer, nameOf }: RefusedListProps) {
  const { t } = useLingui();
  return (
    <ul role="alert" className="mb-3 flex flex-col gap-1 rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning-soft-foreground">
      {byReason(answer.items, ({ id }) => nameOf(id) ?? "—").map(([reason, names]) => (
        <li key={reason}>
          {names.length > 8 ? t`${names.slice(0, 8).join("、")}等 ${names.length} 名` : names.join("、")}：{reason}
        </li>
      ))}
    </ul>
  );
}
