/** Import as one page with steps: files, mapping, names, preview, result. Nothing is written before the last button. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Steps } from "antd";
import { FolderOpen, FileSpreadsheet } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useBackend, type BackendError } from "../../../backend/backend";
import type { ImportDecisions, ImportDraft } from "../../../backend/generated";
import { useTask } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { Answer, EmptyState, Page, Section } from "../../../components/Page";
import { TaskProgress } from "../../../components/TaskProgress";
import { useDraft } from "../../../components/useDraft";
import { usePickFiles } from "../../../components/usePickFiles";
import { useSearchParam } from "../../../components/useSearchParam";
import { undecidedOrders } from "./dateOrders";
import { isDecided, mustBeDecided, NOTHING_DECIDED, sameButNames, samePreview } from "./decisions";
import { FilesStep } from "./FilesStep";
import { MappingStep, missingFields } from "./MappingStep";
import { NamesStep } from "./NamesStep";
import { PreviewStep } from "./PreviewStep";
import { ResultStep } from "./ResultStep";
import "../data.css";

const STEPS = ["files", "mapping", "names", "preview", "done"] as const;
type Step = (typeof STEPS)[number];

export default function ImportPage() {
  const { t } = useTranslation();
  const [session] = useSearchParam("session");
  return (
    <Page title={t("data.import.title")} context={t("data.import.context")}>
      {session ? <Wizard key={session} session={session} /> : <ChooseFiles />}
    </Page>
  );
}

function ChooseFiles() {
  const { t } = useTranslation();
  const { pick, picking, error } = usePickFiles();
  return (
    <Section>
      <EmptyState
        icon={<FileSpreadsheet size={32} strokeWidth={1.25} aria-hidden />}
        title={t("data.import.choose")}
        text={t("data.import.chooseText")}
        action={
          <div className="page-actions">
            <Button type="primary" loading={picking} onClick={() => pick()} data-testid="import-pick">
              {t("data.import.pickFiles")}
            </Button>
            <Button
              icon={<FolderOpen size={15} aria-hidden />}
              disabled={picking}
              onClick={() => pick(true)}
              data-testid="import-pick-folder"
            >
              {t("data.import.pickFolder")}
            </Button>
          </div>
        }
      />
      {error && <ErrorState error={error} />}
    </Section>
  );
}

function Wizard({ session }: { session: string }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const [stepName, setStep] = useSearchParam("step");
  // A draft: the idle lock takes the page away, not what was decided on it.
  const [kept, setDecisions] = useDraft<ImportDecisions>(`import ${session}`);
  const decisions = kept ?? NOTHING_DECIDED;
  const request = { session, decisions };
  const preview = useTask("preview_import");
  const commit = useTask("commit_import");
  // Names are decided on the preview and do not change the draft.
  const draft = useQuery<ImportDraft, BackendError>({
    queryKey: ["update_import", session, decisions.files, decisions.currency, decisions.tax_included],
    queryFn: () => backend.call("update_import", request),
    placeholderData: keepPreviousData,
  });
  // A preview counts for the decisions it was made for. Without one for these nothing can be imported.
  const previewed = preview.data === undefined ? null : (preview.variables?.decisions ?? null);
  const step = reachable(stepName, {
    asked: previewed !== null && sameButNames(previewed, decisions),
    previewed: previewed !== null && samePreview(previewed, decisions),
    committed: commit.data !== undefined,
  });

  const runPreview = () =>
    preview.mutate(request, {
      onSuccess: (result) => {
        const open = result.aliases.some((alias) => !isDecided(decisions, alias));
        setStep(open && step !== "names" ? "names" : "preview");
      },
    });
  const runCommit = () =>
    commit.mutate(request, {
      onSuccess: () => {
        setStep("done", true);
        // Asked for anew at the end: what the top bar says may have been read while the rows were still being written.
        void client.invalidateQueries({ queryKey: ["get_status"] });
      },
    });
  const task = preview.isPending ? preview : commit.isPending ? commit : null;
  const error = step === "preview" ? (commit.error ?? preview.error) : preview.error;
  const openNames = preview.data?.aliases.filter((alias) => mustBeDecided(decisions, alias)).length ?? 0;

  return (
    <>
      <Steps
        size="small"
        current={STEPS.indexOf(step)}
        items={STEPS.map((name) => ({ title: t(`data.import.steps.${name}`) }))}
        className="import-steps"
      />
      {error && <ErrorState error={error} />}
      {task && (
        <Section>
          <TaskProgress progress={task.progress} cancelling={task.cancelling} onCancel={task.cancel} />
        </Section>
      )}
      <Answer query={draft}>
        {(files) => (
          <fieldset className="import-step" disabled={task !== null} data-testid={`import-step-${step}`}>
            <legend className="sr-only">{t(`data.import.steps.${step}`)}</legend>
            {step === "files" && <FilesStep draft={files} decisions={decisions} onDecide={setDecisions} />}
            {step === "mapping" && <MappingStep draft={files} decisions={decisions} onDecide={setDecisions} />}
            {step === "names" && preview.data && (
              <NamesStep preview={preview.data} decisions={decisions} onDecide={setDecisions} />
            )}
            {step === "preview" && preview.data && <PreviewStep preview={preview.data} draft={files} decisions={decisions} />}
            {step === "done" && commit.data && <ResultStep result={commit.data} draft={files} decisions={decisions} />}
            {step !== "done" && (
              <WizardButtons
                step={step}
                busy={task !== null}
                reading={draft.isPlaceholderData}
                hint={hintOf(step, files)}
                nothingToDo={preview.data?.nothing_to_do ?? false}
                onStep={setStep}
                onPreview={runPreview}
                onCommit={runCommit}
              />
            )}
          </fieldset>
        )}
      </Answer>
    </>
  );

  /** Why the next step has to wait, in words; null if it does not. */
  function hintOf(at: Step, files: ImportDraft): string | null {
    const taken = files.files.filter((file) => file.kind && !decisions.files[file.index]?.skip);
    if (at === "files" && taken.length === 0) return t("data.import.nothingTaken");
    if (at === "files" && taken.some((file) => file.encoding_refused)) return t("data.import.encodingOpen");
    if (at === "mapping" && taken.some((file) => missingFields(file).length > 0)) return t("data.import.requiredOpen");
    if (at === "mapping" && taken.some((file) => undecidedOrders(file).length > 0)) return t("data.import.orderOpen");
    if (at === "names" && openNames > 0) return t("data.import.namesOpen", { count: openNames, names: String(openNames) });
    return null;
  }
}

