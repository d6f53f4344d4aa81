/** Broken machinery: the store is down, a key is missing. What the world may do is a value, never this. */
export class HubError extends Error {
  override readonly name = "HubError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
