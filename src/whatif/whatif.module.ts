import { Module } from '@nestjs/common';

/** Simulated scenarios. */
@Module({})
export class WhatifModule {}
