import { ApiRefusal, call } from "./api.ts";
import type { Model } from "./model.ts";
import type { ReceivedCallback, SandboxState, TracedEvent } from "./shapes.ts";

/** How many requests the strip offers. */
const traced = 6;
/** Changes come in swarms: one read for those within this time. */
const gatherMs = 60;
/** While something is under way the events are read again, as the stream tells of messages only. */
const againMs = 700;
/** After a failed read. */
const troubleMs = 3_000;

/** Read the state of the panes. */
export const readState = () => call<SandboxState>("GET", "/sandbox/api/state");

/** Keep the model fresh: by the stream of changes, and by reading again while something is under way. */
export interface Live {
  /** Read everything now; resolves when the model has it. */
  refresh(): Promise<void>;
}

/** Start to follow the hub. `onTrouble` hears when it cannot be reached, and undefined when it can again. */
export function followHub(model: Model, onTrouble: (cause: unknown) => void): Live {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: Promise<void> | undefined;
  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), ms);
  };
  const read = async () => {
    try {
      const [state, traces, callbacks] = await Promise.all([
        readState(),
        readTraces(),
        readCallbacks(),
      ]);
      model.take(state);
      model.traces = traces;
      model.callbacks = callbacks;
      onTrouble(undefined);
      model.changed();
      if (traces.some((trace) => isUnderWay(trace))) later(againMs);
    } catch (cause) {
      onTrouble(cause);
      // Asking again cannot help somebody who is signed out.
      if (cause instanceof ApiRefusal && cause.status === 401) stream.close();
      else later(troubleMs);
    }
  };
  const refresh = async (): Promise<void> => {
    // A read that began before the change may not show it, so another one follows.
    await reading;
    clearTimeout(timer);
    reading = read();
    await reading;
    reading = undefined;
  };
  const stream = new EventSource("/sandbox/api/stream");
  stream.addEventListener("change", () => later(gatherMs));
  stream.addEventListener("open", () => later(gatherMs));
  return { refresh };
}

async function readTraces(): Promise<readonly TracedEvent[]> {
  const { items } = await call<{ readonly items: readonly { readonly id: string }[] }>(
    "GET",
    `/v1/events?limit=${traced}`,
  );
  const traces = await Promise.all(
    items.map(({ id }) => call<TracedEvent>("GET", `/v1/events/${id}`)),
  );
  return traces.toReversed();
}

async function readCallbacks(): Promise<readonly ReceivedCallback[]> {
  const path = "/sandbox/api/callbacks?since=0";
  return (await call<{ readonly items: readonly ReceivedCallback[] }>("GET", path)).items;
}

/** Whether something of an event will happen by itself, soon. */
function isUnderWay({ state, approval, deliveries }: TracedEvent): boolean {
  if (state === "accepted") return true;
  if (deliveries.some((one) => one.state === "pending" || one.state === "sending")) return true;
  const isClosed = approval !== null && approval.state !== "open";
  return isClosed && !deliveries.some(({ kind }) => kind !== "post");
}
