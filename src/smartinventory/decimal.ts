/**
 * A product or sum of a workbook's numbers as a person writes it: 23.4 of 26 x 0.9, and not 23.400000000000002. A number of
 * a workbook has 15 digits; what floating point puts behind them is of no cell.
 */
export function decimal(value: number): number {
  return Number(value.toPrecision(15));
}
