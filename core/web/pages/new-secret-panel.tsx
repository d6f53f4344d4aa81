import { say } from "../../words/say.ts";
import type { PageFrame } from "./page-frame.ts";
import { CsrfField, Panel, Time } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";

interface NewSecretPanelProps {
  readonly frame: PageFrame;
  readonly title: string;
  /** Where the form is sent. */
  readonly action: string;
  /** Until when the secret before signs too, where there was one. */
  readonly formerEndsAt: Date | undefined;
}

/** Say whether two secrets sign now, and offer a new one in the place of the newest. */
export function NewSecretPanel({ frame, title, action, formerEndsAt }: NewSecretPanelProps) {
  const overlaps = formerEndsAt !== undefined && formerEndsAt > frame.now;
  return (
    <Panel id="secret" title={title}>
      <div class="panel-body stack-small">
        <p class={overlaps ? undefined : "quiet"}>
          {overlaps
            ? sayNodes`Two secrets sign until ${<Time at={formerEndsAt} now={frame.now} as="clock" />} UTC. Put the new one into the receiver before that.`
            : say`It was shown when it was made, and is shown to nobody again. A new one may follow it while the receiver still checks the old one.`}
        </p>
        <form class="new-secret" method="post" action={action}>
          <CsrfField csrf={frame.csrf} />
          <label class="field">
            <span class="label">{say`The old secret signs too`}</span>
            <select class="input" name="overlap">
              <option value="24h">{say`for a day`}</option>
              <option value="7d">{say`for a week`}</option>
              <option value="1h">{say`for an hour`}</option>
              <option value="0s">{say`no longer: it is known to somebody`}</option>
            </select>
          </label>
          <button type="submit" class="button">
            {say`Make a new secret`}
          </button>
        </form>
      </div>
    </Panel>
  );
}
