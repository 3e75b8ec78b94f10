import { useLingui } from "@lingui/react/macro";

/** 填表人 / 审核人 / 盖章: the last line of every form that is handed in. */
export function SignatureLine({ filledBy, reviewedBy }: { filledBy?: string; reviewedBy?: string }) {
  const { t } = useLingui();
  const cells = [
    { label: t`填表人`, value: filledBy ?? "" },
    { label: t`审核人`, value: reviewedBy ?? "" },
    { label: t`单位盖章`, value: "" },
    { label: t`日期`, value: "" },
  ];
  return (
    <div className="signatures">
      {cells.map(({ label, value }) => (
        <p key={label}>
          {label}：<span>{value}</span>
        </p>
      ))}
    </div>
  );
}
