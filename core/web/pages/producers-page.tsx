import { callbackHost } from "../../domain/callback-address.ts";
import type { Person } from "../../domain/person.ts";
import type { ApiKey, Producer } from "../../domain/producer.ts";
import { say } from "../../words/say.ts";
import { KeyForm, type KeyFormProps, KeyTable } from "./api-keys-parts.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Empty, Panel } from "./parts.tsx";
import { ProducerForm, type ProducerFormProps } from "./producer-form.tsx";
import { renderPage } from "./render-page.ts";
import { SettingsLayout } from "./settings-frame.tsx";

/** What this page shows. */
export interface ProducersPageProps {
  readonly frame: PageFrame;
  readonly producers: readonly Producer[];
  readonly isBuiltIn: (id: Producer["id"]) => boolean;
  readonly keys: readonly ApiKey[];
  readonly ownerOf: (owner: ApiKey["owner"]) => string;
  readonly people: readonly Person[];
  /** What was typed into the form of a producer, with its mistake. */
  readonly drafted?: Pick<ProducerFormProps, "typed" | "mistake"> | undefined;
  /** The same of the form of a key. */
  readonly keyDrafted?: Pick<KeyFormProps, "typed" | "mistake"> | undefined;
}

/** Draw `/settings/producers`: the systems that post events, and every key. */
export function renderProducersPage(props: ProducersPageProps): string {
  const { frame, producers, isBuiltIn, keys, ownerOf, people, drafted, keyDrafted } = props;
  const own = producers.filter(({ id }) => !isBuiltIn(id));
  return renderPage(
    <SettingsLayout frame={frame} place="/settings/producers" styles={["/assets/producers.css"]}>
      <Panel title={say`Producers`} beside={<span class="note">{own.length}</span>}>
        {own.length === 0 ? (
          <Empty
            icon="plug"
            title={say`No system posts events yet.`}
            next={{ href: "#add", label: say`Add a producer` }}
          >
            <p>{say`A producer is a system of yours, such as a CI server, with a key of its own.`}</p>
          </Empty>
        ) : (
          <Producers {...props} producers={own} />
        )}
      </Panel>
      <Panel id="add" title={say`Add a producer`}>
        <ProducerForm
          frame={frame}
          action="/settings/producers"
          button={say`Add the producer`}
          {...drafted}
        />
      </Panel>
      <Panel id="keys" title={say`API keys`} beside={<span class="note">{keys.length}</span>}>
        {keys.length === 0 ? (
          <Empty
            icon="lock"
            title={say`There is no key yet.`}
            next={{ href: "#add-key", label: say`Make a key` }}
          />
        ) : (
          <KeyTable frame={frame} keys={keys} ownerOf={ownerOf} />
        )}
      </Panel>
      <Panel id="add-key" title={say`Make a key`}>
        <KeyForm frame={frame} producers={own} people={people} {...keyDrafted} />
      </Panel>
    </SettingsLayout>,
  );
}

function Producers({ producers, keys }: Pick<ProducersPageProps, "producers" | "keys">) {
  const active = (id: Producer["id"]) =>
    keys.filter(
      ({ owner, revoked }) => !revoked && owner.kind === "producer" && owner.producer === id,
    ).length;
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{say`Name`}</th>
          <th scope="col">{say`Called back at`}</th>
          <th scope="col" class="wide-only">
            {say`Policies`}
          </th>
          <th scope="col">{say`Keys`}</th>
        </tr>
      </thead>
      <tbody>
        {producers.map(({ id, name, callback, mayNamePolicies }) => (
          <tr key={id}>
            <td>
              <a class="strong" href={`/settings/producers/${id}`}>
                {name}
              </a>
            </td>
            <td>
              {callback === undefined ? (
                <span class="note">{say`nowhere, unless an event says where`}</span>
              ) : (
                callbackHost(callback)
              )}
            </td>
            <td class="wide-only quiet">
              {mayNamePolicies ? say`may name one` : say`as admins set`}
            </td>
            <td class="tabular">{active(id)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
