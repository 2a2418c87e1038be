import { assertTakesEffect } from './takes-effect';

describe('a time zone for tests', () => {
  it.each(['UTC', 'Asia/Kathmandu'])('is %s', (zone) => {
    expect(() => assertTakesEffect(zone)).not.toThrow();
  });

  it('is refused where nobody knows it', () => {
    expect(() => assertTakesEffect('Europe/Lissabon')).toThrow('Europe/Lissabon');
  });

  it('is refused where a process knows it by another spelling alone', () => {
    expect(() => assertTakesEffect('europe/lisbon')).toThrow('does not take effect');
  });
});
