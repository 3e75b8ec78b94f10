import { useLingui } from "@lingui/react/macro";
import type { Check } from "@/api";
import { useMe } from "@/lib/session/session-store";
import { formatDay, formatInstant, formatNumber, today } from "@/lib/texts/format";

/** One small sheet of paper to keep away from the server; seen on paper only. */
export function SealSheet({ check }: { check: Check }) {
  const { t } = useLingui();
  const { school } = useMe();
  const head = check.head ?? "";
  const [number = "", mac = ""] = head.split(":");
  const result = check.findings.length === 0 ? t`完好` : t`${formatNumber(check.findings.length)} 处问题`;
  const lines = [
    { label: t`封印编号`, value: number },
    { label: t`核验时间`, value: formatInstant(check.checked_at) },
    { label: t`核验结果`, value: result },
    { label: t`记录与封印`, value: t`${formatNumber(check.entries)} 条记录，${formatNumber(check.seals)} 个封印` },
    { label: t`打印日期`, value: formatDay(today()) },
  ];
  return (
    <div className="hidden print:block">
      <p className="text-center text-sm">{school.name}</p>
      <h1 className="mt-1 text-center font-semibold text-xl tracking-widest">{t`访问与修改记录 封印存单`}</h1>
      <dl className="mx-auto mt-6 grid max-w-lg grid-cols-[7rem_1fr] gap-y-2 text-sm">
        {lines.map(({ label, value }) => (
          <div key={label} className="contents">
            <dt>{label}</dt>
            <dd className="tnum">{value}</dd>
          </div>
        ))}
        <dt>{t`封印`}</dt>
        <dd className="font-mono text-base leading-7">{mac.match(/.{1,8}/g)?.join(" ")}</dd>
      </dl>
      <div className="mx-auto mt-6 max-w-lg border-black border-t pt-3 text-sm">
        <p>{t`请把本单放在学校服务器以外的地方，例如档案室。日后核对时由管理员在服务器上执行：`}</p>
        <code className="mt-2 block break-all font-mono text-xs">nuanyang audit verify --head {head}</code>
        <p className="mt-2">{t`若提示末尾被截断，说明本单之前的记录有缺失。`}</p>
      </div>
      <p className="mx-auto mt-10 flex max-w-lg gap-10 text-sm">
        <span className="flex-1 border-black border-b pb-1">{t`保管人：`}</span>
        <span className="flex-1 border-black border-b pb-1">{t`日期：`}</span>
      </p>
    </div>
  );
}
