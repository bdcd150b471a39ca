import { LinkButton } from "../ui/controls.tsx";
import { Page } from "../ui/page.tsx";
import { routes } from "../ui/routes.ts";

export function NotFoundPage() {
  return (
    <Page title="There is nothing here" lead="The address may be mistyped, or what it named was deleted.">
      <div>
        <LinkButton to={routes.today}>Go to Today</LinkButton>
      </div>
    </Page>
  );
}
