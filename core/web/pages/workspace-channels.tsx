import type { Destination } from "../../domain/destination.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import { say } from "../../words/say.ts";
import { destinationHealth } from "./destination-words.ts";
import { HealthBadge } from "./health.tsx";
import { Icon } from "./icons.tsx";
import { Empty, Panel } from "./parts.tsx";
import type { WorkspacePageProps } from "./workspace-page.tsx";
import { isOver } from "./workspace-trouble.tsx";

/** The channels that were chosen, each with how its deliveries go. */
export function Chosen({ frame, view, destinations, lastPosts }: WorkspacePageProps) {
  const pick = { href: `/workspaces/${view.id}/channels`, label: say`Choose a channel` };
  return (
    <Panel
      title={say`Channels`}
      beside={
        destinations.length === 0 ? undefined : <span class="note">{destinations.length}</span>
      }
      end={
        isOver(view) || destinations.length === 0 ? undefined : (
          <a class="button button-small" href={pick.href}>
            <Icon name="plus" />
            {pick.label}
          </a>
        )
      }
    >
      {destinations.length === 0 ? (
        <Empty icon="hash" title={say`No channel is chosen yet.`} next={pick}>
          <p>{say`A channel that is chosen is a destination, which rules name.`}</p>
        </Empty>
      ) : (
        <ul class="rows">
          {destinations.map((destination) => (
            <li key={destination.id} class="row">
              <div class="row-main">
                <a class="row-title" href={destinationAddress(view, destination)}>
                  {destination.name}
                </a>
                <p class="note">
                  {destination.channelName === undefined
                    ? null
                    : `${say`now called ${destination.channelName}`} · `}
                  {view.record.defaultDestination === destination.id
                    ? `${say`default channel`} · `
                    : null}
                  <span class="mono">{destination.channelId}</span>
                </p>
              </div>
              <div class="row-health">
                <HealthBadge
                  health={destinationHealth(destination, view, lastPosts.get(destination.id))}
                  now={frame.now}
                />
              </div>
              <div class="row-end">
                <a class="button" href={destinationAddress(view, destination)}>
                  {say`Open`}
                  <span class="sr-only"> {destination.name}</span>
                  <Icon name="arrowRight" />
                </a>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Where the page of a destination is. */
export const destinationAddress = ({ id }: Pick<WorkspaceView, "id">, { id: one }: Destination) =>
  `/workspaces/${id}/destinations/${one}`;
