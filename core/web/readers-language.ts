import type { RequestHandler } from "express";
import { languages } from "../domain/message.ts";
import { readIn } from "../words/say.ts";

/** Pages speak the language that their reader chose, else the one that the browser asks for. The API speaks English. */
export const readersLanguage: RequestHandler = (request, _response, next) => {
  if (/^\/(?:v1|sandbox\/api)\//u.test(request.path)) return next();
  const asked = request.acceptsLanguages(...languages) || "en";
  readIn(request.user?.language ?? (asked as (typeof languages)[number]), next);
};
