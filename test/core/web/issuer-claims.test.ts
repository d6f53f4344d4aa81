import { describe, expect, it } from "vitest";
import { leavesAddressOpen, readIssuerClaims } from "../../../core/web/issuer-claims.ts";

const token = { iss: "https://login.example", sub: "a-1", name: "Ann" };
const entra = { ...token, iss: "https://login.microsoftonline.com/0f1e/v2.0" };
const email = "ann@example.com";
const verified = { email, email_verified: true };

describe("what an issuer says of somebody", () => {
  it.each([
    ["the token", { ...token, ...verified }, {}],
    ["the userinfo endpoint", token, verified],
    ["both, of one address", { ...token, email }, verified],
    ["Microsoft, in its own claim", { ...entra, email, xms_edov: true }, {}],
    ["Microsoft, in a number", { ...entra, email, xms_edov: "1" }, {}],
  ])("G7: takes an address for verified by %s", (_, claims, more) => {
    expect(readIssuerClaims(claims, more)).toEqual({
      ...{ issuer: claims.iss, subject: "a-1", name: "Ann", email, emailVerified: true },
    });
  });

  it.each([
    ["nothing is said", { ...token, email }, {}],
    ["the token says no", { ...token, email, email_verified: false }, verified],
    ["another one was verified", { ...token, email: "eve@example.com" }, verified],
    ["Microsoft says nothing", { ...entra, email }, verified],
    ["Microsoft says no", { ...entra, email, xms_edov: false }, {}],
    ["somebody else speaks as Microsoft does", { ...token, email, xms_edov: true }, {}],
  ])("G7: takes no address for verified of which %s", (_, claims, more) => {
    expect(readIssuerClaims(claims, more).emailVerified).toBe(false);
  });

  it("G7: asks the userinfo endpoint where the token leaves the address open, and never Microsoft's", () => {
    expect(leavesAddressOpen(token)).toBe(true);
    expect(leavesAddressOpen({ ...token, email_verified: false })).toBe(false);
    expect(leavesAddressOpen(entra)).toBe(false);
  });
});
