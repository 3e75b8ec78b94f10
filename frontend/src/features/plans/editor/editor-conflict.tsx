import { useLingui } from "@lingui/react/macro";
import type { PlanShown } from "@/api";
import { ConflictDialog, type Side } from "@/components/feedback/conflict-dialog";
import { levelLabels } from "@/features/recognitions/parts/labels";
import { formatDay } from "@/lib/texts/format";
import { type Dimension, dimensionLabels, dimensions, fieldLabels } from "../parts/labels";
import { useDoseWords } from "../parts/use-dose-words";
import { basics, type PlanForm, toForm } from "./plan-form";

interface EditorConflictProps {
  mine: PlanForm;
  theirs: PlanShown;
  onKeep: () => void;
  onTake: () => void;
  onMerge: (chosen: Record<string, Side>) => void;
  onClose: () => void;
}

/** Both drafts side by side, each part to be chosen by itself: level, dates, reviewer, the words for the family, each dimension in full. */
export function EditorConflict({ mine, theirs, onKeep, onTake, onMerge, onClose }: EditorConflictProps) {
  const { t, i18n } = useLingui();
  const doseWords = useDoseWords();
  const other = toForm(theirs);
  const needsIn = (form: PlanForm, dimension: Dimension) =>
    form.needs
      .filter((need) => need.dimension === dimension && need.may_edit)
      .map((need) =>
        [
          need.statement,
          ...need.goals.flatMap((goal) => [
            `· ${goal.statement}（${goal.indicator}：${goal.baseline} → ${goal.target}，${formatDay(goal.due_on)}）`,
            ...goal.measures.map((one) => `　${one.title}：${doseWords(one)}，${one.doer_name || one.doer_note || "—"}`),
          ]),
        ].join("\n"),
      )
      .join("\n\n");
  const basicOf = (form: PlanForm, name: (typeof basics)[number]) => {
    if (name === "support_level") return i18n._(levelLabels[form.support_level]);
    if (name === "reviewer_staff_id") return form.reviewer_name ?? "";
    return name === "summary" ? form.summary : formatDay(form[name]);
  };
  const field = (name: string, label: string, a: string, b: string) => ({
    name,
    label,
    mine: <Differing text={a} beside={b} />,
    theirs: <Differing text={b} beside={a} />,
    isDifferent: a !== b,
  });
  return (
    <ConflictDialog
      note={theirs.edited_by ? t`${theirs.edited_by.name} 在您修改期间保存了这份草稿。` : t`在您修改期间，有人保存了这份草稿。`}
      fields={[
        ...basics.map((name) => field(name, i18n._(fieldLabels[name] ?? { id: name }), basicOf(mine, name), basicOf(other, name))),
        ...dimensions.map((one) => field(one, i18n._(dimensionLabels[one].label), needsIn(mine, one), needsIn(other, one))),
      ].filter((one) => one.isDifferent)}
      onKeepMine={onKeep}
      onTakeTheirs={onTake}
      onMerge={onMerge}
      onClose={onClose}
    />
  );
}

/** A text with the lines marked that the other side does not have; in a long one they would be hard to find. */
function Differing({ text, beside }: { text: string; beside: string }) {
  const others = new Set(beside.split("\n"));
  if (text === "") return <>—</>;
  return text.split("\n").map((line, index) => (
    <span key={index} className={`block min-h-5 ${others.has(line) ? "" : "font-semibold"}`}>
      {line}
    </span>
  ));
}
