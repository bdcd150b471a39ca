/** The sensors this browser knows, held connected while a page is open. */
import { useEffect, useState } from "react";
import type { Sample } from "#domain/sensor.ts";
import { bluetoothTrouble, Sensors, type SensorDevice } from "#web/device/bluetooth/sensors.ts";
import { Button } from "../../ui/controls.tsx";

export interface OpenSensors {
  readonly devices: readonly SensorDevice[];
  readonly add: () => Promise<boolean>;
  readonly accept: (id: string) => void;
  readonly forget: (id: string) => Promise<void>;
}

/** Connected while the page is open; a workout connects them for itself. `onSample` must stay the same. */
export function useSensors(onSample: (sample: Sample) => void): OpenSensors | null {
  const [open, setOpen] = useState<OpenSensors | null>(null);
  useEffect(() => {
    const sensors = new Sensors(onSample);
    const add = () => sensors.add();
    const accept = (id: string) => sensors.accept(id);
    const forget = (id: string) => sensors.forget(id);
    const show = () => setOpen({ devices: sensors.devices, add, accept, forget });
    const unsubscribe = sensors.subscribe(show);
    show();
    void sensors.restore();
    return () => {
      unsubscribe();
      sensors.close();
    };
  }, [onSample]);
  return open;
}

export function AddSensor({ sensors }: { sensors: OpenSensors | null }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const add = async () => {
    try {
      setTrouble(null);
      await sensors?.add();
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <div className="you-actions">
        <Button icon="sensor" onPress={() => void add()} disabledReason={bluetoothTrouble()}>
          Add a sensor
        </Button>
      </div>
      <p role="alert">{trouble}</p>
    </>
  );
}
