export { CopyBinaryEncoder } from './encoder';
