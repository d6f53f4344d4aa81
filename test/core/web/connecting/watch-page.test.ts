import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Response } from "express";
import { expect, it } from "vitest";
import { watchPage } from "../../../../core/web/connecting/watch-page.ts";

it("A15: a page hears at once that it may be old, then of each change, and of nothing else", async () => {
  let shown = "one";
  let looks = 0;
  const looked = { next: () => {} };
  const server = createServer((_request, response) => {
    const read = async () => {
      looks += 1;
      looked.next();
      return shown;
    };
    const locals = { mayStill: async () => true };
    void watchPage(Object.assign(response, { locals }) as unknown as Response, read, 1);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const leaving = new AbortController();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { body } = await fetch(url, { signal: leaving.signal });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = "";
  const changes = () => heard.split("event: changed").length - 1;
  const untilChanges = async (count: number) => {
    while (changes() < count) heard += (await reader?.read())?.value ?? "";
  };
  const untilLooks = (count: number) =>
    new Promise<void>((resolve) => {
      looked.next = () => (looks >= count ? resolve() : undefined);
    });

  await untilChanges(1);
  await untilLooks(looks + 3);
  expect(changes()).toBe(1);
  shown = "two";
  await untilChanges(2);
  expect(changes()).toBe(2);

  leaving.abort();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});
