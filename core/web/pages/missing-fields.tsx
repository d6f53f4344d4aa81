import type { OftenMissing } from "../../hub/rule-comparison.ts";
import type { MissingField } from "../../messages/liquid-text.ts";
import { say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { sayNodes } from "./say-nodes.ts";

/** What people call the place of a text: `facts/1/value` is the second fact. */
function sayTextPlace(place: string): string {
  const [first, index] = place.split("/");
  switch (first) {
    case "title":
      return say`the title`;
    case "body":
      return say`the text`;
    case "facts":
      return say`fact ${Number(index) + 1}`;
    case "link":
      return say`the link`;
    default:
      return say`a button`;
  }
}

/** Which fields one event lacks that its texts ask for; nothing where all are there. */
export function MissingFields({ missing }: { readonly missing: readonly MissingField[] }) {
  if (missing.length === 0) return null;
  return (
    <ul class="panel-foot note plain-list missing-fields">
      {missing.map(({ field, place }) => (
        <li key={`${place} ${field}`}>
          <Icon name="alert" />{" "}
          {sayNodes`It has no field ${<code>{field}</code>}, which ${sayTextPlace(place)} asks for; ${<code>⟨{field}?⟩</code>} stands there.`}
        </li>
      ))}
    </ul>
  );
}

/** The same for many events: how many of them lack each field, with one of them to look at. */
export function OftenMissingFields(props: {
  readonly missing: readonly OftenMissing[];
  readonly of: number;
}) {
  const { missing, of } = props;
  if (missing.length === 0) return null;
  return (
    <ul class="note plain-list missing-fields" aria-label={say`Fields that are missing`}>
      {missing.slice(0, 8).map(({ field, place, events, example }) => (
        <li key={`${place} ${field}`}>
          <Icon name="alert" />{" "}
          {sayNodes`${events} of these ${of} have no field ${<code>{field}</code>}, which ${sayTextPlace(place)} asks for: ${<a href={`/events/${example.id}`}>{say`see one`}</a>}.`}
        </li>
      ))}
    </ul>
  );
}
