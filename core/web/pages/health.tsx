import type { Health } from "../../hub/workspaces.ts";
import { say } from "../../words/say.ts";
import { StateBadge, Time } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";
import type { StateLook } from "./states.ts";

const looks: Readonly<Record<Health["kind"], StateLook>> = {
  healthy: { sign: "check", word: () => say`Healthy`, tone: "delivered" },
  degraded: { sign: "alert", word: () => say`Degraded`, tone: "retrying" },
  broken: { sign: "plug", word: () => say`Broken`, tone: "failed" },
  disabled: { sign: "dash", word: () => say`Disabled`, tone: "mute" },
  untested: { sign: "circle", word: () => say`Not tested`, tone: "mute" },
};

interface HealthProps {
  readonly health: Health;
  readonly now: Date;
}

/** How something is, in one word with its sign; the reason stands in its title and on its own page. */
export function HealthWord({ health }: { readonly health: Health }) {
  return (
    <span {...(health.because === undefined ? {} : { title: health.because })}>
      <StateBadge look={looks[health.kind]} />
    </span>
  );
}

/** How something is: sign, word, the reason under it, and since when. */
export function HealthBadge({ health, now }: HealthProps) {
  return (
    <div class="health">
      <StateBadge look={looks[health.kind]} />
      {health.because === undefined && health.since === undefined ? null : (
        <p class="note">
          {health.because}{" "}
          {health.since === undefined
            ? null
            : sayNodes`since ${<Time at={health.since} now={now} as="clock" />}`}
        </p>
      )}
    </div>
  );
}
