import { describe, expect, it } from "vitest";
import { openConnection } from "../../../../core/stores/sqlite/bind.ts";

describe("the door to the database", () => {
  it("refuses whoever comes after its end, and does not end the process", () => {
    const connection = openConnection(":memory:");
    const statement = connection.prepare("SELECT 1 AS one");
    expect(statement.first()).toMatchObject({ one: 1 });
    connection.close();
    const closed = expect.objectContaining({ code: "store_closed" });
    expect(() => statement.first()).toThrow(closed);
    expect(() => connection.prepare("SELECT 1")).toThrow(closed);
    expect(() => connection.exec("SELECT 1")).toThrow(closed);
    expect(connection.inTransaction()).toBe(false);
  });

  it.each([true, undefined, Number.NaN, Buffer.from("x"), new Date(0)])(
    "lets no %s through to the driver",
    (value) => {
      const connection = openConnection(":memory:");
      const statement = connection.prepare("SELECT ? AS value");
      const refused = expect.objectContaining({ code: "store_binding" });
      expect(() => statement.first(value as never)).toThrow(refused);
      connection.close();
    },
  );
});
