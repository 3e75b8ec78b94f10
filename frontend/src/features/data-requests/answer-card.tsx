import { Trans, useLingui } from "@lingui/react/macro";
import type { RequestShown } from "@/api";
import { Facts } from "@/components/facts";
import { SectionCard } from "@/components/section-card";
import { groundLabels, stateLabels } from "@/features/family-requests/parts/request-labels";
import { formatInstant } from "@/lib/texts/format";

/** The answer, and who prepared and approved it. */
export function AnswerCard({ request }: { request: RequestShown }) {
  const { t, i18n } = useLingui();
  const { outcome, ground, reason, decided_at } = request;
  return (
    <SectionCard title={decided_at ? t`答复` : t`拟答复`} description={decided_at ? undefined : t`批准以后家长才会看到。`}>
      <Facts
        facts={[
          { label: t`结果`, value: outcome && i18n._(stateLabels[outcome]) },
          { label: t`依据`, value: ground && i18n._(groundLabels[ground]) },
          { label: t`拟办`, value: request.prepared_by },
          { label: t`拟办时间`, value: formatInstant(request.prepared_at) },
          ...(request.kind === "erase" ? [{ label: t`批准`, value: request.approved_by }] : []),
          ...(decided_at ? [{ label: t`答复时间`, value: formatInstant(decided_at) }] : []),
        ]}
      />
      {reason && (
        <p className="mt-3 whitespace-pre-line break-words rounded-md bg-surface-secondary px-3 py-2 text-sm">
          <Trans>理由：{reason}</Trans>
        </p>
      )}
    </SectionCard>
  );
}
