/** The API, to read and to try: made of the OpenAPI document that the server makes of its schemas. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSearchParams } from "wouter";
import { api } from "../../api/client.ts";
import { Choice } from "../../ui/controls.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Empty, Loaded } from "../../ui/states.tsx";
import { groupsOf, searched, type OpenApiDocument } from "./document.ts";
import { OperationEntry } from "./operation.tsx";
import "./developers.css";

function Api({ document }: { document: OpenApiDocument }) {
  const groups = useMemo(() => groupsOf(document), [document]);
  const [address, setAddress] = useSearchParams();
  const search = address.get("search") ?? "";
  const forApps = address.get("for") === "apps";
  const change = (name: string, value: string) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === "") next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const found = searched(groups, search, { forApps });
  const many = found.reduce((sum, { operations }) => sum + operations.length, 0);
  return (
    <>
      <form className="api-search" role="search" onSubmit={(event) => event.preventDefault()}>
        <input
          className="input"
          type="search"
          aria-label="Search the API"
          placeholder="tracks tempo"
          value={search}
          onChange={(event) => change("search", event.target.value)}
        />
        <Choice
          label="Shown"
          labelHidden
          value={forApps ? "apps" : "all"}
          onChange={(value) => change("for", value === "apps" ? "apps" : "")}
          options={[
            { value: "all", label: "Everything" },
            { value: "apps", label: "What apps may" },
          ]}
        />
        <p className="muted small figures" role="status">
          {many === 1 ? "1 route" : `${many} routes`}
        </p>
      </form>
      {many === 0 && (
        <Empty title="No route has all of these words">
          <p>Search for a part of a path, a scope such as tracks:read, or the name of a field.</p>
        </Empty>
      )}
      {found.map(({ tag, operations }) => (
        <Section key={tag} title={tag.slice(0, 1).toUpperCase() + tag.slice(1)}>
          <ul className="api-operations">
            {operations.map((operation) => (
              <OperationEntry key={operation.id} operation={operation} />
            ))}
          </ul>
        </Section>
      ))}
    </>
  );
}

export function DevelopersPage() {
  const document = useQuery({
    queryKey: ["openapi"],
    queryFn: () => api.get<OpenApiDocument>("/v1/openapi.json"),
    staleTime: Infinity,
  });
  return (
    <Page
      title="Developers"
      heading="The API"
      lead="What the web app asks of this server, and what your own programs may. What you try here is asked as you, and only reads."
      back={{ to: routes.apps, label: "Connected apps" }}
      action={
        <a className="button plain" href="/v1/openapi.json">
          OpenAPI document
        </a>
      }
    >
      <Loaded query={document} what="the API">
        {(loaded) => <Api document={loaded} />}
      </Loaded>
    </Page>
  );
}
