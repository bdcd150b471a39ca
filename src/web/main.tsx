import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@fontsource-variable/instrument-sans";
import "@fontsource-variable/geist";
import "./style/tokens.css";
import "./style/base.css";
import "./style/print.css";
import "./style/print.css";
import { App } from "./app.tsx";
import { keepAppShell } from "./device/app-shell.ts";
import { showStoredTheme } from "./ui/theme.ts";

keepAppShell();
showStoredTheme();
const root = document.getElementById("root");
if (root === null) throw new Error("The page has no #root.");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
