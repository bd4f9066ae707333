import { useState, type ReactElement } from 'react';
import type { EdgeKind, Node } from '#shared/contract/design.ts';
import { lanes, type Lane } from '#shared/contract/kinds.ts';
import type { StoredParams } from '#shared/contract/params.ts';
import {
  componentsFor,
  iconOf,
  kindOf,
  laneOf,
  laneTitles,
  paramsOf,
  portsOf,
  specOf,
  stageTitles,
} from '#renderer/client/catalogue.ts';
import { useNodePlan, useNodeRun } from '#renderer/client/run-context.ts';
import { fetchedView } from '#renderer/ui/fetched-view.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { useReadOnly } from '#renderer/ui/read-only.ts';
import { Tabs } from '#renderer/ui/tabs.tsx';
import { Choice } from './choice.tsx';
import { Field, linesOf, TitleField } from './field.tsx';
import { ParamField } from './param-field.tsx';
import { NodeResults } from './node-results.tsx';
import { Attributes } from './attributes.tsx';

const Doc = fetchedView(async () => (await import('./doc.tsx')).Doc);

/** What a component takes or gives, and what the wire that it does not fit gives or takes. */
interface Misfit {
  readonly component: string;
  readonly wire: string;
}

export interface NodeEdits {
  onParam(node: string, name: string, value: StoredParams[string]): void;
  onBind(node: string, component: string): void;
  /** Why a component does not fit the wires of a node; null where it does. */
  misfitOf(node: string, component: string): Misfit | null;
  onUnbind(node: string): void;
  onFields(node: string, label: string, fields: Partial<Node>, merge?: string): void;
  onRun(until: string): void;
  onEdgeKind(edge: string, kind: EdgeKind): void;
}

type TabId = 'parameters' | 'results' | 'about' | 'notes';

function BindingPicker({ node, edits }: { node: Node; edits: NodeEdits }): ReactElement {
  const all = componentsFor(node.kind).map((spec) => ({ spec, misfit: edits.misfitOf(node.id, spec.id) }));
  const fitting = all.flatMap(({ spec, misfit }) => (misfit === null ? [spec] : []));
  const refused = all.flatMap(({ spec, misfit }) => (misfit === null ? [] : [{ spec, misfit }]));
  const current = node.binding?.component ?? '';
  const known = specOf(current) !== undefined || current === '';
  return (
    <Field title="Bound to" of="binding" wide>
      <Choice
        id="binding"
        value={current}
        chosen={current === '' ? 'nothing: drawn only' : (specOf(current)?.title ?? current)}
        onChange={(event) =>
          event.target.value === '' ? edits.onUnbind(node.id) : edits.onBind(node.id, event.target.value)
        }
      >
        <option value="">nothing: drawn only</option>
        {known ? null : <option value={current}>{current} (not in the catalogue)</option>}
        {[...new Set(fitting.map((spec) => spec.stage))].map((stage) => (
          <optgroup key={stage} label={stageTitles[stage]}>
            {fitting
              .filter((spec) => spec.stage === stage)
              .map((spec) => (
                <option key={spec.id} value={spec.id}>
                  {spec.title}
                </option>
              ))}
          </optgroup>
        ))}
        {[...new Set(refused.map(({ misfit }) => misfit.wire))].map((wire) => (
          <optgroup key={wire} label={`Not as it is wired: ${wire}`}>
            {refused
              .filter(({ misfit }) => misfit.wire === wire)
              .map(({ spec, misfit }) => (
                <option key={spec.id} value={spec.id} disabled>
                  {misfit.component}
                </option>
              ))}
          </optgroup>
        ))}
      </Choice>
    </Field>
  );
}

