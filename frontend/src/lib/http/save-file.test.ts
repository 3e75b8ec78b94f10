import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { keepToken } from "@/lib/session/access-token";
import { askToConfirm } from "@/lib/session/confirming";
import { saveFile } from "./save-file";

vi.mock("@/lib/session/confirming", () => ({ askToConfirm: vi.fn() }));

const path = "http://localhost:3000/api/v1/students/export";
const server = setupServer();
const saved: string[] = [];
let isConfirmed = false;

beforeAll(() => server.listen());
afterAll(() => server.close());
afterEach(() => server.resetHandlers());
beforeEach(() => {
  isConfirmed = false;
  saved.length = 0;
  vi.mocked(askToConfirm).mockReset();
  URL.createObjectURL = () => "blob:it";
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  keepToken({ access_token: "x", expires_in: 600 } as Parameters<typeof keepToken>[0]);
  server.use(
    http.get(path, () =>
      isConfirmed
        ? new HttpResponse("x", { headers: { "Content-Type": "application/pdf" } })
        : HttpResponse.json({ title: "确认", status: 403, code: "step_up_required", factor: "totp" }, { status: 403 }),
    ),
  );
});

test("a download that waits for its reader goes on once they have shown who they are", async () => {
  vi.mocked(askToConfirm).mockImplementation(async () => {
    isConfirmed = true;
    return true;
  });
  expect(await saveFile(path, "file")).toBe(true);
  expect(askToConfirm).toHaveBeenCalledExactlyOnceWith("totp");
  expect(saved).toEqual(["file.pdf"]);
});

test("who would rather not confirm gets no file, and no error either", async () => {
  vi.mocked(askToConfirm).mockResolvedValue(false);
  expect(await saveFile(path, "file.pdf")).toBe(false);
  expect(saved).toEqual([]);
});

test("any other refusal is thrown as it is, and nothing is saved", async () => {
  server.use(http.get(path, () => HttpResponse.json({ title: "没有找到", status: 404, code: "not_found" }, { status: 404 })));
  await expect(saveFile(path, "file.pdf")).rejects.toMatchObject({ status: 404, code: "not_found" });
  expect(saved).toEqual([]);
});
