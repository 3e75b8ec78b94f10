import { useLingui } from "@lingui/react/macro";
import type { SheetColumn } from "@/api";

/** Which columns were taken, and which were not: a wrong header shows here at once. */
export function ColumnList({ columns }: { columns: SheetColumn[] }) {
  const { t } = useLingui();
  const titles = (isTaken: boolean) =>
    [...new Set(columns.filter(({ meaning }) => (meaning !== null) === isTaken).map(({ title }) => title))].join(t`、`);
  const [taken, left] = [titles(true), titles(false)];
  if (!taken) return null;
  return (
    <p className="text-muted text-xs">
      {t`识别的列：${taken}`}
      {left && `　${t`未导入的列：${left}`}`}
    </p>
  );
}
