/** Where the window comes from. */
export const scheme = 'app';
export const host = 'runboard';
export const home = `${scheme}://${host}/index.html`;

function parsed(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}

/** Whether an address is the window's own: exact scheme and host, no port, nobody's name. */
export function isOurs(address: string): boolean {
  const url = parsed(address);
  return (
    url !== null &&
    url.protocol === `${scheme}:` &&
    url.hostname === host &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}

/** A frame as Electron describes it to a message's receiver. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
  isDestroyed(): boolean;
}

/** Whether a message comes from the top frame of our own page, alive. */
export function mayAsk(frame: SenderFrame | null | undefined): boolean {
  return frame !== null && frame !== undefined && !frame.isDestroyed() && frame.parent === null && isOurs(frame.url);
}

const longest = 2_048;

/** An address that may be handed to the system's browser or mail program, or null. */
export function outsideAddress(address: string): URL | null {
  // URL parsers drop spaces at the ends and line ends silently, and turn backslashes round: here they are a refusal.
  if (address.length > longest || !/^[\x21-\x5b\x5d-\x7e]+$/.test(address)) return null;
  const url = parsed(address);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'mailto:') return url;
  return url.protocol === 'https:' && url.hostname !== '' ? url : null;
}
