import { useEffect, useState, type ReactElement } from 'react';
import type { Design } from '#shared/contract/design.ts';
import type { TemplateInfo } from '#shared/contract/design-files.ts';
import { failureLine } from '#shared/contract/failure.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { Button } from '#renderer/ui/button.tsx';
import { ago } from '#renderer/ui/format.ts';
import { PathForm } from '#renderer/ui/path-form.tsx';
import { fetchedView } from '#renderer/ui/fetched-view.tsx';
import { say } from '#renderer/ui/toast.tsx';
import { useApp } from './app-context.ts';
import { Unsaved } from './unsaved.tsx';
import { offerTour, sample } from './tour-store.ts';
import { emptyDesign, openTab, unsaved } from './workspace.ts';

const noDrawing = <svg className="thumbnail" aria-hidden="true" viewBox="0 0 320 150" />;
const Thumbnail = fetchedView(async () => (await import('./thumbnail.tsx')).Thumbnail, noDrawing);

/** As many whole sentences as a card has room for; the others are in its tooltip and, once it is open, beside the board. */
function firstSentences(summary: string): string {
  const sentences = summary.split(/(?<=[.?!]) /);
  const fitting = sentences.findIndex((_, at) => sentences.slice(0, at + 1).join(' ').length > 230);
  return sentences.slice(0, fitting === -1 ? sentences.length : Math.max(1, fitting)).join(' ');
}

function TemplateCard({
  template,
  design,
  onOpen,
}: {
  template: TemplateInfo;
  design: Design | null;
  onOpen(): void;
}): ReactElement {
  return (
    <button type="button" className="template-card" title={template.summary} onClick={onOpen}>
      {design === null ? noDrawing : <Thumbnail design={design} />}
      <span className="template-text">
        <strong>{template.title}</strong>
        <span className="quiet">{firstSentences(template.summary)}</span>
        <span className="template-counts number">
          {template.nodes} nodes, {template.bound === 0 ? 'drawn only' : `${template.bound} of them run`}
          {template.runs || template.bound === 0 ? null : <span>on data of your own</span>}
        </span>
      </span>
    </button>
  );
}

function useTemplates(): { templates: readonly TemplateInfo[]; designs: ReadonlyMap<string, Design> } {
  const { connection } = useApp();
  const list = useAnswer('templates', () => connection.call('templates.list'));
  const [designs, setDesigns] = useState<ReadonlyMap<string, Design>>(new Map());
  useEffect(() => {
    let live = true;
    void (async () => {
      for (const { id } of list.value ?? []) {
        const design = await connection.call('templates.open', { template: id }).catch(() => null);
        if (!live) return;
        if (design !== null) setDesigns((before) => new Map([...before, [id, design]]));
      }
    })();
    return () => {
      live = false;
    };
  }, [list.value, connection]);
  return { templates: list.value ?? [], designs };
}

/** Where one starts: the sample, the templates, and what was worked on before. */
export function StartPage(): ReactElement {
  const { connection, workspace, desktop } = useApp();
  const { templates, designs } = useTemplates();
  const recent = useAnswer('designs', () => connection.call('designs.list'));
  const openTemplate = async (id: string): Promise<void> => {
    try {
      await openTab(workspace, unsaved(designs.get(id) ?? (await connection.call('templates.open', { template: id }))));
      if (id === sample) offerTour();
    } catch (thrown) {
      say(failureLine(failureOf(thrown)));
    }
  };
  const openFile = async (path: string): Promise<void> => {
    try {
      await openTab(workspace, await connection.call('designs.open', { path }));
    } catch (thrown) {
      say(failureLine(failureOf(thrown)));
    }
  };
  const files = (recent.value ?? []).toSorted((a, b) => b.modifiedAt.localeCompare(a.modifiedAt)).slice(0, 12);
  return (
    <main className="start">
      <div className="start-inner">
        <header className="start-head">
          <h1>Draw an ML system. Run it. Read the numbers on the drawing.</h1>
          <div className="start-actions">
            <Button look="solid" icon="play" onClick={() => void openTemplate(sample)}>
              Open the sample: video recommendation
            </Button>
            <Button icon="file-plus" onClick={() => void openTab(workspace, unsaved(emptyDesign()))}>
              Empty board
            </Button>
          </div>
        </header>
        <Unsaved />
        <section aria-labelledby="recent">
          <h2 id="recent">Your designs</h2>
          {files.length === 0 ? <p className="quiet">Designs that you save appear here.</p> : null}
          <ul className="recent">
            {files.map((file) => (
              <li key={file.path}>
                <button type="button" className="recent-row" onClick={() => void openFile(file.path)}>
                  <strong>{file.title}</strong>
                  <span className="quiet truncate" title={file.path}>
                    {file.path.split(/[\\/]/).at(-1)}
                  </span>
                  <span className="quiet number">{ago(Date.parse(file.modifiedAt), Date.now())}</span>
                </button>
              </li>
            ))}
          </ul>
          <PathForm
            label="Path of a design"
            hint="Path of a design on this computer, *.runboard"
            choose={desktop === null ? null : () => desktop.choose('open-design')}
            onOpen={(path) => void openFile(path)}
          />
        </section>
        <section aria-labelledby="templates">
          <h2 id="templates">Templates</h2>
          <div className="template-grid">
            {templates.map((template) => (
              <TemplateCard
                key={template.id}
                template={template}
                design={designs.get(template.id) ?? null}
                onOpen={() => void openTemplate(template.id)}
              />
            ))}
          </div>
        </section>
      </div>
    </main>
  );
}
