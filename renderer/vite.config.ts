import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));
const iconsModule = 'virtual:icons';

/** Names of the icons that kinds, components and the window itself ask for: adding a component is adding one folder. */
function iconNames(): readonly string[] {
  const shared = join(root, '../shared');
  const files = [
    join(shared, 'contract/kinds.ts'),
    join(root, 'ui/icon-names.ts'),
    ...readdirSync(join(shared, 'components'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('spec.ts'))
      .map((path) => join(shared, 'components', path)),
  ];
  const names = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/icon: '([a-z0-9-]+)'/g)].map((match) => match[1]),
  );
  return [...new Set(names)].sort();
}

/** A module with exactly the lucide icons that are used, by name. */
function icons(): Plugin {
  const folder = join(root, '../node_modules/lucide-react/dist/esm/icons');
  const known = new Set(readdirSync(folder));
  return {
    name: 'runboard-icons',
    resolveId: (id) => (id === iconsModule ? `\0${iconsModule}` : undefined),
    load(id) {
      if (id !== `\0${iconsModule}`) return undefined;
      const names = iconNames().filter((name) => known.has(`${name}.mjs`) || this.warn(`lucide has no icon "${name}"`));
      const lines = names.map((name, index) => `import i${index} from 'lucide-react/dist/esm/icons/${name}.mjs';`);
      return `${lines.join('\n')}\nexport const icons = { ${names.map((name, index) => `'${name}': i${index}`).join(', ')} };`;
    },
  };
}

export default defineConfig({
  root,
  base: './',
  plugins: [icons()],
  worker: { format: 'es' },
  build: {
    outDir: join(root, '../dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_600,
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
