export interface Option {
  value: string;
  label: string;
  note?: string;
}
