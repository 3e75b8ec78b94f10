import { Button } from "@heroui/react/button";
import { Dropdown } from "@heroui/react/dropdown";
import { Label } from "@heroui/react/label";
import { ChevronDown } from "lucide-react";
import type { Option } from "../form/option";

interface FilterMenuProps {
  label: string;
  options: Option[];
  value: string[] | undefined;
  onChange: (value: string[] | undefined) => void;
  /** At most one at a time. */
  isSingle?: boolean;
}

/** One filter: a small button that opens its values; the number of chosen ones stands in it. */
export function FilterMenu({ label, options, value = [], onChange, isSingle = false }: FilterMenuProps) {
  return (
    <Dropdown>
      <Button size="sm" variant="secondary" className={value.length > 0 ? "text-link" : ""}>
        {label}
        {value.length > 0 && <span className="tnum rounded bg-accent-soft px-1 text-accent-soft-foreground text-xs">{value.length}</span>}
        <ChevronDown aria-hidden className="text-muted" />
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
