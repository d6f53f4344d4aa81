import type { ComponentChildren } from "preact";
import type { Json } from "../../domain/json.ts";
import {
  type ChangedField,
  changedFields,
  changesBetween,
  type RuleSet,
} from "../../domain/rule.ts";
import { say, sayAs, sayNumber } from "../../words/say.ts";
import { Icon, type IconName } from "./icons.tsx";

interface RuleDiffProps {
  /** Absent where the later one is the first version. */
  readonly before?: RuleSet | undefined;
  readonly after: RuleSet;
}

/** What one version of the rules changed of another, rule by rule and member by member. */
export function RuleDiff({ before, after }: RuleDiffProps) {
  const rules = before?.rules ?? [];
  const changes = changesBetween(rules, after.rules);
  const was = new Map(rules.map((rule) => [rule.name, rule]));
  const is = new Map(after.rules.map((rule) => [rule.name, rule]));
  const count = changes.added.length + changes.removed.length + changes.changed.length;
  const cut = (names: readonly string[]) => names.slice(0, mostShown);
  const moved = changes.reordered && changes.added.length + changes.removed.length === 0;
  const isSame = count === 0 && !changes.reordered && before?.fallback === after.fallback;
  if (isSame) return <p class="note">{say`Nothing of the rules is otherwise.`}</p>;
  return (
    <ul class="diff">
      {cut(changes.added).map((name) => (
        <Item key={name} tone="added" icon="plus" word={say`added`} name={name}>
          <Fields
            fields={changedFields(
              { name, types: [], to: [], continue: false },
              is.get(name) ?? never,
            )}
          />
        </Item>
      ))}
      {cut(changes.removed).map((name) => (
        <Item key={name} tone="removed" icon="dash" word={say`removed`} name={name} />
      ))}
      {cut(changes.changed).map((name) => (
        <Item key={name} tone="changed" icon="edit" word={say`changed`} name={name}>
          <Fields fields={changedFields(was.get(name) ?? never, is.get(name) ?? never)} />
        </Item>
      ))}
      {count > mostShown * 3 ? (
        <li class="diff-item note">{say`${sayNumber(count)} rules differ in all.`}</li>
      ) : null}
      {changes.reordered ? (
        <Item
          tone="changed"
          icon="columns"
          word={moved ? say`reordered` : say`in another order`}
          name=""
        >
          <p class="note">
            {say`Now:`}{" "}
            {after.rules
              .slice(0, 12)
              .map(({ name }) => name)
              .join(" · ")}
            {after.rules.length > 12 ? " · …" : ""}
          </p>
        </Item>
      ) : null}
      {before?.fallback === after.fallback ? null : (
        <Item tone="changed" icon="edit" word={say`changed`} name={say`Fallback`}>
          <Fields
            fields={[
              {
                field: say`goes to`,
                ...(before?.fallback === undefined ? {} : { before: before.fallback }),
                ...(after.fallback === undefined ? {} : { after: after.fallback }),
              },
            ]}
          />
        </Item>
      )}
    </ul>
  );
}

/** So many rules of each kind of change are listed. */
const mostShown = 50;

/** Stands where a name that a comparison gave is in neither list, which cannot be. */
const never = { name: "", types: [], to: [], continue: false } as const;

interface ItemProps {
  readonly tone: "added" | "removed" | "changed";
  readonly icon: IconName;
  readonly word: string;
  readonly name: string;
  readonly children?: ComponentChildren;
}

function Item({ tone, icon, word, name, children }: ItemProps) {
  return (
    <li class={`diff-item diff-${tone}`}>
      <p>
        <Icon name={icon} /> {name === "" ? null : <strong>{name}</strong>}{" "}
        <span class="diff-word">{word}</span>
      </p>
      {children}
    </li>
  );
}

function Fields({ fields }: { readonly fields: readonly ChangedField[] }) {
  return (
    <dl class="diff-fields">
      {fields.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{field === "continue" ? sayAs("afterwards")`then` : field}</dt>
          <dd>
            {isNone(before) ? null : <del>{sayValue(field, before)}</del>}
            {isNone(before) || isNone(after) ? null : " "}
            {isNone(after) ? null : <ins>{sayValue(field, after)}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const isNone = (value: Json | undefined): value is undefined =>
  value === undefined || (Array.isArray(value) && value.length === 0);

function sayValue(field: string, value: Json): string {
  if (field === "continue") return value === true ? say`continues` : say`stops`;
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}
