import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { EventShown } from "@/api/types.gen";
import { formatInstant } from "@/lib/texts/format";

const words: Record<string, MessageDescriptor> = {
  signed_in: msg`登录`,
  wrong_code: msg`输错动态验证码`,
  password_changed: msg`修改密码`,
  password_reset: msg`重置密码`,
  second_factor_enrolled: msg`设置动态验证码`,
  second_factor_reset: msg`重置动态验证码`,
  codes_renewed: msg`更换恢复码`,
  sessions_ended: msg`退出已登录的设备`,
  device_forgotten: msg`不再信任设备`,
  refresh_token_reused: msg`登录凭证被重复使用，已自动退出`,
  disabled: msg`停用账号`,
  enabled: msg`恢复使用`,
  role_given: msg`分配岗位`,
  role_ended: msg`结束岗位`,
  delegation_given: msg`受托代班`,
  delegation_ended: msg`代班结束`,
  confirmed_anew: msg`再次确认身份`,
  sign_in_policy_changed: msg`更改登录规则`,
};

/** What happened to an account's sign-in, newest first. */
export function EventList({ events }: { events: EventShown[] }) {
  const { t, i18n } = useLingui();
  if (events.length === 0) return <p className="text-muted text-sm">{t`暂无记录。`}</p>;
  return (
    <ol className="flex flex-col">
      {events.map((event) => {
        const word = words[event.kind];
        const notes = [event.by && t`由 ${event.by} 办理`, event.device, event.address, event.reason && t`原因：${event.reason}`];
        return (
          <li key={event.id} className="flex flex-wrap gap-x-4 border-separator border-b py-1.5 text-sm last:border-b-0">
            <span className="tnum w-36 shrink-0 text-muted text-xs leading-5">{formatInstant(event.happened_at)}</span>
            <span className="min-w-0 flex-1">
              {word ? i18n._(word) : event.kind}
              <span className="block break-words text-muted text-xs">{notes.filter(Boolean).join(" · ")}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
