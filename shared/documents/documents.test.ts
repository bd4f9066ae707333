import { describe, expect, it } from 'vitest';
import type { Design } from '../contract/design.ts';
import type { NodeResult, RunResult } from '../contract/results.ts';
import { emptyResult } from '../engine/node-result.ts';
import { fitted, monoWidth, textWidth } from './board/text-width.ts';
import { boardSvg } from './board/svg.ts';
import { funnelOf } from './funnel.ts';
import { toHtml } from './html.ts';
import { escapeMarkdown, toMarkdown } from './markdown.ts';
import { toMermaid } from './mermaid.ts';
import { bytesText, countText, metricHeading, millisText, shortCount, shortValue, valueText } from './numbers.ts';
import { proseBlocks } from './prose.ts';
import { isSafeLink } from './safe-link.ts';
import { groupedWarnings } from './warnings.ts';
import { writeUp } from './write-up.ts';

const hostile =
  '<script>alert(1)</script> "><img src=x onerror=alert(2)> `code` [l](javascript:alert(3)) | a | \u202Eevil\u0000\u0007 \uD800 & &lt; ${x} {{y}} =1+1 \u{1F600}';

function node(id: string, changes: Partial<Design['board']['nodes'][number]> = {}): Design['board']['nodes'][number] {
  return { id, kind: 'retrieve', title: id, x: 0, y: 0, ...changes };
}

const bound = (
  component = 'random',
): { binding: { component: string; version: number; params: Record<string, number> } } => ({
  binding: { component, version: 1, params: { keep: 10 } },
});

function designOf(nodes: Design['board']['nodes'], edges: readonly (readonly [string, string])[], title = 'T'): Design {
  return {
    format: 'runboard',
    version: 1,
    title,
    seed: 1,
    board: { nodes, edges: edges.map(([from, to]) => ({ id: `${from}>${to}`, from, to })) },
  };
}

function resultOf(id: string, changes: Partial<NodeResult> = {}): NodeResult {
  return {
    ...emptyResult({ id, title: id, component: 'random', status: 'done', key: 'k', because: 'first run' }),
    fitMillis: 12,
    applyMillis: 3,
    stateBytes: 100,
    in: 10,
    out: 5,
    unit: 'items per request',
    ...changes,
  };
}

const recall = (value: number, at: number): Partial<NodeResult> => ({
  out: at,
  metrics: { [`recall@${at}`]: { value, low: value - 0.01, high: value + 0.01, n: 50 } },
});

function runOf(results: readonly NodeResult[], name = 'data'): RunResult {
  return {
    run: 'r-0001',
    status: 'done',
    design: { title: 'T', path: null, digest: 'd' },
    data: { name, path: null, fingerprint: 'f00d' },
    seed: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: '2026-01-01T00:00:01.000Z',
    environment: {
      runboard: '0',
      node: 'v24',
      platform: 'linux x64',
      cores: 2,
      memoryBytes: 1,
      threads: 1,
      tensor: '',
      sqlite: '3',
    },
    nodes: Object.fromEntries(results.map((one) => [one.id, one])),
  };
}

/** Every field that a stranger can fill. */
function hostileDocument(): { design: Design; run: RunResult } {
  const one = node('a', { title: hostile, kind: hostile, ...bound(), notes: [hostile] });
  const other = node('b', {
    title: hostile,
    x: 400,
    binding: { component: hostile, version: 1, params: { [hostile]: hostile } },
  });
  const design: Design = {
    ...designOf([one, other, node(hostile, { y: 200 })], [['a', 'b']], hostile),
    summary: [hostile],
    writeUp: {
      sections: [
        {
          id: 's',
          title: hostile,
          body: [hostile, `# ${hostile}`, `- ${hostile}`, `> ${hostile}`, '```', hostile, '```'],
        },
      ],
    },
    assumptions: [{ id: 'x', title: hostile, value: hostile, unit: hostile, source: hostile }],
  };
  design.board.edges[0].label = hostile;
  design.board.frames = [{ id: 'f', title: hostile, x: 0, y: 0, width: 300, height: 100 }];
  design.board.notes = [{ id: 'n', text: [hostile], x: 0, y: 400 }];
  const results = ['a', 'b'].map((id) =>
    resultOf(id, {
      title: hostile,
      unit: hostile,
      warnings: [hostile],
      measures: { [hostile]: 1 },
      metrics: { [hostile]: { value: 1, low: 0, high: 2, n: 3 } },
      sheets: [{ id: 's', title: hostile, columns: [hostile], rows: [[hostile]] }],
    }),
  );
  return { design, run: runOf(results, hostile) };
}

