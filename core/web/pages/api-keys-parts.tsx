import type { Person } from "../../domain/person.ts";
import { type ApiKey, type Producer, type Scope, scopes } from "../../domain/producer.ts";
import { say } from "../../words/say.ts";
import type { PageFrame } from "./page-frame.ts";
import { CsrfField, ShortId, StateBadge, Time } from "./parts.tsx";
import { FieldError, refused } from "./producer-form.tsx";
import { sayNodes } from "./say-nodes.ts";
import { keyLooks, stateOfKey } from "./states.ts";

interface KeyTableProps {
  readonly frame: PageFrame;
  readonly keys: readonly ApiKey[];
  /** Absent where all are one owner's. */
  readonly ownerOf?: (owner: ApiKey["owner"]) => string;
}

/** Keys in rows: whose, for what, when last used, with the button that ends them. */
export function KeyTable({ frame, keys, ownerOf }: KeyTableProps) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{say`Key`}</th>
          {ownerOf ? <th scope="col">{say`Of`}</th> : null}
          <th scope="col" class="wide-only">
            {say`May`}
          </th>
          <th scope="col" class="wide-only">
            {say`Last used`}
          </th>
          <th scope="col">{say`State`}</th>
          <th scope="col">
            <span class="sr-only">{say`Revoke`}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.key}>
            <td>
              <span class="strong">{key.name}</span>
              <div>
                <ShortId id={key.key} />
              </div>
            </td>
            {ownerOf ? <td>{ownerOf(key.owner)}</td> : null}
            <td class="wide-only quiet">{key.scopes.join(", ")}</td>
            <td class="wide-only">
              {key.lastUsedAt ? (
                <Time at={key.lastUsedAt} now={frame.now} />
              ) : (
                <span class="note">{say`not yet`}</span>
              )}
            </td>
            <td>
              <StateBadge look={keyLooks[stateOfKey(key, frame.now)]} />
              <Until keyOf={key} now={frame.now} />
            </td>
            <td>{key.revoked ? null : <Revoke frame={frame} keyOf={key} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Until({ keyOf, now }: { readonly keyOf: ApiKey; readonly now: Date }) {
  const { revoked, expiresAt } = keyOf;
  if (revoked) {
    return (
      <div class="note">{sayNodes`by ${revoked.by}, ${<Time at={revoked.at} now={now} />}`}</div>
    );
  }
  return expiresAt ? (
    <div class="note">{sayNodes`ends ${<Time at={expiresAt} now={now} />}`}</div>
  ) : null;
}

function Revoke({ frame, keyOf }: { readonly frame: PageFrame; readonly keyOf: ApiKey }) {
  return (
    <details class="revoke">
      <summary>{say`Revoke…`}</summary>
      <form method="post" action={`/settings/producers/keys/${keyOf.key}/revoke`}>
        <CsrfField csrf={frame.csrf} />
        <p class="note">{say`Whatever uses it is refused within a second, for good.`}</p>
        <button type="submit" class="button button-bad">
          {say`Revoke ${keyOf.name}`}
        </button>
      </form>
    </details>
  );
}

/** What stands in the fields of a key. */
export interface TypedKey {
  readonly name: string;
  /** Id of the producer or the person. */
  readonly owner: string;
  readonly scopes: readonly string[];
  readonly expires: string;
}

export interface KeyFormProps {
  readonly frame: PageFrame;
  readonly producers: readonly Producer[];
  readonly people: readonly Person[];
  readonly typed?: TypedKey | undefined;
  readonly mistake?: { readonly field: string; readonly message: string } | undefined;
}

const nothing: TypedKey = { name: "", owner: "", scopes: ["events", "read"], expires: "" };

const scopeWords: Readonly<Record<Scope, () => string>> = {
  events: () => say`post events`,
  read: () => say`read`,
  vote: () => say`vote as this person (people's keys only)`,
  admin: () => say`administer (keys of admins only)`,
};

/** Make a key: whose, for what, for how long. */
export function KeyForm({ frame, producers, people, typed = nothing, mistake }: KeyFormProps) {
  const wrong = (field: string) => (mistake?.field === field ? mistake.message : undefined);
  return (
    <form class="panel-body settings-form" method="post" action="/settings/producers/keys">
      <CsrfField csrf={frame.csrf} />
      <label class="field">
        <span class="label">{say`Name`}</span>
        <input
          class="input"
          name="name"
          value={typed.name}
          autocomplete="off"
          {...refused(wrong("name"))}
        />
        <FieldError text={wrong("name")} />
        <span class="note">{say`Where it is used, such as “build server”.`}</span>
      </label>
      <label class="field">
        <span class="label">{say`Belongs to`}</span>
        <select class="input" name="owner" {...refused(wrong("owner"))}>
          <optgroup label={say`Producers`}>
            {producers.map(({ id, name }) => (
              <option key={id} value={id} selected={id === typed.owner}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label={say`People`}>
            {people.map(({ id, name, email }) => (
              <option key={id} value={id} selected={id === typed.owner}>
                {email === undefined ? name : `${name} (${email})`}
              </option>
            ))}
          </optgroup>
        </select>
        <FieldError text={wrong("owner")} />
      </label>
      <fieldset class="checks">
        <legend class="label">{say`It may`}</legend>
        {scopes.map((scope, at) => (
          <label key={scope} class="check">
            <input
              type="checkbox"
              name="scopes"
              value={scope}
              checked={typed.scopes.includes(scope)}
              {...(at === 0 ? refused(wrong("scopes")) : {})}
            />
            <span>{scopeWords[scope]()}</span>
          </label>
        ))}
        <FieldError text={wrong("scopes")} />
      </fieldset>
      <label class="field">
        <span class="label">{say`Ends after`}</span>
        <select class="input" name="expires" {...refused(wrong("expires"))}>
          {expiries.map(([value, word]) => (
            <option key={value} value={value} selected={value === typed.expires}>
              {word()}
            </option>
          ))}
        </select>
        <FieldError text={wrong("expires")} />
      </label>
      <div>
        <button type="submit" class="button button-primary">
          {say`Make the key`}
        </button>
      </div>
    </form>
  );
}

const expiries = [
  ["", () => say`never`],
  ["24h", () => say`a day`],
  ["30d", () => say`30 days`],
  ["90d", () => say`90 days`],
  ["365d", () => say`a year`],
] as const;
