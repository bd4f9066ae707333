import { memo, useMemo, type ReactElement } from 'react';
import { laneTitles } from '#renderer/client/catalogue.ts';
import { useDesign } from './board-context.ts';
import { BoardLayer } from './board-layer.tsx';
import { bandsOf } from './lanes.ts';
import { Pins } from './pins.tsx';
import './lane-bands.css';

/** What lies behind the nodes: dots, and the lanes, whose titles no wire strikes through. These follow the design, not the drag: nothing shifts under the pointer. */
export const LaneBands = memo(function LaneBands(): ReactElement {
  const board = useDesign((design) => design.board);
  const bands = useMemo(() => bandsOf(board), [board]);
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
        {bands.map((band) => (
          <span
            key={band.lane}
            className={`lane-title lane-title-${band.lane} lane-ink-${band.lane}`}
            style={{ transform: `translate(${band.x + 8}px, ${band.y + 5}px)` }}
          >
            {laneTitles[band.lane]}
          </span>
        ))}
      </BoardLayer>
      <Pins />
    </>
  );
});
