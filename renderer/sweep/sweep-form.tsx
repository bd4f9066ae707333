import { useState, type ReactElement } from 'react';
import type { Design, Node } from '#shared/contract/design.ts';
import { failureLine } from '#shared/contract/failure.ts';
import type { Ablation } from '#shared/contract/runs.ts';
import type { NumberParam, Param } from '#shared/contract/params.ts';
import { paramsOf, specOf } from '#renderer/client/catalogue.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useAnswer, type Answer } from '#renderer/client/use-answer.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { unturned } from '#renderer/ui/format.ts';
import { Tabs } from '#renderer/ui/tabs.tsx';
import { ablationRows, mostRows, sweepRows, usualAblations, type Swept, type SweepRow } from './rows.ts';
import { allValues, canSweep, rangeAround, valuesOf, type Range } from './values.ts';

interface Choice {
  readonly node: string;
  readonly param: string;
  readonly range: Range;
}

type Change = (changed: Partial<Choice>) => void;

function sweptNodes(design: Design): readonly Node[] {
  return design.board.nodes.filter(
    (node) =>
      (node.mode ?? 'on') === 'on' && Object.values(specOf(node.binding?.component)?.params ?? {}).some(canSweep),
  );
}

function paramOf(design: Design, { node, param }: Pick<Choice, 'node' | 'param'>): Param | undefined {
  return specOf(design.board.nodes.find((one) => one.id === node)?.binding?.component)?.params[param];
}

/** The first parameter of a node, with a range around what is set. */
function choiceFor(design: Design, id: string, wanted?: string): Choice | null {
  const node = design.board.nodes.find((one) => one.id === id);
  const spec = specOf(node?.binding?.component);
  if (node?.binding === undefined || spec === undefined) return null;
  const names = Object.keys(spec.params).filter((name) => canSweep(spec.params[name]));
  const param =
    wanted !== undefined && names.includes(wanted)
      ? wanted
      : (names.find((name) => spec.params[name].kind === 'number' && spec.params[name].advanced !== true) ?? names[0]);
  if (param === undefined) return null;
  const described = spec.params[param];
  const value = paramsOf(spec, node.binding.params)[param];
  return {
    node: id,
    param,
    range:
      described.kind === 'number'
        ? rangeAround(described, Number(value))
        : { from: 0, to: 0, steps: 2, scale: 'linear' },
  };
}

function sweptOf(design: Design, choice: Choice): Swept | null {
  const param = paramOf(design, choice);
  const node = design.board.nodes.find((one) => one.id === choice.node);
  if (param === undefined || node === undefined) return null;
  const values = param.kind === 'number' ? valuesOf(param, choice.range) : allValues(param);
  return { node: choice.node, param: choice.param, title: `${node.title} · ${param.title.toLowerCase()}`, values };
}

function RangeFields({
  param,
  range,
  onChange,
}: {
  param: NumberParam;
  range: Range;
  onChange(range: Range): void;
}): ReactElement {
  const field = (name: 'from' | 'to' | 'steps', title: string): ReactElement => (
    <label>
      {title}
      <input
        className="input"
        type="number"
        step="any"
        min={name === 'steps' ? 2 : param.minimum}
        max={name === 'steps' ? mostRows : param.maximum}
        value={range[name]}
        onChange={(event) =>
          Number.isFinite(event.target.valueAsNumber) && onChange({ ...range, [name]: event.target.valueAsNumber })
        }
      />
    </label>
  );
  return (
    <div className="sweep-range">
      {field('from', 'From')}
      {field('to', 'To')}
      {field('steps', 'Values')}
      <label>
        Steps
        <select
          className="select"
          value={range.scale}
          onChange={(event) => onChange({ ...range, scale: event.target.value as Range['scale'] })}
        >
          <option value="linear">equal</option>
          <option value="logarithmic" disabled={Math.min(range.from, range.to) <= 0}>
            by factor
          </option>
        </select>
      </label>
    </div>
  );
}

