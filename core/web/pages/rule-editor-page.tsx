import type { RuleSet } from "../../domain/rule.ts";
import { say } from "../../words/say.ts";
import { Crumbs } from "./crumbs.tsx";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { RuleDiff } from "./rule-diff.tsx";
import { RuleFields, type RuleFieldsProps } from "./rule-fields.tsx";
import { type PreviewContent, RulePreview } from "./rule-preview.tsx";

/** What this page shows. */
export interface RuleEditorProps extends RuleFieldsProps {
  readonly frame: PageFrame;
  readonly preview: PreviewContent;
  /** The newest version; saving makes the next one. */
  readonly newest: RuleSet;
  /** Set where somebody saved while this draft was written: what it was made from. */
  readonly meanwhile?: { readonly base: RuleSet | undefined } | undefined;
  /** What is wrong with other rules of the set, which keeps this one from being saved. */
  readonly otherErrors: readonly string[];
}

/** Where the editor posts to. */
export const ruleAddress = "/routing/rule";

/** Draw the editor of one rule: its fields, and beside them what the draft does with the last events. */
export function renderRuleEditorPage(props: RuleEditorProps): string {
  const { frame, form, newest } = props;
  const isNew = form.original === "";
  return renderPage(
    <Layout
      title={isNew ? say`New rule` : form.original}
      frame={frame}
      section="routing"
      styles={["/assets/routing.css", "/assets/rule-editor.css", "/assets/rule-effects.css"]}
      modules={["/assets/client/rule-editor.js"]}
    >
      <Crumbs above={[["/routing", say`Routing`]]}>{isNew ? say`New rule` : form.original}</Crumbs>
      <div class="page-head">
        <h1>{isNew ? say`New rule` : form.original}</h1>
        <span class="badge badge-warn">
          <Icon name="edit" />
          {say`Draft`}
        </span>
        <span class="note push">{say`from version ${form.version}`}</span>
      </div>
      <Troubles {...props} />
      <form class="panel editor" method="post" action={ruleAddress} data-preview="/routing/preview">
        <CsrfField csrf={frame.csrf} />
        <input type="hidden" name="version" value={form.version} />
        <input type="hidden" name="original" value={form.original} />
        {/* Enter in a field presses the first button of a form: that must not save. */}
        <button
          type="submit"
          class="sr-only"
          name="do"
          value="preview"
          tabIndex={-1}
          formnovalidate
        >
          {say`Preview`}
        </button>
        <div class="editor-columns">
          <div class="editor-fields">
            <RuleFields {...props} />
          </div>
          <section
            class="editor-preview"
            id="preview"
            aria-label={say`Draft against live`}
            aria-live="polite"
          >
            <RulePreview preview={props.preview} now={frame.now} />
          </section>
        </div>
        <Foot version={newest.version} description={form.description} />
      </form>
    </Layout>,
  );
}

/** Draw the part of the editor that shows what the draft does, by itself. */
export function renderPreview(preview: PreviewContent, now: Date): string {
  return renderPage(<RulePreview preview={preview} now={now} />).replace("<!doctype html>", "");
}

function Troubles({ meanwhile, newest, form, otherErrors, errors }: RuleEditorProps) {
  return (
    <>
      {meanwhile ? <Meanwhile base={meanwhile.base} newest={newest} rule={form.original} /> : null}
      {otherErrors.length > 0 ? (
        <Callout tone="bad" icon="cross">
          <strong>{say`Nothing was saved: other rules of the set have to be right too.`}</strong>
          <ul class="plain-list">
            {otherErrors.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Callout>
      ) : errors.size > 0 ? (
        <Callout tone="bad" icon="cross">
          <strong>{say`Nothing was saved.`}</strong>{" "}
          {errors.size === 1
            ? say`One field has to be corrected.`
            : say`${errors.size} fields have to be corrected.`}
        </Callout>
      ) : null}
    </>
  );
}

interface MeanwhileProps {
  /** What the draft was made from. */
  readonly base: RuleSet | undefined;
  readonly newest: RuleSet;
  /** Name of the rule that is edited; empty for a new one. */
  readonly rule: string;
}

function Meanwhile({ base, newest, rule }: MeanwhileProps) {
  return (
    <div class="panel meanwhile" id="meanwhile">
      <Callout tone="warn" icon="alert">
        <strong>
          {say`${newest.author} saved version ${newest.version} while you were writing.`}
        </strong>{" "}
        {say`Nothing of yours is lost: your draft stands below, on top of that version.`}{" "}
        {sayMeeting(base, newest, rule)}
      </Callout>
      <div class="panel-body stack-small">
        <h2>{say`What ${newest.author} changed`}</h2>
        {newest.description === undefined ? null : (
          <p class="quiet">{say`“${newest.description}”`}</p>
        )}
        <RuleDiff before={base} after={newest} />
      </div>
    </div>
  );
}

/** How two changes of one time stand to each other. */
function sayMeeting(base: RuleSet | undefined, newest: RuleSet, rule: string): string {
  const find = (set: RuleSet | undefined) => set?.rules.find(({ name }) => name === rule);
  const [mine, theirs] = [find(base), find(newest)];
  if (!mine || JSON.stringify(theirs) === JSON.stringify(mine)) {
    return say`Both changes go together. Look at theirs, and save again.`;
  }
  return theirs
    ? say`${newest.author} changed this very rule: saving again puts your draft in its place.`
    : say`${newest.author} removed this very rule: saving again adds yours anew.`;
}

function Foot({
  version,
  description,
}: {
  readonly version: number;
  readonly description: string;
}) {
  return (
    <div class="editor-foot">
      <div class="field editor-description">
        <label class="label" for="description">
          {say`What this change is for`}
        </label>
        <input
          class="input"
          id="description"
          name="description"
          value={description}
          maxLength={500}
          autocomplete="off"
          placeholder={say`optional; it stands beside the version`}
        />
      </div>
      <p class="note">
        {version > 0
          ? say`Nothing is sent while you try. Saving makes version ${version + 1}; version ${version} stays one click away.`
          : say`Nothing is sent while you try. Saving makes version ${version + 1}.`}
      </p>
      <div class="editor-buttons">
        <a class="button button-quiet" href="/routing">
          {say`Discard draft`}
        </a>
        <button
          type="submit"
          class="button"
          name="do"
          value="preview"
          data-scripts-do-it
          formnovalidate
        >
          {say`Preview`}
        </button>
        <button type="submit" class="button button-primary" name="do" value="save">
          {say`Save as version ${version + 1}`}
        </button>
      </div>
    </div>
  );
}
