import type { SandboxPlatform } from "../../ports/sandbox.ts";
import type { SandboxProducer } from "./producer.ts";

/** A sample that the page offers to send. */
export interface SandboxSample {
  readonly label: string;
  readonly note: string;
  readonly event: object;
}

/** What the sandbox's own API works with. */
export interface SandboxApiDeps {
  readonly platforms: readonly SandboxPlatform[];
  readonly producer: SandboxProducer;
  readonly samples: readonly SandboxSample[];
  readonly hubUrl: string;
  readonly now: () => Date;
  /** Move the hub's clock forward; answers its new time when what was due has been done. Absent: it is not ours. */
  readonly moveClock?: (ms: number) => Promise<Date>;
  /** Post an event over HTTP as a producer of the hub. Absent: no key for that is known. */
  readonly send?: (event: object) => Promise<{ readonly status: number; readonly body: unknown }>;
}
