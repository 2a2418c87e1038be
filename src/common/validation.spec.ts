import type { ValidationError } from '@nestjs/common';
import { describeValidationErrors } from './validation';

const broken = (error: Partial<ValidationError>): ValidationError => ({ property: 'field', ...error });

describe('the detail of a validation error', () => {
  it('names field, value and rule once each', () => {
    const error = broken({
      property: 'limit',
      value: 0,
      constraints: { isInteger: 'must be a whole number from 1 to 1000' },
    });
    expect(describeValidationErrors([error])).toBe('limit is 0: it must be a whole number from 1 to 1000.');
  });

  it('drops the field name that class-validator begins its own messages with', () => {
    const error = broken({
      property: 'force',
      value: 'x',
      constraints: { isBoolean: 'force must be a boolean value' },
    });
    expect(describeValidationErrors([error])).toBe("force is 'x': it must be a boolean value.");
  });

  it('says missing for what was not sent', () => {
    const error = broken({ property: 'path', constraints: { isString: 'path must be a string' } });
    expect(describeValidationErrors([error])).toBe('path is missing: it must be a string.');
  });

  it('names every broken field, nested ones by their path', () => {
    const inner = broken({
      property: 'multiplier',
      value: [1],
      constraints: { isInt: 'multiplier must be an integer number' },
    });
    const errors = [
      broken({ property: 'a', value: 1, constraints: { r: 'must be 2' } }),
      broken({ property: 'b', children: [inner] }),
    ];
    expect(describeValidationErrors(errors)).toBe(
      'a is 1: it must be 2. b.multiplier is [1]: it must be an integer number.',
    );
  });

  it('cuts a long value', () => {
    const error = broken({ value: 'x'.repeat(9999), constraints: { r: 'must be short' } });
    expect(describeValidationErrors([error]).length).toBeLessThan(120);
  });
});
