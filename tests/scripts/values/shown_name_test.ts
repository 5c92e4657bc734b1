import { assertEquals } from "@std/assert";
import { shownName } from "../../../scripts/values/shown_name.ts";

Deno.test("the name of a setting is shown to readers in words", () => {
  assertEquals(["gamma", "learning-rate", "target-update-interval"].map(shownName), [
    ...["gamma", "learning rate", "target update interval"],
  ]);
});
