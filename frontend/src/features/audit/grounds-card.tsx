import { useLingui } from "@lingui/react/macro";
import { BadgeCheck, CalendarClock, EyeOff, HeartHandshake, LockKeyholeOpen } from "lucide-react";
import type { Access, Ground } from "@/api";
import { SectionCard } from "@/components/section-card";
import { dataClassLabel } from "@/lib/session/data-class-label";
import { formatDay, formatTime } from "@/lib/texts/format";
import { scopeLabels } from "./labels";

/** Every role and case on whose strength the reader sees something of this student, what each opens, and what stays closed. */
export function GroundsCard({ access }: { access: Access }) {
  const { t, i18n } = useLingui();
  const hidden = access.hidden.map((one) => dataClassLabel(one, i18n)).join(t`、`);
  return (
    <SectionCard title={t`我为什么能看到`}>
      {access.grounds.length === 0 ? (
        <p className="text-muted text-sm">{t`没有岗位或个案让您看到这名学生的资料。`}</p>
      ) : (
        <ul className="flex flex-col gap-4">
          {access.grounds.map((ground, index) => (
            <GroundLine key={`${ground.role}:${ground.scope}:${index}`} ground={ground} />
          ))}
        </ul>
      )}
      {hidden && (
        <p className="mt-4 flex items-start gap-2 rounded-md bg-surface-secondary px-3 py-2 text-muted text-xs">
          <EyeOff aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>{t`对您不可见：${hidden}。`}</span>
        </p>
      )}
    </SectionCard>
  );
}

function GroundLine({ ground }: { ground: Ground }) {
  const { t, i18n } = useLingui();
  const Icon = { case: HeartHandshake, role: BadgeCheck, break_glass: LockKeyholeOpen }[ground.kind];
  const lapses = ground.valid_to ? t`${formatDay(ground.valid_to)} 到期，自动失效` : t`未设到期日，离岗时由管理员结束`;
  const scope = scopeLabels[ground.scope];
  const opened = ground.data_classes.map((one) => dataClassLabel(one, i18n)).join(t`、`);
  return (
    <li className="grid grid-cols-[2rem_minmax(0,1fr)] gap-x-3">
      <span className="grid size-8 place-items-center rounded-lg bg-accent-soft text-accent-soft-foreground">
        <Icon aria-hidden className="size-4" />
      </span>
      <div className="text-sm">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-semibold">{ground.name}</span>
          <span className="text-muted text-xs">{scope && i18n._(scope)}</span>
          {ground.deputy_of && <span className="text-muted text-xs">{t`代 ${ground.deputy_of}`}</span>}
        </p>
        <p className="mt-0.5">
          <span className="text-muted">{t`可以查看：`}</span>
          {opened}
        </p>
        <p className="mt-0.5 flex items-center gap-1 text-muted text-xs">
          <CalendarClock aria-hidden className="size-3.5" />
          <span className="tnum">{ground.until ? t`${formatTime(ground.until)} 自动关闭，事后复核` : lapses}</span>
        </p>
      </div>
    </li>
  );
}
