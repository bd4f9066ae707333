import { specs } from '#shared/components/specs.generated.ts';
import type { ComponentSpec } from '#shared/contract/component.ts';
import type { Handlers } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { datasetHandlers } from './datasets/handlers.ts';
import { designHandlers } from './designs/handlers.ts';
import { draftHandlers } from './drafts/handlers.ts';
import { experimentHandlers } from './experiments/handlers.ts';
import { exportHandlers } from './exports/handlers.ts';
import { restorePointHandlers } from './restore-points/handlers.ts';
import { runHandlers } from './runs/handlers.ts';
import { templateHandlers } from './templates/handlers.ts';

/** Every method of the product, on the ports of a host. */
export function handlersOn(ports: Ports): Handlers {
  return {
    'catalogue.list': async () => Object.values(specs).map(sendable),
    ...templateHandlers(ports, specs),
    ...designHandlers(ports, specs),
    ...draftHandlers(ports, specs),
    ...restorePointHandlers(ports, specs),
    ...datasetHandlers(ports),
    ...runHandlers(ports),
    ...experimentHandlers(ports),
    ...exportHandlers(ports),
    doctor: async () => ports.doctor(),
  };
}

/** Functions do not travel. */
function sendable({ migrations: _, ...spec }: ComponentSpec): ComponentSpec {
  return spec;
}
