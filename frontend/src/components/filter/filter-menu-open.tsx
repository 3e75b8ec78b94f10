import { Button } from "@heroui/react/button";
import { Dropdown } from "@heroui/react/dropdown";
import { Label } from "@heroui/react/label";
import { FilterMenuLabel } from "./filter-menu-label";
import type { FilterMenuProps } from "./filter-menu-props";

interface FilterMenuOpenProps extends FilterMenuProps {
  /** It was pressed before its code was there. */
  isOpenAtFirst: boolean;
  isFocusedAtFirst: boolean;
}

export function FilterMenuOpen(props: FilterMenuOpenProps) {
  const { label, options, value = [], onChange, isSingle = false, isOpenAtFirst, isFocusedAtFirst } = props;
  return (
    <Dropdown defaultOpen={isOpenAtFirst}>
      <Button size="sm" variant="secondary" className={value.length > 0 ? "text-link" : ""} autoFocus={isFocusedAtFirst}>
        <FilterMenuLabel label={label} count={value.length} />
      </Button>
      <Dropdown.Popover placement="bottom start" className="max-h-80">
        <Dropdown.Menu
          aria-label={label}
          selectionMode={isSingle ? "single" : "multiple"}
          selectedKeys={value}
          onSelectionChange={(keys) => {
            const next = keys === "all" ? options.map((option) => option.value) : [...keys].map(String);
            onChange(next.length > 0 ? next : undefined);
          }}
        >
          {options.map(({ value: id, label: text }) => (
            <Dropdown.Item key={id} id={id} textValue={text}>
              <Dropdown.ItemIndicator />
              <Label>{text}</Label>
            </Dropdown.Item>
          ))}
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}
