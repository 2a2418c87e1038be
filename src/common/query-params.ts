import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateBy } from 'class-validator';
import { isIsoMoment } from './iso-moment';

/** No example here: the documentation page would fill it in, and a newcomer's first try would filter everything out. */
interface ParameterText {
  description: string;
}

/** An empty parameter counts as not given: forms send `?fase_id=` for "all", and bodies null. */
function given(value: unknown): unknown {
  return value === '' || value === null ? undefined : value;
}

/** An optional whole number within bounds; the field holds a number. */
export function QueryInteger(
  options: ParameterText & { minimum?: number; maximum?: number; default?: number },
): PropertyDecorator {
  const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = options;
  const bounded = options.minimum !== undefined || options.maximum !== undefined;
  return applyDecorators(
    ApiPropertyOptional({ ...options, type: 'integer' }),
    IsOptional(),
    Transform(({ value }: { value: unknown }) => {
      const text = given(value);
      // What is no number stays text, so that the error can show what was sent.
      return typeof text === 'string' && /^[+-]?\d{1,16}$/.test(text) ? Number(text) : text;
    }),
    ValidateBy({
      name: 'isInteger',
      validator: {
        validate: (value: unknown) =>
          Number.isSafeInteger(value) && minimum <= Number(value) && Number(value) <= maximum,
        defaultMessage: () => `must be a whole number${bounded ? ` from ${minimum} to ${maximum}` : ''}`,
      },
    }),
  );
}

/** A map, since an object also answers to `constructor` and its like. */
const TRUE_OR_FALSE: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** What a text says, in any case; the text itself where it says neither. */
export function trueOrFalse(text: string): boolean | string {
  return TRUE_OR_FALSE.get(text.toLowerCase()) ?? text;
}

/** An optional `true` or `false` (also 1 and 0). */
export function QueryBoolean(options: ParameterText): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ ...options, type: 'boolean' }),
    IsOptional(),
    Transform(({ value }: { value: unknown }) => {
      const text = given(value);
      return typeof text === 'string' ? trueOrFalse(text) : text;
    }),
    ValidateBy({
      name: 'isTrueOrFalse',
      validator: {
        validate: (value: unknown) => typeof value === 'boolean',
        defaultMessage: () => 'must be true or false',
      },
    }),
  );
}

/** An optional ISO date or date-time; the field holds the text, which the service reads in factory time. */
export function QueryMoment(options: ParameterText): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ ...options, type: 'string' }),
    IsOptional(),
    Transform(({ value }: { value: unknown }) => given(value)),
    ValidateBy({
      name: 'isIsoMoment',
      validator: {
        validate: isIsoMoment,
        defaultMessage: () => 'must be a date (2025-12-11) or a date-time (2025-12-11T12:50, or with Z or an offset)',
      },
    }),
  );
}

/** Optional text of which nothing can be wrong: given twice, it is the texts joined, which no id equals. */
export function QueryText(options: ParameterText): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ ...options, type: 'string' }),
    IsOptional(),
    Transform(({ value }: { value: unknown }) => {
      const text = given(value);
      return text === undefined || typeof text === 'string' ? text : JSON.stringify(text);
    }),
  );
}
