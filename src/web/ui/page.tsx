/** The frame of every page: its title in the tab, a heading, one place for the primary action. */
import { useEffect, type ReactNode } from "react";
import { Link } from "wouter";
import "./page.css";

interface PageProps {
  readonly title: string;
  /** Where the heading differs from the tab's title. */
  readonly heading?: ReactNode;
  readonly lead?: ReactNode;
  readonly action?: ReactNode;
  /** The page above this one. */
  readonly back?: { readonly to: string; readonly label: string };
  readonly children: ReactNode;
}

export function Page({ title, heading, lead, action, back, children }: PageProps) {
  useEffect(() => {
    document.title = title === "Upbeat" ? title : `${title} – Upbeat`;
  }, [title]);
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-titles">
          {back !== undefined && (
            <Link href={back.to} className="page-back small">
              <span aria-hidden="true">←</span> {back.label}
            </Link>
          )}
          <h1>{heading ?? title}</h1>
          {lead !== undefined && <div className="page-lead">{lead}</div>}
        </div>
        {action !== undefined && <div className="page-action">{action}</div>}
      </header>
      {children}
    </div>
  );
}

export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="section">
      <div className="section-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** A number and what it is. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt className="muted small">{label}</dt>
      <dd className="figures">{children}</dd>
    </div>
  );
}
