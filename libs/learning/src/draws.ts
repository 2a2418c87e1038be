import { Random } from '@libs/random';

const TWO_32 = 0x100000000;

/** Draws that learning needs, from a stream of its own: the same seed gives the same draws. */
export class Draws {
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed, PURPOSE);
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.random.next() / TWO_32;
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    return this.random.below(below);
  }

  /** A standard normal draw (Box and Muller). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** The numbers 0 … count - 1 in random order (Fisher and Yates). */
  permutation(count: number): Int32Array {
    const order = Int32Array.from({ length: count }, (_, index) => index);
    for (let last = count - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const moved = order[last];
      order[last] = order[other];
      order[other] = moved;
    }
    return order;
  }

  /** `count` different whole numbers in [0, below), in increasing order; all of them when there are fewer. */
  sample(count: number, below: number): Int32Array {
    return this.permutation(below).subarray(0, Math.min(count, below)).slice().sort();
  }
}

/** Names the stream apart from those of other libraries. */
const PURPOSE = 0x1ea21;
