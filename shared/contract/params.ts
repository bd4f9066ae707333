/** How a parameter of a component is described: the inspector's field, the validation and the help all come from it. */
interface Described {
  /** Label in the inspector. */
  readonly title: string;
  /** One sentence: what turning it does. */
  readonly help: string;
  /** Hidden behind "more" in the inspector. */
  readonly advanced?: boolean;
}

export interface NumberParam extends Described {
  readonly kind: 'number';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly integer?: boolean;
  /** "days", "items", "× inverse": shown beside the field. */
  readonly unit?: string;
  /** Sliders and sweeps step by factors. */
  readonly logarithmic?: boolean;
}

export interface ChoiceParam<Choice extends string = string> extends Described {
  readonly kind: 'choice';
  readonly default: Choice;
  readonly choices: readonly Choice[];
}

export interface FlagParam extends Described {
  readonly kind: 'flag';
  readonly default: boolean;
}

export interface TextParam extends Described {
  readonly kind: 'text';
  readonly default: string;
}

/** A list of numbers, such as hidden units or cut-offs. */
export interface NumbersParam extends Described {
  readonly kind: 'numbers';
  readonly default: readonly number[];
  readonly minimum: number;
  readonly maximum: number;
  readonly integer?: boolean;
}

/** A list of words, such as metric ids, item ids, column names. */
export interface TextsParam extends Described {
  readonly kind: 'texts';
  readonly default: readonly string[];
  /** The words allowed; any where absent. */
  readonly choices?: readonly string[];
}

export type Param = NumberParam | ChoiceParam | FlagParam | TextParam | NumbersParam | TextsParam;
export type Params = Readonly<Record<string, Param>>;

export type ParamValue<P extends Param> = P extends NumberParam
  ? number
  : P extends ChoiceParam<infer Choice>
    ? Choice
    : P extends FlagParam
      ? boolean
      : P extends TextParam
        ? string
        : P extends NumbersParam
          ? readonly number[]
          : readonly string[];

export type ParamValues<P extends Params> = { readonly [K in keyof P]: ParamValue<P[K]> };

/** Any parameter values, as stored in a design. */
export type StoredParams = Readonly<Record<string, number | boolean | string | readonly number[] | readonly string[]>>;

/** What is wrong with a value for a parameter, as a sentence part ("must be at most 1, is 3"), or null where it is right. */
export function paramFault(param: Param, value: unknown): string | null {
  switch (param.kind) {
    case 'number':
      return numberFault(param, value);
    case 'choice':
      return typeof value === 'string' && param.choices.includes(value)
        ? null
        : `must be one of ${param.choices.join(', ')}, is ${show(value)}`;
    case 'flag':
      return typeof value === 'boolean' ? null : `must be true or false, is ${show(value)}`;
    case 'text':
      return typeof value === 'string' ? null : `must be text, is ${show(value)}`;
    case 'numbers': {
      if (!Array.isArray(value)) return `must be a list of numbers, is ${show(value)}`;
      return value.map((one) => numberFault(param, one)).find((fault) => fault !== null) ?? null;
    }
    case 'texts': {
      if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
        return `must be a list of words, is ${show(value)}`;
      const odd = param.choices === undefined ? undefined : value.find((one: string) => !param.choices?.includes(one));
      return odd === undefined ? null : `must hold only ${param.choices?.join(', ')}, has ${show(odd)}`;
    }
  }
}

function numberFault(param: { minimum: number; maximum: number; integer?: boolean }, value: unknown): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `must be a number, is ${show(value)}`;
  if (param.integer === true && !Number.isInteger(value)) return `must be a whole number, is ${value}`;
  if (value < param.minimum) return `must be at least ${param.minimum}, is ${value}`;
  if (value > param.maximum) return `must be at most ${param.maximum}, is ${value}`;
  return null;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
