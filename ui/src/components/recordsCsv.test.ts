import { expect, test } from "vitest";
import type { RecordRow } from "../backend/generated";
import { recordsCsv } from "./recordsCsv";

const row: RecordRow = {
  id: "1",
  external_id: "=HYPERLINK(1)",
  customer: 'Say "hi", Ltd',
  customer_type: null,
  product: "GTX Pro",
  owner: "王伟",
  team: null,
  stage: "won",
  opened_on: null,
  closed_on: "2017-03-01",
  amount: { amount: "-1234.50", currency: "USD" },
};

test("cells are quoted where needed, a formula is made harmless, a negative amount stays a number", () => {
  expect(recordsCsv(["a", "b"], [row], (code) => code.toUpperCase())).toBe(
    `a,b\r\n2017-03-01,,'=HYPERLINK(1),"Say ""hi"", Ltd",,GTX Pro,王伟,,WON,-1234.50,USD`,
  );
});
