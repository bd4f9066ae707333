import { useSyncExternalStore } from 'react';
import type { EngineNews } from '#shared/contract/work.ts';
import type { Connection } from '#renderer/client/connection.ts';
import type { Desktop } from '#renderer/client/desktop.ts';

/** How the process is that runs boards, as its host says: the window draws on whatever happens to it. */
export class EngineState {
  readonly #connection: Connection;
  readonly #desktop: Desktop | null;
  #news: EngineNews = { state: 'up' };
  readonly #listeners = new Set<() => void>();

  constructor(connection: Connection, desktop: Desktop | null) {
    this.#connection = connection;
    this.#desktop = desktop;
    connection.on('engine', (news) => this.#take(news));
    desktop?.onEngine((news) => this.#take(news));
  }

  now = (): EngineNews => this.#news;

  watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async restart(): Promise<void> {
    if (this.#desktop === null) await this.#connection.call('engine.restart');
    else await this.#desktop.restartEngine();
  }

  #take(news: EngineNews): void {
    this.#news = news;
    for (const listener of this.#listeners) listener();
  }
}

export function useEngineNews(engine: EngineState): EngineNews {
  return useSyncExternalStore(engine.watch, engine.now);
}
