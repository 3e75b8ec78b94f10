import { beforeEach, expect, test } from "vitest";
import { dropDrafts, keepDraft, readDraft } from "./drafts";
import { setSession } from "./session-store";
import type { Me } from "./session-types";

const signIn = (id: string) => setSession({ status: "ready", me: { account: { id } } as Me });

beforeEach(() => sessionStorage.clear());

test("a draft is read by the account that typed it and by nobody else", () => {
  signIn("a");
  keepDraft("plan:1", { summary: "慢慢来" });
  expect(readDraft("plan:1")).toEqual({ summary: "慢慢来" });
  signIn("b");
  expect(readDraft("plan:1")).toBeNull();
});

test("drafts outlive a session that ended and go with the sign-out", () => {
  signIn("a");
  keepDraft("plan:1", 1);
  setSession({ status: "expired" });
  dropDrafts("a");
  expect(readDraft("plan:1")).toBe(1);
  dropDrafts();
  expect(readDraft("plan:1")).toBeNull();
});

test("who signs in after somebody else leaves nothing of theirs behind", () => {
  signIn("a");
  keepDraft("plan:1", 1);
  dropDrafts("b");
  expect(sessionStorage.length).toBe(0);
});
