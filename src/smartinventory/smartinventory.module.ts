import { Module } from '@nestjs/common';

/** What is in process: pieces, mass, gelcoat in theory. */
@Module({})
export class SmartinventoryModule {}
