/**
 * What a real kayak factory's six years look like, as rounded quantiles and frequencies: derived figures, no row of anyone's. Everything is an
 * integer, so that every engine draws the same.
 */

/** Orders created in each of the 72 months that end with the horizon's month. */
export const CREATED_BY_MONTH = [
  554, 505, 329, 232, 354, 305, 397, 333, 472, 488, 470, 763, 330, 403, 618, 487, 313, 439, 319, 450, 411, 525, 553,
  368, 340, 271, 474, 446, 461, 477, 476, 197, 470, 531, 415, 394, 504, 313, 556, 410, 498, 358, 376, 315, 364, 355,
  483, 402, 383, 267, 319, 322, 338, 269, 309, 235, 304, 444, 275, 207, 345, 205, 399, 322, 245, 254, 253, 110, 259,
  450, 460, 102,
];

/** Orders created by weekday, Sunday first. */
export const CREATED_BY_WEEKDAY = [1105, 5455, 5444, 5495, 4808, 4245, 828];

/** Finishes by hour of the day; the 62 at midnight are days without a time. */
export const FINISHED_BY_HOUR = [
  62, 1, 0, 0, 2, 4, 316, 933, 2097, 2571, 2847, 3035, 2034, 2843, 3454, 3097, 1991, 618, 184, 44, 45, 23, 15, 8,
];

/** Days from the due day to the finish; negative is early. 79 of 100 are on time. */
export const LATE_DAYS = [-672, -120, -46, -28, -18, -14, -10, -8, -6, -4, -3, -2, -1, -1, 0, 0, 1, 2, 4, 6, 20];

/** Days from creation to the due day of orders that are open. */
export const DUE_AFTER_CREATION_DAYS = [3, 11, 23, 32, 37, 47, 54, 66, 300];

/** Hours from the first phase to the finish: the rest of the lead time an order waits to be begun. */
export const PRODUCTION_HOURS = [60, 119, 158, 179, 199, 219, 241, 266, 294, 338, 376, 448, 864];

/** Hours from the finish to the delivery. */
export const DELIVERY_HOURS = [4, 14, 24, 24, 24, 24, 24, 24, 38, 62, 133, 181, 296, 417, 707, 1809, 9000];

/** Executions beyond the route, per order. */
export const REWORK_PER_ORDER = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 6, 7, 10, 21];

/** Errors per order. */
export const ERRORS_PER_ORDER = [0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 3, 3, 4, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 8, 12];

/** Of 10,000 errors, how many have severity 1, 2, 3. */
export const SEVERITIES = [8414, 1403, 183];

/** How much of its route an order has begun, in thousandths: those being made, those forgotten, those at rest without a finish date. */
export const BEGUN_ACTIVE = [0, 45, 53, 70, 90, 300, 500, 720, 940];
export const BEGUN_DORMANT = [0, 53, 140, 300, 500, 540, 560, 750, 860];
export const BEGUN_AT_REST = [0, 55, 310, 500, 660, 830, 940, 1000, 1000];

/** Hours from an active order's last event to the horizon. */
export const SINCE_LAST_EVENT_HOURS = [0, 4, 20, 44, 90, 170, 330, 600, 1100];

/** Minutes by which an end precedes its start where somebody mixed them up. */
export const MIXED_UP_MINUTES = [2, 30, 41, 52, 64, 77, 92, 114, 141, 192, 335, 767, 14_212];

/** How often a product is ordered, by its rank among 894; straight lines between. */
export const POPULARITY: readonly (readonly [rank: number, orders: number])[] = [
  [0, 1903],
  [1, 597],
  [4, 517],
  [6, 367],
  [11, 320],
  [22, 197],
  [44, 125],
  [67, 93],
  [89, 72],
  [134, 50],
  [179, 34],
  [246, 22],
  [313, 16],
  [402, 10],
  [492, 6],
  [581, 3],
  [715, 1],
  [893, 1],
];

