import { hash } from "node:crypto";
import { csrfSync } from "csrf-sync";
import type { Request, RequestHandler, Response } from "express";
import session, { type SessionData, Store as SessionStore } from "express-session";
import passport from "passport";
import { Strategy as LocalStrategy } from "passport-local";
import { parseId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import type { SignOnProof } from "../domain/sign-on-proof.ts";
import type { Hub } from "../hub.ts";
import type { SignInTry } from "../people/passwords.ts";

declare module "express-session" {
  interface SessionData {
    /** How its person signed in. */
    how?: SignInWay;
    /** The sign-in at the issuer, where it said when that was; the time as a session keeps it. */
    signedOn?: Omit<SignOnProof, "at"> & { readonly at: string };
    /** Set where it was read from the store: what is not there any more by now was ended meanwhile. */
    kept?: true;
  }
}

/** The ways into the console. */
export type SignInWay = "link" | "password" | "oidc";

declare global {
  namespace Express {
    interface User extends Person {}
  }
}

/** How long a session lasts from its sign-in on, whatever is done in it. */
const sessionMs = 12 * 3_600_000;

/**
 * Keeps sessions in the hub's store, under a hash of the cookie's value, so that they can be ended from there. They end
 * by the machine's clock: moving the sandbox's clock signs nobody out. One that was ended stays so, also where a request
 * of it is on its way and writes it afterwards.
 */
class RecordSessions extends SessionStore {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    super();
    this.#hub = hub;
  }

  override get(sid: string, done: (error: unknown, session?: SessionData | null) => void): void {
    this.#hub.store.sessions.get(hashOf(sid)).then((record) => {
      const alive = record && record.expiresAt > this.#hub.wallClock.now();
      done(null, alive ? { ...(JSON.parse(record.content) as SessionData), kept: true } : null);
    }, done);
  }

  override set(
    sid: string,
    content: SessionData,
    done: (error?: unknown) => void = () => {},
  ): void {
    this.#write(sid, content).then(() => done(), done);
  }

  override destroy(sid: string, done: (error?: unknown) => void = () => {}): void {
    this.#hub.store.sessions.remove(hashOf(sid)).then(() => done(), done);
  }

  async #write(sid: string, content: SessionData): Promise<void> {
    const { store, organization, wallClock } = this.#hub;
    const id = hashOf(sid);
    for (;;) {
      const before = await store.sessions.get(id);
      if (!before && content.kept) return;
      const record = {
        id,
        organization,
        revision: (before?.revision ?? 0) + 1,
        content: JSON.stringify(content),
        ...signedIn(content),
        expiresAt: before?.person
          ? before.expiresAt
          : new Date(wallClock.now().getTime() + sessionMs),
      };
      const written = before
        ? (await store.sessions.replace(record, before.revision)) === "saved"
        : (await store.sessions.insert(record)) === "inserted";
      if (written) return;
    }
  }
}

/** Passport keeps there who is signed in. */
function signedIn(content: SessionData) {
  const { user } = (content as { readonly passport?: { readonly user?: unknown } }).passport ?? {};
  const person = parseId("person", user);
  return person === undefined ? {} : { person };
}

const hashOf = (sid: string) => hash("sha256", sid, "hex");

/** The middleware of signed-in people, and the CSRF token of their session. */
export interface Sessions {
  readonly middleware: readonly RequestHandler[];
  readonly csrf: ReturnType<typeof csrfSync>;
  /** Judge the name and the password of a form. Signs nobody in. */
  readonly tryPassword: (request: Request, response: Response) => Promise<SignInTry>;
  /** Where strategies stand. It keeps who is signed in, so another one would sign people in by halves. */
  readonly passport: InstanceType<typeof passport.Passport>;
  /** Whether cookies travel over https alone. */
  readonly secure: boolean;
}

/** The cookie follows PUBLIC_URL, whatever a proxy says of the request; this header is what the package asks. */
const asByHttps: RequestHandler = (request, _response, next) => {
  request.headers["x-forwarded-proto"] = "https";
  next();
};

/** Make the sessions of the console: server-side, one cookie, a CSRF token for everything that changes something. */
export function createSessions(hub: Hub, secret: string, secure: boolean): Sessions {
  const people = new passport.Passport();
  people.serializeUser<string>((person, done) => done(null, person.id));
  people.deserializeUser<string>((id, done) => {
    const person = parseId("person", id);
    if (!person) return done(null, false);
    hub.store.people
      .get(person)
      .then((found) => done(null, found && !found.suspended ? found : false), done);
  });
  people.use(passwordStrategy(hub));
  return {
    secure,
    passport: people,
    tryPassword: (request, response) =>
      new Promise((resolve, reject) => {
        const judged = (
          cause: unknown,
          _person: unknown,
          tried?: { readonly tried?: SignInTry },
        ) => (cause ? reject(cause) : resolve(tried?.tried ?? { kind: "refused" }));
        people.authenticate("local", { session: false }, judged)(request, response, reject);
      }),
    middleware: [
      ...(secure ? [asByHttps] : []),
      session({
        name: secure ? "__Host-countersign" : "countersign",
        secret,
        store: new RecordSessions(hub),
        resave: false,
        saveUninitialized: false,
        proxy: secure,
        cookie: { httpOnly: true, sameSite: "lax", secure, maxAge: sessionMs, path: "/" },
      }),
      people.initialize() as RequestHandler,
      people.session() as RequestHandler,
    ],
    csrf: csrfSync({
      getTokenFromRequest: (request) => {
        const body: unknown = request.body;
        const field =
          typeof body === "object" && body !== null && "_csrf" in body ? body._csrf : undefined;
        return typeof field === "string" ? field : request.headers["x-csrf-token"]?.toString();
      },
    }),
  };
}

/** Passport's own strategy for a name and a password; what a try came to travels beside its yes or no. */
function passwordStrategy({ people }: Hub): LocalStrategy {
  const fields = {
    usernameField: "name",
    passwordField: "password",
    passReqToCallback: true,
  } as const;
  return new LocalStrategy(fields, ({ ip = "" }, name, password, done) => {
    people.passwords.tryIn(name, password, ip).then((tried) => {
      const person = tried.kind === "signed_in" ? tried.person : false;
      done(null, person, { message: tried.kind, tried } as { message: string });
    }, done);
  });
}

/** Put somebody into the session of a request. It is on disk when this settles, however fast the browser is. */
export async function beginSession(
  { csrf }: Sessions,
  request: Request,
  person: Person,
  how: SignInWay,
  signedOn?: SignOnProof,
): Promise<void> {
  // Passport gives the session a new id here, so that one planted before signing in is worth nothing.
  await new Promise<void>((resolve, reject) => {
    request.logIn(person, (cause: unknown) => (cause ? reject(cause) : resolve()));
  });
  request.session.how = how;
  if (signedOn) request.session.signedOn = { ...signedOn, at: signedOn.at.toISOString() };
  csrf.generateToken(request);
  await saveSession(request);
}

/**
 * Store the session of a request now. Browsers follow a redirect before it has come whole, so what the next page is to
 * say stands in the store before it leaves.
 */
export const saveSession = ({ session }: Request): Promise<void> =>
  new Promise((resolve, reject) => {
    session.save((cause: unknown) => (cause ? reject(cause) : resolve()));
  });

/** The sign-in at the issuer that a request's session came by; undefined where it came otherwise. */
export function signedOnOf({ session }: Request): SignOnProof | undefined {
  const { signedOn } = session;
  return signedOn && { ...signedOn, at: new Date(signedOn.at) };
}
