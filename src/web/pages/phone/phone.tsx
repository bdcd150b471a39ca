/** Bringing a phone or tablet in: it has to trust this server before it lets sensors speak to it. */
import type { TrustAnswer } from "#protocol/api/trust.ts";
import { useSession } from "../../api/queries.ts";
import { useTrust } from "../../api/trust.ts";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Loaded } from "../../ui/states.tsx";
import { QrCode } from "./qr-code.tsx";
import "./phone.css";

type Authority = NonNullable<TrustAnswer["authority"]>;

function Fingerprint({ of }: { of: string }) {
  const groups = of.split(":");
  return (
    <p className="fingerprint">
      {groups.slice(0, 16).join(" ")}
      <br />
      {groups.slice(16).join(" ")}
    </p>
  );
}

function Steps({ authority }: { authority: Authority }) {
  const { name, fingerprint, expiresAtMs, addresses, trustAddresses } = authority;
  const [trustAddress = "", ...others] = trustAddresses;
  return (
    <>
      <Section title="1. Trust this server, once">
        <div className="phone-step">
          <QrCode text={trustAddress} label={`QR code of ${trustAddress}`} />
          <div className="phone-words">
            <p>
              Point the camera at the code, or open <a href={trustAddress}>{trustAddress}</a> there. The page
              gives you the certificate of this server and says where your device keeps it.
            </p>
            <p>Before you install it, compare its SHA-256 fingerprint with this one:</p>
            <Fingerprint of={fingerprint} />
            <p className="muted small">
              “{name}” can vouch for machines of your own network and for nothing on the internet. It is good
              until {new Date(expiresAtMs).toLocaleDateString(undefined, { dateStyle: "long" })}.
            </p>
            {others.length > 0 && (
              <p className="muted small">Should the address not answer, try {others.join(" or ")}.</p>
            )}
          </div>
        </div>
      </Section>
      <Section title="2. Open Upbeat there">
        <div className="phone-step">
          <QrCode text={addresses[0] ?? ""} label={`QR code of ${addresses[0]}`} />
          <div className="phone-words">
            <p>
              <a href={addresses[0]}>{addresses[0]}</a>, and sign in. Sensors connect in Chrome on Android;
              the browsers of iPhones have no Web Bluetooth, they follow by motion or tapping.
            </p>
          </div>
        </div>
      </Section>
    </>
  );
}

function NotServed() {
  const isOwner = useSession().data?.role === "owner";
  return (
    <Section title="This server serves this machine only">
      {isOwner ? (
        <>
          <p>
            To let other devices of your network in, set a password, then start it so that it listens to them:
          </p>
          <pre className="command">npm run --silent upbeat -- password{"\n"}npm start -- --host 0.0.0.0</pre>
          <p className="muted">
            It then speaks TLS, with a certificate of its own that this page helps you to trust.
          </p>
        </>
      ) : (
        <p>The owner of this server can open it to other devices.</p>
      )}
    </Section>
  );
}

export function PhonePage() {
  const trust = useTrust();
  return (
    <Page
      title="Use a phone"
      lead="A phone or tablet of your network, on the handlebar or in your hand."
      back={{ to: routes.you, label: "You" }}
    >
      <Loaded query={trust} what="the addresses">
        {({ authority }) => (authority === null ? <NotServed /> : <Steps authority={authority} />)}
      </Loaded>
    </Page>
  );
}
