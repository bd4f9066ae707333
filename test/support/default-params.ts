import type { Params, ParamValues } from '../../shared/contract/params.ts';

/** The default of every parameter of a component, for tests that change a few. */
export function defaultParams<P extends Params>(params: P): ParamValues<P> {
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => [name, param.default]),
  ) as unknown as ParamValues<P>;
}
