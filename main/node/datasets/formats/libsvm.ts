import type { CancelSignal } from '#shared/contract/methods.ts';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { badInput } from '../failures.ts';
import { BatchBuilder, type Cell, type Reading, type RowBatch, type SourceColumn, type TableSource } from '../rows.ts';
import { mostColumns } from './column-names.ts';
import { DelimitedParser } from './delimited-parser.ts';
import { firstBytes, readText } from './text-file.ts';

/**
 * LibSVM text, "label index:value …", absent features being 0, with `qid:n` after the label or a file `<name>.query`
 * beside it that holds rows per query. LightGBM's dense text, "label value value …", is taken as well.
 */
interface Shape {
  readonly sparse: boolean;
  readonly highest: number;
  readonly lowest: number;
  readonly queries: boolean;
  readonly rows: number;
}

/** One file of a LibSVM data set: several become one table with a `part` column. */
export interface LibsvmFile {
  readonly path: string;
  /** "train", "validation" or "test"; absent for a single file. */
  readonly part?: string;
}

export async function openLibsvm(files: readonly LibsvmFile[], signal?: CancelSignal): Promise<TableSource> {
  let shape: Shape = { sparse: true, highest: 0, lowest: 1, queries: false, rows: 0 };
  for (const [at, { path }] of files.entries()) {
    const found = await measure(path, signal);
    if (at > 0 && found.sparse !== shape.sparse) throw badInput('mixes "index:value" files with dense ones', path);
    shape = {
      sparse: found.sparse,
      highest: Math.max(shape.highest, found.highest),
      lowest: Math.min(shape.lowest, found.lowest),
      queries: shape.queries || found.queries || existsSync(`${path}.query`),
      rows: shape.rows + found.rows,
    };
  }
  const features = shape.highest - shape.lowest + 1;
  if (features > mostColumns)
    throw badInput(`has ${features} features, at most ${mostColumns} are supported`, files[0].path);
  const withPart = files.some(({ part }) => part !== undefined);
  const columns: SourceColumn[] = [
    { name: 'label', kind: 'number', role: 'label' },
    ...(shape.queries ? ([{ name: 'query', kind: 'id', role: 'group' }] as const) : []),
    ...(withPart ? ([{ name: 'part', kind: 'category', role: 'part' }] as const) : []),
    ...Array.from({ length: features }, (_, f): SourceColumn => ({ name: `f${shape.lowest + f}`, kind: 'number' })),
  ];
  const bytes = files.reduce((sum, { path }) => sum + statSync(path).size, 0);
  return {
    table: 'examples',
    path: files[0].path,
    bytes,
    columns,
    typed: true,
    rows: (reading) => readFiles(files, shape, withPart, reading),
  };
}

async function* readFiles(
  files: readonly LibsvmFile[],
  shape: Shape,
  withPart: boolean,
  reading: Reading,
): AsyncGenerator<RowBatch> {
  let firstQuery = 0;
  for (const { path, part } of files) {
    const sizes = existsSync(`${path}.query`) ? querySizes(`${path}.query`) : null;
    const inFile: Reading = {
      signal: reading.signal,
      advance: (bytes) => reading.advance(bytes),
      reject: (line, reason, text) =>
        reading.reject(line, files.length > 1 ? `${reason} (${part ?? path})` : reason, text),
    };
    const rows = yield* readFile(
      path,
      shape,
      { sizes, firstQuery, part: withPart ? (part ?? 'train') : undefined },
      inFile,
    );
    const expected = sizes?.reduce((sum, size) => sum + size, 0) ?? rows;
    if (expected !== rows) throw badInput(`counts ${expected} rows, ${path} has ${rows}`, `${path}.query`);
    firstQuery += sizes?.length ?? 0;
  }
}

interface FilePart {
  readonly sizes: readonly number[] | null;
  readonly firstQuery: number;
  readonly part: string | undefined;
}

