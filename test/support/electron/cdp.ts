/** A line to Chromium's DevTools protocol. */
export class Cdp {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, { done(value: never): void; fail(error: Error): void }>();
  readonly #listeners: ((method: string, params: never, session: string | undefined) => void)[] = [];
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const { id, method, params, result, error, sessionId } = JSON.parse(String(data)) as {
        id?: number;
        method?: string;
        params?: unknown;
        result?: unknown;
        error?: { message: string };
        sessionId?: string;
      };
      if (id === undefined) {
        for (const listener of this.#listeners) listener(method as string, params as never, sessionId);
        return;
      }
      const one = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error !== undefined) one?.fail(new Error(error.message));
      else one?.done(result as never);
    });
  }

  static async open(address: string): Promise<Cdp> {
    const socket = new WebSocket(address);
    await new Promise((done, fail) => {
      socket.addEventListener('open', done, { once: true });
      socket.addEventListener('error', fail, { once: true });
    });
    return new Cdp(socket);
  }

  send<T = unknown>(method: string, params: object = {}, sessionId?: string): Promise<T> {
    const id = ++this.#last;
    return new Promise<T>((done, fail) => {
      this.#waiting.set(id, { done, fail });
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  on(listener: (method: string, params: never, session: string | undefined) => void): void {
    this.#listeners.push(listener);
  }
}
