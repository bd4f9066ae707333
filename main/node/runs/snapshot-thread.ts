// A thread that makes one copy of the run store and ends: the engine goes on answering meanwhile.
import { workerData } from 'node:worker_threads';
import { makeSnapshot } from './make-snapshot.ts';

makeSnapshot((workerData as { readonly workspace: string }).workspace);
