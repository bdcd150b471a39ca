/** Offers the calibration to whom it is worth it: wireless headphones whose delay is not known yet. */
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { delayOf, outputDevice, type OutputDevice } from "#web/device/audio/output-delay.ts";
import { routes } from "../../ui/routes.ts";

export function WirelessHint() {
  const [output, setOutput] = useState<OutputDevice | null>(null);
  useEffect(() => void outputDevice().then(setOutput), []);
  if (output?.likelyWireless !== true || delayOf(output) !== null) return null;
  return (
    <p className="muted small">
      {output.name} sounds late, as all wireless headphones do.{" "}
      <Link href={routes.calibrate}>Tap to the beat once</Link>, and beats land on your strokes.
    </p>
  );
}
