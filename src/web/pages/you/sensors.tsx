/** The sensors this browser knows, as they are now; and the delay of what one listens with. */
import { useEffect, useState } from "react";
import {
  bluetoothTrouble,
  remembersSensors,
  Sensors,
  type SensorDevice,
} from "#web/device/bluetooth/sensors.ts";
import { Button, LinkButton } from "../../ui/controls.tsx";
import { Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";

const stateTexts = { connecting: "Connecting", connected: "Connected", lost: "Not in reach" } as const;

interface OpenSensors {
  readonly devices: readonly SensorDevice[];
  readonly add: () => Promise<boolean>;
  readonly forget: (id: string) => Promise<void>;
}

/** Connected while the page is open; a workout connects them for itself. */
function useSensors(): OpenSensors | null {
  const [open, setOpen] = useState<OpenSensors | null>(null);
  useEffect(() => {
    const sensors = new Sensors(() => {}); // nobody moves here: only what they are is shown
    const add = () => sensors.add();
    const forget = (id: string) => sensors.forget(id);
    const show = () => setOpen({ devices: sensors.devices, add, forget });
    const unsubscribe = sensors.subscribe(show);
    show();
    void sensors.restore();
    return () => {
      unsubscribe();
      sensors.close();
    };
  }, []);
  return open;
}

function Row({ device, onForget }: { device: SensorDevice; onForget: () => void }) {
  const { name, state, batteryPct, trouble } = device;
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
      {trouble !== null && <p className="muted small">{trouble}</p>}
    </li>
  );
}

export function SensorsSection() {
  const sensors = useSensors();
  const [trouble, setTrouble] = useState<string | null>(null);
  const add = async () => {
    try {
      setTrouble(null);
      await sensors?.add();
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  };
  const devices = sensors?.devices ?? [];
  return (
    <Section title="Sensors and sound">
      {devices.length > 0 && (
        <ul className="sensors" aria-label="Sensors">
          {devices.map((device) => (
            <Row key={device.id} device={device} onForget={() => void sensors?.forget(device.id)} />
          ))}
        </ul>
      )}
      <p className="about muted">
        {remembersSensors()
          ? "Sensors you add stay known to this browser; a workout connects them by itself."
          : "This browser forgets sensors when the page is closed; you choose them again at each workout."}
      </p>
      <div className="you-actions">
        <Button icon="sensor" onPress={() => void add()} disabledReason={bluetoothTrouble()}>
          Add a sensor
        </Button>
      </div>
      <p role="alert">{trouble}</p>
      <p className="about muted">
        Wireless headphones sound late. Tap to the beat once, and the music is played that much earlier.
      </p>
      <div>
        <LinkButton icon="tap" to={routes.calibrate}>
          Tap to the beat
        </LinkButton>
      </div>
    </Section>
  );
}
