import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { specs } from '../../shared/components/specs.generated.ts';
import { boardSvg } from '../../shared/documents/board/svg.ts';
import { toMarkdown } from '../../shared/documents/markdown.ts';
import { toMermaid } from '../../shared/documents/mermaid.ts';
import { writeUp } from '../../shared/documents/write-up.ts';
import { compileBoard } from '../../shared/engine/compile.ts';
import { readDesign } from '../../shared/services/designs/read.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';

const folder = join(import.meta.dirname, '../../assets/templates');
const templates = readdirSync(folder).filter((name) => name.endsWith('.runboard'));

it('are there', () => {
  expect(templates).toContain('video-recommendation.runboard');
});

describe.each(templates)('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  const { design, repairs, readOnly } = readDesign(text, name, specs);

  it('opens without repairs and is as the program would write it', () => {
    expect({ repairs, readOnly }).toEqual({ repairs: [], readOnly: null });
    expect(writeDesign(design)).toBe(text);
  });

  it('says what it is', () => {
    expect(design.title).toMatch(/\S/);
    expect((design.summary ?? []).join(' ')).toMatch(/\S+ \S+.*\.$/);
  });

  it('compiles', () => {
    expect(compileBoard(design.board, { specs }).nodes.length).toBeGreaterThan(0);
  });

  it('is drawn and written up', () => {
    const svg = boardSvg(design);
    expect(svg.match(/rx="9"[^>]*stroke=/g)?.length).toBe(design.board.nodes.length);
    expect(svg).not.toMatch(/NaN|undefined/);
    expect(toMermaid(design)).toMatch(/^flowchart LR\n/);
    expect(toMarkdown(writeUp(design, null))).toContain('Not run yet');
  });
});
