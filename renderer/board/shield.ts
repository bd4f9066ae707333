/** Until the pointer is let go, what lies under it is of no matter: a shield spares asking a thousand wires at every move. */
export function holdShield(board: HTMLElement | null): void {
  if (board === null) return;
  board.dataset['moving'] = '';
  const over = new AbortController();
  for (const end of ['pointerup', 'pointercancel', 'blur'] as const) {
    globalThis.addEventListener(
      end,
      () => {
        delete board.dataset['moving'];
        over.abort();
      },
      { capture: true, signal: over.signal },
    );
  }
}

/** Whether the board, or something on it, is being moved by hand, or a box drawn on it. */
export function isMoving(): boolean {
  return document.querySelector('.board:is([data-gliding], [data-moving], [data-boxing])') !== null;
}
