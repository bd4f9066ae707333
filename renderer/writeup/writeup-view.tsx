import { useMemo, useRef, useState, type ReactElement } from 'react';
import type { Design, Section } from '#shared/contract/design.ts';
import type { RunResult } from '#shared/contract/results.ts';
import { boardSvg } from '#shared/documents/board/svg.ts';
import { proseBlocks } from '#shared/documents/prose.ts';
import { citationsOf } from '#shared/documents/references.ts';
import { Prose, svgAddress } from '#renderer/prose/prose.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { useReadOnly } from '#renderer/ui/read-only.ts';
import { Tabs } from '#renderer/ui/tabs.tsx';
import { citeOptions } from './cite-completions.ts';
import { MarkdownEditor, type EditorHandle } from './markdown-editor.tsx';
import { shownSections, standardSections, withSection, wordCount } from './sections.ts';
import './writeup.css';

interface WriteupViewProps {
  readonly design: Design;
  /** The run that references are looked up in, without what no longer holds; null before there is one. */
  readonly run: RunResult | null;
  onSections(sections: Section[], section: string): void;
  onExport(format: 'md' | 'html'): void;
}

/** The write-up: its sections, the Markdown of one, and beside it how it reads, or the board. */
export function WriteupView({ design, run, onSections, onExport }: WriteupViewProps): ReactElement {
  const written = design.writeUp?.sections ?? [];
  const sections = shownSections(written);
  const [chosen, setChosen] = useState(sections[0].id);
  const section = sections.find((one) => one.id === chosen) ?? sections[0];
  const text = section.body.join('\n');
  const readOnly = useReadOnly();
  const editor = useRef<EditorHandle>(null);
  const citable = useMemo(() => citeOptions(run), [run]);
  return (
    <div className="writeup">
      <nav className="writeup-list" aria-label="Sections">
        <h2>{design.title}</h2>
        <ol>
          {sections.map((one) => {
            const words = wordCount(one.body);
            return (
              <li key={one.id}>
                <button
                  type="button"
                  className={`section-row ${one.id === section.id ? 'section-chosen' : ''}`}
                  aria-current={one.id === section.id}
                  onClick={() => setChosen(one.id)}
                >
                  <span className="section-id mono">{one.id}</span>
                  <span className="truncate" title={one.title}>
                    {one.title}
                  </span>
                  <span className="quiet number" title={words === 1 ? '1 word' : `${words} words`}>
                    {words === 0 ? '' : words}
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
        <div className="writeup-export">
          <Button icon="file-down" onClick={() => onExport('md')}>
            Markdown
          </Button>
          <Button icon="file-down" onClick={() => onExport('html')}>
            HTML
          </Button>
        </div>
      </nav>
      <section className="writeup-edit" aria-label="Text">
        <header>
          <h3>{section.title}</h3>
          {readOnly ? <span className="quiet">Only to be read here</span> : null}
          <Button icon="plus" disabled={readOnly} onClick={() => editor.current?.cite()}>
            Number or figure
          </Button>
        </header>
        <MarkdownEditor
          key={section.id}
          handle={editor}
          label={section.title}
          citable={citable}
          text={text}
          readOnly={readOnly}
          hint={standardSections.find((one) => one.id === section.id)?.asks ?? 'Write in Markdown.'}
          onChange={(next) => onSections(withSection(written, section.id, next), section.id)}
        />
      </section>
      <Beside design={design} run={run} section={section} />
    </div>
  );
}

type Side = 'preview' | 'board';

/** How the section reads, or the drawing it is about. */
function Beside({ design, run, section }: { design: Design; run: RunResult | null; section: Section }): ReactElement {
  const [side, setSide] = useState<Side>('preview');
  return (
    <section className="writeup-beside" aria-label="Beside the text">
      <header>
        <Tabs
          label="Beside the text"
          look="segments"
          current={side}
          items={[
            { id: 'preview', title: 'Preview' },
            { id: 'board', title: 'Board' },
          ]}
          onChoose={setSide}
        />
        <span className="writeup-run">{run === null ? 'Not run yet: no numbers' : <>Numbers of run {run.run}</>}</span>
      </header>
      {side === 'preview' ? (
        <Preview design={design} run={run} section={section} />
      ) : (
        <BoardPicture design={design} run={run} />
      )}
    </section>
  );
}

/** The board as it is exported: whole, or as large as it is drawn, to be read. */
function BoardPicture({ design, run }: { design: Design; run: RunResult | null }): ReactElement {
  const [large, setLarge] = useState(false);
  const address = useMemo(() => svgAddress(boardSvg(design, run)), [design, run]);
  return (
    <div className="writeup-board" tabIndex={0} role="region" aria-label="Picture of the board">
      <button
        type="button"
        aria-pressed={large}
        title={large ? 'Show the whole board' : 'Show it large enough to read'}
        onClick={() => setLarge(!large)}
      >
        <img src={address} alt={`Board of ${design.title}`} />
      </button>
    </div>
  );
}

function Preview({ design, run, section }: { design: Design; run: RunResult | null; section: Section }): ReactElement {
  const blocks = useMemo(() => proseBlocks(section.body, citationsOf(design, run)), [design, run, section.body]);
  return (
    <article className="writeup-read" aria-label="Preview" tabIndex={0}>
      {blocks.length === 0 ? <p className="quiet">Nothing is written here yet.</p> : <Prose blocks={blocks} />}
    </article>
  );
}
