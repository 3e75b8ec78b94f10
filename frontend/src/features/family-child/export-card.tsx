import { Trans, useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import { useState } from "react";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { saveFile } from "@/lib/http/save-file";
import { today } from "@/lib/texts/format";

type Form = "pdf" | "json";

/** Everything on this page as a file, with one press. */
export function ExportCard({ studentId }: { studentId: string }) {
  const { t } = useLingui();
  const [busy, setBusy] = useState<Form>();
  const save = async (form: Form) => {
    setBusy(form);
    await saveFile(`/api/v1/my/children/${studentId}/export.${form}`, `child-${today()}.${form}`)
      .then(() => notify(t`已保存到您的设备`))
      .catch(notifyError);
    setBusy(undefined);
  };
  return (
    <SectionCard title={t`带走一份`} description={t`包含本页的全部信息，并说明为什么保存、保存多久。请妥善保管。`}>
      <div className="flex flex-wrap gap-2">
        <PlainButton onClick={() => void save("pdf")} isPending={busy === "pdf"} disabled={busy !== undefined}>
          <Download aria-hidden />
          <Trans>下载 PDF</Trans>
        </PlainButton>
        <PlainButton variant="secondary" onClick={() => void save("json")} isPending={busy === "json"} disabled={busy !== undefined}>
          <Trans>下载数据文件（JSON）</Trans>
        </PlainButton>
      </div>
    </SectionCard>
  );
}
