import type { ReactElement } from 'react';
import type { Design, Edge, EdgeKind } from '#shared/contract/design.ts';
import { edgeKinds } from '#shared/contract/kinds.ts';
import { Button } from '#renderer/ui/button.tsx';
import { fullCount } from '#renderer/ui/format.ts';
import { useReadOnly } from '#renderer/ui/read-only.ts';
import { Choice } from './choice.tsx';
import { Field, linesOf, TitleField } from './field.tsx';

export interface DesignEdits {
  onDesign(label: string, fields: Partial<Pick<Design, 'title' | 'seed' | 'summary'>>, merge: string): void;
  onChooseData(): void;
}

/** What is said about the design as a whole, when nothing is selected. */
export function DesignInspector({ design, edits }: { design: Design; edits: DesignEdits }): ReactElement {
  const bound = design.board.nodes.filter((node) => node.binding !== undefined).length;
  const data = design.data?.path ?? design.data?.recipe;
  const readOnly = useReadOnly();
  return (
    <>
      <header className="inspector-head">
        <h2>
          <TitleField
            label="Title of the design"
            value={design.title}
            onChange={(title) => edits.onDesign('Rename the design', { title }, 'design-title')}
          />
        </h2>
        <p className="quiet number">
          {fullCount(design.board.nodes.length)} nodes, {fullCount(bound)} of them bound ·{' '}
          {fullCount(design.board.edges.length)} edges
        </p>
      </header>
      <div className="inspector-body" tabIndex={0} role="group" aria-label="Details">
        <section className="inspector-section">
          <Field title="Data set" wide>
            <Button icon="database" onClick={edits.onChooseData} title={data}>
              <span className="truncate">{data === undefined ? 'Choose' : (data.split(/[\\/]/).at(-1) ?? data)}</span>
            </Button>
          </Field>
          <Field title="Seed" of="design-seed" help="The same design, data and seed give the same numbers.">
            <input
              id="design-seed"
              className="input"
              inputMode="numeric"
              readOnly={readOnly}
              value={String(design.seed)}
              onChange={(event) =>
                /^\d{0,9}$/.test(event.target.value) &&
                edits.onDesign('Change the seed', { seed: Number(event.target.value) }, 'design-seed')
              }
            />
          </Field>
          <Field title="Summary" of="design-summary" wide>
            <textarea
              id="design-summary"
              className="input"
              rows={7}
              readOnly={readOnly}
              value={(design.summary ?? []).join('\n')}
              onChange={(event) =>
                edits.onDesign('Edit the summary', { summary: linesOf(event.target.value) }, 'design-summary')
              }
            />
          </Field>
        </section>
      </div>
    </>
  );
}

/** What a selected edge is. */
export function EdgeInspector({
  edge,
  from,
  to,
  onKind,
}: {
  edge: Edge;
  from: string;
  to: string;
  onKind(kind: EdgeKind): void;
}): ReactElement {
  return (
    <>
      <header className="inspector-head">
        <h2 className="inspector-plain">
          {from} → {to}
        </h2>
        <p className="quiet mono">
          {edge.fromPort ?? 'out'} → {edge.toPort ?? 'in'}
        </p>
      </header>
      <div className="inspector-body" tabIndex={0} role="group" aria-label="Details">
        <section className="inspector-section">
          <Field title="Kind" of="edge-kind">
            <Choice
              id="edge-kind"
              value={edge.kind ?? 'batch'}
              chosen={edge.kind ?? 'batch'}
              onChange={(event) => onKind(event.target.value as EdgeKind)}
            >
              {edgeKinds.map((kind) => (
                <option key={kind}>{kind}</option>
              ))}
            </Choice>
          </Field>
        </section>
      </div>
    </>
  );
}

/** Several parts at once. */
export function ManyInspector({ count }: { count: number }): ReactElement {
  return (
    <div className="empty">
      <strong className="number">{count} parts selected</strong>
      <span>Drag to move them together. Right-click to align, frame, duplicate or delete them.</span>
    </div>
  );
}
