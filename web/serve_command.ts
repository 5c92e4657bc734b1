import { print } from "../scripts/cli/print.ts";
import type { Flag } from "../scripts/cli/command_line.ts";
import { flagValue } from "../scripts/cli/flag_value.ts";
import { readCommand } from "../scripts/settings/read_command.ts";
import { integerOption } from "../scripts/cli/option.ts";
import { UsageError } from "../scripts/cli/usage_error.ts";

type Server = Deno.HttpServer<Deno.NetAddr>;

const FLAGS: readonly Flag[] = [
  {
    name: "--port",
    placeholder: "N",
    help: "port to listen on (default: 8000, or any free port if that is taken)",
  },
];

/**
 * A command that builds a folder and serves it.
 *
 * @param args The arguments.
 * @param command Its name, such as `web`.
 * @param build Builds the folder.
 * @param serve Serves the folder at a port.
 * @returns The exit code.
 * @throws {UsageError} If a flag is wrong, or the port is taken.
 */
export async function serveCommand(
  args: readonly string[],
  command: string,
  build: () => Promise<void>,
  serve: (port: number) => Server,
): Promise<number> {
  const line = readCommand(args, FLAGS, command);
  if (line === undefined) return 0;
  const port = flagValue(line, "port", integerOption(1, ""), undefined);
  await build();
  const { addr, finished } = listen(serve, port);
  print(`http://${addr.hostname}:${addr.port}/`);
  await finished;
  return 0;
}

function listen(serve: (port: number) => Server, port: number | undefined): Server {
  try {
    return serve(port ?? 8000);
  } catch (error) {
    if (port === undefined && error instanceof Deno.errors.AddrInUse) return serve(0);
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Cannot serve the page: --port must be a port that is free, got ${port}: ${reason}`);
  }
}
