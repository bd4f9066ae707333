/** Parts of the window that its first picture does not need. */
export const later = {
  board: () => import('./board-screen.tsx'),
  tab: () => import('./new-tab.ts'),
  asked: () => import('./asked.tsx'),
} as const;

/** Fetches them once the first picture is on the screen: opening a design, or asking for a command, finds them there. */
export function fetchLater(): void {
  const fetchAll = (): void => {
    for (const part of Object.values(later)) void part().catch(() => {});
  };
  requestAnimationFrame(() => setTimeout(fetchAll));
}
