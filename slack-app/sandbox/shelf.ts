import type { SandboxJournal } from "../../core/ports/sandbox.ts";

interface Line<Value> {
  readonly shelf: string;
  readonly put: readonly Value[];
}

const isShelfLine = (line: unknown): line is Line<unknown> =>
  typeof line === "object" && line !== null && "shelf" in line;

/** Keep messages and shelves in one journal, so that neither forgets the other when it is written anew. */
export function splitJournal(journal: SandboxJournal): {
  readonly messages: SandboxJournal;
  readonly shelves: SandboxJournal;
} {
  const part = (isMine: (line: unknown) => boolean): SandboxJournal => ({
    read: () => journal.read().filter(isMine),
    append: (line) => journal.append(line),
    rewrite: (lines) =>
      journal.rewrite([...journal.read().filter((line) => !isMine(line)), ...lines]),
  });
  return { messages: part((line) => !isShelfLine(line)), shelves: part(isShelfLine) };
}

/** Things with an id that change and survive the process: channels, people, grants, tokens. */
export class Shelf<Value extends { readonly id: string }> {
  readonly #values = new Map<string, Value>();
  readonly #journal: SandboxJournal;
  readonly #name: string;

  /** `first` is what stands there before anybody changed anything; it is not written. */
  constructor(journal: SandboxJournal, name: string, first: readonly Value[]) {
    this.#journal = journal;
    this.#name = name;
    const lines = (journal.read() as readonly Line<Value>[]).filter(({ shelf }) => shelf === name);
    for (const value of [...first, ...lines.flatMap(({ put }) => put)]) this.#set(value);
  }

  get(id: string): Value | undefined {
    return this.#values.get(id);
  }

  all(): readonly Value[] {
    return [...this.#values.values()];
  }

  get size(): number {
    return this.#values.size;
  }

  /** Add, or put in place of what has the same id; all of it with one line of the journal. */
  put(...values: readonly Value[]): void {
    this.#journal.append({ shelf: this.#name, put: values });
    for (const value of values) this.#set(value);
  }

  #set(value: Value): void {
    this.#values.set(value.id, value);
  }
}
