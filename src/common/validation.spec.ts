import type { ArgumentMetadata, ValidationError } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsString, ValidateNested } from 'class-validator';
import { QueryBoolean, QueryInteger, QueryMoment, QueryText } from './query-params';
import { buildValidationPipe, describeValidationErrors } from './validation';

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

  it('names the type of a value that JSON does not know', () => {
    const error = broken({ value: Object, constraints: { r: 'must be 1' } });
    expect(describeValidationErrors([error])).toBe('field is function: it must be 1.');
  });

  it('cuts a long value', () => {
    const error = broken({ value: 'x'.repeat(9999), constraints: { r: 'must be short' } });
    expect(describeValidationErrors([error]).length).toBeLessThan(120);
  });
});

class Nested {
  @IsString()
  text?: string;
}

class Body {
  @IsString()
  text?: string;

  @ValidateNested()
  @Type(() => Nested)
  nested?: Nested;
}

describe('a body that is validated', () => {
  it('keeps what its class names and drops the rest, nested things too', async () => {
    const sent: unknown = JSON.parse(
      '{"text": "a", "isAdmin": true, "nested": {"text": "b", "run_id": 7}, "__proto__": {"scopes": ["admin"]}}',
    );
    const body: unknown = await buildValidationPipe().transform(sent, { type: 'body', metatype: Body });
    expect(body).toEqual({ text: 'a', nested: { text: 'b' } });
    expect(body).not.toHaveProperty('scopes');
  });
});

class PageQuery {
  @QueryInteger({ description: 'Rows.', minimum: 1, maximum: 10 })
  limit?: number;

  @QueryText({ description: 'Any.' })
  text?: string;

  @QueryBoolean({ description: 'Whether.' })
  force?: boolean;

  @QueryMoment({ description: 'When.' })
  from?: string;
}

describe('a query that is validated', () => {
  const metadata: ArgumentMetadata = { type: 'query', metatype: PageQuery };
  const validate = (query: Record<string, unknown>, pipe = buildValidationPipe()) =>
    pipe.transform(query, metadata) as Promise<PageQuery>;

  it.each(['constructor', 'toString', '__proto__', 'valueOf'])(
    'is refused where %s, which every object answers to, stands for true or false',
    async (value) => {
      await expect(validate({ force: value })).rejects.toThrow(`force is '${value}': it must be true or false.`);
    },
  );

  it.each(['', null])('has nothing where %j was sent, whatever the field is', async (value) => {
    expect(await validate({ limit: value, text: value, force: value, from: value })).toEqual({
      limit: undefined,
      text: undefined,
      force: undefined,
      from: undefined,
    });
  });

  it('is validated once, and given out again to whoever sends the same', async () => {
    const pipe = buildValidationPipe();
    const first = await validate({ limit: '5', offset: '3' }, pipe);
    expect(first).toBeInstanceOf(PageQuery);
    expect(first).toEqual({ limit: 5 });
    expect(await validate({ limit: '5', offset: '3' }, pipe)).toBe(first);
    expect(await validate({ limit: '6' }, pipe)).toEqual({ limit: 6 });
    expect(await validate({ text: 'limit' }, pipe)).toEqual({ text: 'limit' });
  });

  it('is validated once as the parameters of a path too', async () => {
    const pipe = buildValidationPipe();
    const path: ArgumentMetadata = { type: 'param', metatype: PageQuery };
    const first: unknown = await pipe.transform({ limit: '5' }, path);
    expect(first).toEqual({ limit: 5 });
    expect(await pipe.transform({ limit: '5' }, path)).toBe(first);
    expect(await pipe.transform('5', { type: 'param', metatype: String })).toBe('5');
  });

  it('can be changed by nobody who got it', async () => {
    expect(Object.isFrozen(await validate({ limit: '5' }))).toBe(true);
  });

  it('is refused each time it is wrong', async () => {
    const pipe = buildValidationPipe();
    for (let time = 0; time < 2; time += 1) {
      await expect(validate({ limit: '11' }, pipe)).rejects.toThrow(
        'limit is 11: it must be a whole number from 1 to 10.',
      );
    }
  });

  it('stays right however many others come', async () => {
    const pipe = buildValidationPipe();
    for (let text = 0; text < 1000; text += 1) await validate({ text: String(text) }, pipe);
    for (const text of ['1', '999']) expect(await validate({ text }, pipe)).toEqual({ text });
  });
});
