import type { ReactElement } from 'react';
import { icons } from './icons.generated.ts';

/** A lucide icon by the name that a kind, a component or the window gives it; a plain box for a name not known. */
export function Icon({
  name,
  size = 15,
  className,
}: {
  name: string;
  size?: number;
  className?: string;
}): ReactElement {
  return (
    <svg className={className} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path
        d={Object.hasOwn(icons, name) ? icons[name] : icons['box']}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.75}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
