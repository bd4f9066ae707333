import type { ReactElement } from 'react';
import type { Node } from '#shared/contract/design.ts';
import { useReadOnly } from '#renderer/ui/read-only.ts';
import { Field } from './field.tsx';

const known = [
  { name: 'owner', title: 'Owner', unit: '' },
  { name: 'qps', title: 'Requests per second', unit: '/s' },
  { name: 'p50_ms', title: 'Latency, median', unit: 'ms' },
  { name: 'p99_ms', title: 'Latency, 99th percentile', unit: 'ms' },
] as const;

interface AttributesProps {
  readonly node: Node;
  onFields(node: string, label: string, fields: Partial<Node>, merge?: string): void;
}

/** Estimates and facts of a drawn node; each is the person's own, and shown as assumed. */
export function Attributes({ node, onFields }: AttributesProps): ReactElement {
  const attributes = node.attributes ?? {};
  const readOnly = useReadOnly();
  const others = Object.keys(attributes).filter((name) => !known.some((one) => one.name === name));
  const set = (name: string, text: string, numeric: boolean): void => {
    const next = { ...attributes };
    if (text.trim() === '') delete next[name];
    else next[name] = numeric && Number.isFinite(Number(text)) ? Number(text) : text;
    onFields(node.id, 'Change estimate', { attributes: next }, `attribute:${node.id}:${name}`);
  };
  return (
    <section className="inspector-section">
      <h4>
        Estimates <span className="quiet">assumed by you</span>
      </h4>
      {[...known, ...others.map((name) => ({ name, title: name.replaceAll('_', ' '), unit: '' }))].map(
        ({ name, title, unit }) => (
          <Field key={name} title={title} of={`attribute-${name}`}>
            <span className="field-box">
              <input
                id={`attribute-${name}`}
                className="input"
                value={String(attributes[name] ?? '')}
                placeholder="unknown"
                readOnly={readOnly}
                onChange={(event) => set(name, event.target.value, unit !== '' || typeof attributes[name] === 'number')}
              />
              {unit === '' ? null : <span className="field-unit">{unit}</span>}
            </span>
          </Field>
        ),
      )}
    </section>
  );
}
