// The table that a newcomer reads: which folder may import from which, types included. Everything absent is forbidden.
// Used by the architecture test, by the lint rule (arrows-plugin.ts), and compared with every tsconfig's references.
import { posix } from 'node:path';

export interface Row {
  /** Folders that may be imported, besides the own. "shared/components:specs" means spec.ts and the generated lists of specs and docs. */
  readonly layers: readonly string[];
  /** Packages that may be imported; "node:" stands for Node's own modules. */
  readonly packages: readonly (string | RegExp)[];
}

const specs = 'shared/components:specs';
const feature: Row = {
  layers: ['shared/contract', specs, 'renderer/client', 'renderer/ui'],
  packages: [
    /^react/,
    /^@xyflow/,
    'zustand',
    /^zustand\//,
    'immer',
    'zod',
    /^@codemirror/,
    '@lezer/highlight',
    'elkjs',
    /^elkjs\//,
    'cmdk',
  ],
};

export const arrows: Readonly<Record<string, Row>> = {
  'shared/contract': { layers: [], packages: ['zod'] },
  'shared/kernels': { layers: [], packages: [] },
  'shared/tensor': { layers: ['shared/kernels'], packages: [/^@tensorflow\//] },
  'shared/values': { layers: ['shared/contract', 'shared/kernels'], packages: [] },
  'shared/metrics': { layers: ['shared/contract', 'shared/kernels', 'shared/values'], packages: [] },
  'shared/components': {
    layers: ['shared/contract', 'shared/kernels', 'shared/tensor', 'shared/values', 'shared/metrics'],
    packages: [],
  },
  'shared/engine': { layers: ['shared/contract', 'shared/kernels', 'shared/values'], packages: [] },
  'shared/client': { layers: ['shared/contract'], packages: [] },
  'shared/documents': { layers: ['shared/contract', specs], packages: [/^m(dast|icromark)/] },
  'shared/services': { layers: ['shared/contract', specs, 'shared/documents'], packages: ['zod'] },
  'main/node': {
    layers: ['shared/contract', 'shared/tensor', 'shared/values'],
    packages: ['node:', 'better-sqlite3', /^hyparquet/],
  },
  'main/engine-process': {
    layers: [
      'shared/contract',
      'shared/kernels',
      'shared/values',
      'shared/metrics',
      'shared/components',
      'shared/engine',
      'shared/client',
      'shared/services',
      'main/node',
    ],
    packages: ['node:', 'better-sqlite3'],
  },
  'main/hosts/cli': {
    layers: [
      'shared/contract',
      'shared/documents',
      'shared/services',
      'shared/client',
      'main/engine-process',
      'main/hosts/web',
    ],
    packages: ['node:', 'commander'],
  },
  'main/hosts/electron': {
    layers: ['shared/contract', 'shared/client', 'shared/services', 'main/engine-process', 'main/hosts/web'],
    packages: ['node:', 'electron'],
  },
  'main/hosts/web': {
    layers: ['shared/contract', 'shared/client', 'shared/services'],
    packages: ['node:', 'ws'],
  },
  'main/tools': { layers: [], packages: ['node:', 'lucide-react', 'playwright-core', 'vite', '@electron/fuses'] },
  'renderer/ui': { layers: ['shared/contract'], packages: [/^react/] },
  'renderer/client': { layers: ['shared/contract', 'shared/client', specs], packages: [/^react/, /^zustand/] },
  'renderer/prose': { layers: ['shared/contract', 'shared/documents'], packages: [/^react/] },
  'renderer/board': { ...feature, layers: [...feature.layers, 'shared/documents'] },
  'renderer/palette': feature,
  'renderer/inspector': { ...feature, layers: [...feature.layers, 'shared/documents', 'renderer/prose'] },
  'renderer/runs': feature,
  'renderer/experiments': feature,
  'renderer/sweep': feature,
  'renderer/preview': feature,
  'renderer/data': feature,
  'renderer/writeup': { ...feature, layers: [...feature.layers, 'shared/documents', 'renderer/prose'] },
  'renderer/app': {
    layers: [
      'shared/contract',
      'shared/documents',
      specs,
      'renderer/client',
      'renderer/ui',
      'renderer/board',
      'renderer/palette',
      'renderer/inspector',
      'renderer/runs',
      'renderer/sweep',
      'renderer/preview',
      'renderer/experiments',
      'renderer/data',
      'renderer/writeup',
    ],
    packages: feature.packages,
  },
};

/** The row that a file falls under; undefined for files outside all layers (tests, configuration). */
export function layerOf(file: string): string | undefined {
  return Object.keys(arrows).find((layer) => file.startsWith(`${layer}/`));
}

export const specFile = /^shared\/components\/([^/]+\/[^/]+\/spec\.ts|(specs|docs)\.generated\.ts)$/;
const componentFolder = /^shared\/components\/([^/]+\/[^/]+)\//;

/**
 * What is wrong with an import, or null. `file` is relative to the root; `specifier` is as written.
 * Tests may import anything.
 */
export function importFault(file: string, specifier: string): string | null {
  const layer = layerOf(file);
  if (layer === undefined || /\.test\.tsx?$/.test(file)) return null;
  const row = arrows[layer];
  const target = targetOf(file, specifier);
  if (target === null) {
    const allowed = row.packages.some((one) =>
      typeof one === 'string'
        ? specifier === one || (one === 'node:' && specifier.startsWith(one))
        : one.test(specifier),
    );
    return allowed ? null : `${layer} may not import the package ${specifier}`;
  }
  const to = layerOf(target);
  if (to === undefined) return `${layer} may not import ${target}, which is in no layer`;
  if (to === layer) return layer === 'shared/components' ? siblingFault(file, target) : null;
  if (specifier.startsWith('.')) return `${layer} reaches into ${to} by a relative path: write #${target}`;
  if (row.layers.includes(to) || (row.layers.includes(`${to}:specs`) && specFile.test(target))) return null;
  return `${layer} may not import ${to} (${target})`;
}

function siblingFault(file: string, target: string): string | null {
  const from = componentFolder.exec(file)?.[1];
  const to = componentFolder.exec(target)?.[1];
  return from !== undefined && to !== undefined && from !== to
    ? `component ${from} may not import its sibling ${to}: shared mathematics moves to shared/kernels`
    : null;
}

/** The file that a specifier names, relative to the root; null for packages. */
export function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(file), specifier));
  return /^#(shared|main|renderer)\//.test(specifier) ? specifier.slice(1) : null;
}

/** Every specifier that a source text imports or re-exports, dynamic imports of literals included. */
export function importsOf(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
  )) {
    const specifier = match[1] ?? match[2] ?? match[3];
    // Source text in a template (the catalogue generator's) is not an import.
    if (!specifier.includes('${')) found.push(specifier);
  }
  return found;
}
