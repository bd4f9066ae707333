import { ipcMain, type IpcMainEvent } from 'electron';
import { mayAsk } from './addresses.ts';

/** The only thing that a page may say to this process: that it wants its lines. */
const channel = 'connect';

/** Random, so that the page knows its own lines among whatever messages a window gets. */
const nonceForm = /^[0-9a-f]{32}$/;

/** Listens to pages; what does not come from our own top frame, or is not what it must be, is dropped. */
export function onConnect(connect: (event: IpcMainEvent, nonce: string) => void): void {
  ipcMain.on(channel, (event, ...given: unknown[]) => {
    const [nonce] = given;
    if (given.length !== 1 || typeof nonce !== 'string' || !nonceForm.test(nonce) || !mayAsk(event.senderFrame)) return;
    connect(event, nonce);
  });
}
