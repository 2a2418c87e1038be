import { Module } from '@nestjs/common';
import { ApiKeyGuard } from './api-key.guard';

/** Who may start and stop work. */
@Module({ providers: [ApiKeyGuard], exports: [ApiKeyGuard] })
export class AuthModule {}
