import { useLingui } from "@lingui/react/macro";
import type { DossierFile } from "@/api";
import { type Fact, Facts } from "@/components/facts";
import { SectionCard } from "@/components/section-card";
import { StatusChip } from "@/components/status-chip";
import { formatDay } from "@/lib/texts/format";
import { healthLabels, leftBehindLabels, relationLabels } from "./labels";
import { useEvidenceCatalogue } from "./queries";

/** Basic facts, guardians and circumstances, each only where this reader may see it. */
export function ProfileCards({ file }: { file: DossierFile }) {
  const { t, i18n } = useLingui();
  const { basic, identity, contact } = file;
  const facts: Fact[] = [
    { label: t`出生日期`, value: formatDay(basic.birth_on) },
    { label: t`班主任`, value: basic.class?.homeroom_teacher ?? "—" },
    { label: t`入校日期`, value: formatDay(basic.entered_on) },
    ...(basic.previous_school ? [{ label: t`转自`, value: basic.previous_school }] : []),
    ...(basic.record?.ethnicity ? [{ label: t`民族`, value: basic.record.ethnicity }] : []),
    ...(basic.former_name ? [{ label: t`曾用名`, value: basic.former_name }] : []),
    ...(identity?.identity_tail ? [{ label: t`证件号`, value: t`尾号 ${identity.identity_tail}` }] : []),
    ...(identity?.registration_tail ? [{ label: t`学籍号`, value: t`尾号 ${identity.registration_tail}` }] : []),
    ...(contact?.address ? [{ label: t`住址`, value: contact.address, isSensitive: true }] : []),
  ];
  const tails = new Map(identity?.guardians.map((one) => [one.id, one.identity_tail]));
  const circumstances = useCircumstances(file);
  return (
    <>
      <SectionCard id="profile" title={t`基本信息`}>
        <Facts columns={1} facts={facts} />
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

function useCircumstances({ family, economic, health }: DossierFile): Fact[] {
  const { t, i18n } = useLingui();
  const { data } = useEvidenceCatalogue();
  const groups = new Map((data?.items ?? []).map(({ code, name }) => [code, name]));
  const yes = (label: string, value: boolean | null | undefined): Fact[] =>
    value === null || value === undefined ? [] : [{ label, value: value ? t`是` : t`否`, isSensitive: true }];
  const said = (label: string, value: string | null | undefined): Fact[] => (value ? [{ label, value, isSensitive: true }] : []);
  const word = (code: string | null | undefined) => code && (healthLabels[code] ? i18n._(healthLabels[code]) : code);
  const leftBehind = family?.left_behind === null || family?.left_behind === undefined ? undefined : leftBehindLabels[family.left_behind];
  return [
    ...said(t`留守情况`, leftBehind && i18n._(leftBehind)),
    ...yes(t`单亲家庭`, family?.single_parent),
    ...yes(t`隔代抚养`, family?.raised_by_grandparents),
    ...yes(t`随迁子女`, family?.migrant_child),
    ...yes(t`孤儿`, family?.orphan),
    ...yes(t`申请资助`, economic?.needs_aid),
    ...said(t`特殊群体`, economic?.special_groups.map((code) => groups.get(code) ?? code).join(t`、`)),
    ...said(t`健康状况`, word(health?.health_status)),
    ...said(t`残疾类型`, word(health?.disability)),
    ...said(t`随班就读`, word(health?.inclusive_placement)),
  ];
}
