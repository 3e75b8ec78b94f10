import { useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import { useState } from "react";
import { notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { saveFile } from "@/lib/http/save-file";
import { stringifySearch } from "@/lib/routing/search";

/** The list as it is filtered, as a file; names leave the system in it, so the server may ask first who one is. */
export function SaveOccurrences({ clause, query }: { clause: string; query: Record<string, unknown> }) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const path = `/api/v1/compliance/${encodeURIComponent(clause)}/occurrences.csv${stringifySearch(query)}`;
    await saveFile(path, t`落实清单 ${clause}.csv`).catch(notifyError);
    setBusy(false);
  };
  return (
    <PlainButton variant="secondary" size="sm" onClick={() => void save()} isPending={isBusy} disabled={isBusy}>
      <Download aria-hidden />
      {t`导出 CSV`}
    </PlainButton>
  );
}
