// Runs beside the page in a world of its own. The page gets one function, which asks for its lines; nothing else.
import { contextBridge, ipcRenderer } from 'electron';

const page = globalThis as unknown as {
  postMessage(message: unknown, origin: string, ports: readonly unknown[]): void;
  location: { origin: string };
};

ipcRenderer.on('connected', (event, nonce: string) =>
  page.postMessage({ runboard: nonce }, page.location.origin, event.ports),
);

contextBridge.exposeInMainWorld('runboard', {
  connect: (nonce: string) => ipcRenderer.send('connect', nonce),
});
