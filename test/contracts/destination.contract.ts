import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAddressGuard } from "../../core/destinations/address-guard.ts";
import type { HookDeps } from "../../core/destinations/hook-adapter.ts";
import { sealValues } from "../../core/destinations/hook-values.ts";
import type { Destination, HookKind } from "../../core/domain/destination.ts";
import { kindCan } from "../../core/domain/destination-kinds.ts";
import { deriveId } from "../../core/domain/ids.ts";
import type { SendResult } from "../../core/domain/send-result.ts";
import { eventCard } from "../../core/messages/event-card.ts";
import { placeCard, withLinks } from "../../core/messages/place-card.ts";
import { knownCodes, troubleOf } from "../../core/messages/platform-troubles.ts";
import type { Posting } from "../../core/ports/chat-platform.ts";
import type { HookAdapter, HookValues } from "../../core/ports/destination-hook.ts";
import { createVault } from "../../core/secrets.ts";
import { approval, event, organization } from "../core/domain/samples.ts";
import { type Receiver, type ReceiverAnswer, startReceiver } from "../fixtures/rig/receiver.ts";

export interface DestinationSubject {
  readonly kind: HookKind;
  /** Make its code. `origin` is where the stand-in of its service listens. */
  readonly create: (deps: HookDeps, origin: string) => HookAdapter;
  /** Values beside the address. */
  readonly values?: HookValues;
  /** What the real service says when it has taken a message. */
  readonly taken: ReceiverAnswer;
  /** What else it says, one row for each condition, and what that means. */
  readonly answers: readonly (readonly [
    condition: string,
    answer: ReceiverAnswer,
    result: SendResult,
  ])[];
  /** Look at what arrived: it shows this text. */
  readonly textIn: (body: unknown) => string;
}

const links = { hubUrl: "https://hub.example" };
const secret = "T000B000hunter2secret";

/** What holds of every kind that takes messages at an address, shown against a real receiver. */
export function describeDestination(subject: DestinationSubject): void {
  const { kind } = subject;
  describe(`a destination of kind ${kind}`, () => {
    const vault = createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) });
    let receiver: Receiver;
    let adapter: HookAdapter;
    beforeAll(async () => {
      receiver = await startReceiver();
      const guard = createAddressGuard([receiver.origin]);
      adapter = subject.create({ guard, vault, hubUrl: links.hubUrl }, receiver.origin);
    });
    beforeEach(() => {
      receiver.received.length = 0;
      receiver.answers(subject.taken);
    });
    afterAll(() => receiver.close());

    const hookAt = (address: string): Destination => {
      const id = deriveId("destination", kind);
      const values = { ...subject.values, address };
      return {
        ...{ id, organization, revision: 1, name: "place", kind },
        ...sealValues(vault, id, adapter.fields, values),
      } as Destination;
    };
    const posting = (over: Partial<Posting> = {}): Posting => ({
      delivery: deriveId("delivery", "one"),
      event,
      producerName: "ci",
      follows: false,
      test: false,
      ...over,
    });
    const information = withLinks(eventCard(event, undefined, { name: "ci" }, links));
    const post = (message = information, about = posting(), address = `/${secret}`) =>
      adapter.post(hookAt(receiver.origin + address) as never, message, about);

    it("A22: takes a message, once, and reports it without a message to edit", async () => {
      const { result } = await post();
      expect(result).toEqual({ kind: "sent" });
      expect(receiver.received).toHaveLength(1);
      const [call] = receiver.received;
      expect(call?.headers["content-type"]).toMatch(/json/);
      expect(subject.textIn(JSON.parse(call?.text ?? ""))).toContain("web/1.4.2");
    });

    it("A22: shows where to decide, and has nothing to press", async () => {
      expect(kindCan(kind, "decide")).toBe(false);
      await post(placeCard(approval, kind, links), posting({ approval }));
      const text = receiver.received[0]?.text ?? "";
      expect(text).toContain(`https://hub.example/approvals/${approval.id}`);
      expect(text).not.toMatch(/"(?:button|Action\.\w+)"/);
    });

    it.each(subject.answers)("says what it means: %s", async (_condition, answer, result) => {
      receiver.answers(answer);
      expect((await post()).result).toEqual(result);
      expect(receiver.received).toHaveLength(1);
    });

    it("G3: follows no redirect, and names the host that it led to", async () => {
      const location = "http://127.0.0.1:9/elsewhere";
      receiver.answers({ status: 302, headers: { location } });
      const { result } = await post();
      expect(result).toMatchObject({ kind: "rejected", because: "redirected: 127.0.0.1:9" });
      expect(receiver.received).toHaveLength(1);
    });

    it("counts a broken connection as unknown", async () => {
      receiver.answers("reset");
      expect((await post()).result).toMatchObject({ kind: "unknown" });
    });

    it("says that nobody listens, and that nothing was sent", async () => {
      const other = await startReceiver();
      other.close();
      const guard = createAddressGuard([other.origin]);
      const alone = subject.create({ guard, vault, hubUrl: links.hubUrl }, other.origin);
      const hook = hookAt(`${other.origin}/x`) as never;
      const { result } = await alone.post(hook, information, posting());
      expect(result).toEqual({ kind: "retry", because: "unreachable: refused" });
    });

    it("G4: keeps its address out of every report, also where the receiver quotes it", async () => {
      receiver.answers({ status: 418, text: `I know ${receiver.origin}/${secret}` });
      const report = await post();
      expect(JSON.stringify(report)).not.toContain(secret);
      expect(JSON.stringify(report.request)).toContain("…cret");
    });

    it("G4: stores its address sealed, and shows its host and last four characters", () => {
      const hook = hookAt(`https://hooks.example/${secret}`);
      expect(JSON.stringify(hook)).not.toContain("hunter2");
      expect(hook).toMatchObject({ shown: { address: "hooks.example …cret" } });
    });

    it("A14: every code that it can answer with has a sentence of its own", async () => {
      const known = new Set(knownCodes(kind));
      for (const [, , result] of subject.answers) {
        if (result.kind === "sent") continue;
        const code = result.because.split(":")[0] ?? "";
        const family = /^http_[45]/.test(code) ? `${code.slice(0, 6)}xx` : code;
        expect(known.has(code) || known.has(family), code).toBe(true);
        const { cause, next } = troubleOf(kind, result.because, "tickets");
        expect(`${cause} ${next}`).not.toMatch(/[{}]/);
      }
    });

    it.each([
      ["", "url_missing"],
      ["https//: example.com", "url_malformed"],
    ])("A14: refuses the address %j before anything is sent: %s", (address, code) => {
      expect(adapter.check({ ...subject.values, address })).toMatchObject([
        { key: "address", code },
      ]);
    });
  });
}
