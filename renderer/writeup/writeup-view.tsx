import { useState, type ReactElement } from 'react';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import type { Section } from '#shared/contract/design.ts';
import { Button } from '#renderer/ui/button.tsx';
import { MarkdownEditor } from './markdown-editor.tsx';
import { shownSections, standardSections, withSection, wordCount } from './sections.ts';
import './writeup.css';

const plugins = [remarkGfm];

interface WriteupViewProps {
  readonly title: string;
  readonly written: readonly Section[];
  onSections(sections: Section[], section: string): void;
  onExport(format: 'md' | 'html'): void;
}

/** The write-up: its sections, the Markdown of one, and how it reads. */
export function WriteupView({ title, written, onSections, onExport }: WriteupViewProps): ReactElement {
  const sections = shownSections(written);
  const [chosen, setChosen] = useState(sections[0].id);
  const section = sections.find((one) => one.id === chosen) ?? sections[0];
  const text = section.body.join('\n');
  return (
    <div className="writeup">
      <nav className="writeup-list" aria-label="Sections">
        <h2>{title}</h2>
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
                  <span className="truncate">{one.title}</span>
                  <span className="quiet number">{words === 0 ? '' : words}</span>
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
        </header>
        <MarkdownEditor
          key={section.id}
          label={section.title}
          text={text}
          hint={standardSections.find((one) => one.id === section.id)?.asks ?? 'Write in Markdown.'}
          onChange={(next) => onSections(withSection(written, section.id, next), section.id)}
        />
      </section>
      <article className="writeup-read" aria-label="Preview" tabIndex={0}>
        <h3>{section.title}</h3>
        {text.trim() === '' ? (
          <p className="quiet">Nothing is written here yet.</p>
        ) : (
          <Markdown remarkPlugins={plugins} skipHtml>
            {text}
          </Markdown>
        )}
      </article>
    </div>
  );
}