function NeedsAndGives({ node }: { node: Node }): ReactElement {
  const { inputs, outputs } = portsOf(node);
  return (
    <section className="inspector-section">
      <h4>Needs and gives</h4>
      <ul className="ports-list">
        {inputs.map((port) => (
          <li key={port.id} title={port.help}>
            <Icon name="arrow-right-to-line" size={13} />
            <span>{port.title}</span>
            <span className="quiet mono">
              {port.types.join(' or ') || 'anything'}
              {port.optional ? ', optional' : ''}
            </span>
          </li>
        ))}
        {outputs.map((port) => (
          <li key={port.id}>
            <Icon name="arrow-right-from-line" size={13} />
            <span>{port.title}</span>
            <span className="quiet mono">{port.types.join(' or ') || 'what it receives'}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Parameters({ node, edits }: { node: Node; edits: NodeEdits }): ReactElement {
  const [more, setMore] = useState(false);
  const spec = specOf(node.binding?.component);
  const values = spec === undefined ? {} : paramsOf(spec, node.binding?.params ?? {});
  const all = Object.entries(spec?.params ?? {});
  const advanced = all.filter(([, param]) => param.advanced === true);
  const shown = more ? all : all.filter(([, param]) => param.advanced !== true);
  return (
    <>
      <section className="inspector-section">
        <BindingPicker node={node} edits={edits} />
        {spec === undefined ? (
          <Field title="Lane" of="lane">
            <Choice
              id="lane"
              value={laneOf(node)}
              chosen={laneTitles[laneOf(node)]}
              onChange={(event) => edits.onFields(node.id, 'Change lane', { lane: event.target.value as Lane })}
            >
              {lanes.map((lane) => (
                <option key={lane} value={lane}>
                  {laneTitles[lane]}
                </option>
              ))}
            </Choice>
          </Field>
        ) : null}
        {shown.map(([name, param]) => (
          <ParamField
            key={`${node.id}:${spec?.id}:${name}`}
            name={name}
            param={param}
            value={values[name]}
            onChange={(value) => edits.onParam(node.id, name, value)}
          />
        ))}
        {advanced.length === 0 ? null : (
          <Button look="bare" className="more" aria-expanded={more} onClick={() => setMore(!more)}>
            {more ? 'Fewer parameters' : `${advanced.length} more`}
          </Button>
        )}
      </section>
      {spec === undefined ? <Attributes node={node} onFields={edits.onFields} /> : null}
      <NeedsAndGives node={node} />
    </>
  );
}

function Notes({ node, edits }: { node: Node; edits: NodeEdits }): ReactElement {
  return (
    <section className="inspector-section">
      <label className="field-label" htmlFor="node-notes">
        What should be known about this node
      </label>
      <textarea
        id="node-notes"
        className="input"
        rows={12}
        readOnly={useReadOnly()}
        value={(node.notes ?? []).join('\n')}
        onChange={(event) =>
          edits.onFields(node.id, 'Edit notes', { notes: linesOf(event.target.value) }, `notes:${node.id}`)
        }
      />
    </section>
  );
}

/** Everything about the selected node. */
export function NodeInspector({ node, edits }: { node: Node; edits: NodeEdits }): ReactElement {
  const [tab, setTab] = useState<TabId>('parameters');
  const run = useNodeRun(node.id);
  const plan = useNodePlan(node.id);
  const spec = specOf(node.binding?.component);
  const tabs = [
    { id: 'parameters', title: spec === undefined ? 'Binding' : 'Parameters' },
    { id: 'results', title: 'Results' },
    ...(spec === undefined ? [] : [{ id: 'about', title: 'About' }]),
    { id: 'notes', title: 'Notes' },
  ] as { id: TabId; title: string }[];
  const shown = tabs.some((one) => one.id === tab) ? tab : 'parameters';
  return (
    <>
      <header className="inspector-head">
        <h2>
          <span className={`lane-ink-${laneOf(node)}`}>
            <Icon name={iconOf(node)} size={16} />
          </span>
          <TitleField
            label="Title"
            value={node.title}
            onChange={(title) => edits.onFields(node.id, 'Rename', { title }, `title:${node.id}`)}
          />
        </h2>
        <p className="quiet">
          {kindOf(node.kind).title}
          {spec === undefined ? (
            ' · drawn only'
          ) : (
            <>
              {' '}
              · bound to <b>{spec.title}</b>
            </>
          )}
        </p>
        <Tabs items={tabs} current={shown} label="About this node" look="line" onChoose={setTab} />
      </header>
      <div className="inspector-body" tabIndex={0} role="group" aria-label="Details">
        {shown === 'parameters' ? <Parameters node={node} edits={edits} /> : null}
        {shown === 'results' || (shown === 'parameters' && run?.result != null) ? (
          <NodeResults
            node={node}
            run={run}
            plan={plan}
            short={shown === 'parameters'}
            onRun={() => edits.onRun(node.id)}
          />
        ) : null}
        {shown === 'about' && spec !== undefined ? (
          <Doc component={spec.id} summary={spec.summary} references={spec.references} cost={spec.cost} />
        ) : null}
        {shown === 'notes' ? <Notes node={node} edits={edits} /> : null}
      </div>
    </>
  );
}