function ChoiceFields({
  design,
  choice,
  onChange,
  onRemove,
}: {
  design: Design;
  choice: Choice;
  onChange: Change;
  onRemove: (() => void) | null;
}): ReactElement {
  const spec = specOf(design.board.nodes.find((one) => one.id === choice.node)?.binding?.component);
  const param = paramOf(design, choice);
  const swept = sweptOf(design, choice);
  return (
    <fieldset className="sweep-choice">
      <div className="sweep-pick">
        <select
          className="select"
          aria-label="Node"
          value={choice.node}
          onChange={(event) => onChange(choiceFor(design, event.target.value) ?? {})}
        >
          {sweptNodes(design).map((node) => (
            <option key={node.id} value={node.id}>
              {node.title.slice(0, 60)}
            </option>
          ))}
        </select>
        <select
          className="select"
          aria-label="Parameter"
          value={choice.param}
          onChange={(event) => onChange(choiceFor(design, choice.node, event.target.value) ?? {})}
        >
          {Object.entries(spec?.params ?? {})
            .filter(([, one]) => canSweep(one))
            .map(([name, one]) => (
              <option key={name} value={name}>
                {one.title}
              </option>
            ))}
        </select>
        {onRemove === null ? null : <IconButton icon="x" label="Leave this parameter out" onClick={onRemove} />}
      </div>
      {param?.kind === 'number' ? (
        <RangeFields param={param} range={choice.range} onChange={(range) => onChange({ range })} />
      ) : null}
      <p className="quiet number sweep-values">{swept?.values.join(', ')}</p>
    </fieldset>
  );
}

/** Which nodes may be left out; asked of the engine, which alone knows what then still runs. */
function useAblations(design: Design, wanted: boolean): Answer<readonly Ablation[]> {
  const connection = useConnection();
  const board = JSON.stringify([
    design.board.nodes.map(({ id, title, binding, mode }) => [id, title, binding, mode]),
    design.board.edges,
  ]);
  return useAnswer(wanted ? board : null, () => connection.call('runs.ablations', { design }));
}

