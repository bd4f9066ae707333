import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { arrows, importFault, importsOf, layerOf, specFile, targetOf } from './arrows.ts';

const root = join(import.meta.dirname, '../..');
const sources = globSync('{shared,main,renderer}/**/*.{ts,tsx}', { cwd: root }).filter(
  (file) => !file.endsWith('.generated.ts'),
);

describe('import arrows', () => {
  it('hold in every file', () => {
    expect(sources.length).toBeGreaterThan(100);
    const faults = sources.flatMap((file) =>
      importsOf(readFileSync(join(root, file), 'utf8'))
        .map((specifier) => importFault(file, specifier))
        .filter((fault) => fault !== null)
        .map((fault) => `${file}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it.each([
    ['shared/kernels/a.ts', '#shared/contract/values.ts', 'may not import shared/contract'],
    ['shared/contract/a.ts', '#shared/engine/plan.ts', 'may not import shared/engine'],
    ['shared/engine/a.ts', '#shared/components/catalogue.generated.ts', 'may not import shared/components'],
    ['shared/engine/a.ts', 'node:fs', 'may not import the package node:fs'],
    ['main/node/a.ts', 'electron', 'may not import the package electron'],
    ['shared/components/reranking/mmr/run.ts', '../dpp/run.ts', 'may not import its sibling reranking/dpp'],
    [
      'shared/components/reranking/mmr/run.ts',
      '../../retrieval/ease/spec.ts',
      'may not import its sibling retrieval/ease',
    ],
    ['renderer/board/a.tsx', '#shared/components/reranking/mmr/run.ts', 'may not import shared/components'],
    ['renderer/board/a.tsx', '../palette/b.ts', 'reaches into renderer/palette by a relative path'],
    ['shared/engine/a.ts', '../kernels/random.ts', 'reaches into shared/kernels by a relative path'],
  ])('catch a planted fault: %s importing %s', (file, specifier, fault) => {
    expect(importFault(file, specifier)).toContain(fault);
  });

  it('let pass what the table allows', () => {
    expect(importFault('shared/documents/a.ts', '#shared/components/specs.generated.ts')).toBeNull();
    expect(importFault('shared/components/reranking/mmr/run.ts', './spec.ts')).toBeNull();
    expect(importFault('shared/kernels/a.test.ts', 'fast-check')).toBeNull();
  });

  it('are no more than what is imported', () => {
    const used = new Set(
      sources
        .filter((file) => !/\.test\.tsx?$/.test(file))
        .flatMap((file) =>
          importsOf(readFileSync(join(root, file), 'utf8')).map((specifier) => {
            const target = targetOf(file, specifier) ?? '';
            return `${layerOf(file)} → ${specFile.test(target) ? 'shared/components:specs' : layerOf(target)}`;
          }),
        ),
    );
    // Rows of the window are shared by its features.
    const rows = Object.entries(arrows).filter(([layer]) => !layer.startsWith('renderer/'));
    const allowed = rows.flatMap(([layer, { layers }]) => layers.map((one) => `${layer} → ${one}`));
    expect(allowed.filter((arrow) => !used.has(arrow))).toEqual([]);
  });

  it('see every form of import', () => {
    const text =
      "import a from 'x';\nimport type { B } from \"y\";\nexport { c } from 'z';\nimport {\n  d,\n} from 'w';\nimport 'v';\nconst e = await import('u');\n";
    expect(importsOf(text)).toEqual(['x', 'y', 'z', 'w', 'v', 'u']);
  });
});

describe('project references', () => {
  const projectOf = (layer: string): string =>
    layer.endsWith(':specs') ? join(layer.slice(0, -6), 'tsconfig.specs.json') : join(layer, 'tsconfig.json');

  it.each(Object.keys(arrows).filter((layer) => existsSync(join(root, layer))))(
    'of %s allow no more than its row',
    (layer) => {
      const config = JSON.parse(readFileSync(join(root, projectOf(layer)), 'utf8')) as {
        references?: { path: string }[];
        compilerOptions: { types?: string[]; lib?: string[] };
      };
      const allowed = new Set(
        arrows[layer].layers.flatMap((one) =>
          one === 'shared/components' ? [projectOf(one), projectOf(`${one}:specs`)] : [projectOf(one)],
        ),
      );
      if (layer === 'shared/components') allowed.add(projectOf('shared/components:specs'));
      const references = (config.references ?? []).map(({ path }) => {
        const target = relative(root, join(root, layer, path));
        return target.endsWith('.json') ? target : join(target, 'tsconfig.json');
      });
      expect(references.filter((one) => !allowed.has(one))).toEqual([]);
      if (layer.startsWith('shared/')) expect(config.compilerOptions).not.toHaveProperty('types');
    },
  );
});

describe('the checks themselves', () => {
  let planted: string[] = [];
  afterEach(() => {
    for (const file of planted) rmSync(join(root, file), { force: true, recursive: true });
    planted = [];
  });

  const plant = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    planted.push(file);
  };
  const lint = (...files: string[]): string =>
    spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format=unix', ...files], {
      cwd: root,
      encoding: 'utf8',
    }).stdout;

  it.each([
    ['an upward import', "import { planKeys } from '#shared/engine/keys.ts';\nexport const a = planKeys;\n", 'arrows'],
    ['any', 'export function a(b: any): void {\n  b();\n}\n', 'no-explicit-any'],
    ['a default export', 'export default 1;\n', 'no-default-export'],
    ['a barrel', "export * from './random.ts';\n", 'barrel'],
    ['the built-in dice', 'export const a = Math.random();\n', 'Math.random'],
    ['a console', "console.log('a');\n", 'no-console'],
    ['a long file', `export const a = 1;\n${'// line\n'.repeat(500)}`, 'max-lines'],
    [
      'a long function',
      `export function a(): number {\n  let b = 0;\n${'  b++;\n'.repeat(60)}  return b;\n}\n`,
      'max-lines-per-function',
    ],
  ])('lint catches %s', (_, text, rule) => {
    plant('shared/kernels/planted-fault.ts', text);
    expect(lint('shared/kernels/planted-fault.ts')).toContain(rule);
  });

  it('lint catches a cycle', () => {
    plant('shared/kernels/planted-a.ts', "import { b } from './planted-b.ts';\nexport const a = (): number => b();\n");
    plant('shared/kernels/planted-b.ts', "import { a } from './planted-a.ts';\nexport const b = (): number => a();\n");
    expect(lint('shared/kernels/planted-a.ts', 'shared/kernels/planted-b.ts')).toContain('no-cycle');
  });

  it('no file, export or package is there that nobody uses, but for one that is planted', () => {
    plant('shared/kernels/planted-fault.ts', 'export const a = 1;\n');
    const knip = join(root, 'node_modules/knip/bin/knip.js');
    const args = ['--no-progress', '--no-gitignore', '--include=files,dependencies,unlisted,unresolved,exports'];
    const { stdout } = spawnSync(process.execPath, [knip, ...args], { cwd: root, encoding: 'utf8' });
    expect(stdout.trim().split(/\s*\n/)).toEqual(['Unused files (1)', 'shared/kernels/planted-fault.ts']);
  });

  it('the compiler refuses DOM, Node and upward imports in shared', () => {
    const folder = mkdtempSync(join(root, '.types-planted-'));
    planted.push(relative(root, folder));
    writeFileSync(
      join(folder, 'a.ts'),
      "import { readFileSync } from 'node:fs';\nexport const a = document.title + String(readFileSync);\n",
    );
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../tsconfig.base.json',
        compilerOptions: { rootDir: '.', outDir: './out', types: [] },
        include: ['*.ts'],
      }),
    );
    const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', folder], {
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/TS2584.*document/);
    expect(stdout).toMatch(/TS2591|TS2307/);
  });
});

/** Lint measures scripts only; a style sheet is held to the same length. */
function isLong(text: string): boolean {
  return text.trimEnd().split('\n').length > 500;
}

describe('the house', () => {
  it('has no forbidden file names', () => {
    expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|index)\.tsx?$/.test(file))).toEqual([]);
  });

  it('keeps every style sheet under 500 lines, and a longer one would be seen', () => {
    const sheets = globSync('renderer/**/*.css', { cwd: root });
    expect(sheets.length).toBeGreaterThan(20);
    expect(sheets.filter((file) => isLong(readFileSync(join(root, file), 'utf8')))).toEqual([]);
    expect(isLong('a {}\n'.repeat(500))).toBe(false);
    expect(isLong('a {}\n'.repeat(501))).toBe(true);
  });

  it('puts every source under a row of the table', () => {
    expect(sources.filter((file) => layerOf(file) === undefined && !file.endsWith('config.ts'))).toEqual([]);
  });

  it('commits nothing that is generated', () => {
    expect(execFileSync('git', ['ls-files', '*.generated.ts'], { cwd: root, encoding: 'utf8' })).toBe('');
  });

  it('calls every field that names a file what the reach of a page knows it as', () => {
    const inputs = readFileSync(join(root, 'shared/services/inputs.ts'), 'utf8');
    const named = [...inputs.matchAll(/\b(\w+): path\b/g)].map(([, field]) => field);
    const reach = readFileSync(join(root, 'main/hosts/web/reach.ts'), 'utf8');
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((field) => !reach.includes(`fields['${field}']`))).toEqual([]);
  });

  it('names folders, not machines: no absolute paths of a workplace', () => {
    const faults = sources.filter((file) => /["'`]\/(work|root|tmp)\//.test(readFileSync(join(root, file), 'utf8')));
    expect(faults).toEqual([]);
  });
});
