import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { describe, expect, it } from 'vitest';
import type { Design } from '../contract/design.ts';
import type { NodeResult, RunResult } from '../contract/results.ts';
import { toHtml } from './html.ts';
import { toMarkdown } from './markdown.ts';
import { proseBlocks } from './prose.ts';
import { citableNumbers, citationsOf } from './references.ts';
import { isSafeLink } from './safe-link.ts';

const design: Design = {
  format: 'runboard',
  version: 1,
  title: 'T',
  seed: 1,
  board: { nodes: [{ id: 'judge', kind: 'evaluate', title: 'Judge', x: 0, y: 0 }], edges: [] },
};

const judge: NodeResult = {
  id: 'judge',
  title: 'Judge',
  component: 'evaluate-lists',
  key: 'k',
  status: 'done',
  origin: 'measured',
  metrics: { 'ndcg@10': { value: 0.2087, low: 0.2, high: 0.21, n: 943 } },
  baselines: {},
  slices: {},
  sheets: [],
  measures: {},
  latency: { p50: 1.25, p95: 2, p99: 12, requests: 100 },
  fitMillis: null,
} as unknown as NodeResult;

const run = {
  run: 'r-0007',
  data: { name: 'd', fingerprint: 'f' },
  startedAt: '',
  nodes: { judge },
} as unknown as RunResult;

function markdown(text: string, of: RunResult | null = run): string {
  return toMarkdown({ title: 'T', blocks: proseBlocks(text.split('\n'), citationsOf(design, of)) });
}

describe('references to a run', () => {
  it('become the number that was measured, wherever text stands', () => {
    expect(markdown('We reach {{judge ndcg@10}} in {{ judge  p99 }}.')).toBe('We reach 0.2087 in 12 ms.\n');
    expect(markdown('- **{{judge ndcg@10}}** it is')).toBe('- 0.2087 it is\n');
    expect(markdown('| a | b |\n|---|---:|\n| {{judge ndcg@10}} | x |')).toContain('| 0.2087 | x |');
  });

  it('say in HTML where the number is from', () => {
    const html = toHtml({ title: 'T', blocks: proseBlocks(['{{judge ndcg@10}}'], citationsOf(design, run)) });
    expect(html).toContain('title="NDCG@10 of Judge, run r-0007, 95 % [0.2000, 0.2100], n 943"');
  });

  it('say what is missing and why, and never keep an old number', () => {
    expect(markdown('{{judge ndcg@10}}', null)).toBe('*(judge ndcg@10: not run yet)*\n');
    expect(markdown('{{judge mrr@10}}')).toContain('Judge has no such number');
    expect(markdown('{{nobody mrr@10}}')).toContain('no such node');
    expect(markdown('{{judge ndcg@10}}', { ...run, nodes: {} })).toContain('not measured for this drawing');
    expect(markdown('{{funnel}}', null)).toContain('not run yet');
  });

  it('label what was not measured', () => {
    const simulated = { ...run, nodes: { judge: { ...judge, origin: 'simulated' as const } } };
    expect(markdown('{{judge ndcg@10}}', simulated)).toBe('0.2087 (simulated)\n');
  });

  it('become the drawing and tables where they stand alone', () => {
    expect(markdown('{{board}}')).toBe('![Board of T](board.svg)\n');
    expect(markdown('{{results judge}}')).toContain('| NDCG@10 | **0.2087** | [0.2000, 0.2100] | 943 |');
    expect(markdown('as {{board}} shows')).toContain('board: stands between empty lines');
    expect(markdown('as {{results judge}} shows')).toContain('results judge: stands between empty lines');
  });

  it('stay as written in code, and without a run to look at', () => {
    expect(markdown('`{{judge ndcg@10}}`')).toBe('`{{judge ndcg@10}}`\n');
    expect(proseBlocks(['{{judge ndcg@10}}'])).toEqual([
      { type: 'paragraph', text: [{ type: 'text', text: '{{judge ndcg@10}}' }] },
    ]);
  });

  it('are offered with name and value', () => {
    expect(citableNumbers(run).map(({ key, value }) => [key, value])).toEqual([
      ['ndcg@10', '0.2087'],
      ['p50', '1.3 ms'],
      ['p95', '2.0 ms'],
      ['p99', '12 ms'],
    ]);
  });
});

describe('prose', () => {
  it('has tables, and lists within lists', () => {
    const table = '| a | b |\n| --- | ---: |\n| 1 | **2** |\n';
    expect(markdown(table)).toBe(table);
    const list = '- one\n  - under\n- two\n';
    expect(markdown(list)).toBe(list);
  });

  it('keeps HTML, images and links that run something as the text they are', () => {
    const text = markdown(
      '<b onclick="x">bold</b> ![pic](javascript:a) [go](javascript:alert(1))\n\n<script>x</script>',
    );
    expect(text).toContain('&lt;b onclick="x">bold&lt;/b> pic');
    expect(text).toContain('\\[go](javascript:alert(1))');
    expect(text).toContain('&lt;script>x&lt;/script>');
  });

  /** What a reader of Markdown makes of a text that could do harm. */
  function harmIn(text: string): string[] {
    const harm: string[] = [];
    const look = (node: Nodes): void => {
      const link = node.type === 'link' || node.type === 'definition' ? node.url : null;
      if (node.type === 'html' || node.type === 'image') harm.push(node.type);
      if (link !== null && !isSafeLink(link)) harm.push(link);
      if ('children' in node) node.children.forEach(look);
    };
    look(fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }));
    return harm;
  }

  it('has no HTML, no picture from elsewhere and no link that runs something when it is read again, however it is put together', () => {
    expect(harmIn('[a](javascript:x) ![](https://a.b)\n\n<b>')).toEqual(['javascript:x', 'image', 'html']);
    const marks =
      '[ ] ( ) < > ! ` `` * ** _ ~ & \\ | # - 1. = + a 1 [1] [x](y) ![[1]](x) (javascript:x) (https://a.b) :javascript:x &lt; &#91; lt; <b> <!-- <javascript:x> {{n}}';
    const parts = [...marks.split(' '), ' ', '    ', '\t', '\n', '\n\n', '\u0007', '| a | b |\n|-|-|\n| '];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), (chosen) => {
        expect(harmIn(markdown(chosen.join('')))).toEqual([]);
      }),
      { numRuns: 1_500, examples: [[['![[1]](x)', '(javascript:x)']], [['![[1]](x)', ':javascript:x']]] },
    );
  });
});
