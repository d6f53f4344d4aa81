import { expect, it } from "vitest";
import type { AcceptedEvent } from "../../../core/domain/event.ts";
import { createSubjectTurns } from "../../../core/ingest/subject-turns.ts";

const eventOf = (id: string, subject: string | undefined, effect: object | undefined) =>
  ({ id, event: { id, producer: "p", subject }, plan: { effect } }) as unknown as AcceptedEvent;
const reply = { kind: "reply" };

/** Turns whose steps end when they are told to. */
function openTurns() {
  const begun: string[] = [];
  const ends = new Map<string, { resolve(): void; reject(cause: Error): void }>();
  const take = createSubjectTurns(({ id }: AcceptedEvent) => {
    begun.push(id);
    return new Promise((resolve, reject) => void ends.set(id, { resolve, reject }));
  });
  return { take, begun, end: (id: string) => ends.get(id) };
}

it("events of one subject wait for each other, and nobody else waits for them", async () => {
  const { take, begun, end } = openTurns();
  const first = take(eventOf("first", "s/1", reply));
  const second = take(eventOf("second", "s/1", reply));
  void take(eventOf("other", "s/2", reply));
  void take(eventOf("information", "s/1", undefined));
  await expect.poll(() => begun.toSorted()).toEqual(["first", "information", "other"]);
  end("first")?.resolve();
  await first;
  await expect.poll(() => begun.at(-1)).toBe("second");
  end("second")?.resolve();
  await second;
});

it("what fails leaves those that wait behind it to the next look, and those that come later go on", async () => {
  const { take, begun, end } = openTurns();
  const turns = ["first", "second"].map((id) => take(eventOf(id, "s/1", reply)));
  const ended = Promise.allSettled(turns);
  await expect.poll(() => begun).toEqual(["first"]);
  end("first")?.reject(new Error("the disk is busy"));
  expect(await ended).toMatchObject(
    [1, 2].map(() => ({ reason: { message: "the disk is busy" } })),
  );
  void take(eventOf("third", "s/1", reply));
  await expect.poll(() => begun).toEqual(["first", "third"]);
});
