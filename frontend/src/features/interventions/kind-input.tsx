import { useLingui } from "@lingui/react/macro";
import type { Control, FieldPath, FieldValues } from "react-hook-form";
import { ComboInput } from "@/components/form/combo-input";
import { useKinds } from "./parts/use-kinds";

/** One of the programme's kinds, found by a piece of its name; the everyday ones first. */
export function KindInput<T extends FieldValues>({
  control,
  name,
  initial,
}: {
  control: Control<T>;
  name: FieldPath<T>;
  initial?: string;
}) {
  const { t } = useLingui();
  const { kinds, offered, kindName, kindOf } = useKinds();
  const everyday = (code: string) => (kindOf(code)?.fits_every_need ? 0 : 1);
  const sorted = [...offered].sort((a, b) => everyday(a.code) - everyday(b.code));
  return (
    <ComboInput
      key={kinds.length}
      control={control}
      name={name}
      initial={initial && kinds.length > 0 ? { value: initial, label: kindName(initial) } : undefined}
      label={t`方式`}
      isRequired
      rules={{ required: t`请选择方式` }}
      placeholder={t`如 家访、谈心谈话、小组辅导`}
      queryKey={["intervention-kinds", kinds.length]}
      load={(q) =>
        Promise.resolve(
          sorted
            .filter(
              ({ code, form }) => !q || kindName(code).includes(q) || form.includes(q) || code.toLowerCase().includes(q.toLowerCase()),
            )
            .map(({ code, clauses }) => ({ value: code, label: kindName(code), note: clauses.join(" ") })),
        )
      }
    />
  );
}
