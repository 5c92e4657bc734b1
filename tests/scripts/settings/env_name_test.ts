import { assertEquals } from "@std/assert";
import { envFolder, envName } from "../../../scripts/settings/env_name.ts";

Deno.test("an environment has its own folder, whatever the name of its file", () => {
  const folders: [string, string][] = [
    ["CartPole-v1", "CartPole-v1"],
    ["my_env.ts", "my_env"],
    ["./envs/my.env.mjs", "my.env"],
    ["C:\\envs\\my_env.ts", "my_env"],
    ["/home/me/.hidden.ts", ".hidden"],
    ["...ts", "env"],
    ["envs/..ts", "env"],
    [".ts", "env"],
    ["....js", "env"],
    ["../..", "env"],
    ["envs/", "env"],
  ];
  for (const [name, folder] of folders) assertEquals(envFolder(name), folder, name);
  assertEquals(envName("/home/me/...ts"), "./...ts");
});
