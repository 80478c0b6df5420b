import { render, screen } from "@testing-library/react";
import { I18nextProvider } from "react-i18next";
import { expect, it } from "vitest";

import { createI18n } from "../i18n";
import { AttainmentBar } from "./AttainmentBar";

it("says and shows where it is cut, and only there", () => {
  const draw = (value: string) => (
    <I18nextProvider i18n={createI18n("en")}>
      <AttainmentBar value={value} />
    </I18nextProvider>
  );
  const { rerender } = render(draw("448/100"));
  expect(screen.getByTestId("bar-cut")).toBeInTheDocument();
  expect(screen.getByText("448.0%; the bar is drawn up to 150%")).toBeInTheDocument();
  expect(screen.getByRole("img")).toHaveAccessibleName("448.0%");
  rerender(draw("150/100"));
  expect(screen.queryByTestId("bar-cut")).toBeNull();
});
