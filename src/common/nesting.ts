/**
 * Whether lists and objects stand in one another more than `levels` deep: {a: [1]} is 2 deep. Without recursion, since
 * what reads and checks bodies recurses, and a megabyte of brackets ends its stack.
 */
export function nestsDeeperThan(value: unknown, levels: number): boolean {
  let layer = [value].filter(isContainer);
  for (let depth = 0; depth < levels && layer.length > 0; depth += 1) {
    layer = layer.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return layer.length > 0;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
