import mongoose from "mongoose";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../../../core/stores/mongo/connect.ts";
import { startMongo } from "../../../fixtures/rig/mongo.ts";

const mongo = await startMongo();
afterAll(() => (mongo.kind === "none" ? undefined : mongo.clear()));

describe("the door to MongoDB", () => {
  it.skipIf(mongo.kind !== "stand-in")(
    `asks for what most members keep on disk, whatever the address asks for [${mongo.label}]`,
    async () => {
      if (mongo.kind === "none") return;
      const database = await openDatabase(
        `${mongo.fresh()}?readConcernLevel=local&journal=false&w=1`,
      );
      const { options } = mongoose.connections.at(-1)?.getClient() ?? {};
      expect(options?.readConcern).toMatchObject({ level: "majority" });
      expect(options?.writeConcern).toMatchObject({ w: "majority", j: true });
      await database.close();
    },
  );
});
