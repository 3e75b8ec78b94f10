import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { clearSession, getSession } from "@/lib/session/session-store";
import { lastWorkspace } from "@/lib/session/sign-in";
import { show } from "@/testing/show";
import { SignInPage } from "./sign-in-page";

const server = setupServer();
const schools = [
  { id: "s1", name: "青禾学校", roles: ["homeroom_teacher"] },
  { id: "s2", name: "江城二中", roles: ["counsellor"] },
];
const answer = {
  access_token: "t",
  expires_in: 600,
  must_change_password: false,
  must_enrol_second_factor: false,
  school: schools[0],
  schools,
};
const me = {
  account: { id: "a1", username: "zhou", display_name: "周敏" },
  person: null,
  roles: [{ role: "homeroom_teacher", name: "班主任", scope_kind: "class", scope_name: "七（3）班" }],
};

function answering(body: object, status = 200) {
  server.use(
    http.post("*/api/v1/auth/token", () => HttpResponse.json(body, { status })),
    http.get("*/api/v1/me", () => HttpResponse.json(me)),
  );
}

async function signIn() {
  await show(<SignInPage />);
  await userEvent.type(screen.getByRole("textbox", { name: /账号/ }), "zhou");
  await userEvent.type(screen.getByLabelText(/密码/), "correct horse");
  await userEvent.click(screen.getByRole("button", { name: "登录" }));
}

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
beforeEach(() => clearSession());
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

test("a right password opens the workspace and remembers which it was", async () => {
  answering(answer);
  await signIn();
  await waitFor(() => expect(getSession().status).toBe("ready"));
  expect(getSession().me?.account.display_name).toBe("周敏");
  expect(lastWorkspace()).toBe("staff");
});

test("a wrong password says so, in the server's words, and moves the focus there", async () => {
  answering({ title: "未登录", status: 401, code: "wrong_credentials", detail: "账号或密码不正确。" }, 401);
  await signIn();
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toBe("账号或密码不正确。");
  await waitFor(() => expect(document.activeElement).toBe(alert));
  expect(getSession().status).toBe("signed-out");
});

test("a first password must be replaced before anything else", async () => {
  answering({ ...answer, must_change_password: true });
  await signIn();
  await waitFor(() => expect(getSession().status).toBe("changing-password"));
  expect(getSession().me).toBeNull();
});

test("who works in several schools chooses one", async () => {
  answering({ ...answer, school: null });
  await signIn();
  await waitFor(() => expect(getSession().status).toBe("choosing-school"));
  expect(getSession().schools.map(({ name }) => name)).toEqual(["青禾学校", "江城二中"]);
});

test("no token is ever written to storage", async () => {
  answering({ ...answer, access_token: "very-secret-token" });
  await signIn();
  await waitFor(() => expect(getSession().status).toBe("ready"));
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain("very-secret-token");
});