/** The step of the address, or the last one before it that has what it needs. */
function reachable(name: string | null, has: { asked: boolean; previewed: boolean; committed: boolean }): Step {
  if (has.committed) return "done";
  const step = STEPS.find((candidate) => candidate === name) ?? "files";
  if (step === "done") return has.previewed ? "preview" : "files";
  if (step === "preview" && !has.previewed) return has.asked ? "names" : "mapping";
  return step === "names" && !has.asked ? "mapping" : step;
}

function WizardButtons(props: {
  step: Step;
  busy: boolean;
  /** What was decided last is not yet understood: what is shown is from before. */
  reading: boolean;
  hint: string | null;
  nothingToDo: boolean;
  onStep: (step: Step) => void;
  onPreview: () => void;
  onCommit: () => void;
}) {
  const { step, busy, hint, onStep } = props;
  const { t } = useTranslation();
  const back = STEPS[STEPS.indexOf(step) - 1];
  const commits = step === "preview";
  const next = step === "files" ? () => onStep("mapping") : commits ? props.onCommit : props.onPreview;
  return (
    <footer className="import-buttons">
      {back && (
        <Button onClick={() => onStep(back)} disabled={busy} data-testid="import-back">
          {t("common.back")}
        </Button>
      )}
      <span className="quiet import-hint">{hint}</span>
      <Button
        type="primary"
        onClick={next}
        disabled={busy || props.reading || hint !== null || (commits && props.nothingToDo)}
        data-testid={commits ? "import-commit" : "import-next"}
      >
        {commits ? t("data.import.commit") : t("common.next")}
      </Button>
    </footer>
  );
}
