import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { serviceWorker } from "./scripts/service-worker-plugin.ts";

/** Where `npm run dev` proxies the API to; the server itself serves dist/web. */
const serverOrigin = process.env.UPBEAT_ORIGIN ?? "http://127.0.0.1:8120";

export default defineConfig({
  root: "src/web",
  plugins: [react(), serviceWorker("src/web/service-worker/service-worker.ts")],
  build: {
    outDir: "../../dist/web",
    emptyOutDir: true,
    // The content security policy allows no data: fonts and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  server: { host: "127.0.0.1", proxy: { "/v1": serverOrigin, "/healthz": serverOrigin } },
});
