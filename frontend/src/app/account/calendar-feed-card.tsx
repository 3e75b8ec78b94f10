import { useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { calendarFeedCreateMutation, calendarFeedEndMutation, calendarFeedReadOptions } from "@/api/@tanstack/react-query.gen";
import { CopyButton } from "@/components/copy-button";
import { notify, notifyError } from "@/components/feedback/notify";
import { PlainButton } from "@/components/plain-button";
import { SectionCard } from "@/components/section-card";
import { QueryState } from "@/components/states/query-state";
import { invalidate } from "@/lib/http/invalidate";
import { formatInstant } from "@/lib/texts/format";

/** 日历订阅: a private address for one's own calendar program; shown once, ended at any time, and it tells numbers only. */
export function CalendarFeedCard() {
  const { t } = useLingui();
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "calendarFeedRead");
  const state = useQuery(calendarFeedReadOptions());
  const make = useMutation({ ...calendarFeedCreateMutation(), onSuccess, onError: notifyError });
  const end = useMutation({ ...calendarFeedEndMutation(), onSuccess, onError: notifyError });
  const address = make.data?.address;
  const stop = () => {
    make.reset();
    end.mutate({}, { onSuccess: () => notify(t`已停用订阅地址`) });
  };
  return (
    <SectionCard title={t`日历订阅`} description={t`在手机或电脑的日历里看到每天有几项待办；只有数字，没有姓名。`}>
      <QueryState query={state} size="panel">
        {({ is_on, since }) => (
          <div className="flex flex-col gap-3">
            {address && is_on && (
              <div className="rounded-md bg-surface-secondary p-3">
                <p className="mb-1 text-muted text-xs">{t`地址只显示这一次，请现在复制到日历程序的“订阅日历”里，不要转给别人。`}</p>
                <div className="flex items-center gap-2">
                  <code className="min-w-0 flex-1 break-all text-sm">{address}</code>
                  <CopyButton text={address} label={t`复制订阅地址`} />
                </div>
              </div>
            )}
            <p className="text-sm">{is_on ? t`已启用，${formatInstant(since)} 生成。` : t`没有启用。`}</p>
            <div className="flex flex-wrap gap-2">
              <PlainButton size="sm" variant="secondary" isPending={make.isPending} onClick={() => make.mutate({})}>
                {is_on ? t`换一个地址` : t`生成订阅地址`}
              </PlainButton>
              {is_on && (
                <PlainButton size="sm" variant="ghost" onClick={stop}>
                  {t`停用`}
                </PlainButton>
              )}
            </div>
          </div>
        )}
      </QueryState>
    </SectionCard>
  );
}
