import type { RequestTrace, TraceStep } from '#shared/contract/traces.ts';
import { componentTitle } from '#shared/documents/stages.ts';
import { countText, millisText, valueText } from '#shared/documents/numbers.ts';
import { colour, safe, textTable } from '../text.ts';

/** Items of a step that a person wants to see; the rest is counted. */
const shownItems = 10;
const shownHistory = 8;

/** One request through every stage. */
export function traceText(trace: RequestTrace): string {
  const named = (one: { readonly item: string; readonly title: string | null }): string => safe(one.title ?? one.item);
  const history = trace.history.slice(-shownHistory).map(named);
  const earlier = trace.history.length - history.length;
  const lines = [
    `${colour('bold', `user ${safe(trace.user)}`)}  ${colour('gray', trace.run)}`,
    `  history: ${earlier > 0 ? `${countText(earlier)} earlier, then ` : ''}${history.join(', ') || 'none'}`,
    `  should be found: ${trace.heldOut.map(named).join(', ') || 'nothing'}`,
  ];
  return `${lines.join('\n')}\n${trace.steps.map(stepText).join('')}`;
}

function stepText(step: TraceStep): string {
  const rows = step.items
    .slice(0, shownItems)
    .map((one) => [
      one.relevant ? colour('green', '●') : ' ',
      String(one.rank),
      moved(one.rank, one.rankBefore),
      safe(one.title ?? one.item),
      valueText(one.score),
      safe(one.sources.join(', ')),
      safe(one.reason),
    ]);
  const columns = [
    { title: '' },
    { title: 'rank', right: true },
    { title: 'moved' },
    { title: 'item', most: 44 },
    { title: 'score', right: true },
    { title: 'from', most: 40 },
    { title: 'why', most: 40 },
  ];
  const head = `\n${colour('bold', safe(step.title))}  ${colour('gray', `${componentTitle(step.component)}, ${countText(step.items.length)} items, ${millisText(step.millis)}`)}\n`;
  const found = step.items.filter((one) => one.relevant).length;
  const rest = step.items.length > shownItems ? `    and ${countText(step.items.length - shownItems)} more\n` : '';
  const dropped = step.dropped.length === 0 ? '' : `, ${countText(step.dropped.length)} dropped`;
  return `${head}${textTable(columns, rows)}${rest}    ${countText(found)} relevant${dropped}\n`;
}

function moved(rank: number, before: number | null): string {
  if (before === null || before === rank) return '';
  return before > rank ? `↑ ${before - rank}` : `↓ ${rank - before}`;
}
