import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useEffect } from "react";
import type { CounsellingFile } from "@/api/types.gen";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { invalidate } from "@/lib/http/invalidate";
import { formatTime } from "@/lib/texts/format";
import { groundWords } from "./labels";
import { useCounsellingMutations } from "./queries";

/** On what the file is open to the reader; broken glass says until when, ends by a button, and takes the notes off the screen when it is over. */
export function GroundNotice({ file }: { file: CounsellingFile }) {
  const { t, i18n } = useLingui();
  const { end } = useCounsellingMutations();
  const client = useQueryClient();
  const { ground, opening } = file;
  const over = opening?.expires_at;
  useEffect(() => {
    if (!over) return;
    const rest = Math.max(0, new Date(over).getTime() - Date.now()) + 500;
    const timer = setTimeout(() => void invalidate(client, "counsellingRead", "counsellingSessionVersions"), rest);
    return () => clearTimeout(timer);
  }, [over, client]);
  if (!ground) return null;
  const Icon = opening ? ShieldAlert : ShieldCheck;
  const tone = opening ? "bg-warning-soft text-warning-soft-foreground" : "bg-accent-soft text-accent-soft-foreground";
  const close = () => void end.mutateAsync({ path: { opening_id: opening?.id ?? "" } }).then(() => notify(t`已结束紧急查阅`), notifyError);
  return (
    <div className={`flex flex-wrap items-center justify-between gap-3 rounded-lg px-4 py-3 text-sm ${tone}`} role="status">
      <p className="flex min-w-0 items-start gap-2">
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          {i18n._(groundWords[ground])}
          {opening && <b className="tnum ml-1 font-semibold">{t`${formatTime(opening.expires_at)} 自动关闭。`}</b>}
        </span>
      </p>
      {opening && (
        <PlainButton size="sm" variant="secondary" isPending={end.isPending} onClick={close}>
          <Trans>现在结束</Trans>
        </PlainButton>
      )}
    </div>
  );
}
