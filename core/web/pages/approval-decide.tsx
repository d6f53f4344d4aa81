import type { Approval, OpenApproval } from "../../domain/approval.ts";
import type { EventAction } from "../../domain/event.ts";
import { leastReason, needsReason } from "../../domain/policy.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { refusalText } from "../../messages/texts.ts";
import { languageNow, say, sayAs } from "../../words/say.ts";
import type { ApprovalFlash, ApprovalPageProps } from "./approval-page-props.ts";
import { buttonLabel, surfacesNow } from "./approval-words.ts";
import { Icon } from "./icons.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";

interface AskingProps extends ApprovalPageProps {
  readonly approval: OpenApproval;
}

/** The part of a request's page where somebody decides, or reads why not. It sticks to the phone's lower edge. */
export function DecidePanel(props: ApprovalPageProps) {
  const { approval, frame, flash, refusal } = props;
  const told = flash?.kind === "refused" ? flash.refusal.because : undefined;
  const isOpen = approval.state === "open";
  return (
    <aside
      id="decide"
      class={`panel decide${isOpen ? " decide-open" : ""}`}
      aria-label={say`Your decision`}
    >
      <h2 class="decide-title">{say`Your decision`}</h2>
      {flash && told !== "reason_missing" ? <Flash {...props} flash={flash} /> : null}
      {approval.state === "open" ? (
        <Asking {...props} approval={approval} />
      ) : flash ? null : (
        <p class="quiet">{say`This request is closed. There is nothing left to decide.`}</p>
      )}
      {isOpen && refusal && refusal.because !== told ? (
        <Callout tone="mute" icon="ban">
          {sayRefusal(refusal, approval, frame.now)}
        </Callout>
      ) : null}
      {isOpen && refusal?.because === "sign_on_needed" ? <SignOnAgain {...props} /> : null}
      {isOpen && props.mayCancel && !props.choosing ? <Cancel {...props} /> : null}
      {props.mayUndo ? <Undo {...props} /> : null}
    </aside>
  );
}

/** The way to the issuer and back here; without an issuer only an admin helps. */
function SignOnAgain({ approval, issuer }: ApprovalPageProps) {
  if (issuer === undefined) {
    return <p class="quiet">{say`This hub has no issuer any more. Ask an admin.`}</p>;
  }
  return (
    <a class="button button-tall button-primary" href={`/auth/oidc/fresh?for=${approval.id}`}>
      {say`Sign in again with ${issuer}`}
    </a>
  );
}

function Flash(props: ApprovalPageProps & { readonly flash: ApprovalFlash }) {
  const { flash, approval, frame } = props;
  switch (flash.kind) {
    case "recorded":
      return (
        <Callout tone="ok" icon="check">
          {say`Your vote is recorded.`}
        </Callout>
      );
    case "cancelled":
      return (
        <Callout tone="ok" icon="check">
          {say`The request is withdrawn.`}
        </Callout>
      );
    case "revoked":
      return (
        <Callout tone="ok" icon="check">
          {say`The approval is taken back, and the producer is told.`}
        </Callout>
      );
    case "unlocked":
      return (
        <Callout tone="ok" icon="check">
          {say`The request is open again.`}
        </Callout>
      );
    case "refused":
      return (
        <Callout tone="warn" icon="alert">
          {sayRefusal(flash.refusal, approval, frame.now)}
        </Callout>
      );
  }
}

/** The common texts send people here to decide; where this page is what the policy leaves out, it says where else. */
function sayRefusal(refusal: Refusal, { policy }: Approval, now: Date): string {
  if (refusal.because !== "surface_off") return refusalText(refusal, "web", now, languageNow());
  const surfaces = surfacesNow();
  const places = policy.via.map((surface) => surfaces[surface]).join(` ${sayAs("choice")`or`} `);
  return say`This request is not decided on this page. Decide it ${places}.`;
}

function Asking(props: AskingProps) {
  const { approval, frame, choosing, refusal } = props;
  if (!frame.viewer) {
    return <p>{sayNodes`${<a href="/auth/login">{say`Sign in`}</a>} to decide.`}</p>;
  }
  if (refusal) return null;
  const chosen = approval.actions.find((action) => action.id === choosing?.action);
  return (
    <>
      <WhoYouAre frame={frame} />
      {chosen ? (
        <ReasonForm {...props} action={chosen} />
      ) : (
        approval.actions.map((action) => <Choose key={action.id} {...props} action={action} />)
      )}
    </>
  );
}

function WhoYouAre({ frame }: { readonly frame: PageFrame }) {
  const { viewer } = frame;
  if (!viewer) return null;
  const name = <strong>{viewer.name}</strong>;
  return (
    <form class="who" method="post" action="/auth/logout">
      <CsrfField csrf={frame.csrf} />
      {viewer.email === undefined
        ? sayNodes`You decide as ${name}.`
        : sayNodes`You decide as ${name}, ${viewer.email}.`}{" "}
      <button type="submit" class="link">
        {say`Not you?`}
      </button>
    </form>
  );
}

