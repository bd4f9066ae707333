import type { Message, Transport } from '#shared/contract/messages.ts';

async function sessionToken(): Promise<string> {
  const answer = await fetch('./session', { method: 'POST', headers: { 'x-runboard': '1' } });
  if (!answer.ok) throw new Error(`the local page refused the session (${answer.status})`);
  return ((await answer.json()) as { token: string }).token;
}

/** The line of the local page: a WebSocket to where the page came from, opened with the token of this session. */
export async function openSocket(): Promise<Transport> {
  const token = await sessionToken();
  const address = new URL('./line', location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = new WebSocket(address, ['runboard', `key.${token}`]);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('the line could not be opened')), { once: true });
  });
  return {
    post: (message) => socket.send(JSON.stringify(message)),
    receive: (listener) =>
      socket.addEventListener('message', (event) => listener(JSON.parse(String(event.data)) as Message)),
    closed: (listener) => socket.addEventListener('close', () => listener(), { once: true }),
    close: () => socket.close(),
  };
}
