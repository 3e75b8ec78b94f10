import { Button } from "@heroui/react/button";
import { Trans, useLingui } from "@lingui/react/macro";
import { FileUp, X } from "lucide-react";
import { useId, useState } from "react";
import { DropZone } from "react-aria-components/DropZone";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { formatBytes } from "@/lib/texts/format";
import { ProgressLine } from "../progress-line";

interface FileDropProps {
  label: string;
  description?: string;
  /** Extensions with a dot: `[".xlsx", ".csv", ".zip"]`. */
  accept: string[];
  maxBytes?: number;
  allowsMultiple?: boolean;
  files: File[];
  onFiles: (files: File[]) => void;
  /** 0 … 1 while the files go out. */
  progress?: number | null;
  error?: string | null;
}

/** Files by dropping, by choosing, or by keyboard; refuses what cannot be meant before it is sent. */
export function FileDrop({ label, description, accept, maxBytes, allowsMultiple = false, files, onFiles, progress, error }: FileDropProps) {
  const { t } = useLingui();
  const [refusal, setRefusal] = useState<string | null>(null);
  const note = useId();
  const isSending = progress !== null && progress !== undefined;

  const take = (given: File[]) => {
    const wrongKind = given.find((file) => !accept.some((ending) => file.name.toLowerCase().endsWith(ending)));
    const tooLarge = maxBytes ? given.find((file) => file.size > maxBytes) : undefined;
    const name = (wrongKind ?? tooLarge)?.name ?? "";
    const kinds = accept.join(" ");
    if (wrongKind) return setRefusal(t`“${name}”不是可用的文件类型（${kinds}）。`);
    if (tooLarge) return setRefusal(t`“${name}”太大了，最大 ${formatBytes(maxBytes ?? 0)}。`);
    setRefusal(null);
    if (given.length > 0) onFiles(allowsMultiple ? [...files, ...given] : given.slice(0, 1));
  };

  return (
    <div className="flex flex-col gap-2">
      <DropZone
        aria-label={label}
        isDisabled={isSending}
        onDrop={async ({ items }) => take(await Promise.all(items.filter((item) => item.kind === "file").map((item) => item.getFile())))}
        className="flex flex-col items-center gap-2 rounded-lg border border-field-border border-dashed bg-surface px-6 py-8 text-center outline-none data-[drop-target]:border-accent data-[drop-target]:bg-accent-soft data-[focus-visible]:ring-2 data-[focus-visible]:ring-focus"
      >
        <FileUp aria-hidden className="size-7 text-muted" strokeWidth={1.5} />
        <p className="font-medium">{label}</p>
        {description && (
          <p id={note} className="max-w-md text-muted text-xs">
            {description}
          </p>
        )}
        <FileTrigger acceptedFileTypes={accept} allowsMultiple={allowsMultiple} onSelect={(list) => take([...(list ?? [])])}>
          <Button variant="secondary" size="sm" isDisabled={isSending} aria-describedby={description ? note : undefined}>
            <Trans>选择文件</Trans>
          </Button>
        </FileTrigger>
      </DropZone>
      {files.map((file) => (
        <div key={`${file.name}/${file.size}`} className="flex items-center gap-3 rounded-lg bg-surface px-3 py-2 text-sm shadow-surface">
          <span className="min-w-0 flex-1 truncate">{file.name}</span>
          <span className="tnum text-muted text-xs">{formatBytes(file.size)}</span>
          {!isSending && (
            <Button
              isIconOnly
              size="sm"
              variant="ghost"
              aria-label={t`移除 ${file.name}`}
              onPress={() => onFiles(files.filter((one) => one !== file))}
            >
              <X aria-hidden />
            </Button>
          )}
        </div>
      ))}
      {isSending && <ProgressLine label={t`正在上传`} value={progress} />}
      {(refusal ?? error) && (
        <p role="alert" className="text-danger text-sm">
          {refusal ?? error}
        </p>
      )}
    </div>
  );
}
