import { type BrowserWindow, dialog, MessageChannelMain, type MessagePortMain } from 'electron';
import { asDesktopAsk, type DesktopAsk, type DesktopTold } from '#shared/contract/desktop.ts';
import { ending } from './launch.ts';

const designs = [{ name: 'Runboard designs', extensions: [ending.slice(1)] }];
const data = [
  { name: 'Data', extensions: ['csv', 'tsv', 'jsonl', 'parquet', 'db', 'sqlite', 'dat', 'data', 'txt', 'inter'] },
  { name: 'All files', extensions: ['*'] },
];

/** The last folder that a dialog was in: dialogs do not remember it by themselves. */
let folder: string | undefined;

function remember(path: string | undefined): string | null {
  if (path === undefined) return null;
  folder = path.replace(/[^/\\]*$/, '');
  return path;
}

/** Asks for a design to open. */
export async function chooseDesign(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    defaultPath: folder,
    filters: designs,
    properties: ['openFile'],
  });
  return remember(filePaths[0]);
}

async function answer(window: BrowserWindow, { question, name }: DesktopAsk): Promise<string | null> {
  if (question === 'open-design') return chooseDesign(window);
  if (question === 'open-data') {
    const { filePaths } = await dialog.showOpenDialog(window, {
      defaultPath: folder,
      filters: data,
      properties: ['openFile'],
    });
    return remember(filePaths[0]);
  }
  const { filePath } = await dialog.showSaveDialog(window, {
    defaultPath: `${folder ?? ''}${name.replace(/[/\\]/g, '-')}`,
    filters: designs,
    properties: ['showOverwriteConfirmation'],
  });
  return remember(filePath === '' ? undefined : filePath);
}

/** What the desktop does for one window: dialogs that the page asks for, and what the menu and the system tell the page. */
export class Desk {
  readonly #window: BrowserWindow;
  /** Told of a design that was chosen or opened. */
  readonly #onOpened: (path: string) => void;
  #port: MessagePortMain | null = null;
  #waiting: DesktopTold[] = [];

  constructor(window: BrowserWindow, onOpened: (path: string) => void) {
    this.#window = window;
    this.#onOpened = onOpened;
  }

  /** A new line for the page; the one of the page before it ends. */
  line(): MessagePortMain {
    this.#port?.close();
    const { port1, port2 } = new MessageChannelMain();
    this.#port = port1;
    port1.on('message', ({ data: said }) => void this.#answer(port1, asDesktopAsk(said)));
    port1.start();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) port1.postMessage(one);
    return port2;
  }

  /** Tells the page, or keeps it until there is one. */
  tell(told: DesktopTold): void {
    if (told.kind === 'open') this.#onOpened(told.path);
    if (this.#port === null) this.#waiting.push(told);
    else this.#port?.postMessage(told);
  }

  async #answer(port: MessagePortMain, ask: DesktopAsk | null): Promise<void> {
    if (ask === null || this.#window.isDestroyed()) return;
    const path = await answer(this.#window, ask).catch(() => null);
    if (path !== null && ask.question !== 'open-data') this.#onOpened(path);
    port.postMessage({ kind: 'answer', id: ask.id, path } satisfies DesktopTold);
  }
}
