import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { inboxListInfiniteOptions, inboxReadAllMutation, inboxReadMutation, inboxUnreadMutation } from "@/api/@tanstack/react-query.gen";
import { watchUnread } from "@/lib/http/inbox-events";
import { invalidate } from "@/lib/http/invalidate";
import { keyset } from "@/lib/http/keyset";

export const useInbox = (unread: boolean) => useInfiniteQuery(keyset(inboxListInfiniteOptions({ query: { unread } })));

export function useNoticeMutations() {
  const client = useQueryClient();
  const onSuccess = () => invalidate(client, "inboxList");
  return {
    read: useMutation({ ...inboxReadMutation(), onSuccess }),
    unread: useMutation({ ...inboxUnreadMutation(), onSuccess }),
    readAll: useMutation({ ...inboxReadAllMutation(), onSuccess }),
  };
}

/** While the page is open, what is new comes by itself. */
export function useLiveInbox() {
  const client = useQueryClient();
  useEffect(() => {
    const stop = new AbortController();
    let known: number | undefined;
    void watchUnread(stop.signal, (unread) => {
      if (known !== undefined && known !== unread) void invalidate(client, "inboxList");
      known = unread;
    });
    return () => stop.abort();
  }, [client]);
}
