export { mix, Random, runningSums } from './random';
