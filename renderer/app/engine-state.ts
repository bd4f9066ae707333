import { useSyncExternalStore } from 'react';
import type { EngineNews } from '#shared/contract/work.ts';
import type { Connection } from '#renderer/client/connection.ts';

/** How the process is that runs boards, as its host says: the window draws on whatever happens to it. */
export class EngineState {
  readonly #connection: Connection;
  #news: EngineNews = { state: 'up' };
  readonly #listeners = new Set<() => void>();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on('engine', (news) => this.#take(news));
  }

  now = (): EngineNews => this.#news;

  watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async restart(): Promise<void> {
    await this.#connection.call('engine.restart');
  }

  #take(news: EngineNews): void {
    this.#news = news;
    for (const listener of this.#listeners) listener();
  }
}

export function useEngineNews(engine: EngineState): EngineNews {
  return useSyncExternalStore(engine.watch, engine.now);
}
