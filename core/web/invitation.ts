import { z } from "zod";
import { type Person, roles } from "../domain/person.ts";
import type { PageDeps } from "./page-deps.ts";
import type { PeopleNote } from "./pages/people-page.tsx";

/** Checkboxes come as nothing, as one text, or as a list. */
export const rolesField = z
  .union([z.enum(roles).transform((role) => [role]), z.array(z.enum(roles))])
  .default([]);

/** Make a link for somebody, to be shown once. */
export async function invitation({ hub }: PageDeps, { id, name }: Person): Promise<PeopleNote> {
  const { token } = await hub.signInLinks.make(id, "invitation");
  return { kind: "link", name, url: `${hub.links.hubUrl}/start/${token}` };
}
