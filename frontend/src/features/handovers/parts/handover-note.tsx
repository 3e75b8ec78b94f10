import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { HandoverShown } from "@/api/types.gen";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { formatDay } from "@/lib/texts/format";
import { postLabels } from "../labels";
import { useHandoverMutations } from "../queries";

/** What the former left for the reader, until they say that they have read it. */
export function HandoverNote({ handover, isOnStudentsPage = false }: { handover: HandoverShown; isOnStudentsPage?: boolean }) {
  const { t, i18n } = useLingui();
  const { acknowledge } = useHandoverMutations();
  const { note } = handover;
  const done = () => void acknowledge.mutateAsync({ path: { handover_id: handover.id } }).then(() => notify(t`已确认交接`), notifyError);
  const parts = note && [
    { label: t`正在进行的`, value: note.runs },
    { label: t`已经约定的`, value: note.agreed },
    { label: t`需要避免的`, value: note.avoid },
  ];
  return (
    <SectionCard
      title={isOnStudentsPage ? t`交接记录` : t`${handover.student_name}的交接记录`}
      description={t`${handover.from_name} 交给您，${formatDay(handover.effective_on)} 起由您担任${i18n._(postLabels[handover.post])}`}
      actions={
        <PlainButton
          size="sm"
          variant="secondary"
          isPending={acknowledge.isPending}
          aria-label={t`已看过 ${handover.student_name} 的交接记录`}
          onClick={done}
        >
          <Trans>已看过</Trans>
        </PlainButton>
      }
    >
      <dl className="flex flex-col gap-2 text-sm" data-sensitive>
        {parts?.map(({ label, value }) => (
          <div key={label}>
            <dt className="text-muted text-xs">{label}</dt>
            <dd className="whitespace-pre-line">{value}</dd>
          </div>
        ))}
      </dl>
      {!isOnStudentsPage && (
        <p className="mt-3 text-sm">
          <Link to="/students/$studentId" params={{ studentId: handover.student_id }} className="rounded text-link hover:underline">
            <Trans>打开一生一档</Trans>
          </Link>
        </p>
      )}
    </SectionCard>
  );
}
