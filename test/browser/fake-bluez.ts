/**
 * A BlueZ that is not there: `org.bluez` on a private D-Bus, with sensors that can be chosen, connected, subscribed to
 * and lost. Chromium on Linux speaks to it as to the real one, so pages are tested through real Web Bluetooth.
 * Interfaces and signatures: BlueZ doc/org.bluez.{Adapter,Device,GattService,GattCharacteristic}.rst.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import dbus from "dbus-next";

const { Message, Variant } = dbus;

export interface FakeSensor {
  readonly address: string;
  readonly name: string;
  /** 16-bit numbers in hex: the one service that counts and its one characteristic, which notifies. */
  readonly service: string;
  readonly characteristic: string;
  /** What its Device Information service tells, by 16-bit number; without it there is no such service. */
  readonly information?: Readonly<Record<string, string>>;
}

type Properties = Record<string, dbus.Variant>;
type Interfaces = Record<string, Properties>;

const adapterPath = "/org/bluez/hci0";
const interfaceOf = {
  adapter: "org.bluez.Adapter1",
  device: "org.bluez.Device1",
  service: "org.bluez.GattService1",
  characteristic: "org.bluez.GattCharacteristic1",
  descriptor: "org.bluez.GattDescriptor1",
  properties: "org.freedesktop.DBus.Properties",
  manager: "org.freedesktop.DBus.ObjectManager",
};

