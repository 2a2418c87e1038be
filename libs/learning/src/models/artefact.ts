import type { BoostedTrees } from '../boosting/boost';
import type { Tree } from '../boosting/tree';
import type { Isotonic } from '../calibration/isotonic';
import type { Platt } from '../calibration/platt';
import { schemaHash } from '../fingerprint';
import type { FeatureName } from '../learning-set';
import type { Network, Weights } from '../network/network';
import type { Model } from './model';

/** Changes whenever a model of before could no longer be read. */
const FORMAT = 'prodplan-model-1';

/** How raw odds become a probability. */
export type Calibration =
  { readonly kind: 'isotonic'; readonly curve: Isotonic } | { readonly kind: 'platt'; readonly curve: Platt };

/** All that is needed to answer with a model, and to explain its answers. */
export interface Artefact {
  readonly task: string;
  readonly features: readonly FeatureName[];
  readonly model: Model;
  /** Of events only. */
  readonly calibration?: Calibration;
  /** Least and greatest value of each feature in training; null for codes and where none was known. */
  readonly ranges: readonly (readonly [number, number] | null)[];
  /** Real rows that explanations compare with; null is 'not known'. */
  readonly background: readonly (readonly (number | null)[])[];
  /** The baseline that did best on the validation period. */
  readonly baseline: string;
  /** Outcomes before it were learned from: only later ones can judge the model; seconds since 1970. */
  readonly trainBefore: number;
}

/** A file that is no model, or of another format or schema; the message says which. */
export class ArtefactError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ArtefactError';
  }
}

/** The artefact as text: weights of 32 bits as base64, so that they come back as they were on any backend. */
export function encodeArtefact(artefact: Artefact): string {
  const { model, ...rest } = artefact;
  const { encoder, embeddings, layers } = model.network;
  return JSON.stringify({
    format: FORMAT,
    schema: schemaHash(rest.features.map(({ name }) => name)),
    ...rest,
    trees: model.trees,
    network: {
      encoder,
      embeddings: embeddings.map(encodeWeights),
      layers: layers.map(({ weights, bias }) => ({ weights: encodeWeights(weights), bias: toBase64(bias) })),
    },
  });
}

/**
 * @param features the names that this program knows for the task
 * @throws ArtefactError when the text is none, or of another format or schema
 */
export function decodeArtefact(text: string, features: readonly string[]): Artefact {
  let stored: StoredArtefact;
  try {
    stored = JSON.parse(text) as StoredArtefact;
  } catch {
    throw new ArtefactError('the file is no JSON: it is damaged or cut short');
  }
  if (stored.format !== FORMAT) throw new ArtefactError(`the file is not of the format ${FORMAT}`);
  const expected = schemaHash(features);
  if (stored.schema !== expected) {
    throw new ArtefactError(`the model reads the features ${stored.schema}, this program gives ${expected}`);
  }
  const { network, trees, task, calibration, ranges, background, baseline, trainBefore } = stored;
  const decoded: Network = {
    encoder: network.encoder,
    embeddings: network.embeddings.map(decodeWeights),
    layers: network.layers.map(({ weights, bias }) => ({ weights: decodeWeights(weights), bias: fromBase64(bias) })),
  };
  return {
    ...{ task, features: stored.features, ranges, background, baseline, trainBefore },
    ...(calibration === undefined ? {} : { calibration }),
    model: { network: decoded, trees },
  };
}

interface StoredWeights {
  rows: number;
  columns: number;
  values: string;
}

interface StoredArtefact extends Omit<Artefact, 'model'> {
  format: string;
  schema: string;
  trees: readonly (BoostedTrees & { trees: readonly Tree[] })[];
  network: {
    encoder: Network['encoder'];
    embeddings: StoredWeights[];
    layers: { weights: StoredWeights; bias: string }[];
  };
}

function encodeWeights({ rows, columns, values }: Weights): StoredWeights {
  return { rows, columns, values: toBase64(values) };
}

function decodeWeights({ rows, columns, values }: StoredWeights): Weights {
  const decoded = fromBase64(values);
  if (decoded.length !== rows * columns) throw new ArtefactError('a table of weights has not its size');
  return { rows, columns, values: decoded };
}

function toBase64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function fromBase64(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  const values = new Float32Array(bytes.length / 4);
  for (let index = 0; index < values.length; index++) values[index] = bytes.readFloatLE(4 * index);
  return values;
}
