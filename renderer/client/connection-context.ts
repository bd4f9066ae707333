import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Connection, LineState } from './connection.ts';

export const ConnectionContext = createContext<Connection | null>(null);

export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (connection === null) throw new Error('no connection around this part of the window');
  return connection;
}

export function useLineState(): LineState {
  const connection = useConnection();
  return useSyncExternalStore(
    (listener) => connection.watch(listener),
    () => connection.state(),
  );
}
