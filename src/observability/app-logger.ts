import { Injectable } from '@nestjs/common';
import { Logger } from 'nestjs-pino';

/** Nest's own account of its wiring: some 60 lines a start that a person looking for the address has to read past. */
const WIRING = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** nestjs-pino's logger, with Nest's wiring at debug level. */
@Injectable()
export class AppLogger extends Logger {
  override log(message: unknown, ...parameters: unknown[]): void {
    if (WIRING.has(String(parameters.at(-1)))) this.debug(message, ...parameters);
    else super.log(message, ...parameters);
  }
}
