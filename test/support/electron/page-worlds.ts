/** Runs in the page's own world: puts there what the preload exposes, copying arguments as Electron's bridge does. */
export const pageWorld = `(() => {
  if (window.top !== window) return;
  const ask = 'stand-in';
  document.addEventListener(ask + ':expose', (event) => {
    const { name, keys } = JSON.parse(event.detail);
    if (Object.hasOwn(window, name)) return;
    const call = (key) => (...args) => {
      structuredClone(args);
      document.dispatchEvent(new CustomEvent(ask + ':call', { detail: JSON.stringify({ name, key, args }) }));
    };
    const api = Object.freeze(Object.fromEntries(keys.map((key) => [key, call(key)])));
    Object.defineProperty(window, name, { value: api, enumerable: true });
  });
  // A scheme of a program's own may have no cookies.
  Object.defineProperty(document, 'cookie', { get: () => '', set: () => {} });
  // Electron asks its handler before there is a window.
  window.open = (url = 'about:blank') => {
    document.dispatchEvent(new CustomEvent(ask + ':open', { detail: String(new URL(url, location.href)) }));
    return null;
  };
  document.dispatchEvent(new CustomEvent(ask + ':ready'));
})();`;

/** Runs beside the page in a world of its own: the modules that a sandboxed preload has, and then the preload. */
export function preloadWorld(preload: string): string {
  return `(() => {
  if (window.top !== window) return;
  const ask = 'stand-in';
  const say = (message) => globalThis.__standIn(JSON.stringify(message));
  const listeners = new Map();
  const ports = new Map();
  const exposed = new Map();
  const announce = (name) => document.dispatchEvent(new CustomEvent(ask + ':expose', { detail: JSON.stringify({ name, keys: Object.keys(exposed.get(name)) }) }));
  document.addEventListener(ask + ':ready', () => [...exposed.keys()].forEach(announce));
  document.addEventListener(ask + ':call', (event) => {
    const { name, key, args } = JSON.parse(event.detail);
    exposed.get(name)[key](...args);
  });
  document.addEventListener(ask + ':open', (event) => say({ kind: 'open', data: event.detail }));
  const electron = {
    contextBridge: {
      exposeInMainWorld(name, api) {
        for (const value of Object.values(api)) if (typeof value === 'symbol') throw new TypeError('an exposed value cannot be cloned');
        exposed.set(name, api);
        announce(name);
      },
    },
    ipcRenderer: {
      on(channel, listener) {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
        return this;
      },
      send(channel, ...args) {
        structuredClone(args);
        say({ kind: 'ipc', channel, args });
      },
    },
  };
  globalThis.__deliver = (channel, args, ids) => {
    const made = ids.map((id) => {
      const { port1, port2 } = new MessageChannel();
      ports.set(id, port1);
      port1.onmessage = (event) => say({ kind: 'port', id, data: event.data });
      port1.addEventListener('close', () => say({ kind: 'port-close', id }));
      return port2;
    });
    for (const listener of listeners.get(channel) ?? []) listener({ ports: made, sender: electron.ipcRenderer }, ...args);
  };
  globalThis.__port = (id, data) => ports.get(id)?.postMessage(data);
  globalThis.__portClose = (id) => {
    ports.get(id)?.close();
    ports.delete(id);
  };
  const require = (name) => {
    if (name !== 'electron') throw new Error('module not found: ' + name);
    return electron;
  };
  (function (require, module, exports) {
${preload}
  })(require, { exports: {} }, {});
})();`;
}
