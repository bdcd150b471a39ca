import { useAthlete } from "../../api/queries.ts";
import { Choice } from "../../ui/controls.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { setTheme, useTheme } from "../../ui/theme.ts";
import { AthleteForm } from "./athlete-form.tsx";
import { RetentionSection } from "./retention.tsx";
import { SensorsSection } from "./sensors.tsx";
import { YourData } from "./your-data.tsx";
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

export function YouPage() {
  const athlete = useAthlete();
  return (
    <Page title="You" lead="What Upbeat assumes about you. Every target and every summary reads it.">
      <Section title="Athlete">
        <Loaded query={athlete} what="your profile">
          {(profile) => <AthleteForm profile={profile} />}
        </Loaded>
      </Section>
      <SensorsSection />
      <Appearance />
      <RetentionSection />
      <YourData />
    </Page>
  );
}
