import { Button } from "@heroui/react/button";
import { Checkbox } from "@heroui/react/checkbox";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { SheetReport } from "@/api";
import { TextInput } from "@/components/form/text-input";

interface ApplyBarProps {
  report: SheetReport;
  isSending: boolean;
  onApply: (said: { isConfirmed: boolean; reason: string }) => void;
}

/** What has to be said before a checked sheet is applied: that zeros are meant, and why known values are corrected. */
export function ApplyBar({ report, isSending, onApply }: ApplyBarProps) {
  const { t } = useLingui();
  const [isConfirmed, setConfirmed] = useState(false);
  const { control, watch } = useForm({ defaultValues: { reason: "" } });
  const reason = watch("reason").trim();
  const isReady = (!report.needs_confirmation || isConfirmed) && (!report.needs_reason || reason.length >= 4);
  return (
    <div className="flex flex-col gap-3">
      {report.needs_reason && (
        <TextInput
          control={control}
          name="reason"
          label={t`更正原因`}
          isRequired
          rows={2}
          maxLength={2000}
          description={t`表中有 ${report.changed} 处与已有记录不同。原来的内容会与更正原因一起保留，至少写 4 个字。`}
        />
      )}
      <div className="flex flex-wrap items-center justify-end gap-3">
        {report.needs_confirmation && (
          <Checkbox isSelected={isConfirmed} onChange={setConfirmed}>
            <Checkbox.Content>
              <Checkbox.Control>
                <Checkbox.Indicator />
              </Checkbox.Control>
              <span className="text-sm">{t`已核对：标出的 0 分确为 0 分，不是缺考`}</span>
            </Checkbox.Content>
          </Checkbox>
        )}
        <Button onPress={() => onApply({ isConfirmed, reason })} isPending={isSending} isDisabled={!isReady}>
          <Trans>确认导入</Trans>
        </Button>
      </div>
    </div>
  );
}
