import type { ButtonHTMLAttributes, ReactElement, ReactNode } from 'react';
import './button.css';
import type { FurnitureIcon } from './icon-names.ts';
import { Icon } from './icon.tsx';

type Look = 'plain' | 'solid' | 'bare' | 'danger';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
  readonly icon?: FurnitureIcon;
  readonly children?: ReactNode;
}

export function Button({ look = 'plain', icon, children, className = '', ...rest }: ButtonProps): ReactElement {
  return (
    <button type="button" className={`button button-${look} ${className}`} {...rest}>
      {icon === undefined ? null : <Icon name={icon} size={14} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: FurnitureIcon;
  readonly label: string;
  readonly keys?: string;
}

/** A button that shows only an icon; its label is its name for assistive technology and, with the keys, its tooltip. */
export function IconButton({ icon, label, keys, className = '', ...rest }: IconButtonProps): ReactElement {
  const title = keys === undefined ? label : `${label} (${keys})`;
  return (
    <button
      type="button"
      className={`button button-bare icon-button ${className}`}
      aria-label={label}
      title={title}
      {...rest}
    >
      <Icon name={icon} size={15} />
    </button>
  );
}
