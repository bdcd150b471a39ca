import assert from "node:assert/strict";
import { test } from "node:test";
import type { RawNotification } from "#domain/sensor.ts";
import { type SensorIdentity, untold } from "./known-sensors.ts";
import { retryDelayMs, SensorLink, uuidOf } from "./sensor-link.ts";
import type { LinkedSensor } from "./sensor-link.ts";

class FakeCharacteristic extends EventTarget {
  readonly uuid = uuidOf("2a5b");
  readonly properties = { notify: true, indicate: false, read: false };
  value: DataView | undefined;
  async startNotifications() {}
  send(bytes: readonly number[]) {
    this.value = new DataView(Uint8Array.from([9, ...bytes]).buffer, 1);
    this.dispatchEvent(new Event("characteristicvaluechanged"));
  }
}

/** A sensor that connects while `inReach`; every connection has a characteristic of its own. */
class FakeDevice extends EventTarget {
  readonly id = "d1";
  readonly name = "Crank";
  inReach = true;
  attempts = 0;
  /** What its information service tells, by characteristic; none without a service. */
  information: Readonly<Record<string, string>> | null = null;
  characteristic = new FakeCharacteristic();
  readonly gatt = {
    connect: async () => {
      this.attempts += 1;
      if (!this.inReach) throw new Error("out of reach");
      this.characteristic = new FakeCharacteristic();
      const { characteristic } = this;
      const service = { uuid: uuidOf("1816"), getCharacteristics: async () => [characteristic] };
      const told = Object.entries(this.information ?? {}).map(([uuid, text]) => ({
        uuid: uuidOf(uuid),
        properties: { notify: false, indicate: false, read: true },
        readValue: async () => new DataView(new TextEncoder().encode(text).buffer),
      }));
      const information = { uuid: uuidOf("180a"), getCharacteristics: async () => told };
      const more = this.information === null ? [] : [information];
      return { getPrimaryServices: async () => [service, ...more, { uuid: uuidOf("1800") }] };
    },
    disconnect: () => {},
  };
  drop() {
    this.dispatchEvent(new Event("gattserverdisconnected"));
  }
}

function open(device: FakeDevice) {
  const notifications: RawNotification[] = [];
  const states: string[] = [];
  const identities: SensorIdentity[] = [];
  const link = new SensorLink(device, {
    onNotification: (notification) => notifications.push(notification),
    onIdentity: (identity) => identities.push(identity),
    onChange: ({ state }: LinkedSensor) => states.push(state),
  });
  return { link, notifications, states, identities };
}

/** Lets promises that are already decided run. */
async function settle() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

test("a notification is passed on with its sensor, characteristic and exactly its bytes", async () => {
  const device = new FakeDevice();
  const { link, notifications } = open(device);
  await settle();
  assert.equal(link.state.state, "connected");
  device.characteristic.send([2, 1, 0, 0, 4]);
  assert.deepEqual(
    { ...notifications[0], tMs: 0 },
    {
      tMs: 0,
      sensor: "d1",
      characteristic: "2a5b",
      bytes: Uint8Array.from([2, 1, 0, 0, 4]),
    },
  );
  link.close();
});

test("at every connection it is told first what the device says it is", async () => {
  const device = new FakeDevice();
  const plain = open(device);
  await settle();
  assert.deepEqual(plain.identities, [untold]);
  plain.link.close();
  device.information = { "2a29": "Acme\0", "2a24": " C1 ", "2a26": "firmware 3", "2a27": "x".repeat(500) };
  const { link, identities } = open(device);
  await settle();
  assert.deepEqual(identities, [
    { manufacturer: "Acme", model: "C1", hardware: "x".repeat(80), serial: null },
  ]);
  link.close();
});

test("a lost sensor is tried again until it is back, soon and then every two seconds at most", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const device = new FakeDevice();
  const { link, states, notifications } = open(device);
  await settle();
  const old = device.characteristic;
  device.inReach = false;
  device.drop();
  assert.equal(link.state.state, "lost");
  for (let step = 0; step < 30; step++) {
    t.mock.timers.tick(1_000);
    await settle();
  }
  assert.ok(device.attempts > 12, `${device.attempts} attempts in 30 s`);
  device.inReach = true;
  for (let step = 0; step < 3; step++) {
    t.mock.timers.tick(1_000);
    await settle();
  }
  assert.equal(link.state.state, "connected");
  assert.deepEqual([...new Set(states)], ["connected", "lost"]);
  old.send([1]); // what an earlier connection still says is not heard
  assert.equal(notifications.length, 0);
  link.close();
});

test("after it is closed nothing is tried or passed on", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const device = new FakeDevice();
  const { link, notifications } = open(device);
  await settle();
  link.close();
  device.drop();
  device.characteristic.send([1]);
  t.mock.timers.tick(60_000);
  await settle();
  assert.equal(device.attempts, 1);
  assert.equal(notifications.length, 0);
});

test("waits grow from a quarter of a second to two seconds", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 50].map(retryDelayMs), [250, 500, 1_000, 2_000, 2_000, 2_000]);
});
