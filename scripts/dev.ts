/** `npm run dev`: the server, restarted when its code changes, and Vite in front of it with pages that reload live. */
import { spawn } from "node:child_process";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { createServer, type Plugin } from "vite";

const root = join(import.meta.dirname, "..");
const port = 8120;
const origin = `http://127.0.0.1:${port}`;

/** Passes on the cookie that the server's own start page sets; none while the server is not up yet. */
async function takeSession(cookie: string, response: ServerResponse): Promise<void> {
  try {
    const page = await fetch(origin, { headers: { cookie } });
    response.setHeader("set-cookie", page.headers.getSetCookie());
  } catch {
    process.stderr.write("The server is not ready yet: reload the page in a moment.\n");
  }
}

/** Vite sends the pages here, so it also passes on the session that the server's own start page would give. */
const ownersSession: Plugin = {
  name: "owners-session",
  configureServer(vite) {
    vite.middlewares.use((request, response, next) => {
      const asksForPage = request.headers.accept?.includes("text/html") === true;
      const ready = asksForPage ? takeSession(request.headers.cookie ?? "", response) : Promise.resolve();
      void ready.finally(next);
    });
  },
};

const serve = ["--watch", "--watch-preserve-output", "src/cli/upbeat.ts", "serve", "--port", String(port)];
const server = spawn(process.execPath, [...serve, ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
process.env.UPBEAT_ORIGIN = origin;
const pages = await createServer({
  configFile: join(root, "vite.config.ts"),
  plugins: [ownersSession],
});
await pages.listen();
pages.printUrls();

async function stop(): Promise<void> {
  server.kill("SIGTERM");
  await pages.close();
}
process.once("SIGINT", () => void stop());
process.once("SIGTERM", () => void stop());
