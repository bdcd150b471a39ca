import assert from "node:assert/strict";
import { test } from "node:test";
import type { RawNotification } from "#domain/sensor.ts";
import { retryDelayMs, SensorLink, uuidOf } from "./sensor-link.ts";
import type { SensorDevice } from "./sensor-link.ts";

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
  characteristic = new FakeCharacteristic();
  readonly gatt = {
    connect: async () => {
      this.attempts += 1;
      if (!this.inReach) throw new Error("out of reach");
      this.characteristic = new FakeCharacteristic();
      const { characteristic } = this;
      const service = { uuid: uuidOf("1816"), getCharacteristics: async () => [characteristic] };
      return { getPrimaryServices: async () => [service, { uuid: uuidOf("1800") }] };
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
  const link = new SensorLink(device, {
    onNotification: (notification) => notifications.push(notification),
    onChange: ({ state }: SensorDevice) => states.push(state),
  });
  return { link, notifications, states };
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
