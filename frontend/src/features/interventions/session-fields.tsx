import { useLingui } from "@lingui/react/macro";
import { type Control, useWatch } from "react-hook-form";
import type { MeasureKindShown } from "@/api";
import { CheckInput } from "@/components/form/check-input";
import { DateInput } from "@/components/form/date-input";
import { NumberInput } from "@/components/form/number-input";
import { SelectInput } from "@/components/form/select-input";
import { TextInput } from "@/components/form/text-input";
import { today } from "@/lib/texts/format";
import { KindFields } from "./kind-fields";
import { KindInput } from "./kind-input";
import { useCandidates } from "./queries";
import type { SessionForm } from "./session-form";

/** What the server lists at most: then a class has to be chosen. */
const most = 200;

/** What the whole group shares: the kind, when, how long, where, the kind's own fields; and which of its students. */
export function SessionFields({ control, kind }: { control: Control<SessionForm>; kind: MeasureKindShown | undefined }) {
  const { t } = useLingui();
  const kindCode = useWatch({ control, name: "kind" });
  const { data } = useCandidates(kind?.code);
  const all = data?.items ?? [];
  const classes = new Map(all.flatMap((one) => (one.class_id ? [[one.class_id, one.class_name ?? ""] as const] : [])));
  const mine = all.filter(({ is_mine }) => is_mine).length;
  return (
    <div className="grid items-start gap-4 rounded-lg bg-surface p-4 shadow-surface sm:grid-cols-2 lg:grid-cols-4">
      <KindInput control={control} name="kind" initial={kindCode ?? undefined} />
      <DateInput control={control} name="held_on" label={t`日期`} isRequired max={today()} />
      <NumberInput control={control} name="minutes" label={t`时长（分钟）`} isRequired min={0} max={1440} />
      <TextInput control={control} name="place" label={t`地点`} />
      {kind && <KindFields control={control} kind={kind} isAttended />}
      {classes.size > 1 && (
        <SelectInput
          control={control}
          name="class_id"
          label={t`只列一个班`}
          placeholder={t`全部班级`}
          description={all.length >= most ? t`学生较多，只列出前 ${most} 名，请选择班级。` : undefined}
          options={[...classes].map(([value, label]) => ({ value, label }))}
        />
      )}
      {mine > 0 && mine < all.length && (
        <div className="self-end pb-1.5">
          <CheckInput control={control} name="mine" label={t`只列由我实施的 ${mine} 名`} />
        </div>
      )}
    </div>
  );
}
