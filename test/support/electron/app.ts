import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { beforeReady, noted, record } from './record.ts';

const home = process.env['RUNBOARD_STAND_IN_HOME'] ?? process.cwd();
let begun: () => void = () => {};
const whenBegun = new Promise<void>((done) => (begun = done));

/** A window as a quitting program sees it. */
interface Closable {
  /** False where the page or the program had it stay. */
  leave(): Promise<boolean>;
}

/** Whether a listener has said no. */
export function isPrevented(emitter: EventEmitter, event: string): boolean {
  let prevented = false;
  emitter.emit(event, { preventDefault: () => (prevented = true) });
  return prevented;
}

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly windows = new Set<Closable>();
  readonly commandLine = {
    appendSwitch: (): void => {},
    hasSwitch: (): boolean => false,
    getSwitchValue: (): string => '',
  };
  #quitting = false;

  get quitting(): boolean {
    return this.#quitting;
  }

  isReady(): boolean {
    return record.ready;
  }

  whenReady(): Promise<void> {
    return whenBegun;
  }

  enableSandbox(): void {
    beforeReady('app.enableSandbox');
    noted('app.enableSandbox');
  }

  setName(name: string): void {
    noted('app.setName', name);
  }

  getPath(name: string): string {
    return join(home, name);
  }

  getAppMetrics(): { type: string; name: string; pid: number }[] {
    return record.children
      .filter((child) => child.alive)
      .map((child) => ({ type: 'Utility', name: 'Runboard engine', pid: child.pid ?? 0 }));
  }

  addRecentDocument(path: string): void {
    noted('app.addRecentDocument', path);
  }

  requestSingleInstanceLock(): boolean {
    noted('app.requestSingleInstanceLock');
    return process.env['RUNBOARD_STAND_IN_SECOND'] === undefined;
  }

  /** Asks the program, then every window, then the program again: whoever says no keeps it open. */
  quit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    const closed = isPrevented(this, 'before-quit') ? Promise.resolve(false) : this.#close();
    void closed.then((all) => {
      if (all && !isPrevented(this, 'will-quit')) this.exit(0);
      else this.#quitting = false;
    });
  }

  exit(code: number): void {
    this.emit('quit', {}, code);
    for (const ending of record.endings) ending();
    setTimeout(() => process.exit(code), 50);
  }

  begin(): void {
    record.ready = true;
    this.emit('ready', {}, {});
    begun();
  }

  async #close(): Promise<boolean> {
    for (const window of this.windows) if (!(await window.leave())) return false;
    return true;
  }
}

export const app = new App();

/** The first signal quits as a person does; after it Electron has put the system's own answer back, which ends at once. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
function quitOnce(): void {
  for (const signal of signals) process.off(signal, quitOnce);
  app.quit();
}
for (const signal of signals) process.on(signal, quitOnce);
