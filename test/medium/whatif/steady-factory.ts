import { type FactorySheets, order, phase, route, smallFactory } from '../../support/factory-workbook';

const DAY_MS = 86_400_000;
const FIRST = Date.parse('2025-02-03T00:00Z');
/** The last day with records, a Thursday. */
const LAST = Date.parse('2025-12-11T00:00Z');
/** Orders that wait on the last day beside the usual one. */
const BACKLOG = 8;

/**
 * A factory that repeats itself. Every weekday at 08:00 one order of product 100 is created; Laminagem (1) the weekday
 * after from 08:00 to 12:00, Cura (2, automatic) until 08:00 of the second weekday, Controlo (3) then from 13:00 to 15:00,
 * when it is finished. On the last day eight more orders are created, all due on 2025-12-16.
 */
export function steadyFactory(): FactorySheets {
  const days: string[] = [];
  for (let day = FIRST; day <= LAST; day += DAY_MS) {
    const weekday = new Date(day).getUTCDay();
    if (weekday >= 1 && weekday <= 5) days.push(new Date(day).toISOString().slice(0, 10));
  }
  const orders: FactorySheets[string][number][] = [];
  const phases: FactorySheets[string][number][] = [];
  days.forEach((created, number) => {
    const id = 1000 + number;
    const [made, checked] = [days.at(number + 1), days.at(number + 2)];
    const finish = checked && `${checked}T15:00:00`;
    orders.push(
      order(id, `${created}T08:00:00`, 100, checked ? 12 : 1, {
        transporte: checked ?? '2025-12-16',
        ...(finish === undefined ? {} : { acabamento: finish }),
      }),
    );
    phases.push(
      phase(10 * id + 1, id, 1, 1, made ? { inicio: `${made}T08:00:00`, fim: `${made}T12:00:00` } : {}),
      phase(10 * id + 2, id, 2, 2, {
        ...(made ? { inicio: `${made}T12:00:00` } : {}),
        ...(checked ? { fim: `${checked}T08:00:00` } : {}),
      }),
      phase(10 * id + 3, id, 3, 3, checked ? { inicio: `${checked}T13:00:00`, fim: `${checked}T15:00:00` } : {}),
    );
  });
  for (let number = 0; number < BACKLOG; number++) {
    const id = 5000 + number;
    orders.push(order(id, '2025-12-11T08:00:00', 100, 1, { transporte: '2025-12-16' }));
    for (const step of [1, 2, 3]) phases.push(phase(10 * id + step, id, step, step, {}));
  }
  const small = smallFactory();
  return {
    ...small,
    Fases: [
      ...small['Fases'].filter(({ Fase_Id }) => Fase_Id !== 12),
      { Fase_Id: 3, Fase_Nome: 'Controlo', Fase_Sequencia: 3, Fase_DeProducao: 1, Fase_Automatica: 0 },
      { Fase_Id: 12, Fase_Nome: 'Entregue', Fase_Sequencia: 4, Fase_DeProducao: 0, Fase_Automatica: 1 },
    ],
    FasesStandardModelos: [route(100, 1, 1), route(100, 2, 2), route(100, 3, 3)],
    OrdensFabrico: orders,
    FasesOrdemFabrico: phases,
    FuncionariosFaseOrdemFabrico: [],
    OrdemFabricoErros: [],
  };
}
