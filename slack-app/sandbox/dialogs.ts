import { validateView } from "../outbound/limits.ts";
import type { Signal } from "./signal.ts";
import type { Origin } from "./whispers.ts";

/** A `trigger_id` lives so long, and works once (docs.slack.dev/interactivity/handling-user-interaction). */
const triggerMs = 3_000;

/** People close dialogs without telling anybody, so only the latest are kept. */
const mostOpen = 200;

/** A view as the app sent it. */
export type View = Readonly<Record<string, unknown>>;

/** A dialog that is open in front of one person. */
export interface Dialog {
  readonly id: string;
  readonly hash: string;
  readonly person: string;
  /** The message whose button led here. */
  readonly origin: Origin;
  readonly trigger: string;
  readonly view: View;
}

/** Slack's name of an error, with its details. */
export interface ViewRefusal {
  readonly error: string;
  readonly details: readonly string[];
}

const refuse = (error: string, details: readonly string[] = []): ViewRefusal => ({
  error,
  details,
});

/** Dialogs and the triggers that open them. */
export class Dialogs {
  readonly #triggers = new Map<
    string,
    { readonly origin: Origin; readonly until: number; used: boolean }
  >();
  readonly #open = new Map<string, Dialog>();
  readonly #signal: Signal;
  readonly #now: () => Date;
  readonly #seal: (purpose: string) => string;
  #count = 0;

  constructor(signal: Signal, now: () => Date, seal: (purpose: string) => string) {
    this.#signal = signal;
    this.#now = now;
    this.#seal = seal;
  }

  /** Make a trigger for a click. */
  arm(origin: Origin): string {
    const now = this.#now().getTime();
    const mark = this.#seal(`trigger ${now} ${this.#count}`).slice(0, 32);
    this.#count += 1;
    const trigger = `${now}.${this.#count}.${mark}`;
    if (this.#triggers.size > 1_000) this.#triggers.clear();
    this.#triggers.set(trigger, { origin, until: now + triggerMs, used: false });
    return trigger;
  }

  /** Open a dialog, as `views.open` does. */
  open(trigger: string, view: unknown): Dialog | ViewRefusal {
    const armed = this.#triggers.get(trigger);
    if (!armed) return refuse("invalid_trigger_id");
    if (armed.used) return refuse("exchanged_trigger_id");
    if (armed.until <= this.#now().getTime()) return refuse("expired_trigger_id");
    const wrong = wrongView(view);
    if (wrong) return wrong;
    armed.used = true;
    this.#count += 1;
    const id = `V0${this.#seal(`view ${trigger}`).slice(0, 9).toUpperCase()}`;
    return this.#show(
      { id, person: armed.origin.person, origin: armed.origin, trigger },
      view as View,
    );
  }

  /** Put another view in an open dialog's place, as `views.update` and an answer to a submission do. */
  replace(id: string, view: unknown, hash?: string): Dialog | ViewRefusal {
    const dialog = this.#open.get(id);
    if (!dialog) return refuse("not_found");
    if (hash !== undefined && hash !== dialog.hash) return refuse("hash_conflict");
    const wrong = wrongView(view);
    if (wrong) return wrong;
    return this.#show(dialog, view as View);
  }

  find(id: string): Dialog | undefined {
    return this.#open.get(id);
  }

  openedBy(trigger: string): Dialog | undefined {
    return [...this.#open.values()].find((dialog) => dialog.trigger === trigger);
  }

  close(id: string): void {
    this.#open.delete(id);
  }

  #show(frame: Omit<Dialog, "view" | "hash">, view: View): Dialog {
    this.#count += 1;
    const seconds = Math.floor(this.#now().getTime() / 1_000);
    const hash = `${seconds}.${this.#seal(`hash ${frame.id} ${this.#count}`).slice(0, 8)}`;
    const dialog = { ...frame, hash, view };
    this.#open.set(frame.id, dialog);
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size > mostOpen) this.#open.delete(oldest);
    this.#signal.ring();
    return dialog;
  }
}

function wrongView(view: unknown): ViewRefusal | undefined {
  const errors = validateView(view);
  if (errors.length === 0) return undefined;
  const tooLarge = errors.some((one) => one.pointer === "/view" && one.code === "too_long");
  const details = errors.map((one) => `[ERROR] ${one.message} [json-pointer:${one.pointer}]`);
  return refuse(tooLarge ? "view_too_large" : "invalid_arguments", details);
}
