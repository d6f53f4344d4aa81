import type { SandboxPerson } from "../../core/ports/sandbox-life.ts";
import type { Signal } from "./signal.ts";

type View = Readonly<Record<string, unknown>>;

const prefix = "slack:home:";

/** Where `/click` presses what stands in somebody's Home. */
export const homeMessage = (person: string) => `${prefix}${person}`;

/** Tell whether a message of the sandbox's API is somebody's Home. */
export const isHomeMessage = (message: string) => message.startsWith(prefix);

/** The Home that each person was given. As triggers and dialogs do, it lives as long as the process. */
export class Homes {
  readonly #views = new Map<string, View>();
  readonly #signal: Signal;

  constructor(signal: Signal) {
    this.#signal = signal;
  }

  of(person: string): View | undefined {
    return this.#views.get(person);
  }

  /** Give a person their Home, in the place of the one before. */
  give(person: string, view: View): void {
    this.#views.set(person, view);
    this.#signal.ring();
  }

  /** A person's Home as the sandbox's API shows it; nothing where they were given none. */
  show(person: string): Pick<SandboxPerson, "home"> {
    const view = this.of(person);
    return view === undefined ? {} : { home: { message: homeMessage(person), view } };
  }
}
