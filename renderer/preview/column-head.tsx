import type { ReactElement } from 'react';
import type { ColumnProfile } from '#shared/contract/datasets.ts';
import { metricValue, moment, shortCount } from '#renderer/ui/format.ts';

const [width, height] = [92, 18];

function short(value: number | string | null, type: string): string {
  if (typeof value !== 'number') return value ?? '';
  if (type === 'time') return moment(value).slice(0, 10);
  return Number.isInteger(value) ? shortCount(value) : metricValue(value);
}

/** What a column holds in one line: its ends, its most frequent word, or how many there are. */
function summary({ type, minimum, maximum, distinct, top }: ColumnProfile): string {
  if (minimum !== null)
    return minimum === maximum ? short(minimum, type) : `${short(minimum, type)} – ${short(maximum, type)}`;
  if (top.length > 0 && distinct !== null && distinct <= top.length)
    return top
      .slice(0, 3)
      .map(([word]) => word)
      .join(', ');
  return distinct === null ? '' : `${shortCount(distinct)} different`;
}

/** The distribution of a column: bins of numbers, or its most frequent words. */
function Distribution({ profile }: { profile: ColumnProfile }): ReactElement {
  const binned = profile.histogram.length > 0;
  const counts = binned ? profile.histogram : profile.top.map(([, count]) => count);
  const most = Math.max(1, ...counts);
  const wide = width / Math.max(counts.length, binned ? 1 : 8);
  return (
    <svg className="preview-histogram" width={width} height={height} aria-hidden="true">
      {counts.map((count, at) => {
        const tall = count === 0 ? 0 : Math.max(1, (count / most) * (height - 1));
        return (
          <rect
            key={at}
            x={at * wide}
            width={Math.max(1, wide - 1)}
            y={height - tall}
            height={tall}
            rx={binned ? 0 : 1.5}
            fill="var(--bar)"
          >
            <title>{binned ? `${shortCount(count)} rows` : `${profile.top[at][0]}: ${shortCount(count)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

/** The head of a column: its name over its distribution. */
export function ColumnHead({ profile, counted }: { profile: ColumnProfile; counted: number }): ReactElement {
  const empty =
    profile.nulls > 0
      ? `${((profile.nulls / Math.max(1, counted)) * 100).toFixed(profile.nulls / counted < 0.1 ? 1 : 0)} % empty`
      : '';
  const said = [summary(profile), empty].filter((part) => part !== '').join(', ');
  return (
    <>
      <b
        className="truncate"
        title={`${profile.name}, ${profile.type}${profile.mean === null || profile.type === 'time' ? '' : `, mean ${metricValue(profile.mean)}`}`}
      >
        {profile.name}
      </b>
      <Distribution profile={profile} />
      <span className="quiet truncate number" title={said}>
        {said}
      </span>
    </>
  );
}
