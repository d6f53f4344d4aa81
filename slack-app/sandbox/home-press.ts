import type { SandboxPlatform, SandboxSight } from "../../core/ports/sandbox.ts";
import { textOfView } from "./form.ts";
import { click, type HandTools } from "./hands.ts";
import { homeMessage, isHomeMessage } from "./homes.ts";
import { homeActions } from "./interactions.ts";
import { findPerson } from "./rig.ts";

type PressOrder = Parameters<SandboxPlatform["click"]>[0];
type Thing = Readonly<Record<string, unknown>>;

/** How long a person looks at the Home for what their choice did. */
const lookMs = 2_500;

const thing = (value: unknown): Thing =>
  typeof value === "object" && value !== null ? (value as Thing) : {};

/** The field that offers conversations, and the block that it stands in. */
function selectIn(home: Thing, action: string): { select: Thing; block: string } | undefined {
  const blocks = Array.isArray(home["blocks"]) ? home["blocks"].map(thing) : [];
  return blocks
    .map((one) => ({ select: thing(one["accessory"]), block: String(one["block_id"] ?? "") }))
    .find(({ select }) => {
      return select["type"] === "conversations_select" && select["action_id"] === action;
    });
}

/** Press a button of a message, or choose in a Home. */
export const press = (order: PressOrder, tools: HandTools): Promise<SandboxSight> =>
  isHomeMessage(order.message) ? pressHome(order, tools) : click(order, tools);

/** Choose a conversation in one's own Home, say yes where it asks, and wait for what the Home shows then. */
async function pressHome(
  order: PressOrder,
  { rig, signal, wire }: HandTools,
): Promise<SandboxSight> {
  const untouched = { status: 0, ms: 0 } as const;
  const nothing = (text: string): SandboxSight => ({ shown: "none", text, http: untouched });
  const person = findPerson(rig, order.person);
  const before = person && rig.homes.of(person.id);
  if (!before || homeMessage(person.id) !== order.message) return nothing("There is no such Home.");
  const found = selectIn(before, order.action);
  if (!found) return nothing("The Home has no such field.");
  const selected = order.inputs?.["channel"];
  if (!selected) return nothing("The list of channels is open, and none was picked.");
  const trigger = rig.dialogs.arm({ channel: "", ts: "", person: person.id });
  const sent = homeActions(rig, { person, home: before, ...found, selected, trigger });
  const { status, ms } = await wire.interact(sent);
  const http = { status, ms };
  if (status !== 200) {
    return { shown: "none", text: "Slack shows a warning sign: the app did not answer.", http };
  }
  const shown = await signal.until(() => {
    const now = rig.homes.of(person.id);
    return now === before ? undefined : now;
  }, lookMs);
  return shown
    ? { shown: "updated", text: textOfView(shown), http }
    : { shown: "none", text: "Nothing has changed yet.", http };
}
