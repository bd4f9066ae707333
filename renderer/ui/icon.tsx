import type { ReactElement } from 'react';
import { icons } from 'virtual:icons';

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
  const Drawn = icons[name] ?? icons['box'];
  return <Drawn size={size} strokeWidth={1.75} className={className} aria-hidden="true" />;
}
