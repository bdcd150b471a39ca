/** The sensors this browser knows, held connected while a page is open. */
import { useEffect, useState } from "react";
import type { RawNotification } from "#domain/sensor.ts";
import { bluetoothTrouble, Sensors, type SensorDevice } from "#web/device/bluetooth/sensors.ts";
import { Button } from "../../ui/controls.tsx";

export interface OpenSensors {
  readonly devices: readonly SensorDevice[];
  readonly add: () => Promise<boolean>;
  readonly forget: (id: string) => Promise<void>;
}

/** Connected while the page is open; a workout connects them for itself. `onNotification` must stay the same. */
export function useSensors(onNotification: (notification: RawNotification) => void): OpenSensors | null {
  const [open, setOpen] = useState<OpenSensors | null>(null);
  useEffect(() => {
    const sensors = new Sensors(onNotification);
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
  }, [onNotification]);
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
