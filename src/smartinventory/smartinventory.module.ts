import { Module } from '@nestjs/common';
import { MaterialsService } from './materials.service';
import { SmartinventoryController } from './smartinventory.controller';
import { WipService } from './wip.service';

/** What is in process: pieces, their mass, gelcoat in theory. */
@Module({ controllers: [SmartinventoryController], providers: [WipService, MaterialsService] })
export class SmartinventoryModule {}
