import { useQuery } from "@tanstack/react-query";
import { childrenListOptions } from "@/api/@tanstack/react-query.gen";
import { queryClient } from "@/lib/http/query-client";

export const useChildren = () => useQuery(childrenListOptions());

export const askForChildren = () => queryClient.prefetchQuery(childrenListOptions());
