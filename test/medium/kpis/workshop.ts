import { assignment, failure, order, phase, smallFactory, type FactorySheets } from '../../support/factory-workbook';

/**
 * Orders around the data clock 2025-12-10 12:00 (the finish of order 9), so that the default window begins on
 * 2025-09-11 12:00, which is summer time. Types: 1 Laminagem, 2 Cura. Hours are those that passed.
 */
export function workshop(): FactorySheets {
  return {
    ...smallFactory(),
    OrdensFabrico: [
      // 240 h, finished on the due day.
      order(1, '2025-10-01T08:00:00', 100, 12, { acabamento: '2025-10-11T08:00:00', transporte: '2025-10-11' }),
      // 480 h, a day late.
      order(2, '2025-10-02T08:00:00', 100, 12, { acabamento: '2025-10-22T08:00:00', transporte: '2025-10-21' }),
      // Ten days with the hour that October repeats: 241 h. Nothing due.
      order(3, '2025-10-20T08:00:00', 101, 12, { acabamento: '2025-10-30T08:00:00' }),
      // Finished before it was created: finished and on time, without a lead time.
      order(4, '2025-11-10T08:00:00', 999, 12, { acabamento: '2025-11-09T08:00:00', transporte: '2025-11-30' }),
      // 240 h, a day early; of no product.
      order(5, '2025-11-01T08:00:00', 'NULL', 12, { acabamento: '2025-11-11T08:00:00', transporte: '2025-11-12' }),
      order(6, '2025-12-01T07:00:00', 100, 2, {}),
      // 240 h, a day late; finished at the very begin of the default window, and a minute before it.
      order(7, '2025-09-01T12:00:00', 101, 12, { acabamento: '2025-09-11T12:00:00', transporte: '2025-09-10' }),
      order(8, '2025-09-01T12:00:00', 101, 12, { acabamento: '2025-09-11T11:59:00', transporte: '2025-09-12' }),
      // Finished at the very end of the default window, which is no part of it.
      order(9, '2025-12-01T12:00:00', 100, 12, { acabamento: '2025-12-10T12:00:00' }),
      order(10, '2025-12-08T10:00:00', 100, 2, {}),
      order(11, '2025-12-08T10:00:00', 101, 1, {}),
      // Open, without an event since January.
      order(12, '2025-01-05T08:00:00', 100, 2, {}),
      order(13, '2025-12-05T12:00:00', 100, 1, {}),
      // Ten days without the hour that March skips: 239 h.
      order(14, '2025-03-20T08:00:00', 100, 12, { acabamento: '2025-03-30T08:00:00' }),
    ],
    FasesOrdemFabrico: [
      // 2 h, a return; a marker; one that nobody closed.
      phase(11, 1, 1, 1, { inicio: '2025-10-02T08:00:00', fim: '2025-10-02T10:00:00', retorno: 1 }),
      phase(12, 1, 1, 2, { inicio: '2025-10-03T08:00:00', fim: '2025-10-03T08:00:00' }),
      phase(13, 1, 2, 3, { inicio: '2025-10-05T08:00:00' }),
      // 00:00 to 03:00 in the night that has an hour more: 4 h.
      phase(31, 3, 2, 1, { inicio: '2025-10-26T00:00:00', fim: '2025-10-26T03:00:00' }),
      // 139 h.
      phase(51, 5, 1, 1, { inicio: '2025-11-05T12:00:00', fim: '2025-11-11T07:00:00' }),
      // 4 h; then open for 6 h.
      phase(61, 6, 1, 1, { inicio: '2025-12-01T08:00:00', fim: '2025-12-01T12:00:00' }),
      phase(62, 6, 2, 2, { inicio: '2025-12-10T06:00:00' }),
      // 2 h; then waits for type 2 since 46 h.
      phase(101, 10, 1, 1, { inicio: '2025-12-08T12:00:00', fim: '2025-12-08T14:00:00' }),
      phase(102, 10, 2, 2, {}),
      // Open for 24 h and 48 h.
      phase(111, 11, 1, 1, { inicio: '2025-12-09T12:00:00' }),
      phase(112, 11, 1, 2, { inicio: '2025-12-08T12:00:00' }),
      phase(121, 12, 2, 1, { inicio: '2025-01-06T08:00:00' }),
      // Waits for type 1 since its creation, 120 h.
      phase(131, 13, 1, 1, {}),
    ],
    FuncionariosFaseOrdemFabrico: [
      assignment(61, 7, 1),
      assignment(61, 8, 0),
      assignment(101, 7, 0),
      assignment(11, 8, 0),
    ],
    OrdemFabricoErros: [failure('Interior enrugado', 1, 2, 12, 11), failure('Molde baço', 1, 1, 12, 'NULL')],
  };
}
