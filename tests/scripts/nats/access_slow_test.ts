import { assertEquals, assertStringIncludes } from "@std/assert";
import { nkeys } from "@nats-io/transport-node";
import { appearance, inFolder } from "../_process.ts";
import { NATS_SERVER, startServer } from "./_server.ts";
import { runWorker, startSweep, startWorker, sweepThere, TINY, wordsOf } from "./_sweep.ts";

const ignore = NATS_SERVER === undefined;
const IDLE = ["--workers", "1", "--idle-limit", "1"];

Deno.test("a token and a password are taken from files or the environment; wrong ones give exit code 2", {
  ignore,
}, () =>
  inFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/right`, "s3cret\n");
    Deno.writeTextFileSync(`${cwd}/wrong`, "s4cret\n");
    const token = await startServer(["--auth", "s3cret"]);
    const user = await startServer(["--user", "ada", "--pass", "s3cret"]);
    try {
      const refusal = (url: string) => `error: Cannot connect to ${url}: it refuses these credentials\n`;
      const asAda = ["--user", "ada", "--password-file"];
      for (
        const [{ url }, args, env] of [
          [token, ["--token-file", "right"], {}],
          [token, [], { NATS_TOKEN: "s3cret" }],
          [user, [...asAda, "right"], {}],
          [user, [], { NATS_USER: "ada", NATS_PASSWORD: "s3cret" }],
        ] as const
      ) {
        const { code, stderr } = await runWorker(url, [...args, ...IDLE], cwd, env);
        assertEquals([code, stderr], [0, `Connected to ${url}; 1 run at a time\n`]);
      }
      for (
        const [{ url }, args, env] of [
          [token, ["--token-file", "wrong"], {}],
          [token, [], {}],
          [token, [], { NATS_TOKEN: "s4cret" }],
          [user, [...asAda, "wrong"], {}],
        ] as const
      ) {
        const { code, stderr } = await runWorker(url, [...args, ...IDLE], cwd, env);
        assertEquals([code, stderr], [2, refusal(url)]);
      }
      const args = [...TINY, "--queue", token.url, "--name", "mc1", "--token-file", "wrong"];
      const { code, stderr } = await sweepThere(args, cwd);
      assertEquals([code, stderr], [2, refusal(token.url)]);
    } finally {
      await token.remove();
      await user.remove();
    }
  }));

Deno.test(
  "a worker and a sweep that the server no longer accepts end with a message",
  { ignore },
  () =>
    inFolder(async (cwd) => {
      Deno.writeTextFileSync(`${cwd}/token`, "s3cret\n");
      const old = await startServer(["--auth", "s3cret"]);
      const { port, url } = old;
      const token = ["--token-file", "token"];
      const worker = startWorker(url, [...token, "--name", "other"], cwd);
      const sweep = startSweep([...TINY, "--out", "x", "--queue", url, "--name", "mc1", ...token], cwd);
      await appearance(cwd, "x/sweep.json");
      await old.remove();
      const server = await startServer(["--auth", "other"], port);
      try {
        const first = await wordsOf(worker);
        assertEquals(first.code, 2);
        assertStringIncludes(
          first.stderr,
          "error: Cannot continue: the server no longer accepts this worker",
        );
        const second = await wordsOf(sweep);
        assertEquals(second.code, 1);
        assertStringIncludes(
          second.stderr,
          "error: Cannot continue: the server no longer accepts this sweep",
        );
      } finally {
        await server.remove();
      }
    }),
);

/** A server's view of who may do what: an operator, an account with JetStream, and a user of it. */
function operatorMode() {
  const operator = nkeys.createOperator();
  const account = nkeys.createAccount();
  const system = nkeys.createAccount();
  const user = nkeys.createUser();
  const part = (value: object | Uint8Array) => {
    const bytes = value instanceof Uint8Array ? value : new TextEncoder().encode(JSON.stringify(value));
    return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
  };
  const token = (issuer: nkeys.KeyPair, subject: nkeys.KeyPair, claims: object) => {
    const sub = subject.getPublicKey();
    const body = { jti: sub, iat: 1_700_000_000, iss: issuer.getPublicKey(), name: "test", sub };
    const text = `${part({ typ: "JWT", alg: "ed25519-nkey" })}.${
      part({ ...body, nats: { version: 2, ...claims } })
    }`;
    return `${text}.${part(issuer.sign(new TextEncoder().encode(text)))}`;
  };
  const limits = { subs: -1, data: -1, payload: -1 };
  const accountLimits = { ...limits, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
  const storage = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };
  const preload = [
    `${account.getPublicKey()}: ${
      token(operator, account, { type: "account", limits: { ...accountLimits, ...storage } })
    }`,
    `${system.getPublicKey()}: ${token(operator, system, { type: "account", limits: accountLimits })}`,
  ];
  const config = [
    `operator: ${token(operator, operator, { type: "operator" })}`,
    `system_account: ${system.getPublicKey()}`,
    "resolver: MEMORY",
    `resolver_preload: {\n${preload.join("\n")}\n}`,
  ].join("\n");
  const credentials = [
    "-----BEGIN NATS USER JWT-----",
    token(account, user, { type: "user", ...limits, pub: {}, sub: {} }),
    "------END NATS USER JWT------",
    "-----BEGIN USER NKEY SEED-----",
    new TextDecoder().decode(user.getSeed()),
    "------END USER NKEY SEED------",
    "",
  ].join("\n");
  return { config, credentials };
}

Deno.test(
  "a worker is accepted with a credentials file, and refused with another operator's or none",
  { ignore },
  () =>
    inFolder(async (cwd) => {
      const { config, credentials } = operatorMode();
      Deno.writeTextFileSync(`${cwd}/server.conf`, config);
      Deno.writeTextFileSync(`${cwd}/right.creds`, credentials);
      Deno.writeTextFileSync(`${cwd}/foreign.creds`, operatorMode().credentials);
      Deno.writeTextFileSync(`${cwd}/none.creds`, "nothing");
      const server = await startServer(["-c", `${cwd}/server.conf`]);
      const { url } = server;
      try {
        const right = await runWorker(url, ["--creds", "right.creds", ...IDLE], cwd);
        assertEquals([right.code, right.stderr], [0, `Connected to ${url}; 1 run at a time\n`]);
        const foreign = await runWorker(url, ["--creds", "foreign.creds", ...IDLE], cwd);
        assertEquals([foreign.code, foreign.stderr], [
          2,
          `error: Cannot connect to ${url}: it refuses these credentials\n`,
        ]);
        const none = await runWorker(url, ["--creds", "none.creds", ...IDLE], cwd);
        assertEquals([none.code, none.stderr.split(": ")[1]], [2, `Cannot connect to ${url}`], none.stderr);
      } finally {
        await server.remove();
      }
    }),
);

/** Whether certificates can be made. */
const canCertify = await (async () => {
  try {
    return (await new Deno.Command("openssl", { args: ["version"], stdout: "null" }).output()).success;
  } catch {
    return false;
  }
})();

async function openssl(cwd: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("openssl", { args, cwd }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

Deno.test("TLS: the server must have a certificate of the authority named, and may ask for one", {
  ignore: ignore || !canCertify,
}, () =>
  inFolder(async (cwd) => {
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    Deno.writeTextFileSync(`${cwd}/names`, "subjectAltName=DNS:localhost,IP:127.0.0.1");
    for (const ca of ["ca", "other"]) {
      const out = ["-keyout", `${ca}.key`, "-out", `${ca}.pem`, "-subj", `/CN=${ca}`, "-days", "2"];
      await openssl(cwd, "req", "-x509", ...key, ...out);
    }
    for (const name of ["server", "client"]) {
      const out = ["-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`];
      await openssl(cwd, "req", ...key, ...out);
      const issuer = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2"];
      const names = ["-extfile", "names", "-out", `${name}.pem`];
      await openssl(cwd, "x509", "-req", "-in", `${name}.csr`, ...issuer, ...names);
    }
    const tls = ["--tls", "--tlscert", "server.pem", "--tlskey", "server.key", "--tlscacert", "ca.pem"]
      .map((arg) => /\.(pem|key)$/.test(arg) ? `${cwd}/${arg}` : arg);
    const open = await startServer(tls);
    const strict = await startServer([...tls, "--tlsverify"]);
    try {
      const work = (url: string, args: string[]) => runWorker(url, [...args, ...IDLE], cwd);
      const certified = ["--tls-cert", "client.pem", "--tls-key", "client.key"];
      const trusting = await work(open.url, ["--tls-ca", "ca.pem"]);
      assertEquals([trusting.code, trusting.stderr], [0, `Connected to ${open.url}; 1 run at a time\n`]);
      assertEquals((await work(strict.url, ["--tls-ca", "ca.pem", ...certified])).code, 0);
      for (
        const args of [[], ["--tls-ca", "other.pem"], [
          "--tls-ca",
          "ca.pem",
          "--tls-cert",
          "client.pem",
          "--tls-key",
          "ca.key",
        ]]
      ) {
        const { code, stderr } = await work(open.url, args);
        assertEquals([code, stderr.trimEnd().split("\n").length], [2, 1], stderr);
        assertStringIncludes(stderr, `Cannot connect to ${open.url}: `);
      }
    } finally {
      await open.remove();
      await strict.remove();
    }
    const plain = await startServer();
    try {
      const { code, stderr } = await runWorker(plain.url, ["--tls-ca", "ca.pem", ...IDLE], cwd);
      assertEquals([code, stderr], [
        2,
        `error: Cannot connect to ${plain.url}: server does not support 'tls'\n`,
      ]);
    } finally {
      await plain.remove();
    }
  }));
