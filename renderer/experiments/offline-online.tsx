import { useState, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import type { OfflineOnline, OfflineOnlinePoint } from '#shared/contract/experiments.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { fullCount, metricValue, signed } from '#renderer/ui/format.ts';
import { OriginLine } from './origin-line.tsx';
import { change, changes } from './percent.ts';
import { Scatter } from './scatter.tsx';

function nameOf({ run, title }: OfflineOnlinePoint['a'], several: boolean): string {
  return several ? `${title}, ${run}` : title;
}

/** The pair the way its offline metric gets better. */
function upwards(point: OfflineOnlinePoint): OfflineOnlinePoint {
  if (point.offline >= 0) return point;
  // From b to a the ratio is turned over: 1 / (1 + change) - 1.
  const turned = (value: number): number => 1 / (1 + value) - 1;
  const { value, low, high } = point.online;
  return {
    ...point,
    a: point.b,
    b: point.a,
    offline: -point.offline,
    online: { value: turned(value), low: turned(high), high: low > -1 ? turned(low) : turned(value) },
    expected: point.expected === null ? null : turned(point.expected),
  };
}

function Pairs({ points, several }: { points: readonly OfflineOnlinePoint[]; several: boolean }): ReactElement {
  return (
    <table className="table pair-table">
      <thead>
        <tr>
          <th scope="col">from</th>
          <th scope="col">to</th>
          <th scope="col" className="end">
            NDCG@10
          </th>
          <th scope="col" className="end">
            CTR
          </th>
          <th scope="col">95 %</th>
          <th scope="col" className="end">
            without chance
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={`${point.a.run} ${point.a.node} ${point.b.run} ${point.b.node}`}>
            <td className="truncate">{nameOf(point.a, several)}</td>
            <td className="truncate">{nameOf(point.b, several)}</td>
            <td className="end">{signed(point.offline)}</td>
            <td className="end">
              <b>{change(point.online.value)}</b>
            </td>
            <td className={`lift-span ${point.clear ? '' : 'quiet'}`}>{changes(point.online)}</td>
            <td className="end quiet">{change(point.expected)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const shownAtFirst = 12;

function Answered({ found }: { found: OfflineOnline }): ReactElement {
  const [all, setAll] = useState(false);
  const several = new Set(found.lists.map(({ run }) => run)).size > 1;
  const points = found.points.map(upwards);
  const against = points
    .filter((point) => !point.agrees)
    .toSorted((a, b) => Number(b.clear) - Number(a.clear) || a.online.value - b.online.value);
  const clear = against.filter((point) => point.clear).length;
  const shown = all ? points : against.slice(0, shownAtFirst);
  return (
    <>
      <div className="correlation">
        <Scatter
          points={points.map((point) => ({
            name: `${nameOf(point.a, several)} to ${nameOf(point.b, several)}: NDCG@10 ${signed(point.offline)}, CTR ${change(point.online.value)} (${changes(point.online)})`,
            x: point.offline,
            y: point.online.value,
            low: point.online.low,
            high: point.online.high,
            marked: !point.agrees,
          }))}
          x="change of NDCG@10, offline"
          y="change of CTR, simulated"
          label={`Change of click-through rate against change of NDCG for ${found.n} pairs of lists`}
          tickX={(value) => (value === 0 ? '0' : signed(value))}
          tickY={(value) => (value === 0 ? '0' : change(value).replace('.0 ', ' '))}
        />
        <dl className="correlation-facts">
          <div>
            <dt>Pearson</dt>
            <dd>{metricValue(found.pearson, 2)}</dd>
          </div>
          <div>
            <dt>Spearman</dt>
            <dd>{metricValue(found.spearman, 2)}</dd>
          </div>
          <div>
            <dt>Pairs</dt>
            <dd>{fullCount(found.n)}</dd>
            <small>
              of {fullCount(found.lists.length)} lists{found.worlds > 1 ? ` in ${found.worlds} simulated worlds` : ''}
            </small>
          </div>
          <div>
            <dt>Disagree</dt>
            <dd>{fullCount(against.length)}</dd>
            <small>{clear === 0 ? 'none beyond chance' : `${clear} beyond chance`}</small>
          </div>
        </dl>
      </div>
      <section aria-label="Pairs">
        <h3>{all ? 'All pairs' : against.length === 0 ? 'No pair disagrees' : 'Better offline, worse online'}</h3>
        {shown.length === 0 ? null : <Pairs points={shown} several={several} />}
        {all ? null : (
          <button type="button" className="link" onClick={() => setAll(true)}>
            Show all {fullCount(points.length)} pairs
          </button>
        )}
      </section>
    </>
  );
}

/** What offline evaluation promised beside what simulated users did, over all pairs of lists in the runs of a design. */
export function OfflineAgainstOnline({ design, newest }: { design: string; newest: string }): ReactElement {
  const connection = useConnection();
  const answer = useAnswer(`${design} ${newest}`, () => connection.call('experiments.offlineOnline', { design }));
  if (answer.failure !== null) return <p className="bad pad">{failureLine(answer.failure)}</p>;
  if (answer.value === null) return <p className="quiet pad">Reading the runs …</p>;
  if (answer.value.n === 0)
    return (
      <div className="empty">
        <strong>No two lists to compare yet</strong>
        <span>
          Wire two lists or more to a user simulator and run. Change one and run again: every run of this design adds
          its lists, as long as control, traffic, data and seed stay.
        </span>
      </div>
    );
  return (
    <article className="experiment-card" aria-label="Offline against online">
      <OriginLine
        says="Simulated: clicks are those of simulated users; each point is a pair of lists shown in one simulated world"
        tone="made-up"
      />
      <Answered found={answer.value} />
    </article>
  );
}
