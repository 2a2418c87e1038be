import { Module } from '@nestjs/common';
import { MlController } from './ml.controller';
import { PredictionsController } from './predictions.controller';
import { PredictionsService } from './predictions.service';
import { ModelGauges } from './registry/model-gauges';
import { ModelRegistry } from './registry/model-registry';
import { Answering } from './serving/answering';
import { KeepReady } from './serving/keep-ready';
import { KnownPasts } from './serving/known-past';
import { Predictor } from './serving/predictor';
import { TrainProcessor } from './training/train.processor';
import { TrainingService } from './training/training.service';

/** Learned predictions. */
@Module({
  controllers: [MlController, PredictionsController],
  providers: [
    ModelRegistry,
    ModelGauges,
    KnownPasts,
    KeepReady,
    Answering,
    Predictor,
    PredictionsService,
    TrainingService,
    TrainProcessor,
  ],
})
export class MlModule {}
