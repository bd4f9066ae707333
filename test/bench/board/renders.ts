import type { Page } from 'playwright-core';

/** How many components were rendered: those that draw nodes, those that draw edges, and all. */
export interface Renders {
  readonly commits: number;
  readonly nodes: number;
  readonly edges: number;
  readonly all: number;
}

/**
 * Counts renders in the production build as React's developer tools do: every commit is handed to a hook, and of each
 * component in what was committed React notes whether it did work. Costs nothing unless installed before the page loads.
 */
export async function countRenders(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Fiber {
      readonly tag: number;
      readonly flags: number;
      readonly memoizedProps: Record<string, unknown> | null;
      readonly alternate: Fiber | null;
      readonly child: Fiber | null;
      readonly sibling: Fiber | null;
    }
    const performedWork = 1;
    const components = new Set([0, 1, 11, 14, 15]);
    const counts = { commits: 0, nodes: 0, edges: 0, all: 0 };
    const count = (fiber: Fiber): void => {
      if (!components.has(fiber.tag) || (fiber.flags & performedWork) === 0) return;
      counts.all++;
      const props = fiber.memoizedProps ?? {};
      if ('sourceX' in props && 'sourceHandleId' in props) counts.edges++;
      else if ('positionAbsoluteX' in props) counts.nodes++;
    };
    const walk = (fiber: Fiber | null, before: Fiber | null): void => {
      if (fiber === null) return;
      count(fiber);
      if (before !== null && fiber.child === before.child) return;
      for (let child = fiber.child; child !== null; child = child.sibling) walk(child, child.alternate);
    };
    Object.assign(window, {
      renderCounts: counts,
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberUnmount: () => {},
        onPostCommitFiberRoot: () => {},
        onCommitFiberRoot: (_: number, root: { current: Fiber }) => {
          counts.commits++;
          walk(root.current, root.current.alternate);
        },
      },
    });
  });
}

export async function rendersDuring(page: Page, gesture: () => Promise<void>): Promise<Renders> {
  const read = (): Promise<Renders> =>
    page.evaluate(() => ({ ...(window as unknown as { renderCounts: Renders }).renderCounts }));
  const before = await read();
  await gesture();
  const after = await read();
  return {
    commits: after.commits - before.commits,
    nodes: after.nodes - before.nodes,
    edges: after.edges - before.edges,
    all: after.all - before.all,
  };
}
