import { useState, type ReactElement } from 'react';
import { useConnection } from '#renderer/client/connection-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { fullCount } from '#renderer/ui/format.ts';
import { freeName, isTaken } from './data-file.ts';
import { useWork } from './use-work.ts';
import { WorkBar } from './work-bar.tsx';
import { Replaces, WorkFailure } from './work-failure.tsx';

/** Of the position of a slider, which is a logarithm: more than rounding takes back, so that keys move it. */
const stride = 0.1;

/** Sliders move by factors. */
const sliders = [
  { id: 'users', title: 'Users', from: 100, to: 200_000, start: 5_000 },
  { id: 'items', title: 'Items', from: 50, to: 100_000, start: 2_000 },
  { id: 'events', title: 'Events', from: 1_000, to: 5_000_000, start: 200_000 },
  { id: 'days', title: 'Days', from: 7, to: 365, start: 60 },
] as const;

type Settings = Readonly<Record<(typeof sliders)[number]['id'], number>>;

function rounded(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / step) * step;
}

/** A synthetic world whose truth is known, as large as one likes. */
export function GenerateDialog({
  there,
  onClose,
  onDone,
}: {
  /** Paths of the data sets that are there. */
  there: readonly string[];
  onClose(): void;
  onDone(path: string): void;
}): ReactElement {
  const connection = useConnection();
  const [settings, setSettings] = useState<Settings>(
    Object.fromEntries(sliders.map((one) => [one.id, one.start])) as Settings,
  );
  const [seed, setSeed] = useState('1');
  const [out, setOut] = useState(() => freeName('world.db', there));
  const replaces = isTaken(out.trim(), there);
  const work = useWork();
  const start = (): void =>
    work.start(async (signal) => {
      const report = await connection.call(
        'datasets.generate',
        { recipe: 'video-catalogue', out: out.trim(), seed: Number(seed) || 0, ...settings },
        signal,
      );
      onDone(report.out);
    });
  return (
    <Dialog
      title="Generate a world"
      width={520}
      held={work.busy}
      onClose={work.busy ? work.stop : onClose}
      foot={
        <>
          <WorkBar work={work} title="Generating" />
          {work.busy ? (
            <Button icon="square" onClick={work.stop}>
              Stop
            </Button>
          ) : (
            <Button onClick={onClose}>Cancel</Button>
          )}
          <Button look="solid" icon="sparkles" disabled={work.busy || out.trim() === ''} onClick={start}>
            {work.busy ? 'Generating …' : replaces ? 'Replace' : 'Generate'}
          </Button>
        </>
      }
    >
      <div className="generate-form">
        <p className="quiet">
          A video catalogue: tastes, trends, positions and noise are drawn from the seed, so that what the models should
          find is known.
        </p>
        {sliders.map((slider) => (
          <div key={slider.id} className="slider-row">
            <label htmlFor={`generate-${slider.id}`}>{slider.title}</label>
            <input
              id={`generate-${slider.id}`}
              type="range"
              min={Math.log(slider.from)}
              max={Math.log(slider.to) + stride}
              step={stride}
              value={Math.log(settings[slider.id])}
              aria-valuetext={fullCount(settings[slider.id])}
              onChange={(event) =>
                setSettings({
                  ...settings,
                  [slider.id]: Math.min(slider.to, rounded(Math.exp(Number(event.target.value)))),
                })
              }
            />
            <output className="number">{fullCount(settings[slider.id])}</output>
          </div>
        ))}
        <div className="slider-row">
          <label htmlFor="generate-seed">Seed</label>
          <input
            id="generate-seed"
            className="input"
            inputMode="numeric"
            value={seed}
            onChange={(event) => /^\d{0,9}$/.test(event.target.value) && setSeed(event.target.value)}
          />
        </div>
        <div className="slider-row">
          <label htmlFor="generate-out">Save as</label>
          <input id="generate-out" className="input" value={out} onChange={(event) => setOut(event.target.value)} />
        </div>
        <Replaces name={replaces && !work.busy ? out.trim() : null} />
        <WorkFailure failure={work.failure} />
      </div>
    </Dialog>
  );
}
