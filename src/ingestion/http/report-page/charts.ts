import { count } from './figures';
import { type Html, html } from './html';

/** A part of a bar: its share is of the sum of all parts. */
export interface Part {
  /** Class that gives it its colour. */
  readonly kind: string;
  readonly label: string;
  readonly value: number;
}

/** One bar of 100 % in its parts, the smallest of which stay visible. */
export function stackedBar(parts: readonly Part[], name: string): Html {
  const shown = parts.filter(({ value }) => value > 0);
  const sum = shown.reduce((total, { value }) => total + value, 0);
  const label = shown.map((part) => `${part.label} ${count(part.value)}`).join(', ');
  if (sum === 0) return html`<span class="quiet">no rows</span>`;
  const least = 0.8;
  const widths = shown.map(({ value }) => Math.max(least, (100 * value) / sum));
  const scale = 100 / widths.reduce((total, width) => total + width, 0);
  let x = 0;
  const bars = shown.map((part, index) => {
    const width = widths[index] * scale;
    const bar = html`<rect class="${part.kind}" x="${fixed(x)}" y="0" width="${fixed(width)}" height="10">
      <title>${part.label}: ${count(part.value)}</title>
    </rect>`;
    x += width;
    return bar;
  });
  return html`<svg
    class="stack"
    viewBox="0 0 100 10"
    preserveAspectRatio="none"
    role="img"
    aria-label="${name}: ${label}"
  >
    ${bars}
  </svg>`;
}

/** A bar as long as its share of the longest. */
export function bar(value: number, longest: number, kind: string): Html {
  const width = longest === 0 ? 0 : Math.max(value > 0 ? 0.6 : 0, (100 * value) / longest);
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" x="0" y="0" width="100" height="10" />
    <rect class="${kind}" x="0" y="0" width="${fixed(width)}" height="10" />
  </svg>`;
}

/** A share (0..1) against the threshold it must reach, marked by a line. */
export function bullet(rate: number, threshold: number | null, kind: string): Html {
  const mark =
    threshold === null
      ? undefined
      : html`<rect class="mark" x="${fixed(100 * threshold - 0.35)}" y="0" width="0.7" height="10" />`;
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" x="0" y="2" width="100" height="6" />
    <rect class="${kind}" x="0" y="2" width="${fixed(100 * Math.min(1, rate))}" height="6" />
    ${mark}
  </svg>`;
}

function fixed(value: number): string {
  return value.toFixed(2);
}
