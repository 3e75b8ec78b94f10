import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/** 早上好, 中午好, 下午好, 晚上好 — by the reader's clock. */
export function greetingAt(hour: number): MessageDescriptor {
  if (hour >= 5 && hour < 11) return msg`早上好`;
  if (hour >= 11 && hour < 14) return msg`中午好`;
  if (hour >= 14 && hour < 18) return msg`下午好`;
  return msg`晚上好`;
}
