import { useEffect, useId, useState, type ReactElement } from 'react';
import { paramFault, type Param, type StoredParams } from '#shared/contract/params.ts';
import { useReadOnly } from '#renderer/ui/read-only.ts';
import { Choice } from './choice.tsx';

type Value = StoredParams[string];

interface ParamFieldProps {
  readonly name: string;
  readonly param: Param;
  readonly value: Value;
  onChange(value: Value): void;
}

function textOf(value: Value): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** What was typed, as the parameter's kind of value; NaN stands for what is no number and is refused by paramFault. */
function parsed(param: Param, text: string): Value {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (param.kind === 'number') return text.trim() === '' ? Number.NaN : Number(text);
  if (param.kind === 'numbers') return parts.map(Number);
  if (param.kind === 'texts') return parts;
  return text;
}

function same(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

interface ControlProps extends ParamFieldProps {
  readonly id: string;
  onFault(fault: string | null): void;
}

/** Text, number and list fields: what is valid is taken at once, what is not is kept on screen with its reason. */
function Typed({ id, param, value, onChange, onFault }: ControlProps): ReactElement {
  const readOnly = useReadOnly();
  const [text, setText] = useState(textOf(value));
  const [fault, setFault] = useState<string | null>(null);
  const tell = (next: string | null): void => {
    setFault(next);
    onFault(next);
  };
  useEffect(() => {
    if (!same(parsed(param, text), value)) {
      setText(textOf(value));
      tell(null);
    }
  }, [value]);
  const take = (typed: string): void => {
    setText(typed);
    const next = parsed(param, typed);
    const wrong = paramFault(param, next);
    tell(wrong);
    if (wrong === null && !same(next, value)) onChange(next);
  };
  const step = (by: number): void => {
    if (readOnly || param.kind !== 'number' || typeof value !== 'number') return;
    const size =
      param.integer === true ? 1 : param.logarithmic === true ? value * 0.1 : (param.maximum - param.minimum) / 100;
    const next = Math.max(param.minimum, Math.min(param.maximum, Number((value + by * size).toPrecision(6))));
    take(String(next));
  };
  return (
    <span className="field-box">
      <input
        id={id}
        className="input"
        inputMode={param.kind === 'number' || param.kind === 'numbers' ? 'decimal' : 'text'}
        value={text}
        readOnly={readOnly}
        aria-invalid={fault !== null}
        aria-describedby={`${id}-help`}
        onChange={(event) => take(event.target.value)}
        onBlur={() => {
          if (fault === null) setText(textOf(value));
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            if (param.kind === 'number') event.preventDefault();
            step((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
          }
          if (event.key === 'Escape') take(textOf(value));
        }}
      />
      {param.kind === 'number' && param.unit !== undefined ? <span className="field-unit">{param.unit}</span> : null}
    </span>
  );
}

function Choices({
  id,
  param,
  value,
  onChange,
}: ControlProps & { param: Extract<Param, { kind: 'texts' }> }): ReactElement {
  const readOnly = useReadOnly();
  const chosen = value as readonly string[];
  return (
    <span id={id} className="field-chips" role="group">
      {(param.choices ?? []).map((choice) => {
        const on = chosen.includes(choice);
        return (
          <button
            key={choice}
            type="button"
            className="chip"
            aria-pressed={on}
            aria-disabled={readOnly}
            onClick={() => readOnly || onChange(on ? chosen.filter((one) => one !== choice) : [...chosen, choice])}
          >
            {choice}
          </button>
        );
      })}
    </span>
  );
}

function Control(props: ControlProps): ReactElement {
  const { id, param, value, onChange } = props;
  const readOnly = useReadOnly();
  if (param.kind === 'flag') {
    return (
      <input
        id={id}
        type="checkbox"
        role="switch"
        className="switch"
        checked={value === true}
        aria-disabled={readOnly}
        aria-describedby={`${id}-help`}
        onChange={(event) => readOnly || onChange(event.target.checked)}
      />
    );
  }
  if (param.kind === 'choice') {
    return (
      <Choice
        id={id}
        value={String(value)}
        chosen={String(value)}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.target.value)}
      >
        {param.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </Choice>
    );
  }
  if (param.kind === 'texts' && param.choices !== undefined && param.choices.length <= 24)
    return <Choices {...props} param={param} />;
  return <Typed {...props} />;
}

/** One parameter: label, field, what is wrong with the value, and, when it has the focus, what turning it does. */
export function ParamField(props: ParamFieldProps): ReactElement {
  const { name, param, value, onChange } = props;
  const readOnly = useReadOnly();
  const id = useId();
  const [fault, setFault] = useState<string | null>(null);
  const changed = !same(value, param.default as Value);
  const wide = param.kind === 'texts' || param.kind === 'text';
  return (
    <div className={`field ${wide ? 'field-wide' : ''}`} data-param={name}>
      <label htmlFor={id} className="field-label" title={param.help}>
        {param.title}
        {changed && !readOnly ? (
          <button
            type="button"
            className="field-reset"
            title={`Back to ${textOf(param.default as Value) || 'empty'}`}
            aria-label={`Reset ${param.title}`}
            onClick={() => onChange(param.default as Value)}
          />
        ) : null}
      </label>
      <Control {...props} id={id} onFault={setFault} />
      {fault === null ? null : <p className="field-fault">{fault}</p>}
      <p className="field-help" id={`${id}-help`}>
        {param.help}
        {param.kind === 'number' ? ` ${param.minimum} to ${param.maximum}.` : ''}
      </p>
    </div>
  );
}
