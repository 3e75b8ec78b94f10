"""The load: keep-alive connections that each send one request after the other. A process of its own, so that its CPU is not the server's.

Reads {"port", "requests", "concurrency", "seconds"} as JSON from standard input and prints {"done", "failed", "p50", "p99", "rate"}.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time

WARM_UP = 0.5


class Connection(asyncio.Protocol):
    """Sends, waits for the whole answer, notes the time, sends again."""

    def __init__(self, requests: list[bytes], start: int, seen: list[float], stop_at: float) -> None:
        self.requests, self.next, self.seen, self.stop_at = requests, start, seen, stop_at
        self.failed = 0
        self.missing = 0
        self.head = b""
        self.sent_at = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]  # uvloop has a class of its own
        self.send()

    def send(self) -> None:
        self.sent_at = time.perf_counter()
        if self.sent_at >= self.stop_at:
            self.transport.close()
            return
        self.transport.write(self.requests[self.next % len(self.requests)])
        self.next += 1

    def data_received(self, data: bytes) -> None:
        if self.missing:
            self.missing -= len(data)
        else:
            data = self.head + data
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self.head = data
                return
            self.head = b""
            head = data[:end].lower()
            mark = head.index(b"content-length:") + 15
            line = head.find(b"\r\n", mark)
            self.missing = int(head[mark : line if line > 0 else None]) - (len(data) - end - 4)
            if not head.startswith(b"http/1.1 200"):
                self.failed += 1
        if self.missing <= 0:
            self.missing = 0
            self.seen.append(time.perf_counter() - self.sent_at)
            self.send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def press(port: int, requests: list[bytes], concurrency: int, seconds: float) -> dict[str, float]:
    """Run the load and sum it up; the first half second warms up and does not count."""
    loop = asyncio.get_running_loop()

    async def phase(duration: float) -> tuple[list[float], int, float]:
        begun = time.perf_counter()
        seen: list[float] = []
        lines = []
        for _ in range(concurrency):
            start = random.randrange(len(requests))
            _, line = await loop.create_connection(
                lambda start=start: Connection(requests, start, seen, begun + duration), "127.0.0.1", port
            )
            lines.append(line)
        await asyncio.gather(*(line.done for line in lines))
        return seen, sum(line.failed for line in lines), time.perf_counter() - begun

    await phase(WARM_UP)
    seen, failed, took = await phase(seconds)
    seen.sort()
    return {
        "done": len(seen),
        "failed": failed,
        "rate": len(seen) / took,
        "p50": seen[len(seen) // 2] * 1000,
        "p99": seen[min(len(seen) - 1, int(len(seen) * 0.99))] * 1000,
    }


def main() -> None:
    """Read the task, press, print."""
    import uvloop

    task = json.load(sys.stdin)
    requests = [r.encode("latin-1") for r in task["requests"]]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(press(task["port"], requests, task["concurrency"], task["seconds"]))))


if __name__ == "__main__":
    main()
