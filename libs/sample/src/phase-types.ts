/** How the first coefficient of a phase comes about: `product` = the product's own work class, else one of the values. */
export type Coefficients = 'product' | readonly number[];

/** A kind of work on an order's route. Statistics are those of a real factory's history, rounded. */
export interface RouteType {
  /** Fase_Id */
  id: number;
  /** Minutes at the quantiles 0, 1/8, … 1 of executions that took any time. */
  minutes: readonly number[];
  /** Of 100 executions, how many are markers: start = end. */
  instant: number;
  coefficients: Coefficients;
  coefficientX: readonly number[];
  /** Second coefficients that the factory's system exports as text, because they do not end. */
  fractions?: readonly string[];
  /** Relative frequency of being done again. */
  rework: number;
  /** Relative frequency of being blamed for an error. */
  blame: number;
  /** Of 100 executions, how many record a weight; and which. */
  weighed?: { share: number; kind: 'demoulded' | 'finished' };
  role?: 'lamination' | 'painting' | 'stored' | 'packed' | 'delivered' | 'passive';
}

type FaseRow = readonly [name: string, sequence: number, production: 0 | 1, automatic: 0 | 1, aptitudes: number];

/**
 * The 71 phase types: Fase_Id is the position + 1. The last figure is how many of 1000 aptitudes are for it. Names are the trade's words; the
 * terminal ones are those that the definitions list.
 */
export const FASES: readonly FaseRow[] = [
  ['Não Laminado', 1, 1, 1, 0],
  ['Preparação de Molde', 8, 1, 0, 13],
  ['Pintura', 9, 1, 0, 24],
  ['Laminagem', 10, 1, 0, 94],
  ['Laminagem Infusão', 10, 1, 0, 11],
  ['Cura', 11, 1, 1, 0],
  ['Desmolde', 12, 1, 0, 18],
  ['Corte', 13, 1, 0, 37],
  ['Colagem Barcos', 14, 1, 0, 33],
  ['Colagem Peças', 14, 1, 0, 19],
  ['Colagem Golas', 15, 1, 0, 17],
  ['Pintura Acabamento', 16, 1, 0, 44],
  ['Lixagem - seco', 19, 1, 0, 67],
  ['Acabamento 2', 20, 1, 0, 78],
  ['Acabamento 3', 21, 1, 0, 20],
  ['Acabamento Preparação', 22, 1, 0, 37],
  ['Acabamento - Pintura', 23, 1, 0, 27],
  ['Acabamento - Envernizamento', 24, 1, 0, 17],
  ['Lixagem - água', 25, 1, 0, 85],
  ['Lixagem - polimento', 26, 1, 0, 78],
  ['Controlo de qualidade Montagem', 27, 1, 0, 14],
  ['Montagem / Finalização', 28, 1, 0, 39],
  ['Controlo de qualidade Final', 29, 1, 0, 30],
  ['Armazem', 30, 0, 1, 0],
  ['Embalado', 36, 0, 1, 0],
  ['Entregue', 37, 0, 1, 0],
  ['Rotomoldagem', 1, 1, 0, 2],
  ['Armazem 2ª escolha', 33, 0, 1, 0],
  ['Em Uso', 35, 0, 0, 0],
  ['Para Abate', 42, 0, 0, 0],
  ['Abatido', 43, 0, 0, 0],
  ['Lixo', 34, 0, 1, 0],
  ['Reutilizado', 2, 0, 1, 0],
  ['Parque de Acabamento', 17, 0, 1, 0],
  ['Reparação geral', 31, 1, 0, 38],
  ['Reparação de verniz', 31, 1, 0, 35],
  ['Aguarda reparação', 38, 0, 0, 2],
  ['Acabamento de moldes', 32, 1, 0, 13],
  ['Acabamento de peças', 24, 1, 0, 2],
  ['Laminagem de peças', 10, 1, 0, 21],
  ['Corte de peças', 13, 1, 0, 11],
  ['Lixagem de peças', 25, 1, 0, 8],
  ['Corte e costura', 41, 1, 0, 10],
  ['Preparação de costura', 40, 1, 0, 2],
  ['Fresagem CNC', 5, 1, 0, 8],
  ['Preparação de fresagem', 4, 0, 0, 0],
  ['Acabamento de fresagem', 6, 0, 0, 0],
  ['Desenho CAD', 2, 0, 0, 0],
  ['Programa CAM', 3, 0, 0, 0],
  ['Preparação de matriz', 7, 1, 0, 3],
  ['Envernizamento de molde', 9, 0, 0, 0],
  ['Injeção de espuma', 1, 1, 0, 4],
  ['Impressão 3D', 42, 1, 0, 2],
  ['Serralharia', 48, 0, 0, 4],
  ['Soldadura', 44, 0, 0, 0],
  ['Lacagem', 46, 0, 0, 0],
  ['Montagem de acessórios', 45, 0, 0, 2],
  ['Manutenção', 39, 1, 0, 2],
  ['Limpeza', 49, 0, 0, 0],
  ['Logística', 47, 0, 1, 0],
  ['Expedição', 47, 0, 1, 0],
  ['Escritório', 50, 0, 0, 0],
  ['Subcontratado', 0, 0, 0, 0],
  ['Em espera', 0, 1, 1, 0],
  ['Venda direta', 0, 0, 0, 0],
  ['Pedido recebido', 1, 0, 0, 0],
  ['Pedido em análise', 2, 0, 0, 0],
  ['Pedido analisado', 3, 0, 0, 0],
  ['Pedido aceite', 4, 0, 0, 0],
  ['Pedido recusado', 5, 0, 0, 0],
  ['Protótipo', 6, 0, 0, 0],
];

