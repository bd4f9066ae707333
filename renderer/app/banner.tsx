import type { ReactElement, ReactNode } from 'react';
import { Icon } from '#renderer/ui/icon.tsx';
import './banners.css';

/** A line above everything else, with what a person must know and what can be done about it. */
export function Banner({
  warn = false,
  children,
  actions,
}: {
  warn?: boolean;
  children: ReactNode;
  actions?: ReactNode;
}): ReactElement {
  return (
    <div className={`banner ${warn ? 'banner-warn' : ''}`} role="status">
      <Icon name={warn ? 'circle-alert' : 'info'} size={15} />
      <div className="banner-text">{children}</div>
      {actions}
    </div>
  );
}
