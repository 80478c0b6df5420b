/** A page: title with one sentence of context, actions at the right, then content. */
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ErrorState } from "./ErrorState";

interface PageProps {
  title: string;
  context?: ReactNode;
  actions?: ReactNode;
  /** Narrow pages (settings, the wizard) read better at 960 px. */
  narrow?: boolean;
  children: ReactNode;
}

export function Page({ title, context, actions, narrow, children }: PageProps) {
  return (
    <div className={narrow ? "page page-narrow" : "page"}>
      <header className="page-header">
        <div>
          <h1>{title}</h1>
          {context && <p className="page-context">{context}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A surface with one hairline and, if it has a name, a heading. */
export function Section(props: {
  title?: ReactNode;
  context?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  children: ReactNode;
  testId?: string;
}) {
  const { title, context, actions, flush, children, testId } = props;
  return (
    <section className={flush ? "section section-flush" : "section"} data-testid={testId}>
      {(title || actions) && (
        <header className="section-header">
          <div>
            {title && <h2>{title}</h2>}
            {context && <p className="quiet">{context}</p>}
          </div>
          {actions && <div className="page-actions">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

interface AnswerState<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch(): unknown;
}

/** Loading, error and full of one answer. `skeleton` has the final shape. */
export function Answer<T>(props: {
  query: AnswerState<T>;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  const { query, skeleton, children } = props;
  const { t } = useTranslation();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div aria-busy="true" aria-label={t("common.loading")} role="status">
      {skeleton ?? <Skeleton active paragraph={{ rows: 6 }} title={false} />}
    </div>
  );
}

/** An empty place: what belongs here, and one action. */
export function EmptyState(props: { title: string; text?: ReactNode; action?: ReactNode; icon?: ReactNode }) {
  return (
    <div className="empty-state">
      {props.icon}
      <strong>{props.title}</strong>
      {props.text && <p>{props.text}</p>}
      {props.action}
    </div>
  );
}
