import { useLingui } from "@lingui/react/macro";
import type { Control, FieldPath, FieldValues } from "react-hook-form";
import { NumberInput } from "@/components/form/number-input";
import { SelectInput } from "@/components/form/select-input";
import { TextInput } from "@/components/form/text-input";
import { categoryLabels, dimensionLabels, doerLabels, levelLabels, perLabels, reachLabels, runsOnLabels, subjectLabels } from "./labels";
import { ownerLabels } from "./parts/owner-labels";
import { TickInput } from "./tick-input";
import { useOptions } from "./use-options";

interface ClauseFieldsProps<T extends FieldValues> {
  control: Control<T>;
  /** The departments whose clauses this person writes. */
  owners: string[];
  /** Whether it applies to all students: then nothing narrows it. */
  isForEveryone: boolean;
  per: string | null | undefined;
  isOwn: boolean;
}

const months = Array.from({ length: 12 }, (_, n) => ({ value: String(n + 1), key: n + 1, label: String(n + 1) }));

/** Who, for whom, how often: the same of every clause. */
export function ClauseFields<T extends FieldValues>({ control, owners, isForEveryone, per, isOwn }: ClauseFieldsProps<T>) {
  const { t } = useLingui();
  const options = useOptions();
  const at = (name: string) => name as FieldPath<T>;
  const pair = "grid gap-3 sm:grid-cols-2";
  return (
    <>
      <div className={pair}>
        <SelectInput
          control={control}
          name={at("owner")}
          label={t`牵头部门`}
          options={options(ownerLabels).filter((one) => owners.includes(one.value))}
          isRequired
        />
        <SelectInput control={control} name={at("subject")} label={t`计数对象`} options={options(subjectLabels)} isRequired />
      </div>
      <TickInput
        control={control}
        name={at("doers")}
        label={t`实施人`}
        options={options(doerLabels)}
        description={t`由先选的、本校有人担任的岗位承担；工作量也这样测算。`}
      />
      <div className={pair}>
        <SelectInput control={control} name={at("reach")} label={t`面向`} options={options(reachLabels)} isRequired />
        {!isForEveryone && <TickInput control={control} name={at("categories")} label={t`类别`} options={options(categoryLabels)} />}
      </div>
      {!isForEveryone && (
        <div className={pair}>
          <TickInput control={control} name={at("levels")} label={t`帮扶等级`} options={options(levelLabels)} />
          {!isOwn && <TickInput control={control} name={at("dimensions")} label={t`适用维度`} options={options(dimensionLabels)} />}
        </div>
      )}
      <TextInput control={control} name={at("cadence_zh")} label={t`频率`} placeholder={t`每周 2 次`} isRequired={isOwn} />
      <div className="grid gap-3 sm:grid-cols-3">
        <SelectInput
          control={control}
          name={at("per")}
          label={t`周期`}
          placeholder={t`不计频率`}
          options={options(perLabels).filter((one) => !isOwn || one.value !== "clock")}
          isRequired={isOwn}
        />
        <NumberInput control={control} name={at("times")} label={t`次数`} min={1} max={100} isRequired={isOwn} />
        <SelectInput control={control} name={at("runs_on")} label={t`计算口径`} options={options(runsOnLabels)} isRequired={isOwn} />
      </div>
      <div className="grid gap-3 sm:grid-cols-3">
        <NumberInput control={control} name={at("minutes")} label={t`每次分钟数`} min={0} max={1440} isRequired />
        <NumberInput control={control} name={at("grace_days")} label={t`宽限天数`} min={0} max={60} isRequired />
        {per === "clock" && <NumberInput control={control} name={at("hours")} label={t`小时数`} min={1} max={720} />}
      </div>
      <TickInput control={control} name={at("months")} label={t`月份`} options={months} description={t`都不选表示全年。`} />
    </>
  );
}
