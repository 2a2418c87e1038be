import { Module } from '@nestjs/common';

/** Key figures of a window. */
@Module({})
export class KpisModule {}
