import { Module } from '@nestjs/common';
import { DueRiskService } from './due-risk.service';
import { MaterialsService } from './materials.service';
import { SmartinventoryController } from './smartinventory.controller';
import { WipService } from './wip.service';

/** What is in process: pieces, their mass, gelcoat in theory, what will be late. */
@Module({ controllers: [SmartinventoryController], providers: [WipService, MaterialsService, DueRiskService] })
export class SmartinventoryModule {}
