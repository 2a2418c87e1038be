import fc from 'fast-check';
import { BoundedMemory } from './bounded-memory';

describe('BoundedMemory', () => {
  it('lets go of what was not asked for the longest', () => {
    // Each entry is 1 character of key and 3 of JSON: two fit into 8.
    const memory = new BoundedMemory(8);
    memory.set('a', 111);
    memory.set('b', 222);
    memory.get('a');
    memory.set('c', 333);
    expect(['a', 'b', 'c'].map((key) => memory.get(key))).toEqual([111, undefined, 333]);
  });

  it('does not keep what is larger than all it may hold, nor what it replaces', () => {
    const memory = new BoundedMemory(8);
    memory.set('a', 111);
    memory.set('a', 'x'.repeat(20));
    expect([memory.get('a'), memory.characters]).toEqual([undefined, 0]);
  });

  it('never holds more than it may, and counts exactly what it holds', () => {
    const writes = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.string({ maxLength: 12 })));
    fc.assert(
      fc.property(writes, (pairs) => {
        const memory = new BoundedMemory(30);
        for (const [key, value] of pairs) memory.set(key, value);
        const held = ['a', 'b', 'c', 'd'].filter((key) => memory.get(key) !== undefined);
        const sizes = held.map((key) => key.length + JSON.stringify(memory.get(key)).length);
        expect(memory.characters).toBe(sizes.reduce((sum, size) => sum + size, 0));
        expect(memory.characters).toBeLessThanOrEqual(30);
      }),
    );
  });
});