function AblationChoice({
  offered,
  chosen,
  onChoose,
}: {
  offered: Answer<readonly Ablation[]>;
  chosen: readonly string[];
  onChoose(chosen: readonly string[]): void;
}): ReactElement {
  if (offered.failure !== null) return <p className="bad">{failureLine(offered.failure)}</p>;
  if (offered.value === null) return <p className="quiet">Seeing what can be left out …</p>;
  const possible = offered.value.filter(({ refusal }) => refusal === null);
  const refused = offered.value.filter(({ refusal }) => refusal !== null);
  return (
    <>
      {possible.length === 0 ? <p className="quiet">Nothing on this board can be left out.</p> : null}
      {possible.length === 0 ? null : (
        <fieldset className="sweep-choice">
          <legend className="quiet">Each of these is bypassed in a run of its own</legend>
          {possible.map(({ node, title, component, measured }) => (
            <label key={node} className="sweep-tick" title={`Changes ${measured.join(', ')}`}>
              <input
                type="checkbox"
                checked={chosen.includes(node)}
                onChange={(event) =>
                  onChoose(
                    possible
                      .map((one) => one.node)
                      .filter((id) => (id === node ? event.target.checked : chosen.includes(id))),
                  )
                }
              />
              <span className="truncate" title={title}>
                <bdi>{title}</bdi>
              </span>
              <span className="quiet truncate">{specOf(component)?.title ?? component}</span>
            </label>
          ))}
        </fieldset>
      )}
      {refused.length === 0 ? null : (
        <details className="sweep-refused">
          <summary>
            {refused.length === 1 ? 'One node cannot be left out' : `${refused.length} nodes cannot be left out`}
          </summary>
          <ul>
            {refused.map(({ node, title, refusal }) => (
              <li key={node}>
                <b>
                  <bdi>{title.length > 80 ? `${title.slice(0, 80)}…` : title}</bdi>
                </b>{' '}
                <span className="quiet">{unturned(refusal ?? '')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface SweepFormProps {
  readonly design: Design;
  readonly running: boolean;
  onStart(rows: readonly SweepRow[], swept: readonly Swept[]): void;
  onCancel(): void;
}

/** What is to be tried: values of parameters in every combination, or the board without one node or another. */
export function SweepForm({ design, running, onStart, onCancel }: SweepFormProps): ReactElement {
  const [kind, setKind] = useState<'sweep' | 'ablation'>('sweep');
  const first = (): readonly Choice[] => {
    const ranked = sweptNodes(design).toSorted(
      (a, b) =>
        Number(specOf(b.binding?.component)?.stage === 'reranking') -
        Number(specOf(a.binding?.component)?.stage === 'reranking'),
    );
    return ranked.slice(0, 1).flatMap((node) => choiceFor(design, node.id) ?? []);
  };
  const [choices, setChoices] = useState(first);
  const offered = useAblations(design, kind === 'ablation');
  const [ticked, setTicked] = useState<readonly string[] | null>(null);
  const possible = (offered.value ?? []).filter(({ refusal }) => refusal === null).map(({ node }) => node);
  const leftOut = (ticked ?? usualAblations(offered.value ?? [])).filter((id) => possible.includes(id));
  const swept = kind === 'sweep' ? choices.flatMap((choice) => sweptOf(design, choice) ?? []) : [];
  const rows = kind === 'sweep' ? sweepRows(design, swept) : ablationRows(design, leftOut);
  const change = (at: number, changed: Partial<Choice>): void =>
    setChoices(choices.map((one, other) => (other === at ? { ...one, ...changed } : one)));
  const free = sweptNodes(design)
    .map(({ id }) => id)
    .filter((id) => !choices.some((one) => one.node === id));
  return (
    <div className="sweep-form">
      <Tabs
        look="segments"
        label="What is tried"
        items={[
          { id: 'sweep', title: 'Parameters' },
          { id: 'ablation', title: 'Ablation' },
        ]}
        current={kind}
        onChoose={setKind}
      />
      {kind === 'ablation' ? <AblationChoice offered={offered} chosen={leftOut} onChoose={setTicked} /> : null}
      {kind === 'sweep'
        ? choices.map((choice, at) => (
            <ChoiceFields
              key={at}
              design={design}
              choice={choice}
              onChange={(changed) => change(at, changed)}
              onRemove={choices.length > 1 ? () => setChoices(choices.filter((_, other) => other !== at)) : null}
            />
          ))
        : null}
      {kind === 'sweep' && choices.length === 0 ? (
        <p className="quiet">Nothing on this board has a parameter. Bind a node to a component first.</p>
      ) : null}
      {kind === 'sweep' && choices.length > 0 && choices.length < 3 ? (
        <Button
          look="bare"
          icon="plus"
          onClick={() =>
            setChoices([
              ...choices,
              ...(choiceFor(design, free[0] ?? choices[0].node) === null
                ? []
                : [choiceFor(design, free[0] ?? choices[0].node) as Choice]),
            ])
          }
        >
          With another parameter
        </Button>
      ) : null}
      <div className="sweep-go">
        {running ? (
          <Button icon="square" onClick={onCancel}>
            Stop
          </Button>
        ) : (
          <Button
            look="solid"
            icon="play"
            disabled={rows.length === 0 || rows.length > mostRows}
            onClick={() => onStart(rows, swept)}
          >
            {rows.length === 1 ? 'Start 1 run' : `Start ${rows.length} runs`}
          </Button>
        )}
        {rows.length > mostRows ? <span className="bad">At most {mostRows} at a time: take fewer values.</span> : null}
      </div>
      <p className="quiet">Your design stays as it is. What is the same from run to run is reused.</p>
    </div>
  );
}
