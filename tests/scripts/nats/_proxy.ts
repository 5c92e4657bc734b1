/** A network that can be cut. */
export interface Proxy {
  readonly url: string;
  /** Ends all connections. */
  cut(): void;
  /** Whether new connections are refused. */
  isDown: boolean;
  /** Ends it. */
  close(): void;
}

/** Passes connections on to a port of this machine. */
export function startProxy(port: number): Proxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const drop = (connection: Deno.Conn) => {
    if (!open.delete(connection)) return;
    try {
      connection.close();
    } catch {
      // It has ended by itself.
    }
  };
  const proxy: Proxy = {
    url: `nats://127.0.0.1:${listener.addr.transport === "tcp" ? listener.addr.port : 0}`,
    isDown: false,
    cut() {
      for (const connection of [...open]) drop(connection);
    },
    close() {
      listener.close();
      proxy.cut();
    },
  };
  const pass = async (from: Deno.Conn) => {
    open.add(from);
    if (proxy.isDown) return drop(from);
    try {
      const to = await Deno.connect({ hostname: "127.0.0.1", port });
      open.add(to);
      const ways = [[from, to], [to, from]] as const;
      await Promise.allSettled(ways.map(async ([a, b]) => {
        try {
          await a.readable.pipeTo(b.writable);
        } finally {
          drop(a);
          drop(b);
        }
      }));
    } catch {
      drop(from);
    }
  };
  (async () => {
    try {
      for await (const connection of listener) pass(connection);
    } catch {
      // It was closed.
    }
  })();
  return proxy;
}