describe('hostile text stays text', () => {
  const { design, run } = hostileDocument();
  const document = writeUp(design, run);

  it('in HTML: only our own elements, no attribute that runs', () => {
    const html = toHtml(document);
    const elements = new Set([...html.matchAll(/<\/?([a-zA-Z!][\w-]*)/g)].map((found) => found[1].toLowerCase()));
    const ours =
      'a blockquote body circle code ellipse em figcaption figure g h1 h2 h3 h4 head html li main meta ol p path polygon polyline pre rect strong style svg table tbody td text th thead title tr tspan ul line !doctype'.split(
        ' ',
      );
    expect([...elements].filter((name) => !ours.includes(name))).toEqual([]);
    expect(html).not.toMatch(/<[^>]+\son\w+=/i);
    expect(html).not.toMatch(/href="(?!https:|http:|mailto:)/i);
    // eslint-disable-next-line no-control-regex
    expect(html).not.toMatch(/[\u0000\u0007\u202E\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  });

  it('in the drawing: well-formed, nothing that runs or is fetched', () => {
    const svg = boardSvg(design, run);
    expect(svg).not.toMatch(/<(script|foreignObject|image|use|a|animate|set|style)\b/i);
    expect(svg).not.toMatch(/<[^>]+\s(on\w+|href|xlink:href)=/i);
    expect(tagsBalance(svg)).toBe(true);
  });

  it('in Markdown: no HTML, no foreign links, no table broken', () => {
    const markdown = toMarkdown(document);
    const outside = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/(?<!\\)`[^`\n]*`/g, '');
    expect(outside).not.toMatch(/(?<!\\)<(?!https:)[a-z/!]/i);
    expect(outside).not.toMatch(/(?<!\\)\[(?:[^\]\\\n]|\\.)*\]\((?!board\.svg)/);
    for (const table of markdown.matchAll(/(?:^\|.*\n)+/gm)) {
      const cells = table[0]
        .trim()
        .split('\n')
        .map((row) => row.replace(/\\\|/g, '').split('|').length);
      expect(new Set(cells).size).toBe(1);
    }
  });

  it('in Mermaid: one line per statement, labels closed', () => {
    const labels = toMermaid(design).match(/\["(.*)"\]/g) ?? [];
    expect(labels.length).toBeGreaterThan(2);
    for (const label of labels) expect(label.slice(2, -2)).not.toMatch(/["<>[\]`{}|](?!br\/>)(?<!<br\/>)/);
  });
});

