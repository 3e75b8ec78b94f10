import { Trans } from "@lingui/react/macro";
import { FileText } from "lucide-react";
import { useState } from "react";
import { notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { saveFile } from "@/lib/http/save-file";

interface WordButtonProps {
  path: string;
  /** As it lies in the download folder of a shared computer: without a child's name. */
  fileName: string;
  label?: string;
}

/** The same paper as a Word document, to be gone over and handed in. */
export function WordButton({ path, fileName, label }: WordButtonProps) {
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    await saveFile(path, fileName).catch(notifyError);
    setBusy(false);
  };
  return (
    <PlainButton variant="secondary" size="sm" onClick={() => void save()} isPending={isBusy} disabled={isBusy}>
      <FileText aria-hidden />
      {label ?? <Trans>Word</Trans>}
    </PlainButton>
  );
}
