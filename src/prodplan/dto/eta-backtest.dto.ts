import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';

/** What forecasts came to. Rates are null, never a division by zero, where there is nothing to divide by. */
export class BacktestFiguresDto {
  @ApiProperty({ description: 'Orders active at the moment, all of which are forecast.', example: 13551 })
  active: number;

  @ApiProperty({ description: 'Of them, finished by as_of.', example: 11233 })
  finished: number;

  @ApiProperty({
    description: 'Mean absolute error of the p50 ETA over the finished ones, days.',
    type: Number,
    nullable: true,
    example: 31,
  })
  mae_days: number | null;

  @ApiProperty({
    description: 'Mean of p50 ETA minus finish, days; negative is too early.',
    type: Number,
    nullable: true,
    example: -17.4,
  })
  bias_days: number | null;

  @ApiProperty({
    description:
      'Mean absolute error, days, of the naive answer: the later of the moment and creation + the median lead time of the product.',
    type: Number,
    nullable: true,
    example: 42.7,
  })
  naive_mae_days: number | null;

  @ApiProperty({
    description: 'Mean of the naive answer minus finish, days.',
    type: Number,
    nullable: true,
    example: -35.4,
  })
  naive_bias_days: number | null;

  @ApiProperty({
    description: 'Share, 0 to 1, finished by their p80, of the finished ones and missed_unfinished. Promised is 0.8.',
    type: Number,
    nullable: true,
    example: 0.77,
  })
  p80_coverage: number | null;

  @ApiProperty({
    description: 'Not finished by as_of though their p80 has passed: counted as missed.',
    example: 1489,
  })
  missed_unfinished: number;

  @ApiProperty({ description: 'Not finished by as_of, p80 still ahead: left out of p80_coverage.', example: 829 })
  left_out: number;

  @ApiProperty({ description: 'Active orders to which nothing in the past compared: not forecast.', example: 0 })
  not_forecast: number;
}

export class BacktestMomentDto extends BacktestFiguresDto {
  @ApiProperty({
    description: 'When the forecasts are made, from what was recorded before.',
    format: 'date-time',
    example: '2025-11-01T00:00:00+00:00',
  })
  moment: string;
}

/**
 * How good the ETAs from comparable orders are, found by making them at past moments. How good a trained model of
 * remaining times is, stands in its card: GET /api/ml/backtest.
 */
export class EtaBacktestDto extends FreshnessDto {
  @ApiProperty({
    description:
      'CURRENT computed from the data that are served; OUTDATED computed from earlier ones; ABSENT not computed: run the command line with backtest.',
    enum: ['CURRENT', 'OUTDATED', 'ABSENT'],
    example: 'CURRENT',
  })
  status: 'CURRENT' | 'OUTDATED' | 'ABSENT';

  @ApiPropertyOptional({ description: 'Over all moments; absent when not computed.', type: BacktestFiguresDto })
  overall?: BacktestFiguresDto;

  @ApiProperty({
    type: [BacktestMomentDto],
    description: 'The first of each month of the last two years, oldest first.',
  })
  months: BacktestMomentDto[];
}
