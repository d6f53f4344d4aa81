import { type Destination, type HookKind, isChannel } from "../../domain/destination.ts";
import { type HelloOutcome, sayHello } from "../../hub/say-hello.ts";
import type { ChannelTrial } from "../../hub/test-channel.ts";
import { testFound } from "../../hub/test-steps.ts";
import { troubleOf } from "../../messages/platform-troubles.ts";
import { languageNow, say } from "../../words/say.ts";
import type { PageDeps } from "../page-deps.ts";
import type { PlacePageProps, ShownPreview } from "../pages/places/place-page.tsx";
import type { ShownTest } from "../pages/places/test-result.tsx";
import type { TypedPlace } from "./form.ts";

/** How long a page waits for its test. */
const testMs = 10_000;

type Tested = Pick<PlacePageProps, "test"> & Partial<Pick<PlacePageProps, "flash" | "troubles">>;

const helloOf = (by: string, sample: string) => ({
  by,
  waitMs: testMs,
  ...(sample === "" ? {} : { sample }),
});

/** Test what is typed, saved or not (FEATURES A13). */
export async function testTyped(
  { hub }: PageDeps,
  kind: HookKind,
  { name, values, sample }: TypedPlace,
  by: string,
  over: Destination | undefined,
): Promise<Tested> {
  const hook = over && !isChannel(over) ? over : undefined;
  const trial = { kind, name, values, ...(hook ? { over: hook } : {}) };
  const tried = await hub.destinations.tryOut(trial, helloOf(by, sample));
  if (tried.kind === "refused") {
    const { troubles } = tried;
    const text = say`Nothing was sent. ${troubles[0]?.text ?? ""}`;
    return { test: undefined, troubles, flash: { tone: "bad", text } };
  }
  const { destination, outcome } = tried;
  return { test: shownTest(destination, outcome, true, over?.disabled ?? false) };
}

/** Test a saved channel as it stands. */
export async function testSavedPlace(
  { hub }: PageDeps,
  destination: Destination,
  sample: string,
  by: string,
): Promise<Tested> {
  const outcome = await sayHello(hub, destination.id, helloOf(by, sample));
  if (!outcome) return { test: undefined };
  return { test: shownTest(destination, outcome, false, destination.disabled ?? false) };
}

/** Test a channel that nobody has chosen, or to which a destination may be moved. */
export async function testChannel(
  { hub }: Pick<PageDeps, "hub">,
  trial: ChannelTrial,
  sample: string,
  by: string,
  over: Destination | undefined,
): Promise<ShownTest | { readonly refused: string }> {
  const tried = await hub.destinations.tryChannel(trial, helloOf(by, sample));
  if (tried.kind === "refused") return { refused: say`Nothing was sent. ${tried.text}` };
  const { destination, outcome, unsaved } = tried;
  return shownTest(destination, outcome, unsaved, (over ?? destination).disabled ?? false);
}

function shownTest(
  destination: Destination,
  outcome: HelloOutcome,
  unsaved: boolean,
  disabled: boolean,
): ShownTest {
  const { delivery, attempt, durationMs } = outcome;
  return {
    found: testFound(destination, outcome),
    durationMs,
    notes: [
      ...(unsaved ? [say`Unsaved value: save it if you want live events to go there.`] : []),
      ...(disabled ? [say`Live events are off here: only tests arrive.`] : []),
    ],
    raw: attempt ? { status: attempt.status, text: attempt.response } : undefined,
    delivery: delivery?.id,
  };
}

/** Show what a template makes of a sample, and which names it may use. */
export async function previewTyped(
  { hub }: PageDeps,
  kind: HookKind,
  { name, values, sample }: TypedPlace,
): Promise<ShownPreview> {
  const made = await hub.destinations.preview(kind, values, sample === "" ? undefined : sample);
  const { body, trouble, scope } = made;
  const said =
    trouble &&
    troubleOf(
      kind,
      `${trouble.code}: ${trouble.detail}`,
      name || say`this destination`,
      languageNow(),
    );
  return {
    ...(body === undefined ? {} : { body }),
    ...(said ? { trouble: `${said.cause} ${said.next}` } : {}),
    scope: JSON.stringify(scope ?? {}, null, 2),
  };
}
