import type { CardMistake } from "../../domain/card-mistake.ts";
import type { Event } from "../../domain/event.ts";
import type { EventType } from "../../domain/event-type.ts";
import { type EventId, shortId } from "../../domain/ids.ts";
import { writeDefinition } from "../../event-types/definition-text.ts";
import type { TypeOrigin } from "../../hub/event-types.ts";
import { cleanLine } from "../../messages/clean-text.ts";
import type { MissingField } from "../../messages/liquid-text.ts";
import type { Pictures } from "../../ports/pictures.ts";
import { say, sayKept } from "../../words/say.ts";
import { chatStyles, DrawnOnBoth } from "./chat/message-drawing.tsx";
import { Crumbs } from "./crumbs.tsx";
import { Icon } from "./icons.tsx";
import { JsonText } from "./json-text.tsx";
import { Layout } from "./layout.tsx";
import { MissingFields } from "./missing-fields.tsx";
import { MistakeList } from "./mistake-list.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayBehaviour } from "./types-page.tsx";

/** What this page shows. */
export interface TypePageProps {
  readonly frame: PageFrame;
  readonly type: EventType;
  readonly origin: TypeOrigin;
  readonly mayChange: boolean;
  /** What its texts ask for and the drawn event lacks, and what went wrong with one. */
  readonly missing: readonly MissingField[];
  readonly trouble: string | undefined;
  /** Its last events that are still kept, and the one that is drawn in place of the sample. */
  readonly events: readonly Event[];
  readonly drawn: EventId | undefined;
  /** What the sample would post; absent where no chat can be drawn. */
  readonly pictures: Pictures | undefined;
  /** What a chat refuses or draws wrongly in these pictures. */
  readonly mistakes: readonly CardMistake[];
  readonly saved: boolean;
}

const origins: Readonly<Record<TypeOrigin, () => string>> = {
  builtin: () => say`as every hub has it`,
  changed: () => say`changed here`,
  added: () => say`added here`,
};

/** Draw `/routing/types/{name}`: one type with its pictures, its schema and its sample. */
export function renderTypePage(props: TypePageProps): string {
  const { frame, type, origin, missing, trouble, pictures, mistakes, saved, mayChange } = props;
  const { schema, sample } = writeDefinition(type);
  return renderPage(
    <Layout
      title={type.name}
      frame={frame}
      section="routing"
      styles={["/assets/event.css", ...chatStyles, "/assets/types.css"]}
      heading={
        <>
          <Crumbs above={[["/routing/types", say`Event types`]]} />
          <h1 class="mono">{type.name}</h1>
        </>
      }
      headingEnd={mayChange ? <Changes type={type} origin={origin} frame={frame} /> : undefined}
    >
      {saved ? (
        <Callout tone="ok" icon="check">
          {say`It holds for the next event.`}
        </Callout>
      ) : null}
      {type.off ? (
        <Callout tone="warn" icon="alert">
          {say`This type is off: its events are taken and kept, and nothing follows from them.`}
        </Callout>
      ) : null}
      <p class="quiet lead">
        {type.about === "" ? "" : `${sayKept(type.about)}. `}
        {say`Level ${type.level}; ${sayBehaviour(type.approval)}; version ${type.version}, ${origins[origin]()}.`}
      </p>
      <Panel
        title={props.drawn ? say`What this event would post` : say`What its sample would post`}
      >
        <Drawables {...props} />
        <div class="panel-body">
          {pictures ? (
            <DrawnOnBoth pictures={pictures} now={frame.now} />
          ) : (
            <p class="quiet">{say`No chat is set up here, so nothing can be drawn.`}</p>
          )}
        </div>
        <MistakeList mistakes={mistakes} />
        <MissingFields missing={missing} />
        {trouble === undefined ? null : (
          <p class="panel-foot note">
            <Icon name="alert" /> {say`A text of this type failed, so it is left out:`} {trouble}.
          </p>
        )}
      </Panel>
      <Panel title={say`Sample`}>
        <div class="panel-body">
          <JsonText text={JSON.stringify(sample)} label={say`Sample`} />
          <p class="quiet mono">{`countersign trigger ${type.name}`}</p>
        </div>
      </Panel>
      <Panel title={say`Schema of data`}>
        <div class="panel-body">
          {schema ? (
            <JsonText text={JSON.stringify(schema)} label={say`Schema`} />
          ) : (
            <p class="quiet">{say`There is none: any data fits.`}</p>
          )}
        </div>
      </Panel>
      <Panel title={say`Texts`}>
        <div class="panel-body">
          <JsonText
            text={JSON.stringify({ texts: type.texts, attributes: type.attributes })}
            label={say`Texts`}
          />
        </div>
      </Panel>
    </Layout>,
  );
}

/** The choice between the sample and the last events that came. */
function Drawables({ type, events, drawn, frame }: TypePageProps) {
  if (events.length === 0) return null;
  const path = `/routing/types/${encodeURIComponent(type.name)}`;
  const current = (id: EventId | undefined) =>
    id === drawn ? ({ "aria-current": "true" } as const) : {};
  return (
    <nav class="panel-body drawables" aria-label={say`Draw with`}>
      <a href={path} {...current(undefined)}>
        {say`Sample`}
      </a>
      {events.map(({ id, subject, receivedAt }) => (
        <a key={id} href={`${path}?event=${id}`} {...current(id)}>
          {subject === undefined ? shortId(id) : cleanLine(subject).slice(0, 40)}{" "}
          <Time at={receivedAt} now={frame.now} />
        </a>
      ))}
    </nav>
  );
}

function Changes({ type, origin, frame }: Pick<TypePageProps, "type" | "origin" | "frame">) {
  const path = `/routing/types/${encodeURIComponent(type.name)}`;
  return (
    <div class="button-row">
      <form method="post" action={`${path}/turn`}>
        <CsrfField csrf={frame.csrf} />
        <button type="submit" class="button">
          {type.off ? say`Switch on` : say`Switch off`}
        </button>
      </form>
      {origin === "builtin" ? null : (
        <form method="post" action={`${path}/remove`}>
          <CsrfField csrf={frame.csrf} />
          <button type="submit" class="button">
            {origin === "changed" ? say`Back to the shipped one` : say`Remove`}
          </button>
        </form>
      )}
      <a
        class="button button-primary"
        href={`/routing/edit-type?${new URLSearchParams({ name: type.name })}`}
      >
        <Icon name="edit" />
        {say`Change`}
      </a>
    </div>
  );
}
