import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type EventStream, openEventStream } from "../../../core/web/event-stream.ts";

afterEach(() => void vi.useRealTimers());

/** A server of such streams at `/stream`, a connection to it, and what came of it. */
async function streaming(begin: (stream: EventStream, response: ServerResponse) => void) {
  const troubles: string[] = [];
  const answers: ServerResponse[] = [];
  const server = createServer((request, response) => {
    response.on("error", ({ message }) => troubles.push(message));
    answers.push(response);
    if (request.url === "/stream") begin(openEventStream(response), response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  const ask = (...paths: readonly string[]) =>
    socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`).join(""));
  return { troubles, answers, socket, ask };
}

describe("a stream of events", () => {
  it("says nothing more once it is closed, also while it waits behind an answer that goes first", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const { troubles, answers, socket, ask } = await streaming((stream) => stream.close());
    // The second answer leaves when the first one has: until then it is ended, and not yet gone.
    ask("/waits", "/stream");
    await expect.poll(() => answers.length).toBe(2);
    vi.advanceTimersByTime(15_000);
    await pause(10);
    expect(troubles).toEqual([]);
    answers[0]?.end("done");
    const [said] = (await once(socket, "data")) as [Buffer];
    expect(String(said)).toContain("done");
  });

  it("lives on for a reader who reads, also where one thing is larger than what is kept", async () => {
    const begun: EventStream[] = [];
    const { socket, ask } = await streaming((stream) => void begun.push(stream));
    let heard = "";
    socket.on("data", (part: Buffer) => {
      heard += String(part);
    });
    ask("/stream");
    await expect.poll(() => heard).toContain(": connected");
    begun[0]?.send({ content: "x".repeat(3 * 1_048_576) });
    await expect.poll(() => heard.length, { timeout: 5_000 }).toBeGreaterThan(3 * 1_048_576);
    begun[0]?.send({ content: "last" });
    await expect.poll(() => heard.slice(-40)).toContain('"last"');
  });

  it("keeps no more than a mebibyte for a reader who does not read, and hangs up then", async () => {
    let most = 0;
    const hungUp = new Promise<void>((resolve) => {
      void streaming((stream, response) => {
        const say = setInterval(() => {
          stream.send({ content: "x".repeat(65_536) });
          most = Math.max(most, response.writableLength);
          if (most < 8 * 1_048_576 && !response.closed) return;
          clearInterval(say);
          resolve();
        });
      }).then(({ socket, ask }) => {
        socket.pause();
        ask("/stream");
      });
    });
    await hungUp;
    expect(most).toBeLessThan(2 * 1_048_576);
  });
});