const HOUR_OF_WORK = [2, 48, 63, 78, 94, 113, 141, 187, 530];

export const NL: RouteType = {
  id: 1,
  minutes: HOUR_OF_WORK,
  instant: 15,
  coefficients: 'product',
  coefficientX: [0],
  rework: 0,
  blame: 1,
  role: 'passive',
};
export const PM: RouteType = {
  id: 2,
  minutes: HOUR_OF_WORK,
  instant: 15,
  coefficients: 'product',
  coefficientX: [0],
  rework: 44,
  blame: 1560,
};
export const PI: RouteType = {
  id: 3,
  minutes: HOUR_OF_WORK,
  instant: 15,
  coefficients: 'product',
  coefficientX: [0],
  fractions: ['0.666666666666667', '0.666666666666667', '0.666666666666667', '1.33333333333333'],
  rework: 45,
  blame: 3292,
  role: 'painting',
};
export const LA: RouteType = {
  id: 4,
  minutes: [2, 264, 338, 404, 474, 555, 663, 837, 1879],
  instant: 15,
  coefficients: [8],
  coefficientX: [6, 6, 0, 6, 8],
  rework: 44,
  blame: 3178,
  role: 'lamination',
};
export const LI: RouteType = {
  id: 5,
  minutes: [1, 103, 278, 364, 440, 525, 643, 843, 4332],
  instant: 15,
  coefficients: [8, 8, 1, 10],
  coefficientX: [6],
  rework: 3,
  blame: 1,
  role: 'lamination',
};
export const CU: RouteType = {
  id: 6,
  minutes: [10, 230, 310, 381, 456, 544, 656, 838, 2041],
  instant: 15,
  coefficients: 'product',
  coefficientX: [0],
  rework: 0,
  blame: 1,
  role: 'passive',
};
export const DE: RouteType = {
  id: 7,
  minutes: [1, 16, 21, 25, 29, 34, 41, 52, 118],
  instant: 15,
  coefficients: [0.5],
  coefficientX: [0],
  rework: 44,
  blame: 202,
  weighed: { share: 84, kind: 'demoulded' },
};
export const CO: RouteType = {
  id: 8,
  minutes: [1, 26, 35, 44, 53, 64, 81, 110, 363],
  instant: 14,
  coefficients: [0.75, 1, 0.5],
  coefficientX: [0.5, 0],
  rework: 51,
  blame: 168,
};
export const CB: RouteType = {
  id: 9,
  minutes: [3, 32, 69, 114, 152, 196, 252, 339, 1017],
  instant: 15,
  coefficients: [3.5, 3.5, 0.4, 1],
  coefficientX: [1, 0],
  rework: 9,
  blame: 13,
};
export const CP: RouteType = {
  id: 10,
  minutes: [7, 41, 53, 65, 78, 96, 120, 166, 636],
  instant: 15,
  coefficients: [1.25, 1.25, 1, 2.5],
  coefficientX: [0.75, 0],
  rework: 34,
  blame: 178,
};
export const CG: RouteType = {
  id: 11,
  minutes: [11, 53, 70, 86, 104, 126, 156, 207, 616],
  instant: 15,
  coefficients: [1.5, 2.5, 5],
  coefficientX: [0, 0.75, 1.25],
  rework: 10,
  blame: 51,
};
export const PA: RouteType = {
  id: 12,
  minutes: HOUR_OF_WORK,
  instant: 15,
  coefficients: 'product',
  coefficientX: [0],
  fractions: ['1.11111111111111', '1.11111111111111', '0.740740740740741', '1.48148148148148'],
  rework: 32,
  blame: 160,
};
export const LS: RouteType = {
  id: 13,
  minutes: HOUR_OF_WORK,
  instant: 15,
  coefficients: 'product',
  coefficientX: [0],
  fractions: ['1.07142857142857', '1.07142857142857', '1.07142857142857', '1.78571428571429'],
  rework: 32,
  blame: 175,
};
export const A2: RouteType = {
  id: 14,
  minutes: [7, 40, 55, 70, 87, 109, 144, 209, 1343],
  instant: 15,
  coefficients: [1, 2, 4],
  coefficientX: [0.75, 0],
  rework: 14,
  blame: 81,
};
export const AP: RouteType = {
  id: 16,
  minutes: [39, 95, 114, 135, 157, 185, 218, 275, 569],
  instant: 14,
  coefficients: [2.7],
  coefficientX: [0],
  rework: 1,
  blame: 1,
};
export const AF: RouteType = {
  id: 17,
  minutes: [13, 34, 45, 54, 61, 70, 84, 104, 224],
  instant: 13,
  coefficients: [1],
  coefficientX: [2, 10, 0],
  rework: 1,
  blame: 1,
};
export const AV: RouteType = {
  id: 18,
  minutes: [13, 32, 42, 51, 60, 71, 85, 104, 282],
  instant: 13,
  coefficients: [1],
  coefficientX: [0.75, 0],
  rework: 1,
  blame: 1,
};
export const LG: RouteType = {
  id: 19,
  minutes: HOUR_OF_WORK,
  instant: 15,
  coefficients: 'product',
  coefficientX: [1, 0, 2],
  rework: 33,
  blame: 182,
};
export const LP: RouteType = {
  id: 20,
  minutes: [2, 35, 45, 55, 65, 78, 96, 126, 339],
  instant: 15,
  coefficients: [1, 1, 2],
  coefficientX: [0.75, 0, 1.25],
  rework: 44,
  blame: 214,
};
export const QM: RouteType = {
  id: 21,
  minutes: [1, 12, 34, 44, 53, 64, 77, 100, 241],
  instant: 15,
  coefficients: [1, 1, 1, 0],
  coefficientX: [0],
  rework: 30,
  blame: 99,
};
export const MO: RouteType = {
  id: 22,
  minutes: HOUR_OF_WORK,
  instant: 15,
  coefficients: 'product',
  coefficientX: [0],
  rework: 64,
  blame: 351,
  weighed: { share: 72, kind: 'finished' },
};
export const QF: RouteType = {
  id: 23,
  minutes: [1, 34, 51, 67, 83, 103, 130, 176, 511],
  instant: 15,
  coefficients: 'product',
  coefficientX: [0],
  rework: 64,
  blame: 85,
  weighed: { share: 73, kind: 'finished' },
};
export const AR: RouteType = {
  id: 24,
  minutes: [0, 0],
  instant: 0,
  coefficients: 'product',
  coefficientX: [0],
  rework: 0,
  blame: 1,
  role: 'stored',
};
export const EM: RouteType = {
  id: 25,
  minutes: [2, 6, 31, 40, 51, 72, 81, 104, 381],
  instant: 89,
  coefficients: 'product',
  coefficientX: [0],
  rework: 0,
  blame: 1,
  role: 'packed',
};
export const EN: RouteType = {
  id: 26,
  minutes: [2, 9, 35, 53, 71, 94, 116, 169, 463],
  instant: 89,
  coefficients: 'product',
  coefficientX: [0],
  rework: 0,
  blame: 1,
  role: 'delivered',
};
export const RO: RouteType = {
  id: 27,
  minutes: [10, 32, 41, 49, 58, 68, 82, 104, 237],
  instant: 14,
  coefficients: [1],
  coefficientX: [0],
  rework: 60,
  blame: 1,
};

