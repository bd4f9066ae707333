// What can be known about the workflow without running it: what it may do, whose code it runs, and on which systems.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Readonly<Record<string, unknown>> & { readonly steps: readonly Step[] }>>;
}

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8');
const { load } = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'))('js-yaml') as {
  load(text: string): unknown;
};

/** What a careful reader would not let pass. */
function faultsOf(workflow: Workflow): string[] {
  const faults: string[] = [];
  if (JSON.stringify(workflow.permissions) !== '{"contents":"read"}') faults.push('it may do more than read');
  if ('pull_request_target' in workflow.on || 'workflow_run' in workflow.on)
    faults.push('strangers run with our rights');
  for (const [name, job] of Object.entries(workflow.jobs)) {
    if (typeof job['timeout-minutes'] !== 'number') faults.push(`${name} may take for ever`);
    if ('permissions' in job) faults.push(`${name} asks for rights of its own`);
    for (const { uses, run, with: given } of job.steps) {
      if (uses !== undefined && !/@[0-9a-f]{40}$/.test(uses)) faults.push(`${uses} may change under us`);
      if (uses?.startsWith('actions/checkout@') === true && given?.['persist-credentials'] !== false)
        faults.push(`${name} leaves credentials lying about`);
      if (/\$\{\{\s*(github\.event|github\.head_ref|inputs|secrets)/.test(run ?? ''))
        faults.push(`${name} puts words of others into a command`);
      if (/\bnpx (?!--no )/.test(run ?? '')) faults.push(`${name} runs what a registry gives for a name`);
      if (/\bnpm (install|i)\b/.test(run ?? '')) faults.push(`${name} installs what the lock file does not say`);
    }
  }
  return faults;
}

describe('the workflow', () => {
  const workflow = load(text) as Workflow;

  it('may only read, runs code that cannot change under it, and hands nothing of others to a shell', () => {
    expect(faultsOf(workflow)).toEqual([]);
  });

  it.each([
    ['contents: read', 'contents: write'],
    ['  pull_request:', '  pull_request_target:'],
    ['timeout-minutes: 60', 'continue-on-error: true'],
    ['persist-credentials: false', 'fetch-depth: 1'],
    [/@[0-9a-f]{40}/, '@v7'],
    ['run: npm ci --no-audit', 'run: npm install --no-audit'],
    ['npx --no install-electron', 'npx install-electron'],
    ['run: npm run package', 'run: echo ${{ github.event.pull_request.title }}'],
  ] as const)('would be caught with another %s', (from, to) => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    expect(faultsOf(load(changed) as Workflow)).toHaveLength(1);
  });

  it('runs on three systems, under the Node of the product', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } };
    const systems = (job: string): string[] => [
      ...new Set(JSON.stringify(workflow.jobs[job]['strategy']).match(/ubuntu|windows|macos/g)),
    ];
    expect([systems('test'), systems('package')]).toEqual([
      ['ubuntu', 'windows', 'macos'],
      ['ubuntu', 'windows', 'macos'],
    ]);
    const nodes = Object.values(workflow.jobs).flatMap((job) =>
      job.steps.flatMap((step) => step.with?.['node-version'] ?? []),
    );
    expect(nodes).toEqual(['24', '24']);
    expect(engines.node).toContain('24');
  });
});
