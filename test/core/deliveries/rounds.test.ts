import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Rounds } from "../../../core/deliveries/rounds.ts";

/** Something that ends when it is told to. */
function told() {
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end: () => end() };
}
const turns = async () => {
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
};

describe("lanes that ask the store in rounds", () => {
  it("wait for nobody while only one works", async () => {
    const rounds = new Rounds(1);
    const steps = rounds.work(async () => {
      await rounds.meet();
      expect(await rounds.away(async () => "answer")).toBe("answer");
      return "done";
    });
    expect(await steps).toBe("done");
  });

  it("wait for nobody while few work, and for each other as soon as there are many", async () => {
    const rounds = new Rounds(3);
    const slow = told();
    const went: string[] = [];
    const asking = rounds.work(() => slow.ended);
    const lane = (name: string) =>
      rounds.work(async () => {
        await rounds.meet();
        await rounds.away(async () => {});
        went.push(name);
      });
    await lane("one of two");
    const others = [lane("two of three"), lane("three of three")];
    await turns();
    expect(went).toEqual(["one of two"]);
    slow.end();
    await Promise.all([asking, ...others]);
    expect(went).toHaveLength(3);
  });

  it("go on together when none of them is with the store", async () => {
    const rounds = new Rounds(1);
    const [slow, ...places] = [told(), told(), told()];
    const went: string[] = [];
    const asking = rounds.work(() => slow.ended);
    const back = places.map(({ ended }, index) =>
      rounds.work(async () => {
        await rounds.away(() => ended);
        went.push(`lane ${index}`);
      }),
    );
    for (const { end } of places) end();
    await turns();
    expect(went).toEqual([]);
    slow.end();
    await Promise.all([asking, ...back]);
    expect(went).toEqual(["lane 0", "lane 1"]);
  });

  it("gather: the gate opens where more of them wait, and the others join them", async () => {
    const rounds = new Rounds(1);
    const [slow, place] = [told(), told()];
    const went: string[] = [];
    const asking = rounds.work(() => slow.ended);
    const lanes = [
      rounds.work(async () => {
        await rounds.away(() => place.ended);
        went.push("answered");
      }),
      ...["one", "two"].map((name) =>
        rounds.work(async () => {
          await rounds.meet();
          went.push(name);
          await rounds.away(async () => {});
          went.push(`${name} answered`);
        }),
      ),
    ];
    place.end();
    await turns();
    slow.end();
    await Promise.all([asking, ...lanes]);
    expect(went).toEqual(["one", "two", "answered", "one answered", "two answered"]);
  });

  it("are held up by a step that hangs for a moment only", async () => {
    const rounds = new Rounds(1);
    const hanging = told();
    const asking = rounds.work(() => hanging.ended);
    await rounds.work(() => rounds.meet());
    hanging.end();
    await asking;
  });

  it("let others go on when a lane fails, at its place or with the store", async () => {
    const rounds = new Rounds(1);
    const failing = [
      rounds.work(() => rounds.away(() => Promise.reject(new Error("at its place")))),
      rounds.work(() => Promise.reject(new Error("with the store"))),
    ];
    expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
    ]);
    expect(await rounds.work(() => rounds.away(async () => "sent"))).toBe("sent");
  });
});
