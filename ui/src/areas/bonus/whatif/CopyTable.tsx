/** A table as CSV on the clipboard. That pay leaves the program is recorded first. */
import { Button } from "antd";
import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useCommand } from "../../../backend/query";
import { csv } from "../../../components/recordsCsv";
import { defuse } from "../../../components/spreadsheet";
import { useToast } from "../../../components/useToast";
import type { Range } from "./Result";

interface Props {
  range: Range;
  /** The header first. Amounts are plain decimals. */
  rows: readonly (readonly string[])[];
  testId: string;
}

export function CopyTable({ range, rows, testId }: Props) {
  const { t } = useTranslation();
  const toast = useToast();
  const record = useCommand("copy_what_if");
  const copy = async () => {
    try {
      // The clipboard gets the promise at once: after waiting, the click's permission would be gone.
      const text = record.mutateAsync(range).then(() => new Blob([csv(rows.map((row) => row.map(defuse)))], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
      toast.done(t("common.copied"));
    } catch {
      toast.failed(t("common.copyFailed"));
    }
  };
  return (
    <Button size="small" icon={<Copy size={14} />} loading={record.isPending} onClick={() => void copy()} data-testid={testId}>
      {t("bonusIf.whatIf.copy")}
    </Button>
  );
}
