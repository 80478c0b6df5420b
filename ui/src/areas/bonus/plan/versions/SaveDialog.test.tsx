/** For whom a new plan is, is said and not assumed. */
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { renderPart } from "../../../../test/render";
import { SaveDialog } from "./SaveDialog";

function dialog(code: string) {
  const onSave = vi.fn();
  renderPart(<SaveDialog code={code} paysDifferently={false} saving={false} onSave={onSave} onClose={() => undefined} />, "en");
  const ok = async () => (await screen.findByText("Save new version")).closest("button") as HTMLElement;
  return { onSave, ok };
}

it("a new plan is for nobody until it is said for whom", async () => {
  const user = userEvent.setup();
  const { onSave, ok } = dialog("new-plan");
  const assigned = await screen.findByTestId("save-assigned");
  expect(await ok()).toBeDisabled();
  await user.click(assigned);
  await user.click(await ok());
  expect(onSave).toHaveBeenCalledWith({ everybody: false });
});

it("a plan that is there stays for whom it is", async () => {
  const { onSave, ok } = dialog("attainment-bands");
  await screen.findByTestId("save-next");
  expect(screen.queryByTestId("save-everybody")).toBeNull();
  await userEvent.click(await ok());
  expect(onSave).toHaveBeenCalledWith({});
});
