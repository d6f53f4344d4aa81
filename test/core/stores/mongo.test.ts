import { afterAll, describe } from "vitest";
import { openMongoStore } from "../../../core/stores/mongo/store.ts";
import { describeStore } from "../../contracts/store.contract.ts";
import { startMongo } from "../../fixtures/rig/mongo.ts";

const mongo = await startMongo();

if (mongo.kind === "none") describe.skip(mongo.label);
else {
  afterAll(() => mongo.clear());
  describeStore(mongo.label, (clock) =>
    openMongoStore({ url: mongo.fresh(), hubTime: () => clock.now() }),
  );
}
