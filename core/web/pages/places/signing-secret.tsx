import type { Destination } from "../../../domain/destination.ts";
import { say } from "../../../words/say.ts";
import type { PageFrame } from "../page-frame.ts";
import { CsrfField, Panel, Time } from "../parts.tsx";
import { sayNodes } from "../say-nodes.ts";

/** A webhook's signing secret: whether two sign now, and a new one in its place. Nothing for other kinds. */
export function SigningSecret({
  frame,
  destination,
}: {
  readonly frame: PageFrame;
  readonly destination: Destination;
}) {
  if (destination.kind !== "webhook") return null;
  const { id, formerSecretEndsAt: endsAt } = destination;
  return (
    <Panel id="secret" title={say`Signing secret`}>
      <div class="panel-body stack-small">
        <p class="quiet">
          {endsAt && endsAt > frame.now
            ? sayNodes`Two secrets sign every call until ${<Time at={endsAt} now={frame.now} as="clock" />} UTC. Put the new one into the receiver before that.`
            : say`It was shown when it was made, and is shown to nobody again. A new one may follow it while the receiver still checks the old one.`}
        </p>
        <form class="place-actions" method="post" action={`/destinations/${id}/secret`}>
          <CsrfField csrf={frame.csrf} />
          <div class="field">
            <label class="label" for="overlap">
              {say`The old secret signs too`}
            </label>
            <select class="input" id="overlap" name="overlap">
              <option value="24h">{say`for a day`}</option>
              <option value="7d">{say`for a week`}</option>
              <option value="1h">{say`for an hour`}</option>
              <option value="0s">{say`no longer: it is known to somebody`}</option>
            </select>
          </div>
          <button type="submit" class="button">
            {say`Make a new secret`}
          </button>
        </form>
      </div>
    </Panel>
  );
}
