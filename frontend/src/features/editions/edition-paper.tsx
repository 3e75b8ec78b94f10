import { useLingui } from "@lingui/react/macro";
import type { EditionClauseShown, EditionShown } from "@/api";
import { PaperSection } from "@/components/print/paper-section";
import { PaperTable } from "@/components/print/paper-table";
import { PrintCover } from "@/components/print/print-cover";
import { SignatureLine } from "@/components/print/signature-line";
import { useMe } from "@/lib/session/session-store";
import { paperDay } from "@/lib/texts/format";
import { ownerLabels, partLabels } from "./parts/owner-labels";
import { useClauseWords } from "./use-clause-words";

/** The programme as it is handed in: cover, contents, texts, clauses by part, signatures. */
export function EditionPaper({ edition, clauses }: { edition: EditionShown; clauses: EditionClauseShown[] }) {
  const { t, i18n } = useLingui();
  const { school } = useMe();
  const words = useClauseWords(edition.phases);
  const texts = [
    { id: "background", title: t`背景与意义`, body: edition.background },
    { id: "guiding", title: t`指导思想`, body: edition.guiding },
  ].filter((one) => one.body);
  const parts = (Object.keys(partLabels) as EditionClauseShown["part"][]).map((part) => ({ id: part, title: i18n._(partLabels[part]) }));
  const rows = (part: string) =>
    clauses
      .filter((one) => one.part === part)
      .map((one) => [
        one.clause,
        words.text(one),
        i18n._(ownerLabels[one.owner]),
        words.list("doers", one.doers) || "—",
        words.targetWords(one) ?? words.cadence(one) ?? "—",
      ]);
  return (
    <>
      <PrintCover
        school={school.name}
        title={edition.name}
        lines={[
          { label: t`年　　度`, value: `${paperDay(edition.starts_on)} — ${paperDay(edition.ends_on)}` },
          { label: t`执行日期`, value: edition.in_force_from ? paperDay(edition.in_force_from) : "—" },
          { label: t`批 准 人`, value: edition.approved_by_name ?? "—" },
        ]}
        contents={[...texts, ...parts]}
        contentsTitle={t`目录`}
      />
      {texts.map((one, index) => (
        <PaperSection key={one.id} id={one.id} number={index + 1} title={one.title}>
          <p className="whitespace-pre-line">{one.body}</p>
        </PaperSection>
      ))}
      {parts.map((one, index) => (
        <PaperSection key={one.id} id={one.id} number={texts.length + index + 1} title={one.title}>
          <PaperTable head={[t`编号`, t`内容`, t`牵头部门`, t`实施人`, t`频率或目标`]} widths={[8, 42, 14, 18, 18]} rows={rows(one.id)} />
        </PaperSection>
      ))}
      <SignatureLine filledBy={edition.created_by_name ?? ""} reviewedBy={edition.approved_by_name ?? ""} />
    </>
  );
}
