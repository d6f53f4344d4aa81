import type { EventType, EventTypeDefinition } from "../domain/event-type.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Store } from "../ports/store.ts";
import { builtinTypes } from "./builtin-types.ts";

/** The id of an event type: the organization and the type's name. */
const eventTypeId = (organization: OrganizationId, name: string) => `${organization} ${name}`;

/** Find the type of this name: as an admin wrote it, else the catalogue's own; undefined where nobody knows it. */
export async function findType(
  store: Pick<Store, "eventTypes">,
  organization: OrganizationId,
  name: string,
): Promise<EventType | undefined> {
  const written = await store.eventTypes.get(eventTypeId(organization, name));
  return written && isWhole(written) ? written : builtinType(organization, name);
}

/** The most types that admins may write. */
export const mostTypes = 1_000;

/** All types by name: what admins wrote, and of the catalogue's own what they left as it is. */
export async function listTypes(
  store: Pick<Store, "eventTypes">,
  organization: OrganizationId,
): Promise<readonly EventType[]> {
  const scanned = await store.eventTypes.scan("byName", {
    prefix: [organization],
    limit: mostTypes,
  });
  const written = new Map(scanned.filter(isWhole).map((type) => [type.name, type]));
  const own = [...builtinTypes.keys()].flatMap((name) =>
    written.has(name) ? [] : (builtinType(organization, name) ?? []),
  );
  return [...own, ...written.values()].sort((one, other) =>
    one.name < other.name ? -1 : Number(one.name > other.name),
  );
}

/** The catalogue's own type as a record; its revision says that nobody has written it. */
function builtinType(organization: OrganizationId, name: string): EventType | undefined {
  const type = builtinTypes.get(name);
  return type && recordOf(organization, type, 0);
}

/** A definition as a record of this organization. */
export const recordOf = (
  organization: OrganizationId,
  type: EventTypeDefinition,
  revision: number,
): EventType => ({ ...type, id: eventTypeId(organization, type.name), organization, revision });

/** Types that were kept before they had texts say nothing that is needed, and are passed over. */
export const isWhole = ({ texts }: Partial<EventType>) => texts !== undefined;
