/** Before `npm start`: the web app is built when it is missing or stale. */
import { buildWebIfStale } from "./web-build.ts";

try {
  await buildWebIfStale();
} catch (error) {
  process.stderr.write(
    `The web app could not be built: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
}
