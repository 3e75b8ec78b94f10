import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Input } from "@heroui/react/input";
import { Label } from "@heroui/react/label";
import { ListBox } from "@heroui/react/list-box";
import { useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useContext, useDeferredValue, useLayoutEffect, useState } from "react";
import { Button } from "react-aria-components/Button";
import { ComboBox, ComboBoxStateContext } from "react-aria-components/ComboBox";
import { Group } from "react-aria-components/Group";
import { Popover } from "react-aria-components/Popover";
import type { FieldValues } from "react-hook-form";
import type { ComboInputProps } from "./combo-input-props";
import type { Option } from "./option";
import { useField } from "./use-field";

/**
 * One of many, found by typing; the server searches (characters, pinyin, initials). React Aria's combo box in HeroUI's
 * clothes: HeroUI's own would come along with every plain text input, the sign-in page's included.
 */
export function ComboInputLoaded<T extends FieldValues>(props: ComboInputProps<T>) {
  const { label, description, isRequired, isDisabled, queryKey, load, initial, placeholder, onPicked, className } = props;
  const { t } = useLingui();
  const { field, error, isInvalid } = useField(props);
  const [text, setText] = useState(initial?.label ?? "");
  const [picked, setPicked] = useState<Option | null>(initial ?? null);
  const wanted = useDeferredValue(text === picked?.label ? "" : text.trim());
  const found = useQuery({
    queryKey: [...queryKey, wanted],
    queryFn: ({ signal }) => load(wanted, signal),
    placeholderData: keepPreviousData,
  });
  const options = found.data ?? (picked ? [picked] : []);

  const pick = (key: unknown) => {
    const option = options.find(({ value }) => value === key) ?? null;
    setPicked(option);
    setText(option?.label ?? "");
    field.onChange(option?.value ?? null);
    onPicked?.(option);
  };

  return (
    <ComboBox
      name={field.name}
      items={options}
      inputValue={text}
      onInputChange={setText}
      value={field.value ?? null}
      onChange={pick}
      onBlur={field.onBlur}
      menuTrigger="focus"
      allowsEmptyCollection
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={isInvalid}
      validationBehavior="aria"
      className={`combo-box combo-box--full-width ${className ?? ""}`}
    >
      <PageStaysVisible />
      <Label>{label}</Label>
      <Group className="combo-box__input-group combo-box__input-group--full-width">
        <Input ref={field.ref} placeholder={placeholder ?? t`输入姓名或拼音`} />
        <Button className="combo-box__trigger">
          <ChevronDown aria-hidden className="size-4" />
        </Button>
      </Group>
      {description && <Description>{description}</Description>}
      <FieldError>{error}</FieldError>
      <Popover className="combo-box__popover" placement="bottom">
        <section aria-label={t`候选项`}>
          <ListBox renderEmptyState={() => <p className="px-3 py-2 text-muted text-sm">{found.isFetching ? t`正在搜索…` : t`没有找到`}</p>}>
            {options.map(({ value, label: name, note }) => (
              <ListBox.Item key={value} id={value} textValue={name}>
                <div className="flex flex-col">
                  <Label>{name}</Label>
                  {note && <Description>{note}</Description>}
                </div>
                <ListBox.ItemIndicator />
              </ListBox.Item>
            ))}
          </ListBox>
        </section>
      </Popover>
    </ComboBox>
  );
}

const keepsVisible = "data-react-aria-top-layer";

/**
 * While a list of suggestions is open, React Aria hides everything else from screen readers, though it can still be focused. A combo
 * box is no dialog: the page around it stays what it was.
 */
function PageStaysVisible() {
  const isOpen = useContext(ComboBoxStateContext)?.isOpen ?? false;
  useLayoutEffect(() => {
    if (!isOpen) return;
    const around = document.querySelector("[role=dialog]") ?? document.getElementById("root");
    around?.setAttribute(keepsVisible, "");
    return () => around?.removeAttribute(keepsVisible);
  }, [isOpen]);
  return null;
}
