import { endOf, other, type Axis, type Leg } from './legs.ts';
import type { Point } from './wire.ts';

/** Ends of legs that are nearer to each other than this count as one corner. */
const same = 30;
/** Corners that two ways are followed for until they part. */
const followed = 6;

/** Which way a way turns at the corner that ends a leg: -1 to lower coordinates, 1 to higher, 0 where it ends. */
function turnAt(corners: readonly Point[], at: number, end: number, kept: Axis): number {
  const next = end === at ? at - 1 : at + 2;
  return next < 0 || next >= corners.length ? 0 : Math.sign(corners[next][kept] - corners[end][kept]);
}

/**
 * On which side of another leg a leg shall run so that the two ways need not cross: both are followed in a heading to where
 * they part; who turns off first, or to the lower side, runs on that side. -1 is lower, 1 is higher, 0 is no matter.
 */
function sideAhead(one: Leg, two: Leg, axis: Axis, heading: 1 | -1): number {
  const [a, b] = [one.way.corners, two.way.corners];
  let [atA, atB] = [one.at, two.at];
  let kept = axis;
  let ahead: number = heading;
  let sign = 1;
  for (let step = 0; step < followed; step++) {
    const along = other[kept];
    const [endA, endB] = [endOf(a, atA, along, ahead), endOf(b, atB, along, ahead)];
    const [turnA, turnB] = [turnAt(a, atA, endA, kept), turnAt(b, atB, endB, kept)];
    const apart = (a[endA][along] - b[endB][along]) * ahead;
    if (Math.abs(apart) > same) return sign * (apart < 0 ? turnA : -turnB);
    if (turnA !== turnB) return sign * Math.sign(turnA - turnB);
    if (turnA === 0) return 0;
    // Both turn alike: whoever runs on the outer side turns further ahead, and so runs on the outer side behind the corner.
    sign *= -turnA * ahead;
    [atA, atB] = [endA === atA ? atA - 1 : atA + 1, endB === atB ? atB - 1 : atB + 1];
    [kept, ahead] = [along, turnA];
  }
  return 0;
}

/** Which of two legs runs on the lower side: negative for the first, positive for the second, 0 where it does not matter. */
export function sideOf(one: Leg, two: Leg, axis: Axis): number {
  return sideAhead(one, two, axis, 1) + sideAhead(one, two, axis, -1);
}
