/** Marks what the keys for it go to: a part of the window, such as the board or the inspector. */
const mark = '[data-part]';

function firstStop(part: Element): HTMLElement | undefined {
  return [...part.querySelectorAll<HTMLElement>('button, input, select, textarea, [tabindex]')].find(
    (one) => one.tabIndex >= 0 && one.offsetParent !== null && !one.matches(':disabled'),
  );
}

/** Puts the focus into the next part of the window, or the one before; after the last comes the first. */
export function goToPart(step: 1 | -1): void {
  const parts = [...document.querySelectorAll(mark)];
  const here = parts.findIndex((part) => part.contains(document.activeElement));
  const from = here < 0 && step < 0 ? 0 : here;
  for (let away = 1; away <= parts.length; away++) {
    const stop = firstStop(parts[(from + step * away + parts.length * 2) % parts.length]);
    if (stop === undefined) continue;
    stop.focus();
    return;
  }
}
