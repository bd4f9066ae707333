import { EventEmitter } from 'node:events';
import { app, isPrevented } from './app.ts';
import { WebContents } from './browser.ts';
import { needsReady, noted } from './record.ts';

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Options extends Partial<Bounds> {
  readonly webPreferences?: Record<string, unknown>;
}

const windows = new Set<BrowserWindow>();
const display = { workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly options: Options;
  #destroyed = false;
  #maximized = false;
  #bounds: Bounds;

  constructor(options: Options = {}) {
    super();
    needsReady('BrowserWindow');
    noted('BrowserWindow', options);
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.webContents = new WebContents(options.webPreferences ?? {}, { width, height });
    windows.add(this);
    app.windows.add(this);
    app.emit('web-contents-created', {}, this.webContents);
    this.webContents.once('ready-to-show', () => this.emit('ready-to-show'));
    this.webContents.once('destroyed', () => this.#ended());
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return [...windows].at(-1) ?? null;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return [...windows].find((one) => one.webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    noted('window.show');
  }

  focus(): void {}

  maximize(): void {
    noted('window.maximize');
    this.#maximized = true;
    this.emit('maximize');
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  setBounds(bounds: Bounds): void {
    this.#bounds = bounds;
    this.emit('resize');
  }

  getNormalBounds(): Bounds {
    return this.#bounds;
  }

  restore(): void {}

  isMinimized(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** Closes as a person does: the program and the page may have it stay. */
  close(): void {
    void this.leave();
  }

  async leave(): Promise<boolean> {
    return !isPrevented(this, 'close') && (await this.webContents.leave());
  }

  destroy(): void {
    this.webContents.close();
  }

  #ended(): void {
    this.#destroyed = true;
    windows.delete(this);
    app.windows.delete(this);
    this.emit('closed');
    app.emit('browser-window-closed');
    if (windows.size === 0 && !app.quitting) app.emit('window-all-closed');
  }
}
