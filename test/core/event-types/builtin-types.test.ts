import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Event } from "../../../core/domain/event.ts";
import { hubTypes } from "../../../core/domain/hub-types.ts";
import type { JsonObject } from "../../../core/domain/json.ts";
import { builtinTypes } from "../../../core/event-types/builtin-types.ts";
import { recordOf } from "../../../core/event-types/find-type.ts";
import { validatorOf } from "../../../core/event-types/validator.ts";
import { eventCard } from "../../../core/messages/event-card.ts";
import { isHubType } from "../../../core/routing/compile.ts";
import { renderMessage } from "../../../slack-app/render/message.ts";
import { renderCard } from "../../../teams-app/render/message.ts";
import { event, organization } from "../domain/samples.ts";
import { links } from "../hub/world.ts";

/** FEATURES §5: what each type does to a request, and its level. */
const producerTypes = {
  asset_request_created: "notice opens",
  asset_request_approved: "info closes",
  asset_request_rejected: "notice closes",
  asset_request_fulfilled: "info outcome",
  asset_request_reply: "info reply",
  hardware_assigned: "info no",
  warranty_expiring: "warning no",
  license_expiring: "warning no",
  license_renewal_due: "warning may",
  transfer_agreement_issued: "notice may",
  pool_checkout_due: "notice no",
  approval_created: "notice opens",
  approval_executed: "info closes",
  approval_expired: "warning closes",
  approval_invalidated: "notice closes",
  pin_failed: "warning marks",
  token_locked: "alert marks",
  RequestCreated: "notice opens",
  RequestApproved: "info closes",
  RequestExpired: "warning closes",
  RequestFailed: "alert outcome",
  RequestGranted: "info outcome",
  RequestRejected: "notice closes",
  "report.completed": "info no",
  "sync.failed": "alert no",
  "user.invited": "info no",
  "alert.triggered": "alert no",
  "user.deactivated": "notice no",
  "object.transition": "info may",
  "object.log_updated": "info reply",
};
const raised = {
  "approval.created": "notice no",
  "approval.approved": "info no",
  "approval.rejected": "notice no",
  "approval.expired": "warning no",
  "approval.cancelled": "notice no",
  "approval.pin_failed": "warning no",
  "approval.locked": "alert no",
  "approval.executed": "info no",
  "approval.granted": "info no",
  "approval.failed": "alert no",
  "approval.fulfilled": "info no",
  "approval.revoked": "warning no",
  "installation.revoked": "critical no",
  "installation.secret_expiring": "warning no",
  "installation.account_linked": "notice no",
  "destination.broken": "alert no",
  "destination.hello": "info no",
  "callback.failed": "alert no",
};

const types = [...builtinTypes.values()];
const named = types.map((type) => [type.name, type] as const);
const eventOf = (name: string, subject: string | undefined, data: JsonObject): Event => {
  const { subject: _, ...rest } = event;
  return { ...rest, ...(subject === undefined ? {} : { subject }), type: name, data };
};

describe("the catalogue's own types", () => {
  it("B2: are those that people send and those that the hub raises, as FEATURES names them", () => {
    const said = Object.fromEntries(
      types.map(({ name, level, approval }) => [name, `${level} ${approval.kind}`]),
    );
    expect(said).toEqual({ ...producerTypes, ...raised });
    expect(types.filter(({ name }) => isHubType(name)).map(({ name }) => name)).toEqual(
      Object.keys(raised),
    );
  });

  it("B2: have every type that the hub can raise, and no other with its prefixes", () => {
    const own = types.filter(({ name }) => isHubType(name)).map(({ name }) => name);
    expect(own.toSorted()).toEqual([...hubTypes].toSorted());
  });

  it.each(named)("B2: %s has a schema that its sample fits, and texts", (_, type) => {
    const compiled = validatorOf({ ...type, schema: type.schema ?? {} });
    expect(compiled.kind === "compiled" && compiled.validate(type.sample.data)).toEqual([]);
    expect(type.texts.title).toBeTruthy();
    expect(type.about).toBeTruthy();
    expect(type.schema?.["required"]).not.toEqual([]);
  });

  it.each(named)("B2: %s shows every member of its sample, or is about it", (_, type) => {
    const texts = JSON.stringify([type.texts, type.approval, type.attributes ?? {}]);
    const forgotten = Object.keys(type.sample.data).filter((name) => !texts.includes(name));
    // Ids lead nowhere for a reader; what may be done next is for buttons; the key is the subject.
    const unsaid = /_id$|^(version|actions|granted_fields|allowed_transitions|title|key)$/;
    expect(forgotten.filter((name) => !unsaid.test(name))).toEqual([]);
  });

  it.each(named)("B2: %s can be drawn whatever its data lacks", (name, type) => {
    const record = recordOf(organization, type, 0);
    const full = Object.entries(type.sample.data);
    const keeps = fc.constantFrom("kept", "null", "dropped", "empty");
    fc.assert(
      fc.property(
        fc.array(keeps, { minLength: full.length, maxLength: full.length }),
        fc.boolean(),
        (how, hasSubject) => {
          const data = Object.fromEntries(
            full.flatMap(([member, value], index) =>
              how[index] === "dropped"
                ? []
                : [[member, { kept: value, null: null, empty: "" }[String(how[index])] ?? null]],
            ),
          ) as JsonObject;
          const sent = eventOf(name, hasSubject ? type.sample.subject : undefined, data);
          const card = eventCard(sent, record, { name: "ci" }, links);
          const drawn = JSON.stringify([card, renderMessage(card), renderCard(card)]);
          expect(drawn).not.toMatch(/undefined|\[object|NaN|Invalid Date/);
          expect(card.title.trim()).not.toBe("");
        },
      ),
      { numRuns: 40 },
    );
  });
});
