import { Button } from "@heroui/react/button";
import { Checkbox } from "@heroui/react/checkbox";
import { Trans, useLingui } from "@lingui/react/macro";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { RosterImportShown } from "@/api/types.gen";
import { notifyError } from "@/components/feedback/notify";
import { SectionCard } from "@/components/section-card";
import { formatNumber, formatPercent } from "@/lib/texts/format";
import { useApplyImport } from "./queries";

/** Apply what was checked; many missing pupils are asked about, school by school. */
export function ApplyCard({ row }: { row: RosterImportShown }) {
  const { t } = useLingui();
  const apply = useApplyImport();
  const [isConfirmed, setConfirmed] = useState(false);
  const asking = row.schools.filter((school) => school.needs_confirmation);
  return (
    <SectionCard title={t`检查通过，可以应用`} description={t`应用时要么全部写入，要么一条也不写入；学生的帮扶档案不受影响。`}>
      {asking.length > 0 && (
        <div className="mb-3 flex flex-col gap-2 rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning-soft-foreground">
          {asking.map((school) => (
            <p key={school.school_id} className="flex items-start gap-2">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              {t`${school.name}：${formatNumber(school.missing)} 名在读学生不在文件里（${formatPercent(school.missing / Math.max(school.present, 1))}），毕业年级不计在内。应用后他们列入“去向待核实”。`}
            </p>
          ))}
          <Checkbox isSelected={isConfirmed} onChange={setConfirmed}>
            <Checkbox.Content>
              <Checkbox.Control>
                <Checkbox.Indicator />
              </Checkbox.Control>
              <span className="text-sm">{t`已核对，确实有这么多学生不在名册里`}</span>
            </Checkbox.Content>
          </Checkbox>
        </div>
      )}
      <Button
        isPending={apply.isPending}
        isDisabled={asking.length > 0 && !isConfirmed}
        onPress={() =>
          apply.mutate({ path: { import_id: row.id }, body: { confirm_removals: isConfirmed } }, { onError: (error) => notifyError(error) })
        }
      >
        <Trans>应用导入</Trans>
      </Button>
    </SectionCard>
  );
}
