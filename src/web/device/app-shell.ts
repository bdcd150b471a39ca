/** Has the browser keep the app shell (see src/web/service-worker). Not in development, where files change under their names. */
export function keepAppShell(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("/service-worker.js").catch(() => {
    // Not a secure context, or refused by the browser's settings: the app works, but not without the server.
  });
}
