import { useLingui } from "@lingui/react/macro";
import type { Control } from "react-hook-form";
import type { StaffChoice } from "@/api/types.gen";
import { ComboInput } from "@/components/form/combo-input";
import { ChoiceCards } from "./choice-cards";
import { findStaff } from "./queries";
import type { TellValues } from "./tell-values";

interface AboutStaffProps {
  control: Control<TellValues>;
  teachers: StaffChoice[];
  about: string;
  /** The student has already said that it is somebody at the school. */
  isSurely: boolean;
}

/** Whom at the school it is about; that person never reads it. */
export function AboutStaff({ control, teachers, about, isSurely }: AboutStaffProps) {
  const { t } = useLingui();
  const options = [
    ...(isSurely ? [] : [{ value: "no", label: t`没有关系` }]),
    ...teachers.map(({ id, name, note }) => ({ value: id, label: name, note: note ?? undefined })),
    { value: "other", label: t`学校里的其他人` },
    { value: "unnamed", label: t`有关，但我不想说是谁` },
  ];
  return (
    <div className="flex flex-col gap-3">
      <ChoiceCards
        control={control}
        name="about"
        label={isSurely ? t`是哪一位？` : t`这件事和学校里的老师或其他大人有关吗？`}
        description={t`你说到的人看不到你写的内容，也不会收到通知。`}
        options={options}
      />
      {about === "other" && (
        <ComboInput
          control={control}
          name="other_staff_id"
          label={t`是谁？`}
          description={t`输入姓名的第一个字，再从列表里选。`}
          queryKey={["self-report-staff"]}
          load={findStaff}
          isRequired
        />
      )}
    </div>
  );
}
