/** Session settings of the load (the specification's): room to sort and to build indexes. */
export const SESSION = ["SET work_mem = '64MB'", "SET maintenance_work_mem = '512MB'", 'SET jit = off'] as const;
