import { useLayoutEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { IconButton } from './button.tsx';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly width?: number;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
  /** A press beside it does not close it: something would be lost. */
  readonly held?: boolean;
  onClose(): void;
}

/** A modal dialog on the browser's own element: focus is kept inside, Escape closes, focus returns. */
export function Dialog({ title, width = 560, children, foot, held = false, onClose }: DialogProps): ReactElement {
  const element = useRef<HTMLDialogElement>(null);
  // While it is still on the page: closed later, it could not give the focus back.
  useLayoutEffect(() => {
    const dialog = element.current;
    if (dialog !== null && !dialog.open) {
      dialog.showModal();
      // The browser would begin with the button that closes: begin with what is asked.
      dialog.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea)')?.focus();
    }
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className="dialog"
      style={{ width }}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        if (event.target === element.current && !held) onClose();
      }}
    >
      <div className="dialog-head">
        <h2>{title}</h2>
        <IconButton icon="x" label="Close" onClick={onClose} />
      </div>
      <div className="dialog-body" tabIndex={0} role="group" aria-label={title}>
        {children}
      </div>
      {foot === undefined ? null : <div className="dialog-foot">{foot}</div>}
    </dialog>
  );
}
