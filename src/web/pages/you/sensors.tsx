/** The sensors this browser knows, as they are now; and how both sensors and sound are measured. */
import { remembersSensors, type SensorDevice } from "#web/device/bluetooth/sensors.ts";
import { Button, LinkButton } from "../../ui/controls.tsx";
import { Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { doubtText } from "../../ui/sensor-doubt.ts";
import { AddSensor, useSensors } from "./use-sensors.tsx";

const stateTexts = { connecting: "Connecting", connected: "Connected", lost: "Not in reach" } as const;

/** Nobody moves here: only what the sensors are is shown. */
function ignore(): void {}

interface RowProps {
  readonly device: SensorDevice;
  readonly onAccept: () => void;
  readonly onForget: () => void;
}

function ignoredText(ignored: number): string {
  return ignored === 1
    ? "One of its messages could not be read and was left out."
    : `${ignored} of its messages could not be read and were left out.`;
}

function Row({ device, onAccept, onForget }: RowProps) {
  const { name, state, batteryPct, trouble, doubt, ignored } = device;
  return (
    <li className="sensor">
      <span>{name}</span>
      <span className="muted">
        {stateTexts[state]}
        {batteryPct !== null && <span className="figures"> · battery {batteryPct} %</span>}
      </span>
      <Button weight="quiet" onPress={onForget}>
        Forget<span className="visually-hidden"> {name}</span>
      </Button>
      {doubt !== null && (
        <div className="sensor-doubt" role="status">
          <p>{doubtText(name, doubt)}</p>
          <Button onPress={onAccept}>It is mine</Button>
        </div>
      )}
      {trouble !== null && <p className="muted small">{trouble}</p>}
      {ignored > 0 && <p className="muted small">{ignoredText(ignored)}</p>}
    </li>
  );
}

export function SensorsSection() {
  const sensors = useSensors(ignore);
  const devices = sensors?.devices ?? [];
  return (
    <Section title="Sensors and sound">
      {devices.length > 0 && (
        <ul className="sensors" aria-label="Sensors">
          {devices.map((device) => (
            <Row
              key={device.id}
              device={device}
              onAccept={() => sensors?.accept(device.id)}
              onForget={() => void sensors?.forget(device.id)}
            />
          ))}
        </ul>
      )}
      <p className="about muted">
        {remembersSensors()
          ? "Sensors you add stay known to this browser; a workout connects them by itself."
          : "This browser forgets sensors when the page is closed; you choose them again at each workout."}
      </p>
      <AddSensor sensors={sensors} />
      <p className="about muted">
        Wireless headphones sound late, and a crank sensor does not tell where your foot is. Tap once to the
        beat and once with your feet, and beats land on your push.
      </p>
      <div className="you-actions">
        <LinkButton icon="tap" to={routes.calibrate}>
          Tap to the beat
        </LinkButton>
        <LinkButton icon="tap" to={routes.crankAngle}>
          Tap with your feet
        </LinkButton>
      </div>
    </Section>
  );
}
