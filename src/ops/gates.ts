import type { MatchRateRow } from '../published/match-rates';
import type { GateDto } from './dto/gates.dto';

/** What a rate is of, and what is off or degraded below its threshold. */
interface GatedRate {
  from: string;
  to: string;
  relationship: string;
  suggestion: string;
  below: string;
}

export const GATED_RATES: Readonly<Record<string, GatedRate>> = {
  employee_productivity: {
    from: 'funcionarios_fase_ordem_fabrico',
    to: 'fases_ordem_fabrico',
    relationship: 'FuncionariosFaseOrdemFabrico.FuncionarioFaseOf_FaseOfId in FasesOrdemFabrico.FaseOf_Id',
    suggestion: 'Export FasesOrdemFabrico with all the phases that workers are assigned to.',
    below: 'Too few of the assigned phases exist: figures per worker would be of a part of their work.',
  },
  produto_join: {
    from: 'ordens_fabrico',
    to: 'modelos',
    relationship: 'OrdensFabrico.Of_ProdutoId in Modelos.Produto_Id',
    suggestion: 'Export Modelos with all products that were ever ordered.',
    below: 'Some ordered products are in no catalogue: they have neither a name nor weights nor a route.',
  },
};

/** What no rate opens in this build. */
const CLOSED: readonly GateDto[] = [
  {
    feature: 'consumption_estimate',
    enabled: false,
    reason: 'The workbook records no consumption of material.',
    suggestion: 'Load the withdrawals of material per order.',
  },
  {
    feature: 'material_yield',
    enabled: false,
    reason: 'The workbook does not record the material that went into a piece.',
    suggestion: 'Load the material issued to each order.',
  },
];

/** The gates by name. */
export function gatesOf(rates: readonly MatchRateRow[]): Record<string, GateDto> {
  const rated = Object.entries(GATED_RATES).map(([feature, gated]) =>
    gateOf(
      feature,
      gated,
      rates.find(({ name }) => name === feature),
    ),
  );
  return Object.fromEntries([...rated, whatifGate(rates), ...CLOSED].map((gate) => [gate.feature, gate]));
}

/** Scenarios start from orders and phases with dates, which every load has: nothing else is asked of the data. */
function whatifGate(rates: readonly MatchRateRow[]): GateDto {
  const feature = 'whatif_simulate';
  if (rates.length > 0) return { feature, enabled: true, status: 'ON', degraded: false };
  return { feature, enabled: false, reason: 'No workbook has been loaded yet.', suggestion: 'Load a workbook.' };
}

function gateOf(feature: string, { relationship, suggestion, below }: GatedRate, rate?: MatchRateRow): GateDto {
  const { status, rate: match_rate = null, threshold = null } = rate ?? {};
  const figures = {
    ...(match_rate === null ? {} : { match_rate }),
    ...(threshold === null ? {} : { threshold }),
    relationship,
  };
  if (status === 'ON') return { feature, enabled: true, status: 'ON', degraded: false, ...figures };
  if (status === 'DEGRADED') {
    return { feature, enabled: true, status: 'ON', degraded: true, reason: below, suggestion, ...figures };
  }
  if (status === 'OFF') return { feature, enabled: false, reason: below, suggestion, ...figures };
  const reason = rate === undefined ? 'No workbook has been loaded yet.' : 'The workbook has nothing to match here.';
  return { feature, enabled: false, reason, suggestion, ...figures };
}
