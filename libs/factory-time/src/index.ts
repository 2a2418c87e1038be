export { factoryZone } from './zone';
export type { FactoryZone } from './zone';
