/** Dark, light, or what the system says; kept in this browser. */
import { useSyncExternalStore } from "react";

export type Theme = "system" | "dark" | "light";
export const themes = ["system", "dark", "light"] as const satisfies readonly Theme[];

const storageKey = "upbeat.theme";
const listeners = new Set<() => void>();

function storedTheme(): Theme {
  const stored = localStorage.getItem(storageKey);
  return stored === "dark" || stored === "light" ? stored : "system";
}

function show(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(storageKey, theme);
  show(theme);
  for (const listener of listeners) listener();
}

/** Before the first render, so that no wrong theme flashes. */
export function showStoredTheme(): void {
  show(storedTheme());
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, storedTheme);
}
