import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { dropToken, keepToken } from "@/lib/session/access-token";
import { clearSession, getSession, setSession } from "@/lib/session/session-store";
import type { Me, TokenAnswer } from "@/lib/session/session-types";
import { apiFetch } from "./api-fetch";
import { ProblemError } from "./problem";

const api = "http://localhost:3000/api/v1";
const server = setupServer();
const seen: { token: string | null; key: string | null }[] = [];
let refreshes = 0;
let valid = "old";

const answer = (value: string): TokenAnswer => ({
  access_token: value,
  expires_in: 600,
  must_change_password: false,
  must_enrol_second_factor: false,
  school: { id: "s1", name: "青禾学校" },
  schools: [],
});
const meOf = (id: string, kind = "staff") =>
  ({ account: { id, username: id, display_name: id }, person: { kind, id, name: id }, roles: [] }) as unknown as Me;

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());
beforeEach(() => {
  seen.length = 0;
  refreshes = 0;
  valid = "old";
  dropToken();
  clearSession();
  server.use(
    http.all(`${api}/students`, ({ request }) => {
      const token = request.headers.get("Authorization");
      seen.push({ token, key: request.headers.get("Idempotency-Key") });
      return token === `Bearer ${valid}` ? HttpResponse.json({ ok: true }) : HttpResponse.json({}, { status: 401 });
    }),
    http.post(`${api}/auth/refresh`, ({ request }) => {
      refreshes += 1;
      if (request.headers.get("X-Requested-With") !== "nuanyang") return HttpResponse.json({}, { status: 403 });
      return valid === "over" ? HttpResponse.json({}, { status: 401 }) : HttpResponse.json(answer(valid));
    }),
  );
});

test("a refused token is renewed once for all requests under way, and each goes through", async () => {
  keepToken(answer("old"));
  valid = "new";
  const answers = await Promise.all([1, 2, 3].map(() => apiFetch(`${api}/students`)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(refreshes).toBe(1);
});

test("a POST carries the same key on its second try", async () => {
  keepToken(answer("old"));
  valid = "new";
  await apiFetch(`${api}/students`, { method: "POST", body: "{}" });
  expect(seen).toHaveLength(2);
  expect(seen[0]?.key).toBeTruthy();
  expect(seen[1]?.key).toBe(seen[0]?.key);
});

test("a GET carries no key", async () => {
  keepToken(answer("old"));
  await apiFetch(`${api}/students`);
  expect(seen).toEqual([{ token: "Bearer old", key: null }]);
});

async function untilExpired(): Promise<void> {
  while (getSession().status !== "expired") await new Promise((resolve) => setTimeout(resolve, 5));
}

test("when the session is over the request waits for the person to sign in again", async () => {
  keepToken(answer("old"));
  setSession({ status: "ready", me: meOf("zhou") });
  valid = "over";
  const waiting = apiFetch(`${api}/students`, { method: "POST", body: "{}" });
  await untilExpired();
  valid = "again";
  keepToken(answer("again"));
  setSession({ status: "ready", me: meOf("zhou") });
  expect((await waiting).status).toBe(200);
});

test("work begun by one person is never finished in another's name", async () => {
  keepToken(answer("old"));
  setSession({ status: "ready", me: meOf("zhou") });
  valid = "over";
  const waiting = apiFetch(`${api}/students`, { method: "POST", body: "{}" });
  const refused = expect(waiting).rejects.toMatchObject({ code: "account_changed" });
  await untilExpired();
  valid = "again";
  keepToken(answer("again"));
  setSession({ status: "ready", me: meOf("chen") });
  await refused;
  expect(seen.some(({ token }) => token === "Bearer again")).toBe(false);
});

test("at a computer that students share nothing of one waits behind the sign-in form", async () => {
  keepToken(answer("old"));
  setSession({ status: "ready", me: meOf("xiaoman", "student") });
  valid = "over";
  void apiFetch(`${api}/students`).catch(() => undefined);
  while (getSession().status !== "signed-out") await new Promise((resolve) => setTimeout(resolve, 5));
  expect(getSession().me).toBeNull();
});

test("a server out of reach is a problem with status 0", async () => {
  keepToken(answer("old"));
  server.use(http.get(`${api}/students`, () => HttpResponse.error()));
  const error = await apiFetch(`${api}/students`).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).status).toBe(0);
});