/** Rows per worker (an aptitude each), from the most versatile down: 38 evenly spaced ranks. */
export const ROWS_PER_WORKER = [
  15, 12, 10, 9, 7, 6, 6, 5, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
];

/** The first coefficient that most phases of a product share, by frequency. */
export const WORK_CLASSES = [1.5, 1.5, 1.5, 1.5, 1.5, 1, 1, 2, 2, 2.75];

export interface Family {
  name: string;
  /** Rotomoulded: a short route of its own. */
  isMoulded?: true;
  /** Of 894 products. */
  products: number;
  /** How much more often than average one of its products is ordered, in hundredths. */
  demand: number;
  /** Hours from creation to finish at the quantiles 0, 1/12, … 1; the last is set so that 95 of 100 come out right. */
  leadHours: readonly number[];
  /** Quantiles 0, 1/4, … 1 in hundredths of the workbook's unit. */
  demoulded: readonly number[];
  finished: readonly number[];
  gelDeck: readonly number[];
  gelHull: readonly number[];
}

export const FAMILIES: readonly Family[] = [
  {
    name: 'K1',
    products: 238,
    demand: 144,
    leadHours: [12, 252, 367, 445, 544, 682, 800, 925, 1114, 1332, 1644, 2296, 4592],
    demoulded: [510, 750, 800, 800, 1100],
    finished: [750, 1000, 1100, 1100, 1400],
    gelDeck: [0, 60, 90, 90, 100],
    gelHull: [0, 80, 100, 100, 120],
  },
  {
    name: 'K2',
    products: 138,
    demand: 71,
    leadHours: [64, 279, 395, 492, 586, 681, 805, 947, 1114, 1356, 1670, 2313, 4626],
    demoulded: [750, 1150, 1150, 1500, 1850],
    finished: [0, 1650, 1660, 2100, 2850],
    gelDeck: [0, 100, 100, 110, 150],
    gelHull: [0, 150, 160, 170, 180],
  },
  {
    name: 'C1',
    products: 111,
    demand: 65,
    leadHours: [57, 251, 351, 441, 544, 662, 758, 878, 1072, 1307, 1571, 2217, 4434],
    demoulded: [700, 950, 950, 1300, 1300],
    finished: [900, 1300, 1300, 1850, 1850],
    gelDeck: [0, 100, 108, 120, 120],
    gelHull: [0, 108, 108, 140, 140],
  },
  {
    name: 'Mar',
    products: 55,
    demand: 220,
    leadHours: [6, 81, 206, 329, 492, 663, 833, 1070, 1331, 1713, 2076, 2897, 5794],
    demoulded: [0, 880, 880, 1155, 1350],
    finished: [850, 1100, 1100, 1250, 2100],
    gelDeck: [0, 25, 100, 100, 150],
    gelHull: [0, 50, 120, 120, 150],
  },
  {
    name: 'Rio',
    products: 86,
    demand: 85,
    leadHours: [8, 278, 398, 538, 640, 779, 946, 1115, 1331, 1574, 1907, 2890, 5780],
    demoulded: [0, 800, 850, 950, 1200],
    finished: [0, 1050, 1150, 1150, 1500],
    gelDeck: [0, 90, 90, 90, 100],
    gelHull: [0, 100, 100, 100, 120],
  },
  {
    name: 'Passeio',
    products: 67,
    demand: 94,
    leadHours: [11, 537, 755, 952, 1120, 1337, 1576, 1862, 2248, 2674, 3323, 4496, 8992],
    demoulded: [0, 950, 1300, 1500, 1725],
    finished: [0, 1050, 2100, 2350, 2625],
    gelDeck: [0, 20, 130, 140, 150],
    gelHull: [0, 20, 190, 200, 230],
  },
  {
    name: 'Escola',
    products: 4,
    demand: 530,
    leadHours: [9, 489, 587, 735, 875, 996, 1095, 1256, 1359, 1427, 1835, 2530, 5060],
    demoulded: [700, 750, 750, 1200, 1200],
    finished: [1000, 1050, 1050, 1500, 1500],
    gelDeck: [50, 50, 50, 90, 90],
    gelHull: [100, 100, 100, 100, 100],
  },
  {
    name: 'Roto',
    isMoulded: true,
    products: 9,
    demand: 205,
    leadHours: [15, 352, 693, 944, 1186, 1336, 1522, 1715, 2369, 2913, 4382, 7907, 15_814],
    demoulded: [0, 0, 0, 0, 950],
    finished: [1400, 1910, 1910, 1910, 1910],
    gelDeck: [0, 0, 0, 0, 75],
    gelHull: [0, 0, 0, 0, 75],
  },
  {
    name: 'Especial',
    products: 186,
    demand: 50,
    leadHours: [9, 324, 538, 735, 903, 1096, 1336, 1570, 1930, 2358, 3156, 4431, 8862],
    demoulded: [0, 600, 850, 1200, 11_000],
    finished: [0, 810, 1050, 1700, 14_000],
    gelDeck: [0, 30, 85, 100, 760],
    gelHull: [0, 30, 90, 120, 840],
  },
];

