import type { ComponentChildren } from "preact";
import { say, sayAs } from "../../words/say.ts";
import { type Since, sinceWords } from "../lists/since.ts";
import { Icon } from "./icons.tsx";
import { Empty, Time } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";

interface FilterFormProps {
  readonly action: string;
  /** What the search box finds; it stands in it as a hint. */
  readonly search: string;
  /** What was searched for, where the search is part of the filter. */
  readonly searched?: string | undefined;
  /** Where everything is shown again; absent while nothing is filtered. */
  readonly clear?: string;
  /** Parts of the filter that have no field of their own. */
  readonly keep?: Readonly<Record<string, string | undefined>>;
  readonly children: ComponentChildren;
}

/** The filter of a list: a search box, its fields, one button. It asks by GET, so a filtered list has an address. */
export function FilterForm({
  action,
  search,
  searched,
  clear,
  keep = {},
  children,
}: FilterFormProps) {
  return (
    <form class="filter-form" method="get" action={action}>
      <label class="filter-field filter-search">
        <span class="label">{say`Find`}</span>
        <input class="input" type="search" name="q" placeholder={search} value={searched} />
      </label>
      {children}
      {Object.entries(keep).map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
      <div class="filter-end">
        <button type="submit" class="button">
          {say`Show`}
        </button>
        {clear === undefined ? null : <a href={clear}>{sayAs("filter")`Clear`}</a>}
      </div>
    </form>
  );
}

interface PickFieldProps {
  readonly name: string;
  readonly label: string;
  /** What is chosen when nothing is. */
  readonly any: string;
  readonly chosen: string | undefined;
  readonly options: readonly (readonly [value: string, word: string])[];
}

/** Choose one of a few, or any. */
export function PickField({ name, label, any, chosen, options }: PickFieldProps) {
  return (
    <label class="filter-field">
      <span class="label">{label}</span>
      <select class="input" name={name}>
        <option value="">{any}</option>
        {options.map(([value, word]) => (
          <option key={value} value={value} selected={value === chosen}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Choose how far back the list goes. */
export function SinceField({ chosen }: { readonly chosen: Since | undefined }) {
  const options = Object.entries(sinceWords).map(([span, word]) => [span, word()] as const);
  return (
    <PickField
      name="since"
      label={say`Time`}
      any={say`Any time`}
      chosen={chosen}
      options={options}
    />
  );
}

interface TypedFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  /** What the browser offers while somebody types. */
  readonly options?: readonly string[];
}

/** Type a name, with those that are known at hand. */
export function TypedField({ name, label, value, options = [] }: TypedFieldProps) {
  const list = `known-${name}`;
  return (
    <label class="filter-field">
      <span class="label">{label}</span>
      <input class="input" name={name} value={value} list={list} autocomplete="off" />
      <datalist id={list}>
        {options.map((option) => (
          <option key={option} value={option} />
        ))}
      </datalist>
    </label>
  );
}

interface PagerProps {
  readonly newer: string | undefined;
  readonly older: string | undefined;
}

/** Lead to the pages beside this one. */
export function Pager({ newer, older }: PagerProps) {
  if (newer === undefined && older === undefined) return null;
  return (
    <nav class="pager" aria-label={say`Pages`}>
      {newer === undefined ? null : (
        <a class="button" href={newer} rel="prev">
          <Icon name="back" />
          {say`Newer`}
        </a>
      )}
      {older === undefined ? null : (
        <a class="button" href={older} rel="next">
          {say`Older`}
          <Icon name="arrowRight" />
        </a>
      )}
    </nav>
  );
}

/** An empty page with a neighbour is behind the end of its list, not the whole of it. */
export const isBehindEnd = ({
  newer,
  older,
  lookedBackTo,
}: Partial<PagerProps> & { readonly lookedBackTo?: Date | undefined }) =>
  lookedBackTo === undefined && (newer !== undefined || older !== undefined);

/** What stands in place of an empty page that is behind the end of its list. */
export const BehindEnd = ({ first }: { readonly first: string }) => (
  <Empty
    icon="search"
    title={say`Nothing more stands here.`}
    next={{ href: first, label: say`Show the newest` }}
  >
    <p>{say`The list ends before this place, or the address is cut off.`}</p>
  </Empty>
);

interface LookedBackProps {
  /** Where reading stopped before the page was full. */
  readonly to: Date | undefined;
  readonly found: number;
  readonly now: Date;
}

/** Say that a page does not hold all that a filter may find. */
export function LookedBack({ to, found, now }: LookedBackProps) {
  if (!to) return null;
  const time = <Time at={to} now={now} as="clock" />;
  return (
    <p class="note" role="status">
      {found === 0
        ? sayNodes`Nothing fits as far back as ${time} UTC. “Older” looks further.`
        : sayNodes`${found} found as far back as ${time} UTC. “Older” looks further.`}
    </p>
  );
}
