import fc from 'fast-check';
import { escape, html } from './html';

describe('markup from templates', () => {
  it('escapes text and numbers, joins lists, leaves markup and drops what is not there', () => {
    const cells = ['<b>', 7].map((value) => html`<td>${value}</td>`);
    expect(
      html`<tr title="${'a"b'}">
        ${cells}${undefined}
      </tr>`.text.replace(/>\s+</g, '><'),
    ).toBe('<tr title="a&quot;b"><td>&lt;b&gt;</td><td>7</td></tr>');
  });

  it('never lets text begin a tag, an entity or leave its quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const safe = escape(text);
        expect(safe).not.toMatch(/[<>"']/);
        expect(safe.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
      }),
    );
  });
});
