import { Reflector } from '@nestjs/core';

/** Marks an endpoint that works much harder than a lookup: it has a limit of its own, between reading and writing. */
export const Costly = Reflector.createDecorator<void, boolean>({ transform: () => true });
