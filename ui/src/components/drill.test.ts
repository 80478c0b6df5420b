import { expect, test } from "vitest";
import { drillText, parseDrill } from "./drill";

test("a drill survives the address, also the type without a name and odd characters", () => {
  const drill = {
    figure: "won_amount",
    unit: "u&1",
    directly: true,
    days: { from: "2017-04-03", to: "2017-04-10" },
    person: null,
    customer_types: ["", "retail"],
    cursor: null,
  };
  expect(parseDrill(drillText(drill))).toEqual(drill);
  expect(parseDrill("nonsense")).toBeNull();
});