const busConfig = (
  socket: string,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>custom</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;

function uuid(assigned: string): string {
  return `0000${assigned}-0000-1000-8000-00805f9b34fb`;
}

function devicePath({ address }: FakeSensor): string {
  return `${adapterPath}/dev_${address.replaceAll(":", "_")}`;
}

function informationPath(sensor: FakeSensor): string {
  return `${devicePath(sensor)}/service0010`;
}

function characteristicPath(sensor: FakeSensor): string {
  return `${devicePath(sensor)}/service0001/char0002`;
}

export class FakeBluez {
  /** For the environment of Chromium: DBUS_SYSTEM_BUS_ADDRESS. */
  readonly busAddress: string;
  readonly #daemon: ChildProcess;
  readonly #bus: dbus.MessageBus;
  readonly #sensors: readonly FakeSensor[];
  readonly #objects: Record<string, Interfaces> = {};
  readonly #notifying = new Set<string>();
  readonly #waiting = new Map<string, (() => void)[]>();
  /** Sensors that are out of reach: neither seen nor connectable. */
  readonly #away = new Set<string>();

  private constructor(
    busAddress: string,
    daemon: ChildProcess,
    bus: dbus.MessageBus,
    sensors: readonly FakeSensor[],
  ) {
    this.busAddress = busAddress;
    this.#daemon = daemon;
    this.#bus = bus;
    this.#sensors = sensors;
    this.#objects["/org/bluez"] = { "org.bluez.AgentManager1": {}, "org.bluez.ProfileManager1": {} };
    this.#objects[adapterPath] = adapterInterfaces();
    bus.addMethodHandler((message: dbus.Message) => this.#answer(message));
  }

  /** Starts a bus in `folder` and owns org.bluez on it. */
  static async start(folder: string, sensors: readonly FakeSensor[]): Promise<FakeBluez> {
    const socket = path.join(folder, "bus.sock");
    const config = path.join(folder, "bus.conf");
    await writeFile(config, busConfig(socket));
    const daemon = spawn(
      "dbus-daemon",
      [`--config-file=${config}`, "--nofork", "--nopidfile", "--print-address"],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await once(daemon.stdout, "data"); // the address is printed once it listens
    const busAddress = `unix:path=${socket}`;
    const bus = dbus.sessionBus({ busAddress });
    const bluez = new FakeBluez(busAddress, daemon, bus, sensors);
    await bus.requestName("org.bluez", 0);
    return bluez;
  }

  /** Resolves once the page listens to this sensor. */
  async subscribed(sensor: FakeSensor): Promise<void> {
    const at = characteristicPath(sensor);
    if (this.#notifying.has(at)) return;
    await new Promise<void>((resolve) => {
      this.#waiting.set(at, [...(this.#waiting.get(at) ?? []), resolve]);
    });
  }

  /** Sends a notification, as a sensor does; nobody hears it while the page is not subscribed. */
  notify(sensor: FakeSensor, bytes: Uint8Array): void {
    const at = characteristicPath(sensor);
    if (!this.#notifying.has(at)) return;
    this.#change(at, interfaceOf.characteristic, { Value: new Variant("ay", Buffer.from(bytes)) });
  }

  /** The sensor goes out of reach, as when its battery falls out. */
  lose(sensor: FakeSensor): void {
    this.#away.add(sensor.address);
    this.#disconnect(sensor);
  }

  /** It is in reach again. */
  bringBack(sensor: FakeSensor): void {
    this.#away.delete(sensor.address);
  }

  async stop(): Promise<void> {
    this.#notifying.clear();
    this.#bus.disconnect();
    const gone = once(this.#daemon, "exit");
    this.#daemon.kill();
    await gone;
  }

  #signal(at: string, name: string, member: string, signature: string, body: unknown[]): void {
    this.#bus.send(Message.newSignal(at, name, member, signature, body));
  }

  #change(at: string, name: string, changed: Properties): void {
    const object = this.#objects[at];
    if (object === undefined) return;
    object[name] = { ...object[name], ...changed };
    this.#signal(at, interfaceOf.properties, "PropertiesChanged", "sa{sv}as", [name, changed, []]);
  }

  #add(at: string, interfaces: Interfaces): void {
    this.#objects[at] = interfaces;
    this.#signal("/", interfaceOf.manager, "InterfacesAdded", "oa{sa{sv}}", [at, interfaces]);
  }

  #remove(at: string): void {
    const interfaces = this.#objects[at];
    if (interfaces === undefined) return;
    delete this.#objects[at];
    this.#signal("/", interfaceOf.manager, "InterfacesRemoved", "oas", [at, Object.keys(interfaces)]);
  }

  #answer(message: dbus.Message): boolean {
    const reply = (signature = "", body: unknown[] = []) => {
      this.#bus.send(Message.newMethodReturn(message, signature, body));
      return true;
    };
    const refuse = (name: string, text: string) => {
      // The package's types take the reply's text for its first argument; it is the message replied to.
      this.#bus.send(Message.newError(message as unknown as string, name, text));
      return true;
    };
    const { path: at, member, body } = message;
    const sensor = this.#sensors.find((candidate) => devicePath(candidate) === at);
    switch (member) {
      case "GetManagedObjects":
        return reply("a{oa{sa{sv}}}", [this.#objects]);
      case "GetAll":
        return reply("a{sv}", [this.#objects[at]?.[String(body[0])] ?? {}]);
      case "Get": {
        const value = this.#objects[at]?.[String(body[0])]?.[String(body[1])];
        return value === undefined
          ? refuse("org.freedesktop.DBus.Error.UnknownProperty", "none")
          : reply("v", [value]);
      }
      case "Set":
        this.#change(at, String(body[0]), { [String(body[1])]: body[2] as dbus.Variant });
        return reply();
      case "StartDiscovery":
        reply();
        this.#discover();
        return true;
      case "StopDiscovery":
        reply();
        this.#change(adapterPath, interfaceOf.adapter, { Discovering: new Variant("b", false) });
        return true;
      case "Connect":
        if (sensor === undefined || this.#away.has(sensor.address))
          return refuse("org.bluez.Error.Failed", "away");
        // Chromium asks for the services at once when it hears of the connection: say so before the call returns.
        this.#change(at, interfaceOf.device, { Connected: new Variant("b", true) });
        reply();
        this.#offerServices(sensor);
        return true;
      case "Disconnect":
        reply();
        if (sensor !== undefined) this.#disconnect(sensor);
        return true;
      case "ReadValue":
        return reply("ay", [
          this.#objects[at]?.[interfaceOf.characteristic]?.["Value"]?.value ?? Buffer.from([]),
        ]);
      case "StartNotify":
        reply();
        this.#change(at, interfaceOf.characteristic, { Notifying: new Variant("b", true) });
        this.#notifying.add(at);
        for (const resolve of this.#waiting.get(at) ?? []) resolve();
        this.#waiting.delete(at);
        return true;
      case "StopNotify":
        reply();
        this.#notifying.delete(at);
        return true;
      default:
        return reply();
    }
  }

  #discover(): void {
    this.#change(adapterPath, interfaceOf.adapter, { Discovering: new Variant("b", true) });
    for (const sensor of this.#sensors) {
      if (this.#away.has(sensor.address)) continue;
      const at = devicePath(sensor);
      if (this.#objects[at] === undefined) this.#add(at, deviceInterfaces(sensor));
      else this.#change(at, interfaceOf.device, { RSSI: new Variant("n", -50) });
    }
  }

  #offerServices(sensor: FakeSensor): void {
    const device = devicePath(sensor);
    const service = `${device}/service0001`;
    const characteristic = characteristicPath(sensor);
    this.#add(service, {
      [interfaceOf.service]: {
        UUID: new Variant("s", uuid(sensor.service)),
        Primary: new Variant("b", true),
        Device: new Variant("o", device),
        Includes: new Variant("ao", []),
      },
    });
    this.#add(characteristic, {
      [interfaceOf.characteristic]: {
        UUID: new Variant("s", uuid(sensor.characteristic)),
        Service: new Variant("o", service),
        Value: new Variant("ay", Buffer.from([])),
        Notifying: new Variant("b", false),
        Flags: new Variant("as", ["notify", "read"]),
        MTU: new Variant("q", 517),
      },
    });
    this.#add(`${characteristic}/desc0003`, {
      [interfaceOf.descriptor]: {
        UUID: new Variant("s", uuid("2902")), // client characteristic configuration: what makes it notify
        Characteristic: new Variant("o", characteristic),
        Value: new Variant("ay", Buffer.from([])),
      },
    });
    this.#offerInformation(sensor);
    this.#change(device, interfaceOf.device, { ServicesResolved: new Variant("b", true) });
  }

  #offerInformation(sensor: FakeSensor): void {
    if (sensor.information === undefined) return;
    const service = informationPath(sensor);
    this.#add(service, {
      [interfaceOf.service]: {
        UUID: new Variant("s", uuid("180a")),
        Primary: new Variant("b", true),
        Device: new Variant("o", devicePath(sensor)),
        Includes: new Variant("ao", []),
      },
    });
    for (const [assigned, text] of Object.entries(sensor.information)) {
      this.#add(`${service}/char${assigned}`, {
        [interfaceOf.characteristic]: {
          UUID: new Variant("s", uuid(assigned)),
          Service: new Variant("o", service),
          Value: new Variant("ay", Buffer.from(text)),
          Notifying: new Variant("b", false),
          Flags: new Variant("as", ["read"]),
          MTU: new Variant("q", 517),
        },
      });
    }
  }

  #disconnect(sensor: FakeSensor): void {
    const device = devicePath(sensor);
    const characteristic = characteristicPath(sensor);
    this.#notifying.delete(characteristic);
    const off = { Connected: new Variant("b", false), ServicesResolved: new Variant("b", false) };
    this.#change(device, interfaceOf.device, off);
    const offered = [`${characteristic}/desc0003`, characteristic, `${device}/service0001`];
    const information = informationPath(sensor);
    const told = Object.keys(this.#objects).filter((at) => at.startsWith(`${information}/`));
    for (const at of [...offered, ...told, information]) this.#remove(at);
  }
}

