import type { ComponentChildren } from "preact";
import { shortId } from "../../domain/ids.ts";
import { say } from "../../words/say.ts";
import { Icon, type IconName } from "./icons.tsx";
import type { StateLook } from "./states.ts";
import { sayClock, sayExactly, sayRelative } from "./times.ts";

/** Show a state: its sign, its word, its colour. */
export function StateBadge({ look }: { readonly look: StateLook }) {
  return (
    <span class={`badge badge-${look.tone}`}>
      <Icon name={look.sign} />
      {look.word()}
    </span>
  );
}

/** Mark a place as belonging to the sandbox: it says where, never how well. */
export function SandboxBadge() {
  return (
    <span class="badge badge-sandbox">
      <Icon name="dot" />
      {say`Sandbox`}
    </span>
  );
}

interface ShortIdProps {
  readonly id: string;
  /** Show it whole, where somebody has to read it out. */
  readonly whole?: boolean;
}

/** Show an id in little room, whole in its title, with a button that copies it where scripts run. */
export function ShortId({ id, whole = false }: ShortIdProps) {
  return (
    <span class={whole ? "id id-whole" : "id"} title={id}>
      {whole ? id : shortId(id)}
      <button type="button" class="icon-button" data-copy={id} title={say`Copy ${id}`} hidden>
        <Icon name="copy" />
        <span class="sr-only">{say`Copy ${id}`}</span>
      </button>
    </span>
  );
}

interface TimeProps {
  readonly at: Date;
  readonly now: Date;
  /** `relative` says "2 min ago", `clock` the time of day. The title is exact either way. */
  readonly as?: "relative" | "clock";
}

/** Show a time, with the exact one in its title. */
export function Time({ at, now, as = "relative" }: TimeProps) {
  return (
    <time class="tabular" dateTime={at.toISOString()} title={sayExactly(at)}>
      {as === "clock" ? sayClock(at, now) : sayRelative(at, now)}
    </time>
  );
}

/** The session's token, in every form. */
export function CsrfField({ csrf }: { readonly csrf: string }) {
  return <input type="hidden" name="_csrf" value={csrf} />;
}

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
  /** The one thing to do next. */
  readonly next?: { readonly href: string; readonly label: string };
}

/** Say that a list is empty, why, and what to do next. */
export function Empty({ icon, title, children, next }: EmptyProps) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p class="empty-title">{title}</p>
      {children === undefined ? null : <div class="quiet">{children}</div>}
      {next ? (
        <a class="button button-primary" href={next.href}>
          {next.label}
        </a>
      ) : null}
    </div>
  );
}

/** Lead on to older entries, or say that there are none. */
export function Older({ href }: { readonly href: string | undefined }) {
  if (href === undefined) return null;
  return (
    <p class="older">
      <a class="button" href={href} rel="next">
        {say`Older`}
        <Icon name="arrowRight" />
      </a>
    </p>
  );
}

interface CalloutProps {
  readonly tone: "live" | "ok" | "warn" | "bad" | "mute";
  readonly icon: IconName;
  readonly children: ComponentChildren;
}

/** Say one important thing at the top of what it is about. Screen readers hear it as the page opens. */
export function Callout({ tone, icon, children }: CalloutProps) {
  return (
    <div class={`callout callout-${tone}`} role="status">
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

interface PanelProps {
  readonly id?: string;
  readonly title: string;
  /** What stands beside the title: a number, a state. */
  readonly beside?: ComponentChildren;
  /** What stands at the right end. */
  readonly end?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A titled part of a page. With an id it can be linked to. */
export function Panel({ id, title, beside, end, children }: PanelProps) {
  return (
    <section class="panel" {...(id === undefined ? {} : { id })}>
      <div class="panel-head">
        <h2>{title}</h2>
        {beside}
        {end === undefined ? null : <div class="push">{end}</div>}
      </div>
      {children}
    </section>
  );
}
