/** Where no sensor may be paired: the owner names networks, such as the one at work. */
import { useState, type FormEvent } from "react";
import type { PairingAnswer } from "#protocol/api/pairing.ts";
import { messageOf } from "../../api/client.ts";
import { useForbidNetworks, usePairing } from "../../api/pairing.ts";
import { Button } from "../../ui/controls.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Loaded, Note } from "../../ui/states.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { rangeOf, troubleWithNetwork } from "./network.ts";
import "./networks.css";

/** What was done last, and the list as it was before. */
interface Done {
  readonly text: string;
  readonly before: readonly string[];
}

function Networks({
  networks,
  onRemove,
}: {
  networks: readonly string[];
  onRemove: (network: string) => void;
}) {
  if (networks.length === 0) return <p className="muted">None: sensors may be paired everywhere.</p>;
  return (
    <ul className="networks" aria-label="Networks without pairing">
      {networks.map((network) => (
        <li key={network}>
          <p>
            <span className="figures">{network}</span>
            <span className="muted small"> {rangeOf(network)}</span>
          </p>
          <Button weight="quiet" onPress={() => onRemove(network)}>
            Allow again<span className="visually-hidden"> in {network}</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}

function AddNetwork({ networks, onAdd }: { networks: readonly string[]; onAdd: (network: string) => void }) {
  const [text, setText] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = troubleWithNetwork(text, networks);
    setTrouble(wrong);
    if (wrong !== null) return;
    onAdd(text.trim());
    setText("");
  };
  return (
    <form className="network-form" onSubmit={onSubmit} noValidate>
      <TextField
        label="Network"
        hint="Its address, a slash, and how many bits are fixed: 10.1.0.0/16 or 2001:db8::/32."
        autoComplete="off"
        value={text}
        onChange={setText}
      />
      {trouble !== null && <p role="alert">{trouble}</p>}
      <div>
        <Button submit>Forbid pairing there</Button>
      </div>
    </form>
  );
}

/** Where this browser is, so that nobody forbids it to themselves unawares. */
function Here({ yourAddress, isForbiddenHere }: PairingAnswer) {
  return isForbiddenHere ? (
    <Note>
      This browser comes from <span className="figures">{yourAddress}</span>, which is in one of these
      networks: from its next page on it pairs no sensor.
    </Note>
  ) : (
    <p className="muted small">
      This browser comes from <span className="figures">{yourAddress}</span>, where pairing is allowed. Behind
      a proxy that is the proxy’s address.
    </p>
  );
}

function Editor({ settings }: { settings: PairingAnswer }) {
  const networks = settings.forbiddenNetworks;
  const forbid = useForbidNetworks();
  const [done, setDone] = useState<Done | null>(null);
  const replace = (next: readonly string[], text: string) =>
    forbid.mutate(next, { onSuccess: () => setDone({ text, before: networks }) });
  const undo = ({ before }: Done) => forbid.mutate(before, { onSuccess: () => setDone(null) });
  return (
    <>
      <Section title="Networks without pairing">
        <Networks
          networks={networks}
          onRemove={(network) =>
            replace(
              networks.filter((other) => other !== network),
              `Pairing is allowed in ${network} again.`,
            )
          }
        />
        <div role="status">
          {done !== null && (
            <Note>
              <p>{done.text}</p>
              <Button busy={forbid.isPending} onPress={() => undo(done)}>
                Undo
              </Button>
            </Note>
          )}
        </div>
        {forbid.error !== null && <p role="alert">{messageOf(forbid.error)}</p>}
        <Here {...settings} />
      </Section>
      <Section title="Add a network">
        <AddNetwork
          networks={networks}
          onAdd={(network) => replace([...networks, network], `Pairing is forbidden in ${network}.`)}
        />
      </Section>
    </>
  );
}

export function NetworksPage() {
  const pairing = usePairing();
  return (
    <Page
      title="Where sensors may be paired"
      lead="Browsers in the networks you name are told not to offer Bluetooth, at work for instance. Workouts run there all the same, without sensors. Everywhere else nothing changes."
      back={{ to: routes.you, label: "You" }}
    >
      <Loaded query={pairing} what="the networks">
        {(settings) => <Editor settings={settings} />}
      </Loaded>
      <p className="about muted">
        It holds from the next page a browser opens; one that is open with a sensor keeps it until then. It
        binds browsers that keep to the rules of the web, and no others: it is a rule of the house, not a
        wall.
      </p>
    </Page>
  );
}
