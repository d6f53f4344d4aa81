import type { ServerResponse } from "node:http";
import type { Problem } from "../domain/problem.ts";

/** Answer with RFC 9457 problem+json. `request_id` is the one of the `X-Request-Id` header. */
export function sendProblem(response: ServerResponse, problem: Problem): void {
  const { status, code, title, detail, hint, errors, retryAfterS } = problem;
  const requestId = response.getHeader("x-request-id");
  response.statusCode = status;
  response.setHeader("content-type", "application/problem+json; charset=utf-8");
  if (status === 401) response.setHeader("www-authenticate", 'Bearer realm="countersign"');
  if (retryAfterS !== undefined) response.setHeader("retry-after", String(retryAfterS));
  response.end(
    JSON.stringify({
      type: `urn:countersign:problem:${code}`,
      title,
      status,
      detail,
      code,
      ...(hint === undefined ? {} : { hint }),
      ...(errors === undefined ? {} : { errors }),
      ...(requestId === undefined ? {} : { request_id: requestId }),
    }),
  );
}

/** What a program reads that asks for something at an address of the API where there is nothing. */
export const pathUnknown = ({
  method,
  path,
}: {
  readonly method: string;
  readonly path: string;
}): Problem => ({
  status: 404,
  code: "path_unknown",
  title: "There is nothing at this address",
  detail: `${method} ${path} is not part of the API.`,
  hint: "The API is described at /docs.",
});

export const jsonType = "application/json; charset=utf-8";

/** Answer with JSON that nobody keeps: no ETag is made of it, and it leaves in one piece. */
export function sendJson(response: ServerResponse, status: number, content: unknown): void {
  const text = JSON.stringify(content);
  response.statusCode = status;
  response.setHeader("content-type", jsonType);
  response.setHeader("content-length", Buffer.byteLength(text));
  response.end(text);
}
