import { HubError } from "../../domain/hub-error.ts";
import type { Bindable, Form } from "./bind.ts";
import type { Step, Write } from "./commit.ts";

/** What each value of a parcel begins with. */
const tags = { nothing: 0, number: 1, text: 2, bytes: 3, body: 4 } as const;
const writeKinds = ["run", "first", "together"] as const;

/** What 32 events take with their deliveries: a piece that grows is copied. */
const firstSize = 65_536;
/** The most bytes that one sign of a text takes in UTF-8. */
const mostBytes = 3;

/**
 * Writes as one piece of memory, which is handed to the writing thread without a copy.
 *
 * As objects the same writes were copied twice, sign by sign and name by name; and while they waited for their turn, by
 * the collector of garbage too.
 */
export interface Parcel {
  /** Put a write in. Throws `HubError("store_binding")` for a value that cannot be bound, and has then put in nothing. */
  add(write: Write): void;
  /** How many bytes were put in. */
  readonly size: number;
  /** All that was put in. The parcel is not to be used any more. */
  seal(): Uint8Array;
}

/** Begin a parcel. `formsOf` says how the values of a statement are bound. */
export function createParcel(formsOf: (statement: number) => readonly Form[]): Parcel {
  let bytes = Buffer.allocUnsafeSlow(firstSize);
  let end = 0;
  const makeRoom = (size: number) => {
    if (end + size <= bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * bytes.length, end + size));
    bytes.copy(larger, 0, 0, end);
    bytes = larger;
  };
  const addNumber = (value: number) => {
    end = bytes.writeUInt32LE(value, end);
  };
  const addText = (text: string, tag: number) => {
    makeRoom(5 + text.length * mostBytes);
    bytes[end] = tag;
    const size = bytes.write(text, end + 5);
    bytes.writeUInt32LE(size, end + 1);
    end += 5 + size;
  };
  /** Keys and ids are short: sign by sign they are written sooner than by a call of the runtime. */
  const addBytes = (text: string) => {
    makeRoom(5 + text.length);
    bytes[end] = tags.bytes;
    end = bytes.writeUInt32LE(text.length, end + 1);
    for (let index = 0; index < text.length; index += 1) bytes[end++] = text.charCodeAt(index);
  };
  const addValue = (value: Bindable, form: Form) => {
    if (typeof value === "string")
      return form === "bytes"
        ? addBytes(value)
        : addText(value, tags[form === "body" ? form : "text"]);
    makeRoom(9);
    if (value === null) bytes[end++] = tags.nothing;
    else if (typeof value === "number" && Number.isFinite(value)) {
      bytes[end] = tags.number;
      end = bytes.writeDoubleLE(value, end + 1);
    } else throw new HubError("store_binding", `A value of a statement is ${typeof value}.`);
  };
  const addStep = ({ statement, values }: Step) => {
    makeRoom(8);
    addNumber(statement);
    addNumber(values.length);
    const forms = formsOf(statement);
    for (let index = 0; index < values.length; index += 1)
      addValue(values[index] as Bindable, forms[index] ?? "plain");
  };
  const addSteps = (steps: readonly Step[]) => {
    makeRoom(4);
    addNumber(steps.length);
    for (const step of steps) addStep(step);
  };
  const addWrite = (write: Write) => {
    makeRoom(1);
    bytes[end++] = writeKinds.indexOf(write.kind);
    if (write.kind !== "together") return addStep(write);
    addSteps(write.unless);
    addSteps(write.first);
    addSteps(write.rest);
    addSteps(write.once);
  };
  return {
    add: (write) => {
      const start = end;
      try {
        addWrite(write);
      } catch (cause) {
        end = start;
        throw cause;
      }
    },
    get size() {
      return end;
    },
    seal: () => bytes.subarray(0, end),
  };
}

/** Read the writes of a parcel. Bytes and bodies are views of it. */
export function openParcel(sealed: Uint8Array): readonly Write[] {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
  let at = 0;
  const readNumber = () => {
    at += 4;
    return bytes.readUInt32LE(at - 4);
  };
  const readBytes = () => {
    const size = readNumber();
    at += size;
    return bytes.subarray(at - size, at);
  };
  const readValue = (): Bindable => {
    const tag = bytes[at++];
    if (tag === tags.nothing) return null;
    if (tag === tags.text) return readBytes().toString("utf8");
    if (tag !== tags.number) return readBytes();
    at += 8;
    return bytes.readDoubleLE(at - 8);
  };
  // `Array.from` takes ten times as long for a list of eight (measured).
  const readList = <Item>(readItem: () => Item): Item[] => {
    const items: Item[] = [];
    for (let left = readNumber(); left > 0; left -= 1) items.push(readItem());
    return items;
  };
  const readStep = (): Step => ({ statement: readNumber(), values: readList(readValue) });
  const readSteps = () => readList(readStep);
  const readWrite = (): Write => {
    const kind = writeKinds[bytes[at++] as number] ?? "run";
    if (kind !== "together") return { kind, ...readStep() };
    return { kind, unless: readSteps(), first: readSteps(), rest: readSteps(), once: readSteps() };
  };
  const writes: Write[] = [];
  while (at < bytes.length) writes.push(readWrite());
  return writes;
}
