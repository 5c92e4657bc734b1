import type { CommandLine, Flag } from "../cli/command_line.ts";
import { readFile } from "../cli/read_file.ts";
import { UsageError } from "../cli/usage_error.ts";

/** The flags for a NATS server and its credentials; secrets are in files or in environment variables. */
export const QUEUE_FLAGS: readonly Flag[] = [
  {
    name: "--queue",
    placeholder: "URL",
    help: "NATS server with JetStream, as nats://HOST:PORT or tls://…; comma-separated for a cluster",
  },
  { name: "--creds", placeholder: "FILE", help: "NATS credentials file to log in with" },
  {
    name: "--user",
    placeholder: "NAME",
    help: "user to log in as (or NATS_USER); the password is in --password-file or NATS_PASSWORD",
  },
  { name: "--password-file", placeholder: "FILE", help: "file whose first line is the password" },
  {
    name: "--token-file",
    placeholder: "FILE",
    help: "file whose first line is the token to log in with (or NATS_TOKEN)",
  },
  {
    name: "--tls-ca",
    placeholder: "FILE",
    help: "PEM file of the certificate authorities to trust",
  },
  {
    name: "--tls-cert",
    placeholder: "FILE",
    help: "client certificate (PEM) for the server; needs --tls-key",
  },
  { name: "--tls-key", placeholder: "FILE", help: "private key (PEM) of the client certificate" },
];

/** The flag that names a sweep on a server. */
export const NAME_FLAG: Flag = {
  name: "--name",
  placeholder: "NAME",
  help: "name of the sweep on the server: letters, digits, - and _",
};

/** The addresses of a server, and the credentials. */
export interface QueueAccess {
  /** At least one address, such as `nats://host:4222`. */
  readonly servers: readonly string[];
  /** The content of a credentials file. */
  readonly credentials: Uint8Array | undefined;
  /** The user to log in as. */
  readonly user: string | undefined;
  /** The user's password. */
  readonly password: string | undefined;
  /** The token to log in with. */
  readonly token: string | undefined;
  /** Certificates and key for TLS, PEM; undefined if the command line does not ask for TLS. */
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string } | undefined;
}

/**
 * The server and the credentials of a command line.
 *
 * @param line The command line.
 * @param env Reads an environment variable.
 * @returns Everything needed to connect; undefined without `--queue`.
 * @throws {UsageError} If it names no server, exposes a secret, or a file cannot be read.
 */
export function queueAccess(
  line: CommandLine,
  env: (name: string) => string | undefined,
): QueueAccess | undefined {
  const value = (name: string) => line.values.get(name);
  const given = value("queue");
  if (given === undefined) {
    const alone = QUEUE_FLAGS.find(({ name }) => line.values.has(name.slice(2)));
    if (alone === undefined) return undefined;
    throw new UsageError(`Cannot connect: ${alone.name} needs --queue, got none`);
  }
  const servers = given.split(",").map(checkServer);
  const text = (name: string) => {
    const path = value(name);
    return path === undefined ? undefined : new TextDecoder().decode(readFile(path));
  };
  const secret = (name: string) => {
    const first = text(name)?.split("\n")[0]?.trim();
    if (first === "") throw new UsageError(`Cannot connect: --${name} must name a file with text, got none`);
    return first;
  };
  return { servers, ...login(line, secret, env), tls: tlsOf(text, servers) };
}

/** The credentials: from the flags, or else from environment variables. */
function login(
  line: CommandLine,
  secret: (name: string) => string | undefined,
  env: (name: string) => string | undefined,
): Pick<QueueAccess, "credentials" | "user" | "password" | "token"> {
  const given = ["creds", "user", "token-file"].filter((name) => line.values.has(name));
  if (given.length > 1) {
    throw new UsageError(
      `Cannot connect: only one of --creds, --user and --token-file may be given, got --${
        given.join(" and --")
      }`,
    );
  }
  const isSilent = given.length === 0;
  const file = line.values.get("creds");
  const user = line.values.get("user") ?? (isSilent ? env("NATS_USER") : undefined);
  const token = secret("token-file") ?? (isSilent ? env("NATS_TOKEN") : undefined);
  if (user === undefined && line.values.has("password-file")) {
    throw new UsageError("Cannot connect: --password-file needs --user, got none");
  }
  const password = user === undefined ? undefined : secret("password-file") ?? env("NATS_PASSWORD");
  if (user !== undefined && password === undefined) {
    throw new UsageError(`Cannot connect: user ${user} needs --password-file or NATS_PASSWORD, got neither`);
  }
  if (user !== undefined && token !== undefined) {
    throw new UsageError("Cannot connect: only one of NATS_USER and NATS_TOKEN may be set, got both");
  }
  return { credentials: file === undefined ? undefined : readFile(file), user, password, token };
}

/** The options of TLS; undefined if no flag asks for TLS, though the server may still require it. */
function tlsOf(text: (name: string) => string | undefined, servers: readonly string[]): QueueAccess["tls"] {
  const pem = (name: string) => {
    const content = text(name);
    if (content === undefined || content.includes("-----BEGIN ")) return content;
    throw new UsageError(`Cannot connect: --${name} must name a PEM file, got one without -----BEGIN`);
  };
  const [ca, cert, key] = [pem("tls-ca"), pem("tls-cert"), pem("tls-key")];
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError("Cannot connect: --tls-cert and --tls-key must be given together, got one");
  }
  const isAskedFor = servers.some((server) => server.startsWith("tls:"));
  if (ca === undefined && cert === undefined && !isAskedFor) return undefined;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
  };
}

/** An environment variable; undefined if it is not set or may not be read. */
export function environment(name: string): string | undefined {
  const isGranted = Deno.permissions.querySync({ name: "env", variable: name }).state === "granted";
  return isGranted ? Deno.env.get(name) || undefined : undefined;
}

function checkServer(text: string): string {
  // The text before an @ may be a secret, so it is not repeated.
  if (text.includes("@")) {
    throw new UsageError(
      "Cannot connect: --queue must not contain a user or password, which every process could read (see --help)",
    );
  }
  if (!/^(nats|tls):\/\/([\w.-]+|\[[\da-fA-F:]+\])(:\d{1,5})?$/.test(text)) {
    throw new UsageError(`Cannot connect: --queue must look like nats://HOST:PORT, got ${text}`);
  }
  return text;
}

/** Names become parts of subjects, streams and buckets. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/**
 * The name of a sweep on a server.
 *
 * @throws {UsageError} If it is not a valid name.
 */
export function checkName(name: string | undefined): string {
  if (name !== undefined && NAME.test(name)) return name;
  throw new UsageError(
    `Cannot name the sweep: --name must be up to 64 letters, digits, - and _, got ${name ?? "none"}`,
  );
}
