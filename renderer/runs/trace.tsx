import { useEffect, useRef, useState, type FormEvent, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import type { RequestTrace, TraceStep } from '#shared/contract/traces.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { Button } from '#renderer/ui/button.tsx';
import { duration, fullCount, metricValue } from '#renderer/ui/format.ts';
import './trace.css';

const shownItems = 50;

function movement(rank: number, before: number | null): string {
  if (before === null) return 'new';
  if (before === rank) return '=';
  return before > rank ? `↑ ${before - rank}` : `↓ ${rank - before}`;
}

function Step({ step }: { step: TraceStep }): ReactElement {
  const relevant = step.items.filter((item) => item.relevant).length;
  const moved = step.items.some((one) => one.rankBefore !== null);
  // Where all come from one place, saying so on every line tells nothing.
  const mixed = new Set(step.items.map(({ sources }) => sources.join())).size > 1;
  return (
    <section className="trace-step" aria-label={step.title}>
      <header>
        <strong className="truncate" title={step.title}>
          <bdi>{step.title}</bdi>
        </strong>
        <span className="quiet number">
          {duration(step.millis)} · {fullCount(step.items.length)} items, {relevant} relevant
          {step.dropped.length === 0 ? '' : ` · ${fullCount(step.dropped.length)} dropped`}
        </span>
      </header>
      <ol>
        {step.items.slice(0, shownItems).map((item) => (
          <li
            key={item.item}
            className={item.relevant ? 'trace-relevant' : ''}
            title={[item.title ?? item.item, item.sources.join(', '), item.reason ?? '']
              .filter((part) => part !== '')
              .join(' · ')}
          >
            <span className="trace-rank number">{item.rank}</span>
            <span className="truncate">
              <bdi>{item.title ?? item.item}</bdi>
            </span>
            <span className="quiet number">{metricValue(item.score)}</span>
            <span className="quiet number trace-move">{moved ? movement(item.rank, item.rankBefore) : ''}</span>
            {item.reason === null && !mixed ? null : (
              <span className="trace-reason truncate">
                {[mixed ? item.sources.join(', ') : '', item.reason ?? ''].filter((part) => part !== '').join(' · ')}
              </span>
            )}
          </li>
        ))}
        {step.items.length > shownItems ? (
          <li className="quiet">and {fullCount(step.items.length - shownItems)} more</li>
        ) : null}
      </ol>
    </section>
  );
}

function Person({ trace }: { trace: RequestTrace }): ReactElement {
  return (
    <section className="trace-step trace-person" aria-label="History">
      <header>
        <strong className="truncate">
          User <bdi>{trace.user}</bdi>
        </strong>
        <span className="quiet number">{fullCount(trace.history.length)} events before</span>
      </header>
      <ol>
        {trace.heldOut.map((item) => (
          <li key={`out-${item.item}`} className="trace-relevant">
            <span className="trace-rank">next</span>
            <span className="truncate" title={item.title ?? item.item}>
              <bdi>{item.title ?? item.item}</bdi>
            </span>
          </li>
        ))}
        {trace.history
          .slice(-shownItems)
          .toReversed()
          .map((item, at) => (
            <li key={`${item.item}-${at}`}>
              <span className="trace-rank number">{metricValue(item.value)}</span>
              <span className="truncate" title={item.title ?? item.item}>
                <bdi>{item.title ?? item.item}</bdi>
              </span>
            </li>
          ))}
      </ol>
    </section>
  );
}

/** One request through every stage: what came with which score, what went, and why an item is where it is. */
export function Trace({ run }: { run: string | null }): ReactElement {
  const connection = useConnection();
  const [typed, setTyped] = useState('');
  /** Nobody is asked for at first: the engine knows who has a test request. */
  const [user, setUser] = useState<string | undefined>();
  const answer = useAnswer(run === null ? null : `${run} ${user ?? ''}`, () =>
    connection.call('runs.trace', { run: run ?? '', user }),
  );
  const followed = answer.value?.user;
  const shown = useRef('');
  useEffect(() => {
    const before = shown.current;
    shown.current = followed ?? before;
    // What was typed meanwhile stays.
    setTyped((now) => (now === before ? shown.current : now));
  }, [followed]);
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() !== '') setUser(typed.trim());
  };
  if (run === null) {
    return (
      <div className="empty">
        <strong>No run to follow a request through</strong>
        <span>Run the board first.</span>
      </div>
    );
  }
  return (
    <div className="trace">
      <form className="trace-ask" onSubmit={ask}>
        <label htmlFor="trace-user">User id</label>
        <input id="trace-user" className="input" value={typed} onChange={(event) => setTyped(event.target.value)} />
        <Button type="submit" icon="route" disabled={typed.trim() === ''}>
          Follow
        </Button>
        <Button onClick={() => setUser(answer.value?.next)}>Next user</Button>
        {answer.loading ? <span className="quiet">following …</span> : null}
        {answer.failure === null ? null : <span className="bad">{failureLine(answer.failure)}</span>}
      </form>
      {answer.value === null ? (
        answer.loading || answer.failure === null ? null : (
          <p className="quiet pad">
            A user who has test items can be followed: history, candidates with source and score, ranks before and after
            each stage, and the milliseconds of each.
          </p>
        )
      ) : (
        <div className="trace-steps" role="region" aria-label="The request, stage by stage" tabIndex={0}>
          <Person trace={answer.value} />
          {answer.value.steps.map((step) => (
            <Step key={step.node} step={step} />
          ))}
        </div>
      )}
    </div>
  );
}
