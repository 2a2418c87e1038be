import { schemaHash } from '../fingerprint';
import { type Artefact, ArtefactError, decodeArtefact, encodeArtefact } from './artefact';
import { quantilesOf } from './model';

const tree = { feature: [0, -1, -1], threshold: [2.5, 0, 0], missingLeft: [1, 0, 0], left: [1], right: [2] };
const all = Float32Array.of(9, 9, 0.1, -0.2, 0.3, 1 / 3, 1e-20, 3e8);
const artefact: Artefact = {
  task: 'lead_time',
  features: [
    { name: 'backlog', label: 'backlog', unit: 'orders', isCategory: false },
    { name: 'product', label: 'the product', unit: 'code', isCategory: true },
  ],
  model: {
    network: {
      encoder: {
        numbers: [{ column: 0, mean: 0.1, deviation: 2, canMiss: true }],
        categories: [{ column: 1, codes: [3] }],
      },
      embeddings: [{ rows: 2, columns: 1, values: Float32Array.of(0.7, -0.7) }],
      // Part of a larger buffer: what lies before it is not written.
      layers: [{ weights: { rows: 3, columns: 2, values: all.subarray(2) }, bias: Float32Array.of(1, 0.5) }],
    },
    trees: [1, 2, 3].map((base) => ({ base, trees: [{ ...tree, value: [0, base / 7, base / 3] }] })),
  },
  calibration: { kind: 'platt', curve: { slope: 0.9, offset: 0.1 } },
  ranges: [[0, 50.5], null],
  background: [
    [1, null],
    [2.25, 3],
  ],
  baseline: 'product_median',
  trainBefore: 1_700_000_000,
};
const NAMES = ['backlog', 'product'];

/** The text with some of it changed. */
const changed = (change: (stored: ReturnType<typeof JSON.parse>) => void): string => {
  const stored = JSON.parse(encodeArtefact(artefact));
  change(stored);
  return JSON.stringify(stored);
};

describe('a model that is stored', () => {
  it('comes back as it was, to the last bit of its weights', () => {
    const back = decodeArtefact(encodeArtefact(artefact), NAMES);
    expect(back).toEqual(artefact);
    for (const row of [
      [0, 3],
      [7, 4],
      [NaN, NaN],
    ]) {
      expect(quantilesOf(back.model, row)).toEqual(quantilesOf(artefact.model, row));
    }
  });

  it('has no calibration where it had none', () => {
    const { calibration, ...rest } = artefact;
    expect(calibration).toBeDefined();
    const back = decodeArtefact(encodeArtefact(rest), NAMES);
    expect(Object.keys(back)).not.toContain('calibration');
    expect(back).toEqual(rest);
  });
});

describe('what is no model of this program', () => {
  const refused = (text: string, features = NAMES): ArtefactError => {
    try {
      decodeArtefact(text, features);
    } catch (error) {
      if (error instanceof ArtefactError) return error;
      throw error;
    }
    throw new Error('it was read');
  };

  it('is refused: a text that is cut short, of another format, or with weights of another size', () => {
    const text = encodeArtefact(artefact);
    const texts = [
      text.slice(0, -1),
      changed((stored) => (stored.format = 'prodplan-model-0')),
      changed((stored) => delete stored.format),
      changed((stored) => stored.network.layers[0].weights.rows++),
      changed((stored) => stored.network.embeddings[0].columns++),
      changed((stored) => (stored.network.embeddings[0].values = '')),
    ];
    for (const each of texts) expect(refused(each).name).toBe('ArtefactError');
  });

  it('is refused with both schemas named where it reads other features, or the same in another order', () => {
    for (const features of [['backlog'], ['product', 'backlog']]) {
      const { message } = refused(encodeArtefact(artefact), features);
      expect(message).toContain(schemaHash(NAMES));
      expect(message).toContain(schemaHash(features));
    }
  });
});