function Choose(props: AskingProps & { readonly action: EventAction }) {
  const { approval, action } = props;
  const approve = action.choice === "approve";
  const tone = approve ? "button-ok" : "button-bad-outline";
  const face = (
    <>
      <Icon name={approve ? "check" : "cross"} />
      {buttonLabel(action)}
    </>
  );
  if (!approve || needsReason(approval.policy, action.choice)) {
    const query = new URLSearchParams({ action: action.id }).toString();
    return (
      <a class={`button button-tall ${tone}`} href={`/approvals/${approval.id}?${query}#reason`}>
        {sayNodes`${face}…`}
      </a>
    );
  }
  return (
    <form method="post" action={`/approvals/${approval.id}/votes`}>
      <VoteFields {...props} />
      <button type="submit" class={`button button-tall ${tone}`}>
        {face}
      </button>
    </form>
  );
}

function VoteFields({
  frame,
  approval,
  action,
  click,
}: AskingProps & { readonly action: EventAction }) {
  return (
    <>
      <CsrfField csrf={frame.csrf} />
      <input type="hidden" name="action" value={action.id} />
      <input type="hidden" name="digest" value={approval.digest} />
      <input type="hidden" name="click" value={click} />
    </>
  );
}

function ReasonForm(props: AskingProps & { readonly action: EventAction }) {
  const { approval, action, choosing, flash } = props;
  const approve = action.choice === "approve";
  const refusal = flash?.kind === "refused" ? flash.refusal : undefined;
  const missing = refusal?.because === "reason_missing" ? refusal : undefined;
  const required = needsReason(approval.policy, action.choice);
  const hints = missing ? "reason-hint reason-error" : "reason-hint";
  return (
    <form class="reason-form" method="post" action={`/approvals/${approval.id}/votes`}>
      <VoteFields {...props} />
      <div class="field">
        <label class="label" for="reason">
          {say`Why?`}
        </label>
        <textarea
          id="reason"
          class="input"
          name="reason"
          rows={3}
          maxLength={1000}
          aria-describedby={hints}
          {...(required ? { required, minLength: leastReason } : {})}
          {...(missing ? { "aria-invalid": true } : {})}
        >
          {choosing?.reason ?? ""}
        </textarea>
        <span id="reason-hint" class="note">
          {say`The requester will see this.`}{" "}
          {required ? say`At least ${leastReason} characters.` : say`You may leave it empty.`}
        </span>
        {missing ? (
          <span id="reason-error" class="field-error">
            {sayRefusal(missing, approval, props.frame.now)}
          </span>
        ) : null}
      </div>
      <button type="submit" class={`button button-tall ${approve ? "button-ok" : "button-bad"}`}>
        <Icon name={approve ? "check" : "cross"} />
        {buttonLabel(action)}
      </button>
      <a class="button button-quiet" href={`/approvals/${approval.id}`}>
        {say`Back`}
      </a>
    </form>
  );
}

function Cancel({ frame, approval }: ApprovalPageProps) {
  return (
    <details class="cancel">
      <summary>{say`Withdraw this request…`}</summary>
      <form class="reason-form" method="post" action={`/approvals/${approval.id}/cancel`}>
        <CsrfField csrf={frame.csrf} />
        <div class="field">
          <label class="label" for="cancel-reason">
            {say`Why is it withdrawn?`}
          </label>
          <input id="cancel-reason" class="input" name="reason" maxLength={1000} />
          <span class="note">
            {say`You may leave it empty. Every copy closes, and the producer is told.`}
          </span>
        </div>
        <button type="submit" class="button">
          <Icon name="ban" />
          {say`Withdraw the request`}
        </button>
      </form>
    </details>
  );
}

/** What an admin may do about a request that others decided, or locked. */
function Undo({ frame, approval }: ApprovalPageProps) {
  if (approval.state === "locked") {
    return (
      <form class="reason-form" method="post" action={`/approvals/${approval.id}/unlock`}>
        <CsrfField csrf={frame.csrf} />
        <button type="submit" class="button">
          <Icon name="lock" />
          {say`Open it again`}
        </button>
      </form>
    );
  }
  if (approval.state !== "approved") return null;
  return (
    <details class="cancel">
      <summary>{say`Take this approval back…`}</summary>
      <form class="reason-form" method="post" action={`/approvals/${approval.id}/revoke`}>
        <CsrfField csrf={frame.csrf} />
        <div class="field">
          <label class="label" for="revoke-reason">
            {say`Why is it taken back?`}
          </label>
          <input id="revoke-reason" class="input" name="reason" maxLength={1000} />
          <span class="note">
            {say`Every copy says so, and the producer is told. What it did already is not undone by this.`}
          </span>
        </div>
        <button type="submit" class="button button-bad">
          <Icon name="back" />
          {say`Take it back`}
        </button>
      </form>
    </details>
  );
}
