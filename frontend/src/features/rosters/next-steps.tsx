import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import type { RosterImportShown } from "@/api/types.gen";
import { SectionCard } from "@/components/section-card";
import { formatNumber } from "@/lib/texts/format";

/** What an applied roster leaves for people to do. */
export function NextSteps({ row }: { row: RosterImportShown }) {
  const { t } = useLingui();
  const students = row.counts.student ?? {};
  const missing = students.whereabouts_unverified ?? 0;
  const pairs = students.possible_duplicate ?? 0;
  const staff = row.counts.staff?.new ?? 0;
  const steps = [
    missing > 0 && {
      to: "/rosters/whereabouts",
      label: t`核实 ${formatNumber(missing)} 名学生的去向`,
      why: t`名册里没有他们，也没有写明去向。`,
    },
    pairs > 0 && { to: "/rosters/duplicates", label: t`核对 ${formatNumber(pairs)} 组疑似重复`, why: t`姓名和出生日期相同，号码对不上。` },
    {
      to: "/students",
      label: t`查看学生名单`,
      why: staff > 0 ? t`新来的教职工可由管理员在“账号”里批量开通账号。` : t`按班级、年级核对一遍。`,
    },
  ].filter((step) => !!step);
  return (
    <SectionCard title={t`接下来`}>
      <ul className="flex flex-col gap-2 text-sm">
        {steps.map((step) => (
          <li key={step.to}>
            <Link to={step.to as "/"} className="group inline-flex items-center gap-1 text-link hover:underline">
              {step.label}
              <ChevronRight aria-hidden className="size-4" />
            </Link>
            <p className="text-muted text-xs">{step.why}</p>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
