import type { Message, Transport } from '#shared/contract/messages.ts';
import type { WebSocket } from 'ws';

/** What may wait to be sent before a slow reader is let go. */
const usualBacklog = 256 * 1024 * 1024;

/** A line over a WebSocket: one JSON text per message. What is no JSON is handed on as null and refused there. */
export function socketTransport(socket: WebSocket, backlogBytes = usualBacklog): Transport {
  const parsed = (text: string): Message => {
    try {
      return JSON.parse(text) as Message;
    } catch {
      return null as unknown as Message;
    }
  };
  return {
    post: (message) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > backlogBytes) socket.terminate();
      else socket.send(JSON.stringify(message));
    },
    receive: (listener) => {
      socket.on('message', (data: Buffer, binary: boolean) => listener(parsed(binary ? '' : data.toString('utf8'))));
    },
    closed: (listener) => {
      socket.once('close', () => listener());
    },
    close: () => socket.close(),
  };
}
