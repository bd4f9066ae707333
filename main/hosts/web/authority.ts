import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** How long the key in the printed address may wait to be used: a browser is opened at once, and who comes late gets a fresh one printed. */
const codeMillis = 60_000;

/** Wrong keys, cookies and tokens within a minute after which every further one is slowed down. */
const guesses = 10;
const guessMillis = 60_000;

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function equal(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function cookies(header: string | undefined): ReadonlyMap<string, string> {
  return new Map(
    (header ?? '').split(';').flatMap((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()] as const];
    }),
  );
}

/**
 * Who may do what: one policy for pages, session and socket. The printed address carries a key that works once; it is
 * exchanged for a cookie, which opens the page; the page then asks for the token that opens the line.
 */
export class Authority {
  readonly #port: number;
  readonly #hosts: ReadonlySet<string>;
  readonly #cookieName: string;
  readonly #cookie = secret();
  readonly #token = secret();
  #codes = new Map<string, number>();
  #wrong: number[] = [];

  constructor(port: number) {
    this.#port = port;
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
    this.#cookieName = `runboard-${port}-${randomBytes(4).toString('hex')}`;
  }

  /** A fresh address that opens the window once. */
  address(now = performance.now()): string {
    const code = secret();
    this.#codes.set(code, now + codeMillis);
    return `http://127.0.0.1:${this.#port}/?key=${code}`;
  }

  /** Whether a key is good; a good one is used up. */
  exchange(code: string, now = performance.now()): boolean {
    for (const [known, until] of this.#codes) {
      if (!equal(code, known)) continue;
      this.#codes.delete(known);
      return now <= until;
    }
    return false;
  }

  /** Counts a wrong secret. Whether there were so many of late that whoever tries is slowed down. */
  guessed(now = performance.now()): boolean {
    this.#wrong = [...this.#wrong.filter((at) => now - at < guessMillis), now].slice(-2 * guesses);
    return this.#wrong.length > guesses;
  }

  get setCookie(): string {
    return `${this.#cookieName}=${this.#cookie}; HttpOnly; SameSite=Strict; Path=/`;
  }

  get token(): string {
    return this.#token;
  }

  /** The Host header names this server, exactly once. */
  hostIsOurs(request: IncomingMessage): boolean {
    const names = request.rawHeaders.filter((_, at) => at % 2 === 0 && request.rawHeaders[at].toLowerCase() === 'host');
    return names.length === 1 && this.#hosts.has(request.headers.host ?? '');
  }

  /** The Origin header is this server's, exactly; absent, null and any other spelling are not. */
  originIsOurs(request: IncomingMessage): boolean {
    const site = request.headers['sec-fetch-site'];
    return (
      request.headers.origin === `http://${request.headers.host}` &&
      (site === undefined || site === 'same-origin' || site === 'none')
    );
  }

  hasCookie(request: IncomingMessage): boolean {
    return equal(cookies(request.headers.cookie).get(this.#cookieName) ?? '', this.#cookie);
  }

  /** The subprotocols of a socket carry the token of this launch. */
  hasToken(request: IncomingMessage): boolean {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim());
    return offered.some((one) => one.startsWith('key.') && equal(one.slice(4), this.#token));
  }
}
