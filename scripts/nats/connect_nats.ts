import {
  connect,
  type ConnectionOptions,
  credsAuthenticator,
  errors,
  type NatsConnection,
} from "@nats-io/transport-node";
import type { QueueAccess } from "./queue_flags.ts";
import { UsageError } from "../cli/usage_error.ts";
import { firstLineOf } from "../values/reason_of.ts";

/** Options of {@linkcode connectNats}. */
export interface ConnectOptions {
  /** The name of this connection on the server. */
  readonly name: string;
  /** Whether to keep trying until there is a server. */
  readonly patient: boolean;
  /** Receives messages for the user. */
  readonly log: (text: string) => void;
  /** Ends the wait for a server. */
  readonly signal?: AbortSignal;
}

const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 10_000;

/**
 * Connects to a NATS server, and stays connected: a lost connection is restored until it is closed.
 *
 * @param access The server, and the credentials.
 * @param options The connection's name, and whether to wait for the server.
 * @returns The connection; undefined if the signal ended the wait.
 * @throws {UsageError} If the server refuses the credentials, has no JetStream, or cannot be reached and `patient` is off.
 */
export async function connectNats(
  access: QueueAccess,
  options: ConnectOptions,
): Promise<NatsConnection | undefined> {
  const { patient, log, signal } = options;
  ignoreSocketErrors();
  const where = access.servers.join(", ");
  for (let delay = FIRST_DELAY_MS; signal?.aborted !== true; delay = Math.min(2 * delay, LAST_DELAY_MS)) {
    try {
      const connection = await connect(connectionOptions(access, options.name));
      if (connection.info?.jetstream !== true) {
        await connection.close();
        throw new UsageError(`Cannot use ${where}: the server must run with JetStream (nats-server -js)`);
      }
      watchConnection(connection, where, log);
      return connection;
    } catch (error) {
      if (error instanceof UsageError) throw error;
      if (isFinal(error)) throw new UsageError(`Cannot connect to ${where}: ${refusalOf(error)}`);
      if (!patient) throw new UsageError(`Cannot reach ${where}: ${refusalOf(error)}`);
      log(`Cannot reach ${where}: ${refusalOf(error)}; trying again in ${delay / 1000} s`);
      await sleep(delay, signal);
    }
  }
  return undefined;
}

function connectionOptions(access: QueueAccess, name: string): ConnectionOptions {
  const { servers, credentials, user, password, token, tls } = access;
  return {
    servers: [...servers],
    name,
    timeout: 5_000,
    pingInterval: 10_000,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: createDelays(),
    ...(credentials === undefined ? {} : { authenticator: credsAuthenticator(credentials) }),
    ...(user === undefined ? {} : { user, pass: password ?? "" }),
    ...(token === undefined ? {} : { token }),
    ...(tls === undefined ? {} : { tls: { ...tls } }),
  };
}

/**
 * Delays between attempts to reach a lost server: they grow, and are spread out, since many
 * clients lose a server at once. The client asks for a delay more than once per attempt, and does not report when the loss began.
 */
function createDelays(): () => number {
  let first = -Infinity;
  let last = -Infinity;
  return () => {
    const now = performance.now();
    if (now - last > 2 * LAST_DELAY_MS) first = now;
    last = now;
    const delay = Math.min(Math.max((now - first) / 4, FIRST_DELAY_MS), LAST_DELAY_MS);
    return delay * (0.5 + 0.5 * Math.random());
  };
}

/** Reports when the server is lost and when it is back. */
async function watchConnection(
  connection: NatsConnection,
  where: string,
  log: (text: string) => void,
): Promise<void> {
  for await (const { type } of connection.status()) {
    if (type === "disconnect") log(`Lost ${where}; trying again`);
    if (type === "reconnect") log(`Connected to ${where} again`);
  }
}

/** Whether another attempt would fail in the same way. */
function isFinal(error: unknown): boolean {
  if (error instanceof errors.AuthorizationError || error instanceof errors.UserAuthenticationExpiredError) {
    return true;
  }
  if (error instanceof errors.InvalidArgumentError) return true;
  const text = refusalOf(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^(ERR_(SSL|TLS|OSSL)|UNABLE_|CERT_|DEPTH_ZERO|SELF_SIGNED)/.test(code) ||
    /'tls'|certificate|credentials|seed|nkey/i.test(text);
}

function refusalOf(error: unknown): string {
  if (error instanceof errors.AuthorizationError) return "it refuses these credentials";
  return firstLineOf(error);
}

let ignores = false;

/**
 * Keeps the process alive if a socket is reset while the client has no listener on it, as between two phases and before it closes
 * a socket. The client notices by itself that the connection is lost.
 */
function ignoreSocketErrors(): void {
  if (ignores) return;
  ignores = true;
  globalThis.addEventListener("error", (event) => {
    const { error } = event;
    if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return;
    if (/^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT)$/.test(String(error.code))) event.preventDefault();
  });
}

/** Waits for a time, or until the signal. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);
    if (signal?.aborted === true) end();
  });
}
