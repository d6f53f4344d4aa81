import { say } from "../../../words/say.ts";
import type { ChannelsPageProps } from "../channels-page.tsx";
import { CsrfField } from "../parts.tsx";
import { type ShownTest, TestResult } from "./test-result.tsx";

/** A channel as the forms of the picker send it. */
interface SentChannel {
  readonly workspace: string;
  readonly channelId: string;
  readonly name: string;
}

/** A test of a channel that nobody has chosen. */
export interface ChannelTest extends SentChannel {
  /** The event type whose sample was posted; empty: a plain hello. */
  readonly sample: string;
  /** The event types whose samples a test may post. */
  readonly types: readonly string[];
  readonly shown: ShownTest;
}

/** What a form of the picker sends with every button: which channel, and what was searched. */
export function ChannelFields({
  frame,
  asked,
  moving,
  channel,
}: Pick<ChannelsPageProps, "frame" | "asked" | "moving"> & { readonly channel: SentChannel }) {
  return (
    <>
      <CsrfField csrf={frame.csrf} />
      <input type="hidden" name="workspace" value={channel.workspace} />
      <input type="hidden" name="channel" value={channel.channelId} />
      <input type="hidden" name="name" value={channel.name} />
      {asked === "" ? null : <input type="hidden" name="q" value={asked} />}
      {moving ? <input type="hidden" name="move" value={moving.id} /> : null}
    </>
  );
}

/** Show what became of a test before the channel is chosen, and what may follow: another test, or choosing it. */
export function Tested(props: ChannelsPageProps & { readonly test: ChannelTest }) {
  const { view, moving, test } = props;
  const { name, sample, types, shown } = test;
  return (
    <div class="stack">
      <TestResult test={shown} />
      <form
        class="panel place-actions"
        method="post"
        action={`/workspaces/${view.id}/channels`}
        aria-label={say`Go on with ${name}`}
      >
        <ChannelFields {...props} channel={test} />
        <div class="field">
          <label class="label" for="sample">
            {say`Test ${name} with`}
          </label>
          <select class="input" id="sample" name="sample">
            <option value="">{say`a plain hello`}</option>
            {types.map((type) => (
              <option key={type} value={type} selected={type === sample}>
                {say`the sample of ${type}`}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" class="button" name="do" value="test">
          {say`Test again`}
        </button>
        <button type="submit" class="button button-primary push" name="do" value="choose">
          {moving ? say`Move to ${name}` : say`Choose ${name}`}
        </button>
      </form>
    </div>
  );
}
