import type { WebSocket, WebSocketServer } from 'ws';

/** Ends lines whose other end went without a word: what they hold is free then. */
export function pingLines(sockets: WebSocketServer, pingMillis: number): void {
  const heard = new WeakSet<WebSocket>();
  sockets.on('connection', (socket) => {
    heard.add(socket);
    socket.on('pong', () => heard.add(socket));
  });
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!heard.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, pingMillis).unref();
  sockets.once('close', () => clearInterval(timer));
}

export interface Idle {
  /** How long after the last window has gone. */
  readonly millis: number;
  onIdle(): void;
}

/**
 * Tells once when no window has been there for a while, after there was one. Work belongs to the window that asked for
 * it, and is cancelled when that goes: where nobody is there, nothing runs.
 */
export function watchIdle(sockets: WebSocketServer, { millis, onIdle }: Idle): void {
  let timer: NodeJS.Timeout | undefined;
  const open = new Set<WebSocket>();
  sockets.on('connection', (socket) => {
    clearTimeout(timer);
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      if (open.size === 0) timer = setTimeout(onIdle, millis);
    });
  });
  sockets.once('close', () => clearTimeout(timer));
}
