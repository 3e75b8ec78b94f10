import { Trans, useLingui } from "@lingui/react/macro";
import { Eye } from "lucide-react";

interface ReadersNoteProps {
  readers: string[];
  about: string;
}

/** Says before anything is sent who will read it, and who will not. */
export function ReadersNote({ readers, about }: ReadersNoteProps) {
  const { t } = useLingui();
  const names = readers.join(t`、`);
  return (
    <div className="flex gap-3 rounded-lg bg-info-soft p-3.5 text-info-soft-foreground text-sm">
      <Eye aria-hidden className="mt-0.5 size-5 shrink-0" strokeWidth={1.8} />
      <div>
        <p>
          <Trans>只有这些老师能看到：{names}。同学和家长看不到。</Trans>
        </p>
        {about === "unnamed" && (
          <p className="mt-1">
            <Trans>如果说的就是他们中的一位，请选出是谁，这样他就看不到。</Trans>
          </p>
        )}
        {about !== "no" && about !== "unnamed" && (
          <p className="mt-1">
            <Trans>你说到的那位，即使在上面这些人里，也看不到。</Trans>
          </p>
        )}
      </div>
    </div>
  );
}
