/** Where Debian's package puts the server; undefined where it is missing. */
export const NATS_SERVER: string | undefined = [
  "/usr/sbin/nats-server",
  "/usr/local/bin/nats-server",
  "/usr/bin/nats-server",
]
  .find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });

/** A NATS server on this machine. */
export interface TestServer {
  readonly port: number;
  readonly url: string;
  /** Ends it without a word. */
  kill(): Promise<void>;
  /** Starts it again, with what it had stored. */
  start(): Promise<void>;
  /** Ends it and forgets what it stored. */
  remove(): Promise<void>;
}

/** A port that nobody listens on. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
}

/** Starts a server with JetStream on loopback, whose storage a configuration may have set. */
export async function startServer(
  args: readonly string[] = [],
  port: number = freePort(),
  storage: "own" | "configured" = "own",
): Promise<TestServer> {
  const folder = await Deno.makeTempDir();
  let child: Deno.ChildProcess | undefined;
  const server: TestServer = {
    port,
    url: `nats://127.0.0.1:${port}`,
    async kill() {
      child?.kill("SIGKILL");
      await child?.status;
      child = undefined;
    },
    async start() {
      child = new Deno.Command(NATS_SERVER!, {
        args: [
          ...["-a", "127.0.0.1", "-p", String(port)],
          ...(storage === "own" ? ["-js", "-sd", folder] : []),
          ...args,
        ],
        stdout: "null",
        stderr: "null",
      }).spawn();
      await answer(port);
    },
    async remove() {
      await server.kill();
      await Deno.remove(folder, { recursive: true });
    },
  };
  await server.start();
  return server;
}

async function answer(port: number): Promise<void> {
  for (let i = 0; i < 400; i++) {
    try {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port });
      if (await connection.read(new Uint8Array(1)) === 1) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`nats-server does not answer on port ${port}`);
}
