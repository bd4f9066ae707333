import { dialog, shell, type Session, type WebContents } from 'electron';
import { isOurs, outsideAddress, scheme } from './addresses.ts';
import { mayHave } from './permissions.ts';

/** Asks before an address leaves for the system's browser or mail program; everything else is dropped. */
export async function openOutside(address: string): Promise<void> {
  const url = outsideAddress(address);
  if (url === null) return;
  const where = url.protocol === 'mailto:' ? 'your mail program' : url.hostname;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Leave Runboard for ${where}?`,
    detail: url.href,
    buttons: ['Open', 'Stay here'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) await shell.openExternal(url.href);
}

/** What every page is held to, from its first moment. */
export function guardPage(contents: WebContents): void {
  const stay = (event: { preventDefault(): void }, address: string): void => {
    if (!isOurs(address)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void openOutside(url);
    return { action: 'deny' };
  });
}

/** What a session grants: nearly nothing, and no way out to the network. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(mayHave(permission, { address: details.requestingUrl, mainFrame: details.isMainFrame })),
  );
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    mayHave(permission, { address: details.requestingUrl ?? origin, mainFrame: details.isMainFrame }),
  );
  session.setDevicePermissionHandler(() => false);
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => [...protectedClasses]);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  for (const event of ['select-hid-device', 'select-serial-port', 'select-usb-device'] as const)
    session.on(event as 'select-hid-device', (asked) => asked.preventDefault());
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((request, answer) => {
    const local = isOurs(request.url) || /^(devtools|blob|data):/.test(request.url) || request.url === `${scheme}://`;
    answer({ cancel: !local });
  });
}
