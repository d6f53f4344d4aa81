import { say } from "../../words/say.ts";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Panel } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";

/** Draw `/about`: what people in chat read who ask whose app it is, what it keeps of them, and under which terms. */
export function renderAboutPage({
  frame,
  hubUrl,
}: {
  readonly frame: PageFrame;
  readonly hubUrl: string;
}): string {
  return renderPage(
    <Layout
      title={say`About this app`}
      frame={frame}
      styles={["/assets/workspaces.css"]}
      heading={<h1>{say`About this app`}</h1>}
    >
      <div class="setup">
        <p>
          {say`Countersign brings requests into Slack and Teams as cards, and notes who approved or rejected them.`}{" "}
          {sayNodes`This one is run by your own organization, at ${<code>{hubUrl}</code>}; nobody else runs it.`}
        </p>
        <Panel id="privacy" title={say`Privacy`}>
          <ul class="panel-body stack-small about-list">
            <li>
              {say`Of who presses a button, or writes to the app alone, it keeps the name, the id of the account, and the sign-in address that the workspace tells.`}
            </li>
            <li>
              {say`Each vote is kept with its time, its reason and the place where it was given. Decisions stay for good: they are the record of who approved what.`}
            </li>
            <li>
              {say`Events, and what was sent for them, go once they are settled and older than the operator has set; that is 30 days where nobody chose.`}
            </li>
            <li>{say`It reads no messages in channels, and keeps nothing of what people write to it.`}</li>
            <li>
              {say`All of this lies in this hub's own database, its secrets sealed. The hub calls Slack, Microsoft and the addresses that its admins entered, and nobody else.`}
            </li>
          </ul>
        </Panel>
        <Panel id="terms" title={say`Terms of use`}>
          <p class="panel-body">
            {say`The software is free under the MIT licence and comes without warranty. Who may decide what, and by which rules, your organization says.`}
          </p>
        </Panel>
        <p class="quiet">
          {sayNodes`Questions, or something to be removed? Ask an admin of this hub; they ${<a href="/auth/login">{say`sign in here`}</a>}.`}
        </p>
      </div>
    </Layout>,
  );
}
