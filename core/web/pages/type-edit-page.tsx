import type { CardMistake } from "../../domain/card-mistake.ts";
import type { ProblemAt } from "../../domain/problem.ts";
import type { MissingField } from "../../messages/liquid-text.ts";
import type { Pictures } from "../../ports/pictures.ts";
import { say } from "../../words/say.ts";
import { chatStyles, DrawnOnBoth } from "./chat/message-drawing.tsx";
import { Crumbs } from "./crumbs.tsx";
import { Layout } from "./layout.tsx";
import { MissingFields } from "./missing-fields.tsx";
import { MistakeList } from "./mistake-list.tsx";
import type { PageFrame } from "./page-frame.ts";
import { CsrfField, Panel } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";

/** What this page shows. */
export interface TypeEditPageProps {
  readonly frame: PageFrame;
  /** The name of the type that is changed; empty for a new one. */
  readonly original: string;
  /** The revision that was read; empty for a new one. */
  readonly revision: string;
  /** What was typed. */
  readonly text: string;
  readonly errors: readonly ProblemAt[];
  /** What its sample would post; absent where that cannot be said. */
  readonly drawn: DrawnDraft | undefined;
}

/** The pictures of a draft, with what is amiss with them. */
export interface DrawnDraft {
  readonly pictures: Pictures;
  readonly missing: readonly MissingField[];
  readonly trouble: string | undefined;
  readonly mistakes: readonly CardMistake[];
}

/** Draw `/routing/edit-type`: a type as JSON, in the shape in which every hub's own types are written. */
export function renderTypeEditPage(props: TypeEditPageProps): string {
  const { frame, original, revision, text, errors, drawn } = props;
  const title = original === "" ? say`Add event type` : say`Change ${original}`;
  return renderPage(
    <Layout
      title={title}
      frame={frame}
      section="routing"
      styles={[
        "/assets/routing.css",
        "/assets/rule-editor.css",
        ...chatStyles,
        "/assets/types.css",
      ]}
      heading={
        <>
          <Crumbs above={[["/routing/types", say`Event types`]]} />
          <h1>{title}</h1>
        </>
      }
    >
      <form class="panel panel-body stack-small" method="post" action="/routing/edit-type">
        <CsrfField csrf={frame.csrf} />
        <input type="hidden" name="original" value={original} />
        <input type="hidden" name="revision" value={revision} />
        <div class="field">
          <label class="label" for="text">
            {say`The type as JSON`}
          </label>
          <textarea
            class="input mono json-input"
            id="text"
            name="text"
            rows={28}
            spellcheck={false}
            aria-describedby={errors.length > 0 ? "text-error text-help" : "text-help"}
            {...(errors.length > 0 ? { "aria-invalid": "true" as const } : {})}
          >
            {text}
          </textarea>
          {errors.length > 0 ? (
            <ul class="field-error plain-list" id="text-error">
              {errors.slice(0, 20).map(({ pointer, message }) => (
                <li key={pointer + message}>
                  {pointer === "" ? null : <code>{pointer}</code>} {message}
                </li>
              ))}
            </ul>
          ) : null}
          <p class="quiet" id="text-help">
            {sayNodes`${<code>schema</code>} is JSON Schema 2020-12 of ${<code>data</code>}; texts are LiquidJS over ${<code>data</code>}, ${<code>type</code>} and ${<code>subject</code>}. ${<code>approval.kind</code>} is opens, may, closes, outcome, reply, marks or no. The sample has to fit the schema.`}
          </p>
        </div>
        <div class="button-row">
          <button type="submit" class="button button-primary">
            {say`Save`}
          </button>
          <button type="submit" class="button" name="do" value="preview">
            {say`Preview`}
          </button>
          <a
            class="button"
            href={
              original === "" ? "/routing/types" : `/routing/types/${encodeURIComponent(original)}`
            }
          >
            {say`Cancel`}
          </a>
        </div>
      </form>
      {drawn ? <Drawn drawn={drawn} frame={frame} /> : null}
    </Layout>,
  );
}

function Drawn({ drawn, frame }: { readonly drawn: DrawnDraft; readonly frame: PageFrame }) {
  return (
    <Panel id="drawn" title={say`What its sample would post`}>
      <div class="panel-body">
        <DrawnOnBoth pictures={drawn.pictures} now={frame.now} />
      </div>
      <MistakeList mistakes={drawn.mistakes} />
      <MissingFields missing={drawn.missing} />
      {drawn.trouble === undefined ? null : (
        <p class="panel-foot note">
          {say`A text of this type failed, so it is left out:`} {drawn.trouble}.
        </p>
      )}
    </Panel>
  );
}
