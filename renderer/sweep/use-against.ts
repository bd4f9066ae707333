import type { Difference } from '#shared/contract/comparisons.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { metricOfKey, type Judged } from './judge.ts';

export interface Against {
  /** The run that the others are measured against; null while there is none. */
  readonly reference: string | null;
  /** By run, paired by user and corrected over all of them. */
  readonly differences: ReadonlyMap<string, Difference>;
  readonly loading: boolean;
}

const none: Against = { reference: null, differences: new Map(), loading: false };

/**
 * Every finished run against one of them: the first (as drawn) or the best. Asked for when nothing runs any more, because the
 * best may still change, and pairing users takes a moment.
 */
export function useAgainst(judged: readonly Judged[], key: string | null, first: boolean, running: boolean): Against {
  const connection = useConnection();
  const ended = judged.filter(({ outcome, metric }) => outcome.run !== null && metric?.value != null);
  const reference = (first ? ended.find((one) => one === judged[0]) : ended.find(({ best }) => best))?.outcome.run;
  const runs = ended.flatMap(({ outcome }) => (outcome.run === null || outcome.run === reference ? [] : outcome.run));
  const asked = !running && key !== null && reference != null && runs.length > 0;
  const question = `${reference} ${runs.join(' ')} ${key}`;
  const answer = useAnswer(asked ? question : null, async () => {
    const found = await connection.call('runs.compareMany', {
      baseline: reference ?? '',
      runs,
      node: key?.slice(0, key.indexOf(' ')),
    });
    return { question, found };
  });
  if (!asked || reference == null || key === null) return none;
  if (answer.value?.question !== question)
    return { reference, differences: new Map(), loading: answer.failure === null };
  const row = answer.value.found.metrics.find(({ metric }) => metric === metricOfKey(key));
  const differences = new Map(
    answer.value.found.runs.flatMap(({ run }, at) => {
      const difference = row?.cells[at]?.difference;
      return difference == null ? [] : [[run, difference] as const];
    }),
  );
  return { reference, differences, loading: false };
}
