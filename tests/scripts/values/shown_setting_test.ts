import { assertEquals } from "@std/assert";
import { shownSetting } from "../../../scripts/values/shown_setting.ts";

Deno.test("a setting is shown to readers, lists with no-break spaces", () => {
  assertEquals(["10000", "128,128", "1000,2000", "-1", "huber", "32x8s4,64x4s2"].map(shownSetting), [
    ...["10,000", "128,\u00a0128", "1,000,\u00a02,000", "−1", "huber", "32x8s4,\u00a064x4s2"],
  ]);
});