function tagsBalance(xml: string): boolean {
  const open: string[] = [];
  for (const [, close, name, self] of xml.matchAll(/<(\/?)([a-zA-Z]+)(?:"[^"]*"|'[^']*'|[^"'>])*?(\/?)>/g)) {
    if (self === '/') continue;
    if (close === '') open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

it('is the same twice, and holds no time but that of the run', () => {
  const { design, run } = hostileDocument();
  expect(toMarkdown(writeUp(design, run))).toBe(toMarkdown(writeUp(design, structuredClone(run))));
  const years = toMarkdown(writeUp(design, run)).match(/20\d\d-\d\d-\d\d/g);
  expect(new Set(years)).toEqual(new Set(['2026-01-01']));
});

describe('write-up', () => {
  it('says that nothing was measured where there is no run', () => {
    const text = toMarkdown(writeUp(designOf([node('a', bound())], []), null));
    expect(text).toMatch('Not run yet');
    expect(text).not.toMatch('## Results');
  });

  it('shows no numbers of a run on nodes that were bound otherwise, and says so', () => {
    const design = designOf(
      [node('a', { title: 'Retriever', ...bound('popularity') }), node('b', { title: 'New', ...bound() })],
      [],
    );
    const run = runOf([resultOf('a', recall(0.77, 10))]);
    expect(toMarkdown(writeUp(design, run))).toMatch(
      /The drawing has changed since that run: Retriever was Random; New was not part of it/,
    );
    expect(boardSvg(design, run)).not.toMatch('.770');
    expect(boardSvg(designOf([node('a', bound())], []), run)).toMatch('.770');
  });
});

describe('funnel', () => {
  const chain = designOf(
    [node('r', bound()), node('queue', { kind: 'queue' }), node('rank', bound()), node('list', bound())],
    [
      ['r', 'queue'],
      ['queue', 'rank'],
      ['rank', 'list'],
    ],
  );

  it('follows the chain through what is only drawn', () => {
    const run = runOf([
      resultOf('r', recall(0.8, 100)),
      resultOf('rank', recall(0.5, 50)),
      resultOf('list', recall(0.2, 10)),
    ]);
    const steps = funnelOf(chain, run);
    expect(steps.map((step) => step.node)).toEqual(['r', 'rank', 'list']);
    expect(steps.map((step) => Math.round(step.lost * 10) / 10)).toEqual([0.2, 0.3, 0.3]);
  });

  it('begins where several lists come together', () => {
    const design = designOf(
      [node('r1', bound()), node('r2', bound()), node('m', bound()), node('list', bound())],
      [
        ['r1', 'm'],
        ['r2', 'm'],
        ['m', 'list'],
      ],
    );
    const run = runOf([
      resultOf('r1', recall(0.3, 100)),
      resultOf('r2', recall(0.4, 100)),
      resultOf('m', recall(0.6, 150)),
      resultOf('list', recall(0.2, 10)),
    ]);
    expect(funnelOf(design, run).map((step) => step.node)).toEqual(['m', 'list']);
  });

  it('is empty where retrievers only stand side by side', () => {
    const design = designOf([node('r1', bound()), node('r2', bound())], []);
    expect(funnelOf(design, runOf([resultOf('r1', recall(0.3, 10)), resultOf('r2', recall(0.4, 10))]))).toEqual([]);
  });

  it('ends on a board that goes in circles', () => {
    const design = designOf(
      [node('a', bound()), node('b', bound())],
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
    );
    expect(funnelOf(design, runOf([resultOf('a', recall(0.3, 10)), resultOf('b', recall(0.4, 10))]))).toEqual([]);
  });
});

describe('drawing', () => {
  it('draws an empty board, and nodes that lie on each other', () => {
    expect(boardSvg(designOf([], []))).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
    expect(
      boardSvg(
        designOf(
          [node('a'), node('b')],
          [
            ['a', 'b'],
            ['a', 'a'],
          ],
        ),
      ),
    ).not.toMatch('NaN');
  });

  it('puts on an edge what flows over it, through drawn nodes', () => {
    const design = designOf(
      [node('r', bound()), node('q', { kind: 'queue', x: 300 }), node('s', { ...bound(), x: 600 })],
      [
        ['r', 'q'],
        ['q', 's'],
      ],
    );
    expect(boardSvg(design, runOf([resultOf('r', { out: 412 })])).match(/>412</g)?.length).toBe(3);
  });
});

describe('prose', () => {
  it('knows headings, lists, quotes and code', () => {
    expect(
      proseBlocks(['# A', 'one', 'two', '', '- x', '- y', '  more', '1. z', '> q', '```', 'c', '```']).map(
        (block) => block.type,
      ),
    ).toEqual(['heading', 'paragraph', 'list', 'list', 'quote', 'code']);
  });

  it.each([
    ['https://a.b/c?d=e#f', true],
    ['mailto:a@b.c', true],
    ['javascript:alert(1)', false],
    ['JaVaScRiPt:alert(1)', false],
    ['data:text/html,x', false],
    ['//evil', false],
    ['https://a"onclick=', false],
  ])('links to %s: %s', (to, safe) => expect(isSafeLink(to)).toBe(safe));

  it('keeps intervals readable and takes links apart', () => {
    expect(escapeMarkdown('0.61 [0.60, 0.62] n 1,204')).toBe('0.61 [0.60, 0.62] n 1,204');
    expect(escapeMarkdown('[1](x)')).toBe('\\[1](x)');
    expect(escapeMarkdown('snake_case _em_ http://a')).toBe('snake_case \\_em\\_ http&#58;//a');
  });
});

describe('numbers', () => {
  it.each([
    [countText(1234567), '1,234,567'],
    [countText(100), '100'],
    [countText(-1234.56), '-1,234.6'],
    [countText(99.5), '99.5'],
    [countText(null), '–'],
    [shortCount(2_100_000), '2.1 M'],
    [shortCount(1_684_000), '1.68 M'],
    [shortCount(100_000), '100 k'],
    [shortCount(412), '412'],
    [valueText(0.20871), '0.2087'],
    [valueText(7449.4), '7,449'],
    [valueText(Number.NaN), '–'],
    [shortValue(0.2087), '.209'],
    [shortValue(-0.5), '-.500'],
    [millisText(0.5), '0.50 ms'],
    [millisText(41_234), '41.2 s'],
    [millisText(125_000), '2 min 5 s'],
    [bytesText(1536), '1.5 KiB'],
    [metricHeading('ndcg@10'), 'NDCG@10'],
    [metricHeading('log-loss'), 'Log loss'],
  ])('%s', (text, expected) => expect(text).toBe(expected));

  it('cuts text where it would run over', () => {
    expect(fitted('short', 12, 100)).toBe('short');
    const cut = fitted('a very long title that does not fit', 12, 80);
    expect(cut).toMatch(/…$/);
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(80);
    expect(monoWidth('abc', 10)).toBeCloseTo(18);
    const one = (room: number): string => {
      const letters = [...'Médias with  two spaces'];
      while (letters.length > 1 && textWidth(`${letters.join('').trimEnd()}…`, 11) > room) letters.pop();
      return `${letters.join('').trimEnd()}…`;
    };
    for (let room = 0; room < 110; room += 3) expect(fitted('Médias with  two spaces', 11, room)).toBe(one(room));
    expect(fitted('x'.repeat(1_000_000), 11, 100)).toMatch(/^x{10,20}…$/);
  });
});

it('says a warning once, whoever and however many gave it', () => {
  const leaks = 'the split leaks the future';
  const evaluations = ['a', 'b', 'c', 'd'].map((id) =>
    resultOf(id, { component: 'evaluate-lists', warnings: [leaks, ...(id === 'b' ? ['short lists'] : [])] }),
  );
  const run = runOf([
    resultOf('baseline-popularity-split', { component: 'popularity', warnings: ['slow'] }),
    ...evaluations,
    resultOf('e', { warnings: ['slow'] }),
  ]);
  expect(groupedWarnings(run)).toEqual([
    { text: 'slow', from: 'baseline Popularity, e' },
    { text: leaks, from: '4 evaluations' },
    { text: 'short lists', from: 'b' },
  ]);
  expect(groupedWarnings(runOf([...evaluations, resultOf('e', { warnings: [leaks] })]))[0].from).toBe('5 nodes');
  const shown = toMarkdown(writeUp(designOf([], []), run));
  expect(shown.split(leaks)).toHaveLength(2);
});
