import { NotFoundError } from '../common/domain-error';

const SHOWN_CHARACTERS = 40;

function shown(id: string): string {
  return id.length <= SHOWN_CHARACTERS ? id : `${id.slice(0, SHOWN_CHARACTERS)}…`;
}

/** No order has this id; ids that are no numbers too, since the page puts any text in the path. */
export class OrderNotFoundError extends NotFoundError {
  constructor(ofId: string) {
    super(`There is no order '${shown(ofId)}'.`, { of_id: shown(ofId) });
  }
}

/** A product that is neither in the catalogue nor was ever ordered. */
export class ProductNotFoundError extends NotFoundError {
  constructor(produtoId: string) {
    super(`There is no product '${shown(produtoId)}': it is not in Modelos and was never ordered.`, {
      produto_id: shown(produtoId),
    });
  }
}
