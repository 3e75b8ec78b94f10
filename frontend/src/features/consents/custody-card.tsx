import { Trans, useLingui } from "@lingui/react/macro";
import { ShieldAlert } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { CustodyOrderShown, CustodyOrders } from "@/api";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { StatusChip } from "@/components/status-chip";
import { formatDay } from "@/lib/texts/format";
import { orderKindLabels, orderSourceLabels, orderStateLabels, relationLabels } from "./labels";
import { useCustodyOrders } from "./queries";

const OrderDialog = lazy(() => import("./order-dialog").then((m) => ({ default: m.OrderDialog })));
const LiftDialog = lazy(() => import("./lift-dialog").then((m) => ({ default: m.LiftDialog })));

/** 监护令: what keeps a guardian from this child. Of class protection; neither child nor family ever sees it. */
export function CustodyCard({ studentId }: { studentId: string }) {
  return <QueryState query={useCustodyOrders(studentId)}>{(shown) => <Orders shown={shown} studentId={studentId} />}</QueryState>;
}

function Orders({ shown, studentId }: { shown: CustodyOrders; studentId: string }) {
  const { t } = useLingui();
  const [isRecording, setRecording] = useState(false);
  const [lifting, setLifting] = useState<CustodyOrderShown>();
  return (
    <SectionCard
      title={t`监护令`}
      description={t`法院裁定或学校保护决定。生效后，有关家长在家长平台上看不到这个孩子，也不会收到激活码。`}
      actions={
        shown.may_record && (
          <PlainButton size="sm" variant="secondary" onClick={() => setRecording(true)} disabled={shown.guardians.length === 0}>
            <ShieldAlert aria-hidden />
            <Trans>登记监护令</Trans>
          </PlainButton>
        )
      }
    >
      {shown.items.length === 0 && (
        <p className="text-muted text-sm">
          <Trans>没有登记过监护令。</Trans>
        </p>
      )}
      <ul className="flex flex-col divide-y divide-border" data-sensitive>
        {shown.items.map((one) => (
          <Order key={one.id} order={one} onLift={shown.may_record && one.state !== "lifted" ? () => setLifting(one) : undefined} />
        ))}
      </ul>
      <Suspense fallback={null}>
        {isRecording && <OrderDialog studentId={studentId} guardians={shown.guardians} onClose={() => setRecording(false)} />}
        {lifting && <LiftDialog order={lifting} onClose={() => setLifting(undefined)} />}
      </Suspense>
    </SectionCard>
  );
}

function Order({ order, onLift }: { order: CustodyOrderShown; onLift?: () => void }) {
  const { t, i18n } = useLingui();
  const relation = relationLabels[order.relation];
  const state = orderStateLabels[order.state];
  const from = formatDay(order.starts_on);
  const to = formatDay(order.ends_on);
  return (
    <li className="flex flex-col gap-1 py-2 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">
          {order.guardian_name}
          {relation && `（${i18n._(relation)}）`}
        </span>
        <StatusChip tone={state.tone}>{i18n._(state.label)}</StatusChip>
        <span className="flex-1" />
        {onLift && (
          <button type="button" className="cursor-pointer rounded text-link text-xs hover:underline" onClick={onLift} data-print="hide">
            <Trans>解除</Trans>
          </button>
        )}
      </p>
      <p>{order.kinds.map((kind) => i18n._(orderKindLabels[kind])).join(t`、`)}</p>
      <p className="text-muted text-xs">
        {i18n._(orderSourceLabels[order.source])} · {order.ends_on ? t`${from} 至 ${to}` : t`${from} 起`}
      </p>
      <p className="whitespace-pre-line text-muted text-xs">{order.reference}</p>
      {order.lifted_reason && <p className="text-muted text-xs">{t`解除原因：${order.lifted_reason}`}</p>}
    </li>
  );
}