async function* readFile(
  path: string,
  shape: Shape,
  file: FilePart,
  reading: Reading,
): AsyncGenerator<RowBatch, number> {
  const leading = 1 + (shape.queries ? 1 : 0) + (file.part === undefined ? 0 : 1);
  const width = leading + shape.highest - shape.lowest + 1;
  const batch = new BatchBuilder(width);
  let rows = 0;
  let query = 0;
  let left = file.sizes?.[0] ?? 0;
  for await (const _piece of lines(path, reading, (line, tokens, text) => {
    rows++;
    while (file.sizes !== null && left === 0 && query < file.sizes.length - 1) left = file.sizes[++query];
    left--;
    const cells: Cell[] = Array.from({ length: width }, () => 0);
    const fault = fillRow(tokens, shape, leading, cells);
    if (fault !== null) {
      reading.reject(line, fault, text);
      return;
    }
    if (shape.queries)
      cells[1] = file.sizes === null ? inlineQuery(tokens, file.part) : String(file.firstQuery + query);
    if (file.part !== undefined) cells[leading - 1] = file.part;
    batch.add(line, cells);
  })) {
    while (batch.full) yield batch.take();
  }
  if (!batch.empty) yield batch.take();
  return rows;
}

/** Writes label and features of a row into `cells`; returns what is wrong with it. */
function fillRow(tokens: readonly string[], shape: Shape, leading: number, cells: Cell[]): string | null {
  const label = Number(tokens[0]);
  if (!Number.isFinite(label)) return `the label is ${tokens[0]}, not a finite number`;
  cells[0] = label;
  if (!shape.sparse && tokens.length !== shape.highest - shape.lowest + 2)
    return `has ${tokens.length} columns, expected ${shape.highest - shape.lowest + 2}`;
  for (let t = 1; t < tokens.length; t++) {
    const token = tokens[t];
    const colon = token.indexOf(':');
    if (shape.sparse && token.startsWith('qid:')) continue;
    if (shape.sparse && colon < 1) return `${token} is not index:value`;
    const index = shape.sparse ? Number(token.slice(0, colon)) : t;
    const value = token === '' || token.endsWith(':') ? NaN : Number(token.slice(colon + 1));
    if (!Number.isInteger(index) || index < shape.lowest) return `${token} is not index:value`;
    if (!Number.isFinite(value)) return `feature ${index} is ${token.slice(colon + 1)}, not a finite number`;
    cells[leading + index - shape.lowest] = value;
  }
  return null;
}

function inlineQuery(tokens: readonly string[], part: string | undefined): string | null {
  const found = tokens.find((token) => token.startsWith('qid:'))?.slice(4) ?? null;
  return found === null || part === undefined ? found : `${part}-${found}`;
}

function querySizes(path: string): number[] {
  const words = readFileSync(path, 'utf8')
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.map((word, at) => {
    const size = Number(word);
    if (!Number.isInteger(size) || size < 0)
      throw badInput(`query ${at + 1} has "${word}" rows, not a whole number`, path);
    return size;
  });
}

async function measure(path: string, signal: CancelSignal | undefined): Promise<Shape> {
  if ((await firstBytes(path, 1)).length === 0) throw badInput('is empty (0 bytes)', path);
  let sparse: boolean | undefined;
  let highest = 0;
  let lowest = 1;
  let queries = false;
  let rows = 0;
  const reading: Reading = { signal, reject: () => undefined, advance: () => undefined };
  for await (const _piece of lines(path, reading, (_line, tokens) => {
    rows++;
    sparse ??= tokens.length < 2 || tokens.slice(1).some((token) => token.includes(':'));
    if (!sparse) {
      if (rows === 1) highest = tokens.length - 1;
      return;
    }
    for (const token of tokens) {
      if (token.startsWith('qid:')) queries = true;
      const index = Number(token.slice(0, token.indexOf(':')));
      if (!token.includes(':') || !Number.isInteger(index) || index < 0) continue;
      if (index > highest) highest = index;
      if (index < lowest) lowest = index;
    }
  }));
  if (rows === 0 || highest === 0) throw badInput('holds no "label index:value" row', path);
  return { sparse: sparse ?? true, highest, lowest, queries, rows };
}

type OnLine = (line: number, tokens: readonly string[], text: string) => void;

/** Calls back for each line that is not blank; comments after # are taken off. Yields after each piece of text. */
async function* lines(path: string, reading: Reading, onLine: OnLine): AsyncGenerator<void> {
  const parser = new DelimitedParser(
    { delimiter: '\n', quotes: false },
    {
      record(line, [text]) {
        const comment = text.indexOf('#');
        const content = (comment === -1 ? text : text.slice(0, comment)).trim();
        if (content !== '') onLine(line, content.split(/[\s,]+/), text);
      },
      broken: (line, reason, text) => reading.reject(line, reason, text),
    },
  );
  for await (const chunk of readText(path, reading)) {
    parser.push(chunk.text, chunk.last);
    yield;
  }
}
