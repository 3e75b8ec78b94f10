import { expect, test } from "vitest";
import { readEvents } from "./job-events";

function streamOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function all(stream: ReadableStream<Uint8Array>): Promise<string[]> {
  const found: string[] = [];
  for await (const event of readEvents(stream)) found.push(event);
  return found;
}

test("events arrive whole, however the network cuts them", async () => {
  const bytes = new TextEncoder().encode('event: progress\ndata: {"phase":"读取"}\n\n: still here\n\ndata: {"done":1}\n\n');
  // The cut goes through the middle of a Chinese character.
  expect(await all(streamOf(bytes.slice(0, 34), bytes.slice(34)))).toEqual(['{"phase":"读取"}', '{"done":1}']);
});

test("an event the connection broke off is not half-read", async () => {
  expect(await all(streamOf(new TextEncoder().encode('data: {"done":1}\n\ndata: {"do')))).toEqual(['{"done":1}']);
});

test("carriage returns of a proxy change nothing", async () => {
  expect(await all(streamOf(new TextEncoder().encode("data: a\r\ndata: b\r\n\r\n")))).toEqual(["a\nb"]);
});
