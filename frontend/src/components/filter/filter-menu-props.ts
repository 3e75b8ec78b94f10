import type { Option } from "../form/option";

export interface FilterMenuProps {
  label: string;
  options: Option[];
  value: string[] | undefined;
  onChange: (value: string[] | undefined) => void;
  /** At most one at a time. */
  isSingle?: boolean;
}
