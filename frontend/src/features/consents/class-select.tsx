import { useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { useMe } from "@/lib/session/session-store";
import { useClasses } from "./queries";

interface ClassSelectProps {
  value: string | undefined;
  onChange: (classId: string) => void;
}

/** Which class; whoever has one only is not asked. */
export function ClassSelect({ value, onChange }: ClassSelectProps) {
  const { t } = useLingui();
  const classes = useClasses().data?.items ?? [];
  const { person } = useMe();
  const own = classes.find((one) => one.homeroom_teacher !== null && one.homeroom_teacher === person?.name) ?? classes[0];
  const first = own?.id;
  useEffect(() => {
    if (!value && first) onChange(first);
  }, [value, first, onChange]);
  return (
    <label className="flex items-center gap-2 text-sm">
      {t`班级`}
      <select className="input h-8 min-w-32 cursor-pointer py-0" value={value ?? ""} onChange={(event) => onChange(event.target.value)}>
        {classes.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
