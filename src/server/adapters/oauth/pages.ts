/** The few pages that the authorisation server shows itself. */
import { escapeHtml, plainPage as page } from "#server/plain-page.ts";

/** `form` is the provider's own: its hidden fields and, for the code, its input. */
export function codePage(form: string, wrong: boolean): string {
  const hint = wrong
    ? `<p role="alert">That code is not known, or has run out. Ask the device for a new one.</p>`
    : `<p>Type the code that your device shows.</p>`;
  const labelled = form
    .replace(/onfocus="[^"]*"/, "")
    .replace('type="text"', 'type="text" aria-label="Code of the device" autocapitalize="characters"')
    .replace("</input>", "");
  const button = `<button type="submit" form="op.deviceInputForm">Continue</button>`;
  return page("Connect a device", `${hint}${labelled}${button}`);
}

export function confirmPage(form: string, appName: string, userCode: string): string {
  return page(
    "Is this your device?",
    `<p><strong>${escapeHtml(appName)}</strong> should show this code now:</p>
<p class="code">${escapeHtml(userCode)}</p>
<p>If it does not, or you did not start this, stop here.</p>
${form}
<button type="submit" form="op.deviceConfirmForm">It is the same code</button>
<button type="submit" form="op.deviceConfirmForm" value="yes" name="abort" class="quiet">Stop</button>`,
  );
}

export function connectedPage(appName: string): string {
  return page(
    "Connected",
    `<p>${escapeHtml(appName)} is connected. You can close this page.</p><p><a href="/you/apps">Your connected apps</a></p>`,
  );
}

export function failedPage(reason: string): string {
  return page(
    "This did not work",
    `<p>${escapeHtml(reason)}</p><p>Go back to the app and try again from there.</p>`,
  );
}
