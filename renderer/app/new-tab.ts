import type { OpenedDesign } from '#shared/contract/design-files.ts';
import { createBoardView } from '#renderer/board/create-view.ts';
import { createDocument } from '#renderer/board/store/document.ts';
import { createRunStore } from '#renderer/client/run-store.ts';
import { createSweepStore } from '#renderer/sweep/sweep-store.ts';
import { createHoldStore } from './hold-store.ts';
import type { OpenTab } from './workspace.ts';

let opened = 0;

/** What a design in a tab is made of. */
export function newTab(design: OpenedDesign, draft: string): OpenTab {
  const document = createDocument(design);
  return {
    key: `tab-${++opened}`,
    draft,
    document,
    view: createBoardView(document),
    runs: createRunStore(),
    sweep: createSweepStore(),
    hold: createHoldStore(),
  };
}
