import { memo, useMemo, type ReactElement } from 'react';
import { laneTitles } from '#renderer/client/catalogue.ts';
import { useDesign } from './board-context.ts';
import { BoardLayer } from './board-layer.tsx';
import { bandsOf, titleRows } from './lanes.ts';
import { Pins } from './pins.tsx';
import './lane-bands.css';

/** What lies behind the nodes: dots, and the lanes, whose titles no wire strikes through. These follow the design, not the drag: nothing shifts under the pointer. */
export const LaneBands = memo(function LaneBands(): ReactElement {
  const board = useDesign((design) => design.board);
  const bands = useMemo(() => bandsOf(board), [board]);
  const titles = useMemo(() => titleRows(bands), [bands]);
  return (
    <>
      <BoardLayer place="behind">
        <div className="bands">
          <div className="dots" />
          {bands.map((band) => (
            <div
              key={band.lane}
              className={`band band-${band.lane}`}
              style={{ transform: `translate(${band.x}px, ${band.y}px)`, width: band.width, height: band.height }}
            />
          ))}
        </div>
      </BoardLayer>
      <BoardLayer place="labels">
        {titles.map(({ x, y, lanes }) => (
          <div key={lanes[0]} className="lane-titles" style={{ transform: `translate(${x}px, ${y}px)` }}>
            {lanes.map((lane) => (
              <span key={lane} className={`lane-title lane-title-${lane} lane-ink-${lane}`}>
                {laneTitles[lane]}
              </span>
            ))}
          </div>
        ))}
      </BoardLayer>
      <Pins />
    </>
  );
});
