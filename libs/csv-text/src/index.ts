export { CsvEncoder } from './csv-encoder';
