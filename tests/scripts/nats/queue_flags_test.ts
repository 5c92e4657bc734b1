import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { checkName, QUEUE_FLAGS, queueAccess } from "../../../scripts/nats/queue_flags.ts";
import { UsageError } from "../../../scripts/cli/usage_error.ts";
import { inFolder } from "../_process.ts";

const read = (args: readonly string[], env: Record<string, string> = {}) =>
  queueAccess(readCommandLine(args, QUEUE_FLAGS), (name) => env[name]);
const Q = ["--queue", "nats://a:4222"];

Deno.test("the server and the credentials are read from flags and environment variables", () =>
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/secret`, "s3cret\nsecond line\n");
    const none = { credentials: undefined, user: undefined, password: undefined, token: undefined };
    const file = ["--token-file", `${folder}/secret`];
    assertEquals(read([]), undefined);
    assertEquals(read(Q), { servers: ["nats://a:4222"], ...none, tls: undefined });
    assertEquals(read(["--queue", "nats://a,tls://b.example:1,nats://[::1]:4222"])!.servers.length, 3);
    assertEquals(read(["--queue", "tls://a"])!.tls, {});
    assertEquals(read([...Q, ...file])!.token, "s3cret");
    assertEquals(read(Q, { NATS_TOKEN: "t" })!.token, "t");
    assertEquals(read([...Q, ...file], { NATS_TOKEN: "t", NATS_USER: "u" }), {
      servers: ["nats://a:4222"],
      ...none,
      token: "s3cret",
      tls: undefined,
    });
    const { user, password } = read([...Q, "--user", "u"], { NATS_PASSWORD: "p" })!;
    assertEquals([user, password], ["u", "p"]);
    assertEquals(read([...Q, "--user", "u", "--password-file", `${folder}/secret`])!.password, "s3cret");
    assertEquals(read([...Q, "--creds", `${folder}/secret`])!.credentials?.length, 19);
    Deno.writeTextFileSync(`${folder}/ca.pem`, "-----BEGIN CERTIFICATE-----\n");
    assertEquals(read([...Q, "--tls-ca", `${folder}/ca.pem`])!.tls, { ca: "-----BEGIN CERTIFICATE-----\n" });
    return Promise.resolve();
  }));

Deno.test("bad flags are refused, and no secret is repeated", () =>
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/empty`, "\n");
    Deno.writeTextFileSync(`${folder}/key`, "k");
    Deno.writeTextFileSync(`${folder}/ca.pem`, "-----BEGIN CERTIFICATE-----\n");
    const bad: [string[], Record<string, string>, string][] = [
      [["--queue", "host:4222"], {}, "--queue must look like nats://HOST:PORT, got host:4222"],
      [["--queue", "ws://host"], {}, "--queue must look like nats://HOST:PORT, got ws://host"],
      [["--queue", "nats://a:4222,"], {}, "--queue must look like nats://HOST:PORT, got "],
      [["--queue", "nats://u:s3cret@a:4222"], {}, "must not contain a user or password"],
      [["--creds", "x"], {}, "--creds needs --queue"],
      [[...Q, "--creds", "missing"], {}, "Cannot read missing"],
      [[...Q, "--token-file", "missing"], {}, "Cannot read missing"],
      [[...Q, "--token-file", `${folder}/empty`], {}, "--token-file must name a file with text"],
      [[...Q, "--user", "u"], {}, "user u needs --password-file or NATS_PASSWORD"],
      [[...Q, "--password-file", `${folder}/key`], {}, "--password-file needs --user"],
      [[...Q, "--user", "u", "--creds", `${folder}/key`], {}, "only one of --creds, --user and --token-file"],
      [Q, { NATS_USER: "u", NATS_PASSWORD: "s3cret", NATS_TOKEN: "s3cret" }, "only one of NATS_USER"],
      [[...Q, "--tls-cert", `${folder}/ca.pem`], {}, "--tls-cert and --tls-key must be given together"],
      [[...Q, "--tls-ca", "missing"], {}, "Cannot read missing"],
      [[...Q, "--tls-ca", `${folder}/key`], {}, "--tls-ca must name a PEM file"],
    ];
    for (const [args, env, reason] of bad) {
      const { message } = assertThrows(() => read(args, env), UsageError);
      assertStringIncludes(message, reason);
      assertEquals(message.includes("s3cret"), false);
    }
    return Promise.resolve();
  }));

Deno.test("names of sweeps have letters, digits, - and _", () => {
  for (const name of ["mc1", "A-b_c", "x".repeat(64)]) assertEquals(checkName(name), name);
  for (const name of [undefined, "", "a.b", "a b", "*", ">", "-a", "a/b", "ä", "x".repeat(65)]) {
    assertThrows(() => checkName(name), UsageError, "--name must be up to 64 letters");
  }
});
