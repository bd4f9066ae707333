import type { Design, Node } from '../../shared/contract/design.ts';
import { bound, drawn, wires } from './small-design.ts';

/** What a stranger may write wherever a text goes: markup, links, formulas, control characters, text that turns round. */
export function hostile(mark: string): string {
  return [
    `${mark} <img src="http://evil.invalid/${mark}.png" onerror="globalThis.broken='${mark}'">`,
    `"'><script>globalThis.broken='${mark}'</script><svg onload=globalThis.broken=1><iframe src="http://evil.invalid">`,
    '[l](javascript:globalThis.broken=1) ![i](http://evil.invalid/m.png) <a href="javascript:globalThis.broken=1">x</a>',
    '=HYPERLINK("http://evil.invalid") @SUM(1) {{x}} ${1} &lt;b&gt; \u202Egnirts \u0007\u0000\uFFFE \u{1F600}',
  ].join(' ');
}

/** As much of it as an id may hold. */
function hostileId(mark: string): string {
  return `${mark} <img src="http://evil.invalid/${mark}.png" onerror="globalThis.broken=1">"'><svg onload=globalThis.broken=1>`;
}

/** How a hostile text begins where it is shown as the text that it is. */
export function asText(mark: string): string {
  return `${mark} <img src=`;
}

/** A design that runs, with a hostile text in every field that takes one. */
export function hostileDesign(data: string): Design {
  const node = (one: Node, mark: string): Node => ({
    ...one,
    title: hostile(mark),
    notes: [hostile(`${mark}-notes`)],
  });
  const nodes = [
    node(bound('source', 'source', {}, { kind: 'source.table' }), 'source'),
    node(bound('split', 'split', {}, { kind: 'split.random', x: 300 }), 'split'),
    node(bound('popular', 'popularity', { keep: 20 }, { x: 600, y: 150 }), 'popular'),
    node(drawn('gateway', hostileId('kind'), { x: 900, y: 150, attributes: { owner: hostile('owner') } }), 'gateway'),
    node(bound('evaluate', 'evaluate-lists', {}, { kind: 'eval.offline', x: 1200, y: 150 }), 'evaluate'),
    node(bound('odd', hostileId('component'), { [hostile('param')]: hostile('value') }, { x: 600, y: 400 }), 'odd'),
  ];
  const edges = wires('source>split', 'split>popular', 'popular>gateway', 'gateway>evaluate');
  return {
    format: 'runboard',
    version: 1,
    title: hostile('title'),
    seed: 1,
    createdBy: hostile('maker'),
    summary: [hostile('summary')],
    problem: hostile('problem'),
    data: { path: data },
    board: {
      nodes,
      edges: edges.map((edge) => ({ ...edge, label: hostile('label') })),
      frames: [{ id: 'frame', title: hostile('frame'), x: 560, y: 100, width: 600, height: 200 }],
      notes: [{ id: 'note', text: [hostile('note')], x: 0, y: 420 }],
    },
    writeUp: { sections: [{ id: 'S1', title: hostile('section'), body: [hostile('body'), `# ${hostile('head')}`] }] },
    assumptions: [
      {
        id: 'a',
        title: hostile('assumption'),
        value: hostile('amount'),
        unit: hostile('unit'),
        source: hostile('from'),
      },
    ],
  };
}

/** Events whose users, items, further cells and column are hostile. */
export function hostileEvents(): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""').replaceAll('\u0000', '')}"`;
  const rows = Array.from({ length: 900 }, (_, at) =>
    [
      quoted(hostile(`user${at % 30}`)),
      quoted(hostile(`item${(at * at + 7 * at) % 41}`)),
      1_700_000_000 + at * 300,
      quoted(hostile('cell')),
    ].join(','),
  );
  return [`who,what,when,${quoted(hostile('column'))}`, ...rows].join('\n');
}
