import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { useDeferredValue, useState } from "react";
import type { TemplateGoalShown } from "@/api";
import { Dialog } from "@/components/dialog";
import { notify } from "@/components/feedback/notify";
import { SearchBox } from "@/components/filter/search-box";
import { EmptyState } from "@/components/states/empty-state";
import { QueryState } from "@/components/states/query-state";
import { categoryLabels } from "@/features/recognitions/parts/labels";
import type { Dimension } from "../parts/labels";
import { useDoseWords } from "../parts/use-dose-words";
import { useSnippets } from "../queries";

interface LibraryDialogProps {
  dimension: Dimension;
  onPick: (goal: TemplateGoalShown) => void;
  onClose: () => void;
}

/** Goals that others have worded well, with their measures; picking one adds it and leaves the dialog open for more. */
export function LibraryDialog({ dimension, onPick, onClose }: LibraryDialogProps) {
  const { t, i18n } = useLingui();
  const [text, setText] = useState<string>();
  const query = useSnippets(dimension, useDeferredValue(text ?? ""));
  const doseWords = useDoseWords();
  return (
    <Dialog title={t`目标库`} size="lg" onClose={onClose}>
      <SearchBox label={t`搜索目标、指标或措施`} placeholder={t`目标、指标或措施`} className="w-full" value={text} onChange={setText} />
      <div className="mt-3">
        <QueryState query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={t`没有找到`}>{t`换一个词，或直接写新的目标。`}</EmptyState>
            ) : (
              <ul className="flex flex-col gap-2">
                {items.map(({ goal, category, template }) => (
                  <li key={`${template}:${goal.statement}`} className="rounded-lg bg-surface-secondary p-3">
                    <div className="flex items-start justify-between gap-3">
                      <div className="min-w-0">
                        <p className="font-medium text-sm">{goal.statement}</p>
                        <p className="text-muted text-xs leading-5">{t`${goal.indicator}：${goal.baseline} → ${goal.target}`}</p>
                      </div>
                      <Button
                        size="sm"
                        variant="secondary"
                        onPress={() => {
                          onPick(goal);
                          notify(t`已加入计划`);
                        }}
                      >
                        <Trans>加入</Trans>
                      </Button>
                    </div>
                    <ul className="mt-1.5 flex flex-wrap gap-1.5 text-xs">
                      {goal.measures.map((one) => (
                        <li key={one.kind} className="rounded bg-surface px-1.5 py-0.5">
                          {one.title} · {doseWords(one)}
                        </li>
                      ))}
                    </ul>
                    <p className="mt-1 text-muted text-xs" data-sensitive>
                      {i18n._(categoryLabels[category])} · {template}
                    </p>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryState>
      </div>
    </Dialog>
  );
}
