import type { ApprovalBehaviour, EventType } from "../../domain/event-type.ts";
import type { TypeOrigin } from "../../hub/event-types.ts";
import { say, sayKept } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import { FilterForm } from "./list-parts.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Empty } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { RoutingTabs } from "./routing-page.tsx";

/** What this page shows. */
export interface TypesPageProps {
  readonly frame: PageFrame;
  readonly types: readonly { readonly type: EventType; readonly origin: TypeOrigin }[];
  readonly search: string;
  readonly mayChange: boolean;
}

/** Draw `/routing/types`: every event type that this hub knows. */
export function renderTypesPage({ frame, types, search, mayChange }: TypesPageProps): string {
  return renderPage(
    <Layout
      title={say`Event types`}
      frame={frame}
      section="routing"
      styles={["/assets/routing.css", "/assets/lists.css", "/assets/types.css"]}
      heading={
        <>
          <h1>{say`Routing`}</h1>
          <RoutingTabs here="types" />
        </>
      }
      headingEnd={
        mayChange ? (
          <a class="button button-primary" href="/routing/edit-type">
            <Icon name="plus" />
            {say`Add event type`}
          </a>
        ) : undefined
      }
    >
      <p class="quiet lead">
        {say`A type says what its events may hold, how they are shown, and what they do to a request. Events of other types are taken as they come, and called unknown.`}
      </p>
      <FilterForm
        action="/routing/types"
        search={say`Name, or what it says`}
        searched={search}
        {...(search === "" ? {} : { clear: "/routing/types" })}
      >
        {null}
      </FilterForm>
      <section class="panel" aria-label={say`Event types`}>
        {types.length === 0 ? (
          <Empty
            icon="search"
            title={say`No event type says that.`}
            next={{ href: "/routing/types", label: say`Show all` }}
          >
            <p>{say`Search for a part of its name, or of what it says.`}</p>
          </Empty>
        ) : (
          <ul class="rows">
            {types.map(({ type, origin }) => (
              <li key={type.name}>
                <div class="row type-row">
                  <div class="type-said">
                    <a class="mono" href={`/routing/types/${encodeURIComponent(type.name)}`}>
                      {type.name}
                    </a>
                    <p class="quiet">{sayKept(type.about)}</p>
                  </div>
                  <p class="quiet type-does">
                    {[type.level, sayBehaviour(type.approval), ...sayOrigin(type, origin)].join(
                      " · ",
                    )}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
    </Layout>,
  );
}

/** Say in a few words what events of a type do to requests. */
export function sayBehaviour(approval: ApprovalBehaviour): string {
  switch (approval.kind) {
    case "opens":
      return say`opens a request`;
    case "may":
      return say`opens a request where a rule names a policy`;
    case "closes":
      return say`closes the request of its subject`;
    case "outcome":
      return say`reports ${approval.outcome} on the request of its subject`;
    case "reply":
      return say`replies in the thread of its subject`;
    case "marks":
      return say`stands on the open card of its subject`;
    case "no":
      return say`information`;
  }
}

const sayOrigin = ({ off }: EventType, origin: TypeOrigin): readonly string[] => [
  ...(origin === "builtin" ? [] : [origin === "changed" ? say`changed here` : say`added here`]),
  ...(off ? [say`off`] : []),
];
