import { useLingui } from "@lingui/react/macro";
import type { PlanShown } from "@/api";
import { ConflictDialog } from "@/components/feedback/conflict-dialog";
import { formatDay } from "@/lib/texts/format";
import { type Dimension, dimensionLabels, dimensions, fieldLabels } from "../parts/labels";
import { useDoseWords } from "../parts/use-dose-words";
import { type NeedForm, type PlanForm, toForm } from "./plan-form";

interface EditorConflictProps {
  mine: PlanForm;
  theirs: PlanShown;
  onKeep: () => void;
  onTake: () => void;
  onClose: () => void;
}

/** Both drafts side by side: the dates, the words for the family, and each dimension in full. */
export function EditorConflict({ mine, theirs, onKeep, onTake, onClose }: EditorConflictProps) {
  const { t, i18n } = useLingui();
  const doseWords = useDoseWords();
  const other = toForm(theirs);
  const needsIn = (needs: NeedForm[], dimension: Dimension) =>
    needs
      .filter((need) => need.dimension === dimension)
      .map((need) =>
        [
          need.statement,
          ...need.goals.flatMap((goal) => [
            `· ${goal.statement}（${goal.baseline} → ${goal.target}）`,
            ...goal.measures.map((one) => `　${one.title}：${doseWords(one)}`),
          ]),
        ].join("\n"),
      )
      .join("\n\n");
  const field = (name: string, label: string, a: string, b: string) => ({
    name,
    label,
    mine: a || "—",
    theirs: b || "—",
    isDifferent: a !== b,
  });
  const words = (name: string) => i18n._(fieldLabels[name] ?? { id: name });
  return (
    <ConflictDialog
      note={theirs.edited_by ? t`${theirs.edited_by.name} 在您修改期间保存了这份草稿。` : undefined}
      fields={[
        field("ends_on", words("ends_on"), formatDay(mine.ends_on), formatDay(other.ends_on)),
        field("next_review_on", words("next_review_on"), formatDay(mine.next_review_on), formatDay(other.next_review_on)),
        field("summary", words("summary"), mine.summary, other.summary),
        ...dimensions.map((one) => field(one, i18n._(dimensionLabels[one].label), needsIn(mine.needs, one), needsIn(other.needs, one))),
      ].filter((one) => one.isDifferent)}
      onKeepMine={onKeep}
      onTakeTheirs={onTake}
      onClose={onClose}
    />
  );
}
