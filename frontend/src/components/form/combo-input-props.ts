import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field-props";
import type { Option } from "./option";

export interface ComboInputProps<T extends FieldValues> extends FieldProps<T> {
  /** Names the search in the query cache, such as `["staff-options"]`. */
  queryKey: readonly unknown[];
  /** Finds the options for what is typed; an empty text asks for the first few. */
  load: (text: string, signal: AbortSignal) => Promise<Option[]>;
  /** The option chosen before, so that its label shows without a search. */
  initial?: Option;
  placeholder?: string;
  onPicked?: (option: Option | null) => void;
}
