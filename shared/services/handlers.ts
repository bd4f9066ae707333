import { specs } from '#shared/components/specs.generated.ts';
import type { ComponentSpec } from '#shared/contract/component.ts';
import type { Handlers } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { datasetHandlers } from './datasets/handlers.ts';
import { designHandlers, openDesign } from './designs/handlers.ts';
import { OpenDesigns } from './designs/open-designs.ts';
import { draftHandlers } from './drafts/handlers.ts';
import { Journals } from './drafts/journals.ts';
import { experimentHandlers } from './experiments/handlers.ts';
import { exportHandlers } from './exports/handlers.ts';
import { restorePointHandlers } from './restore-points/handlers.ts';
import { runHandlers } from './runs/handlers.ts';
import { templateHandlers } from './templates/handlers.ts';

/** Every method of the product, on the ports of a host. */
export function handlersOn(ports: Ports): Handlers {
  const journals = new Journals(ports);
  const openDesigns = new OpenDesigns(ports, {
    openFile: (path) => openDesign(ports, specs, path),
    unsaved: async (draft) => (journals.isOpen(draft) ? ((await journals.read(draft)).journal?.design ?? null) : null),
  });
  return {
    'catalogue.list': async () => Object.values(specs).map(sendable),
    ...templateHandlers(ports, specs),
    ...designHandlers(ports, specs, openDesigns),
    ...draftHandlers(ports, specs, { journals, openDesigns }),
    ...restorePointHandlers(ports, specs),
    ...datasetHandlers(ports),
    ...runHandlers(ports),
    ...experimentHandlers(ports),
    ...exportHandlers(ports),
    // Where the engine is a process of its own, the host that started it answers instead.
    'engine.restart': async () => ({ restarted: false }),
    doctor: async () => ports.doctor(),
  };
}

/** Functions do not travel. */
function sendable({ migrations: _, ...spec }: ComponentSpec): ComponentSpec {
  return spec;
}
