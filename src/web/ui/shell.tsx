/** What stays around the pages: a rail on wide screens, a bar at the bottom of narrow ones. */
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { CrankMark } from "./crank/crank.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { routes } from "./routes.ts";
import "./shell.css";

const places: readonly { to: string; label: string; icon: IconName }[] = [
  { to: routes.today, label: "Today", icon: "today" },
  { to: routes.classes(), label: "Classes", icon: "classes" },
  { to: routes.history, label: "History", icon: "history" },
  { to: routes.music, label: "Music", icon: "music" },
  { to: routes.you, label: "You", icon: "you" },
];

function isUnder(location: string, to: string): boolean {
  return location === to || location.startsWith(`${to}/`);
}

function isHere(location: string, to: string): boolean {
  if (to === routes.today) return location === to;
  // Programmes are reached from the classes and lead back there.
  return isUnder(location, to) || (to === routes.classes() && isUnder(location, routes.programmes));
}

export function Shell({ children }: { children: ReactNode }) {
  const [location] = useLocation();
  return (
    <div className="shell">
      <a className="skip" href="#content">
        Skip to content
      </a>
      <nav className="rail" aria-label="Upbeat">
        <Link href={routes.today} className="brand" aria-label="Upbeat, today">
          <CrankMark size={30} />
          <span aria-hidden="true">Upbeat</span>
        </Link>
        <ul>
          {places.map(({ to, label, icon }) => (
            <li key={to}>
              <Link href={to} className="place" aria-current={isHere(location, to) ? "page" : undefined}>
                <Icon name={icon} />
                <span>{label}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