/** Words of product names: rivers, sizes, lay-ups. */
export const RIVERS = ['Tejo', 'Douro', 'Minho', 'Sado', 'Lima', 'Ave', 'Mondego', 'Guadiana', 'Vouga', 'Paiva'];
export const SIZES = ['S', 'M', 'ML', 'L', 'XL', 'XXL'];
export const LAY_UPS = ['Base', 'Clube', 'Elite', 'Treino', 'Infusão'];

/** What is wrong with a boat, invented, with frequencies shaped like the real list's: a few complaints make most of the errors. */
export const DEFECTS: readonly (readonly [text: string, frequency: number])[] = [
  ['Superfície do molde gasta', 15_850],
  ['Brilho irregular no gelcoat', 15_670],
  ['Gelcoat demasiado fino', 11_290],
  ['Rugas no laminado interior', 9240],
  ['Ar preso entre camadas', 8850],
  ['Faixa decorativa torta', 5820],
  ['Fios de tinta à vista', 4040],
  ['Fibra repuxada junto à borda', 2690],
  ['Poeira debaixo da tinta', 2370],
  ['Manchas de cor no convés', 1740],
  ['Escorrimento de tinta na proa', 1600],
  ['Riscos de lixa por remover', 1180],
  ['Camadas separadas na quilha', 1020],
  ['Zonas secas de resina', 830],
  ['Resíduos no molde', 690],
  ['Tinta a soltar-se na popa', 650],
  ['Lasca ao tirar do molde', 640],
  ['Verniz do poço incompleto', 620],
  ['Fibra mal embebida no casco', 560],
  ['Poros visíveis no casco', 490],
  ['Tecido de sucção agarrado', 480],
  ['Junta aberta a estibordo', 430],
  ['Resina a menos na popa', 400],
  ['Transparências no convés', 360],
  ['Gelcoat fissurado', 330],
  ['Perda de vácuo no saco', 320],
  ['Fibra mal comprimida', 300],
  ['Metades do molde desencontradas', 250],
  ['Massa mal misturada', 200],
  ['Polimento baço a bombordo', 180],
  ['Falta um reforço de fibra', 180],
  ['Mossa no convés', 140],
  ['Poço por limpar', 120],
  ['Cor trocada na encomenda', 70],
  ['Película por retirar', 50],
  ['Plástico colado ao interior', 30],
  ['Bolhas sob a pega', 30],
  ['Colagem da travessa lascada', 30],
  ['Peso acima do previsto', 20],
  ['Tampa estanque mal colada', 20],
  ['Placas de núcleo sobrepostas', 15],
  ['Bordo da emenda irregular', 12],
  ['Gola com rebarba', 10],
  ['Entrada de água na caixa do leme', 8],
  ['Calha do leme fora de centro', 5],
  ['Proa assimétrica', 4],
];
