import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import { type Control, useController } from "react-hook-form";
import type { AskValues } from "./ask-form";
import { type PartCode, partLabels } from "./parts/request-labels";

/** What to erase, several at once. */
export function PartChoice({ control }: { control: Control<AskValues> }) {
  const { i18n } = useLingui();
  const { field, fieldState } = useController({ control, name: "parts" });
  const id = useId();
  const error = fieldState.error?.message;
  const toggle = (part: PartCode, isChosen: boolean) =>
    field.onChange(isChosen ? [...field.value, part] : field.value.filter((one) => one !== part));
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className="flex flex-col gap-1">
      <legend className="label label--required">
        <Trans>删除哪些</Trans>
      </legend>
      {(Object.keys(partLabels) as PartCode[]).map((part, index) => (
        <label key={part} className="flex min-h-9 cursor-pointer items-center gap-2.5">
          <input
            type="checkbox"
            ref={index === 0 ? field.ref : undefined}
            checked={field.value.includes(part)}
            onChange={(event) => toggle(part, event.target.checked)}
            onBlur={field.onBlur}
            className="size-4.5 shrink-0 accent-accent"
          />
          {i18n._(partLabels[part])}
        </label>
      ))}
      <p className="text-muted text-sm">
        <Trans>依法须保存的，学校会说明依据，不能删除。</Trans>
      </p>
      {error && (
        <p id={`${id}-error`} className="text-danger text-sm">
          {error}
        </p>
      )}
    </fieldset>
  );
}
