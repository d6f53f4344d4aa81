import type { WorkspaceView } from "../../hub/workspaces.ts";
import { say } from "../../words/say.ts";
import { Callout, Time } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";
import { consentAddress } from "./tenant-steps.tsx";
import type { WorkspacePageProps } from "./workspace-page.tsx";
import { sayHeld } from "./workspaces-page.tsx";

/** Where the admin's browser is sent to give the grant again. */
const reconnectAddress = ({ platform, workspace }: WorkspaceView) =>
  platform === "teams"
    ? consentAddress(workspace)
    : `/slack/install?${new URLSearchParams({ workspace })}`;

/** Tell whether the hub may do nothing there any more. */
export const isOver = ({ state }: WorkspaceView) => state === "revoked" || state === "disconnected";

/** What stops this workspace, what waits for it, and the one button that mends it. */
export function Trouble({ view, frame }: WorkspacePageProps) {
  const { heldDeliveries, missing } = view;
  const held =
    heldDeliveries === 0 ? "" : ` ${say`${sayHeld(heldDeliveries)} and will be sent then.`}`;
  if (isOver(view)) {
    return (
      <Callout tone="bad" icon="plug">
        <p>
          <strong>{say`Countersign cannot act in ${view.name} any more.`}</strong>{" "}
          {view.health.because}{" "}
          {view.health.since ? <Time at={view.health.since} now={frame.now} /> : null}{" "}
          {say`Rules and destinations are kept.`}
          {held}
        </p>
        <Again view={view} label={say`Reconnect`} />
      </Callout>
    );
  }
  if (missing.length > 0) {
    return (
      <Callout tone="warn" icon="alert">
        <p>
          <strong>{say`Some rights were not granted.`}</strong> {say`Off without them:`}
        </p>
        <ul>
          {missing.map(({ scope, feature }) => (
            <li key={scope}>
              {feature} (<code>{scope}</code>)
            </li>
          ))}
        </ul>
        <Again view={view} label={say`Reauthorise`} />
        <p class="note">{say`Rules, destinations and the default channel stay as they are.`}</p>
      </Callout>
    );
  }
  if (heldDeliveries === 0) return null;
  return (
    <Callout tone="warn" icon="clock">
      {sayNodes`${sayHeld(heldDeliveries)}, in order, until what stops them is mended; the channels below say what it is.`}
    </Callout>
  );
}

function Again({ view, label }: { readonly view: WorkspaceView; readonly label: string }) {
  // A consent outlives the app: there the steps below say who adds it again.
  if (view.platform === "teams" && view.state === "revoked") return null;
  return (
    <p class="callout-button">
      <a class="button button-primary" href={reconnectAddress(view)}>
        {label}
      </a>
    </p>
  );
}
