// Makes the script that Electron runs beside the page: plain JavaScript, because a sandboxed page's script is read by no
// Node, and with require, because there is nothing else that it could import from.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const source = join(root, 'main/hosts/electron/preload.ts');
const target = join(root, 'dist/electron/preload.cjs');

const script = stripTypeScriptTypes(readFileSync(source, 'utf8')).replace(
  /^import (\{[^}]+\}) from '(\w+)';$/gm,
  "const $1 = require('$2');",
);
if (/^\s*(import|export)\b/m.test(script)) throw new Error(`${source} may import nothing but names from electron`);
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `'use strict';\n${script}`);