function adapterInterfaces(): Interfaces {
  return {
    [interfaceOf.adapter]: {
      Address: new Variant("s", "00:00:00:00:00:01"),
      AddressType: new Variant("s", "public"),
      Name: new Variant("s", "fake"),
      Alias: new Variant("s", "fake"),
      Class: new Variant("u", 0),
      Powered: new Variant("b", true),
      Discoverable: new Variant("b", false),
      DiscoverableTimeout: new Variant("u", 0),
      Pairable: new Variant("b", true),
      PairableTimeout: new Variant("u", 0),
      Discovering: new Variant("b", false),
      UUIDs: new Variant("as", []),
      Modalias: new Variant("s", "usb:v1D6Bp0246d0540"),
      Roles: new Variant("as", ["central"]),
    },
    "org.bluez.GattManager1": {},
    "org.bluez.LEAdvertisingManager1": {
      SupportedInstances: new Variant("y", 4),
      ActiveInstances: new Variant("y", 0),
    },
  };
}

function deviceInterfaces({ address, name, service }: FakeSensor): Interfaces {
  return {
    [interfaceOf.device]: {
      Address: new Variant("s", address),
      AddressType: new Variant("s", "random"),
      Name: new Variant("s", name),
      Alias: new Variant("s", name),
      Paired: new Variant("b", false),
      Trusted: new Variant("b", false),
      Blocked: new Variant("b", false),
      LegacyPairing: new Variant("b", false),
      Connected: new Variant("b", false),
      ServicesResolved: new Variant("b", false),
      UUIDs: new Variant("as", [uuid(service)]),
      RSSI: new Variant("n", -50),
      Adapter: new Variant("o", adapterPath),
    },
  };
}
