import type { ComponentChildren } from "preact";
import { say } from "../../words/say.ts";

export interface CrumbsProps {
  /** The pages above, the highest first: where each is, and what it is called. */
  readonly above: readonly (readonly [href: string, label: string])[];
  /** What this page itself is called; absent where its title follows. */
  readonly children?: ComponentChildren;
}

/** Show where a page lies, with the ways up. */
export function Crumbs({ above, children }: CrumbsProps) {
  return (
    <nav class="crumbs" aria-label={say`Where this page is`}>
      {above.map(([href, label]) => (
        <>
          <a href={href}>{label}</a>
          <span aria-hidden="true">›</span>
        </>
      ))}
      {children}
    </nav>
  );
}
