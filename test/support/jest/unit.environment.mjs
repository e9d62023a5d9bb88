import { forbidProcesses } from './forbid-processes.mjs';
import WarningsEnvironment from './warnings.environment.mjs';

/** Where a unit test runs: one process without PostgreSQL, Envoy or another machine. */
export default class UnitEnvironment extends WarningsEnvironment {
  /** @type {() => void} */
  #allow = () => undefined;

  /**
   * @param {import('@jest/environment').JestEnvironmentConfig} config
   * @param {import('@jest/environment').EnvironmentContext} context
   */
  constructor(config, context) {
    super(config, context);
    this.file = context.testPath;
    this.root = config.globalConfig.rootDir;
  }

  /** @override */
  async setup() {
    await super.setup();
    this.#allow = forbidProcesses(this.file, this.root);
  }

  /** @override Another file of tests may follow in this process. */
  async teardown() {
    this.#allow();
    await super.teardown();
  }
}
