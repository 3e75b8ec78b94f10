import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { type FoundStudent, findStudents } from "./queries";

interface AddStudentProps {
  isTaken: (id: string) => boolean;
  onAdd: (student: FoundStudent) => void;
}

/** Initials, Enter, next: adds the first student found. */
export function AddStudent({ isTaken, onAdd }: AddStudentProps) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ["intervention-students", wanted],
    queryFn: ({ signal }) => findStudents(wanted, signal),
    enabled: wanted !== "",
  });
  const options = wanted === "" ? [] : (found.data ?? []).filter(({ id }) => !isTaken(id)).slice(0, 6);
  const add = (student: FoundStudent | undefined) => {
    if (!student) return;
    onAdd(student);
    setText("");
  };
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      <input
        aria-label={t`添加学生`}
        placeholder={t`添加学生：姓名、拼音或首字母，按 Enter`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          add(options[0]);
        }}
        className="h-8 w-full rounded-md border border-field-border bg-field px-2.5 text-sm outline-none placeholder:text-field-placeholder focus:border-focus focus:ring-1 focus:ring-focus sm:w-80"
      />
      {options.map((student, index) => (
        <button
          key={student.id}
          type="button"
          onClick={() => add(student)}
          className={`h-7 cursor-pointer rounded-md px-2 text-xs ${index === 0 ? "bg-accent-soft text-accent-soft-foreground" : "bg-default text-default-foreground"}`}
        >
          {student.name} <span className="opacity-75">{student.class_name}</span>
        </button>
      ))}
      {wanted !== "" && found.isSuccess && options.length === 0 && <span className="text-muted text-xs">{t`没有找到`}</span>}
    </div>
  );
}
