import type { OrganizationId } from "../domain/ids.ts";

/** The id of an event type: the organization and the type's name. */
export const eventTypeId = (organization: OrganizationId, name: string) =>
  `${organization} ${name}`;
