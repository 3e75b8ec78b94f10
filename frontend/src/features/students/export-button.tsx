import { Trans, useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import { useState } from "react";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { saveFile } from "@/lib/http/save-file";
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
      if (await saveFile(`/api/v1/students/export${stringifySearch({ ...search })}`, t`学生名单.xlsx`)) notify(t`已导出`);
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
