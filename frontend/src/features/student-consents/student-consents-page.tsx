import { useLingui } from "@lingui/react/macro";
import type { OwnConsents } from "@/api";
import { PageHeader } from "@/components/page-header";
import { QueryState } from "@/components/states/query-state";
import { formatDay } from "@/lib/texts/format";
import { PurposeCard } from "./purpose-card";
import { useOwnConsents } from "./queries";

/** What the school would like to do and asks about first; from fourteen on, the pupil's own yes or no. */
export function StudentConsentsPage() {
  const { t } = useLingui();
  return (
    <>
      <PageHeader
        title={t`我的同意`}
        description={t`有些事学校要先问过才能做。同意或不同意都可以，随时可以改，不影响你上学，也不会有人因此不高兴。`}
      />
      <QueryState query={useOwnConsents()}>
        {(shown) => (
          <div className="flex flex-col gap-3">
            <p className="rounded-lg bg-info-soft px-4 py-3 text-info-soft-foreground text-sm">
              <WhoDecides shown={shown} />
            </p>
            {shown.purposes.map((purpose) => (
              <PurposeCard key={purpose.purpose} purpose={purpose} mayDecide={shown.decides_alone} />
            ))}
          </div>
        )}
      </QueryState>
    </>
  );
}

function WhoDecides({ shown }: { shown: OwnConsents }) {
  const { t } = useLingui();
  if (shown.decides_alone) return t`你已经满十四周岁，下面的事由你自己决定；家长会看到你的选择。家长以前同意过的，在你改变之前仍然算数。`;
  if (!shown.decides_from) return t`现在由家长决定。有什么想法，可以告诉家长或老师。`;
  const day = formatDay(shown.decides_from);
  return t`你还没满十四周岁，现在由家长决定；从 ${day} 起由你自己决定。有什么想法，可以告诉家长或老师。`;
}
