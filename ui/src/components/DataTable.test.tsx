import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";

import { renderPart } from "../test/render";
import { DataTable, sortRows, toTsv, type Column } from "./DataTable";
import { compareExact } from "./format";

interface Row {
  id: string;
  name: string;
  amount: string;
}

const COLUMNS: Column<Row>[] = [
  { key: "name", title: "姓名", text: (row) => row.name, compare: (a, b) => a.name.localeCompare(b.name) },
  {
    key: "amount",
    title: "金额（¥）",
    text: (row) => row.amount,
    compare: (a, b) => compareExact(a.amount, b.amount),
    numeric: true,
    total: "1,029.00",
  },
];

const ROWS: Row[] = [
  { id: "a", name: "Ann", amount: "9.00" },
  { id: "b", name: "Bob", amount: "1000.00" },
  { id: "c", name: "Cy", amount: "20.00" },
];

const names = () =>
  screen
    .getAllByRole("row")
    .flatMap((row) => row.querySelector("td")?.textContent ?? [])
    .filter((text) => text !== "合计");

describe("DataTable", () => {
  it("has the roles, the count and the total of a table", async () => {
    renderPart(<DataTable label="人员" columns={COLUMNS} rows={ROWS} rowKey={(row) => row.id} />);
    const table = await screen.findByRole("grid", { name: "人员" });
    expect(table).toHaveAttribute("aria-rowcount", "4");
    expect(within(table).getAllByRole("columnheader")).toHaveLength(2);
    expect(screen.getByText("合计")).toBeInTheDocument();
    expect(screen.getByText("1,029.00")).toBeInTheDocument();
    expect(screen.getByText("3 行")).toBeInTheDocument();
  });

  it("sorts by exact values and says so", async () => {
    renderPart(<DataTable label="人员" columns={COLUMNS} rows={ROWS} rowKey={(row) => row.id} />);
    await userEvent.click(await screen.findByRole("button", { name: "按“金额（¥）”排序" }));
    expect(names(), "figures start with the largest").toEqual(["Bob", "Cy", "Ann"]);
    expect(screen.getByRole("columnheader", { name: /金额/ })).toHaveAttribute("aria-sort", "descending");
    await userEvent.click(screen.getByRole("button", { name: "按“金额（¥）”排序" }));
    expect(names()).toEqual(["Ann", "Cy", "Bob"]);
  });

  it("moves by arrows, opens by Enter and copies by Ctrl+C", async () => {
    const user = userEvent.setup();
    const onOpen = vi.fn();
    renderPart(<DataTable label="人员" columns={COLUMNS} rows={ROWS} rowKey={(row) => row.id} onOpen={onOpen} />);
    const first = (await screen.findByText("Ann")).closest("tr");
    first?.focus();
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(screen.getByText("Bob").closest("tr")).toHaveFocus());
    await user.keyboard("{Enter}");
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(ROWS[1]);
    await user.keyboard("{Control>}c{/Control}");
    expect(await navigator.clipboard.readText()).toBe("姓名\t金额（¥）\nBob\t1000.00");
    await user.keyboard("{End}");
    await waitFor(() => expect(screen.getByText("Cy").closest("tr")).toHaveFocus());
  });

  it("selects with Space and with the header's box", async () => {
    const user = userEvent.setup();
    function Selecting() {
      const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
      return (
        <DataTable
          label="人员"
          columns={COLUMNS}
          rows={ROWS}
          rowKey={(row) => row.id}
          selected={selected}
          onSelect={setSelected}
        />
      );
    }
    renderPart(<Selecting />);
    const row = (await screen.findByText("Ann")).closest("tr");
    row?.focus();
    await user.keyboard(" ");
    expect(row).toHaveAttribute("aria-selected", "true");
    expect(screen.getByText("已选 1 项")).toBeInTheDocument();
    await user.click(screen.getByRole("checkbox", { name: "全选" }));
    expect(screen.getByText("已选 3 项")).toBeInTheDocument();
  });

  it("draws only a window of many rows", async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => ({ id: `r${index}`, name: `n${index}`, amount: "1.00" }));
    renderPart(<DataTable label="人员" columns={COLUMNS} rows={many} rowKey={(row) => row.id} />);
    await screen.findByText("n0");
    expect(screen.getAllByRole("row").length).toBeLessThan(120);
    expect(screen.getByText("5,000 行")).toBeInTheDocument();
  });

  it("says when there is nothing", async () => {
    renderPart(<DataTable label="人员" columns={COLUMNS} rows={[]} rowKey={(row) => row.id} empty="还没有人员" />);
    expect(await screen.findByText("还没有人员")).toBeInTheDocument();
    expect(screen.queryByText("合计"), "a sum of nothing is not shown").toBeNull();
  });
});

it("equal rows keep their order, and tabs in cells do not break the copy", () => {
  const rows = [...ROWS, { id: "d", name: "Di\tva", amount: "9.00" }];
  expect(sortRows(rows, COLUMNS, { key: "amount", descending: false }).map((row) => row.id)).toEqual(["a", "d", "c", "b"]);
  expect(toTsv(COLUMNS, rows.slice(3))).toBe("姓名\t金额（¥）\nDi va\t9.00");
});
