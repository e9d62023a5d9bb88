export { type TracesConfig, readConfig } from './config.ts';
export { type TracesServer, startTraces } from './server.ts';