const FIRST = [NL, PM, PI, LA, CU];
const LAST = [QF, AR, EM, EN];

/** The shapes of routes, with how many of 1000 products follow each. */
export const ROUTE_SHAPES: readonly { share: number; types: readonly RouteType[] }[] = [
  { share: 280, types: [...FIRST, DE, CO, CP, PA, LS, LG, LP, QM, MO, ...LAST] },
  { share: 180, types: [...FIRST, DE, CO, CP, A2, LP, QM, MO, ...LAST] },
  { share: 110, types: [...FIRST, DE, CO, CP, CG, PA, LS, LG, LP, QM, MO, ...LAST] },
  { share: 90, types: [...FIRST, CO, CB, DE, CO, PA, LS, LG, LP, MO, ...LAST] },
  { share: 80, types: [...FIRST, DE, CO, CP, PA, LS, LG, LP, MO, ...LAST] },
  { share: 60, types: [...FIRST, DE, CO, CB, PA, LS, LG, A2, QM, LP, MO, ...LAST] },
  { share: 45, types: [...FIRST, CO, CB, DE, CO, AP, AF, AV, MO, ...LAST] },
  { share: 75, types: [NL, PM, PI, LI, LA, CU, DE, CO, CP, PA, LS, LG, LP, QM, MO, ...LAST] },
  { share: 68, types: [...FIRST, DE, CO, A2, LP, MO, ...LAST] },
];

/** The route of what is moulded in one piece. */
export const MOULDED_ROUTE: readonly RouteType[] = [RO, MO, ...LAST];

/** What a route may gain (before Montagem) or lose so that all of them have the total number of rows asked for. */
export const ROUTE_EXTRAS: readonly RouteType[] = [CG, A2, QM, CB, AV, AF];
export const ROUTE_SPARES: readonly RouteType[] = [QM, LG, CG, CP, LS, LP];

/** Fase_Id where an order without a finish date rests for good, by frequency (Entregue, Reutilizado, Em Uso, Abatido, Para Abate, 2ª escolha). */
export const RESTING_PLACES: readonly { id: number; share: number }[] = [
  { id: 26, share: 85 },
  { id: 33, share: 70 },
  { id: 29, share: 64 },
  { id: 31, share: 13 },
  { id: 30, share: 4 },
  { id: 28, share: 3 },
];
export const EM_USO = 29;
