/** Part of what names a stored answer: raised whenever the same instance, rule and seed would give another schedule. */
export const SIMULATION_ENGINE_VERSION = '1.0.1';
