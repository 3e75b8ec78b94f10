import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { DossierFile } from "@/api";
import { type Fact, Facts } from "@/components/facts";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { useMe } from "@/lib/session/session-store";
import { formatDay } from "@/lib/texts/format";
import { boardingLabels, householdLabels, relationLabels } from "./labels";
import { useCircumstances } from "./use-circumstances";

const ConfirmIdentityDialog = lazy(() => import("./confirm-identity-dialog").then((m) => ({ default: m.ConfirmIdentityDialog })));

/** Basic facts, guardians and circumstances, each only where this reader may see it. */
export function ProfileCards({ file }: { file: DossierFile }) {
  const { t, i18n } = useLingui();
  const { basic, identity, contact } = file;
  const said = (label: string, labels: Record<string, { id: string }>, code: string | null | undefined): Fact[] =>
    code ? [{ label, value: labels[code] ? i18n._(labels[code]) : code }] : [];
  const facts: Fact[] = [
    { label: t`出生日期`, value: formatDay(basic.birth_on) },
    { label: t`班主任`, value: basic.class?.homeroom_teacher ?? "—" },
    { label: t`入校日期`, value: formatDay(basic.entered_on) },
    ...(basic.previous_school ? [{ label: t`转自`, value: basic.previous_school }] : []),
    ...(basic.record?.ethnicity ? [{ label: t`民族`, value: basic.record.ethnicity }] : []),
    ...said(t`户口性质`, householdLabels, basic.record?.household_kind),
    ...said(t`就读方式`, boardingLabels, basic.record?.boarding),
    ...(basic.former_name ? [{ label: t`曾用名`, value: basic.former_name }] : []),
    ...(identity?.identity_tail ? [{ label: t`证件号`, value: t`尾号 ${identity.identity_tail}` }] : []),
    ...(identity?.registration_tail ? [{ label: t`学籍号`, value: t`尾号 ${identity.registration_tail}` }] : []),
    ...(contact?.address ? [{ label: t`住址`, value: contact.address, isSensitive: true }] : []),
  ];
  const tails = new Map(identity?.guardians.map((one) => [one.id, one.identity_tail]));
  const circumstances = useCircumstances(file);
  // Contact is read where the right to ask is held, and not where a subject is taught.
  const mayConfirm = !!useMe().rights.identity?.confirm && !identity && !!contact;
  const [isConfirming, setConfirming] = useState(false);
  return (
    <>
      <SectionCard
        id="profile"
        title={t`基本信息`}
        actions={
          mayConfirm && (
            <PlainButton size="sm" variant="secondary" onClick={() => setConfirming(true)}>
              <Trans>核对证件号</Trans>
            </PlainButton>
          )
        }
      >
        <Facts columns={1} facts={facts} />
        <Suspense fallback={null}>
          {isConfirming && <ConfirmIdentityDialog studentId={file.id} onClose={() => setConfirming(false)} />}
        </Suspense>
      </SectionCard>
      {contact && (
        <SectionCard title={t`家长与照护人`}>
          {contact.guardians.length === 0 && <p className="text-muted text-sm">{t`名册中没有登记。`}</p>}
          <ul className="flex flex-col gap-2.5 text-sm">
            {contact.guardians.map((one) => (
              <li key={one.id} className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium">{one.name}</span>
                <span className="text-muted text-xs">
                  {relationLabels[one.relation] ? i18n._(relationLabels[one.relation] ?? { id: "" }) : one.relation}
                </span>
                {tails.has(one.id) && <span className="text-muted text-xs">{t`证件尾号 ${tails.get(one.id)}`}</span>}
                {one.may_contact ? (
                  one.phone && (
                    <a href={`tel:${one.phone}`} className="tnum ml-auto text-link hover:underline" data-sensitive>
                      {one.phone}
                    </a>
                  )
                ) : (
                  <span className="ml-auto">
                    <StatusChip tone="danger">{t`不得联系`}</StatusChip>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </SectionCard>
      )}
      {circumstances.length > 0 && (
        <SectionCard title={t`家庭与健康`}>
          <Facts columns={1} facts={circumstances} />
        </SectionCard>
      )}
    </>
  );
}
