import { useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { apiPaths } from "../../api/paths.ts";
import { useAthlete, useSession } from "../../api/queries.ts";
import { Button, Choice, LinkButton } from "../../ui/controls.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Loaded } from "../../ui/states.tsx";
import { setTheme, useTheme } from "../../ui/theme.ts";
import { AthleteForm } from "./athlete-form.tsx";
import { SensorsSection } from "./sensors.tsx";
import "./you.css";

function Appearance() {
  return (
    <Section title="Appearance">
      <Choice
        label="Theme"
        labelHidden
        value={useTheme()}
        onChange={setTheme}
        options={[
          { value: "system", label: "As the system" },
          { value: "dark", label: "Dark" },
          { value: "light", label: "Light" },
        ]}
      />
    </Section>
  );
}

function SignOut() {
  const client = useQueryClient();
  const signOut = async () => {
    await api.delete(apiPaths.session);
    client.clear();
    location.reload();
  };
  return (
    <div>
      <Button onPress={() => void signOut()}>Sign out</Button>
    </div>
  );
}

export function YouPage() {
  const athlete = useAthlete();
  const session = useSession().data;
  return (
    <Page title="You" lead="What Upbeat assumes about you. Every target and every summary reads it.">
      <Section title="Athlete">
        <Loaded query={athlete} what="your profile">
          {(profile) => <AthleteForm profile={profile} />}
        </Loaded>
      </Section>
      <SensorsSection />
      <Appearance />
      <Section title="Your data">
        <p className="about">
          Workouts stay on this server, sealed with a key of your own before they touch its disk. Nothing
          leaves it unless you take it: each workout can be downloaded as a FIT file or deleted on its page.
        </p>
        <div className="you-actions">
          <LinkButton to={routes.consent}>What Upbeat may do</LinkButton>
          <LinkButton to={routes.apps}>Connected apps</LinkButton>
          {session?.passwordSet === true && <SignOut />}
        </div>
      </Section>
    </Page>
  );
}
