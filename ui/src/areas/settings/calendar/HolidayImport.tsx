/** A list of holidays from a file or a pasted text: read whole or not at all, looked at, then imported. */
import { Button, Checkbox, Input } from "antd";
import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useCommand } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { formatCount } from "../../../components/format";
import { MessageText } from "../../../components/MessageText";
import { useChangeToast } from "../../../components/useChangeToast";
import { useWord } from "../../../i18n";
import type { HolidayList } from "./holidayDays";
import { readHolidays, type Unreadable } from "./readHolidays";

/** As the command line has it. */
const MAX_FILE_BYTES = 4 << 20;

export function HolidayImport() {
  const { t } = useTranslation();
  const done = useChangeToast();
  const add = useCommand("add_holidays");
  const chooser = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [file, setFile] = useState<string | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const [replace, setReplace] = useState(false);
  const read = text.trim() === "" ? null : readHolidays(text, file ?? t("calendar.pasted"));
  const list = read && "days" in read ? read : null;
  const show = (next: string, name: string | null) => {
    add.reset();
    setTooLarge(false);
    setText(next);
    setFile(name);
  };
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > MAX_FILE_BYTES) setTooLarge(true);
    else show(textOf(await chosen.arrayBuffer()), chosen.name);
  };
  const run = () => {
    if (!list) return;
    add.mutate(
      { days: list.days, replace },
      {
        onSuccess: () => {
          done(t("calendar.imported"));
          show("", null);
        },
      },
    );
  };
  return (
    <div className="calendar-import" data-testid="calendar-import">
      <h3>{t("calendar.import")}</h3>
      <p className="quiet">{t("calendar.importHelp")}</p>
      <div className="calendar-add">
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".csv,.txt,.ics,text/csv,text/calendar"
          data-testid="calendar-file"
          onChange={(event) => {
            void choose(event.target.files?.[0]);
            // The same file may be chosen again.
            event.target.value = "";
          }}
        />
        <Button icon={<FileUp size={14} />} onClick={() => chooser.current?.click()}>
          {t("calendar.file")}
        </Button>
        {file && <span className="quiet">{file}</span>}
      </div>
      <Input.TextArea
        aria-label={t("calendar.paste")}
        data-testid="calendar-text"
        rows={5}
        placeholder={t("calendar.example")}
        value={text}
        onChange={(event) => show(event.target.value, null)}
      />
      {tooLarge && <p className="calendar-bad" role="alert">{t("calendar.tooLarge")}</p>}
      {read && <Found read={read} />}
      <div className="calendar-add">
        <Checkbox checked={replace} onChange={(event) => setReplace(event.target.checked)}>
          {t("calendar.replace")}
        </Checkbox>
        <Button disabled={!list} loading={add.isPending} onClick={run} data-testid="calendar-import-run">
          {t("calendar.importAction")}
        </Button>
      </div>
      {add.error && <ErrorState error={add.error} onRetry={run} />}
    </div>
  );
}

function Found({ read }: { read: HolidayList | Unreadable }) {
  const { t } = useTranslation();
  const word = useWord();
  if (!("days" in read)) {
    return (
      <p className="calendar-bad" role="alert" data-testid="calendar-bad">
        <MessageText message={read} />
      </p>
    );
  }
  return (
    <>
      <p role="status" data-testid="calendar-found">{t("calendar.found", { count: read.days.length, days: formatCount(read.days.length) })}</p>
      {read.leftOut.map(({ line, name, reason }) => (
        <p className="quiet" key={line}>
          {t("calendar.leftOut", { line: String(line), name, reason: word("calendar.reason", reason) })}
        </p>
      ))}
    </>
  );
}

/** UTF-8, else GB18030: what Excel in China writes. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
