/** One thing that was looked at. What is wrong comes with what to do. */
export type Check =
  | { readonly ok: true; readonly name: string; readonly found: string }
  | {
      readonly ok: false;
      readonly name: string;
      readonly found: string;
      readonly remedy: string;
    };

/** Say that something is as it should be. */
export const fine = (name: string, found: string): Check => ({ ok: true, name, found });

/** Say what is wrong, and what to do. */
export const wrong = (name: string, found: string, remedy: string): Check => ({
  ok: false,
  name,
  found,
  remedy,
});
