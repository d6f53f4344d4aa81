import { say, sayAs } from "../../words/say.ts";
import { type DeliveryFilter, deliveryQuery } from "../deliveries/delivery-filter.ts";
import type { DeadFound } from "../deliveries/read-deliveries.ts";
import { Crumbs } from "./crumbs.tsx";
import { DeliveryTable, sayFilter } from "./deliveries-page.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Empty } from "./parts.tsx";
import { renderPage } from "./render-page.ts";

/** What this page shows. */
export interface RedeliverPageProps {
  readonly frame: PageFrame;
  readonly filter: DeliveryFilter;
  readonly found: DeadFound;
  /** How many were put back, once somebody has said yes. */
  readonly queued?: number;
}

const mostListed = 20;

/** Draw `/deliveries/redeliver`: what would be sent again, counted and listed, before anybody says yes. */
export function renderRedeliverPage({ frame, filter, found, queued }: RedeliverPageProps): string {
  const { deliveries, isMore } = found;
  const listed = deliveries.slice(0, mostListed);
  const { state: _, ...narrowed } = filter;
  return renderPage(
    <Layout
      title={say`Send again`}
      frame={frame}
      section="deliveries"
      heading={<h1>{say`Send failed deliveries again`}</h1>}
      styles={["/assets/lists.css"]}
    >
      <Crumbs
        above={[
          [`/deliveries${deliveryQuery({ ...filter, state: "dead" })}`, say`Failed deliveries`],
        ]}
      />
      {queued === undefined ? null : (
        <Callout tone="ok" icon="check">
          {queued === 1
            ? say`One delivery stands in their lanes again.`
            : say`${queued} deliveries stand in their lanes again.`}
        </Callout>
      )}
      {deliveries.length === 0 ? (
        <section class="panel">
          <Empty
            icon="check"
            title={
              queued === undefined ? say`No failed delivery fits.` : say`Nothing else has failed.`
            }
            next={{ href: "/deliveries", label: say`Show all deliveries` }}
          >
            <p>{sayFilter(narrowed)}</p>
          </Empty>
        </section>
      ) : (
        <>
          <section class="panel">
            <div class="panel-body stack-small">
              <p class="strong">
                {deliveries.length === 1
                  ? say`1 delivery would be sent again.`
                  : say`${deliveries.length} deliveries would be sent again.`}
              </p>
              <p class="quiet">
                {sayFilter(narrowed)}{" "}
                {say`Each stays the same delivery, so nothing arrives twice, and each place gets no more at once than it takes.`}
                {isMore ? ` ${say`There are more; they can be taken after these.`}` : ""}
              </p>
              <form method="post" action="/deliveries/redeliver" class="form-row">
                <CsrfField csrf={frame.csrf} />
                {Object.entries(narrowed).map(([name, value]) => (
                  <input key={name} type="hidden" name={name} value={value} />
                ))}
                <input type="hidden" name="count" value={deliveries.length} />
                <button type="submit" class="button button-primary">
                  {say`Send ${deliveries.length} again`}
                </button>
                <a href="/deliveries?state=dead">{say`Not now`}</a>
              </form>
            </div>
          </section>
          <section class="panel">
            <div class="panel-head">
              <h2>
                {listed.length < deliveries.length
                  ? say`The newest ${listed.length}`
                  : sayAs("deliveries")`These`}
              </h2>
            </div>
            <DeliveryTable lines={listed} now={frame.now} />
          </section>
        </>
      )}
    </Layout>,
  );
}
