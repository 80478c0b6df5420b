import { expect, test } from "vitest";
import { drillText, parseDrill } from "./drill";

test("a drill survives the address, also the type without a name and odd characters", () => {
  const drill = {
    figure: "won_amount",
    scope: { unit: "u&1", period: "2017-Q2" },
    person: null,
    customer_type: "",
    part: "2017-W14",
    cursor: null,
  };
  expect(parseDrill(drillText(drill))).toEqual(drill);
  expect(parseDrill("nonsense")).toBeNull();
});
