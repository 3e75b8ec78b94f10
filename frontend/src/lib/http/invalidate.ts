import type { QueryClient } from "@tanstack/react-query";

/** Marks every query of the named operations as out of date: `invalidate(client, "studentsList", "studentsRead")`. */
export async function invalidate(client: QueryClient, ...operations: string[]): Promise<void> {
  await Promise.all(operations.map((_id) => client.invalidateQueries({ queryKey: [{ _id }] })));
}
