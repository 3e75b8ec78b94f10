import { Trans, useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import { useState } from "react";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { apiFetch } from "@/lib/http/api-fetch";
import { toProblemError } from "@/lib/http/problem";
import { stringifySearch } from "@/lib/routing/search";
import { useStudentSearch } from "./search";

/** The list as it stands, as a workbook; it holds what the list shows, numbers masked as there. */
export function ExportButton() {
  const { t } = useLingui();
  const search = useStudentSearch();
  const [isBusy, setBusy] = useState(false);

  const onExport = async () => {
    setBusy(true);
    try {
      const answer = await apiFetch(`/api/v1/students/export${stringifySearch({ ...search })}`);
      if (!answer.ok) throw toProblemError(await answer.json(), answer);
      const address = URL.createObjectURL(await answer.blob());
      const link = document.createElement("a");
      link.href = address;
      link.download = t`学生名单.xlsx`;
      link.click();
      URL.revokeObjectURL(address);
      notify(t`已导出`);
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <PlainButton variant="secondary" onClick={isBusy ? undefined : () => void onExport()} isPending={isBusy}>
      <Download aria-hidden className="size-4" />
      <Trans>导出列表</Trans>
    </PlainButton>
  );
}
