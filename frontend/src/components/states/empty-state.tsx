import { Inbox } from "lucide-react";
import type { ComponentProps } from "react";
import { StateMessage } from "./state-message";

/** Says why there is nothing here and what to do next; `icon` may be replaced. */
export function EmptyState({ icon = Inbox, size = "panel", ...rest }: Partial<ComponentProps<typeof StateMessage>> & { title: string }) {
  return <StateMessage icon={icon} size={size} {...rest} />;
}
