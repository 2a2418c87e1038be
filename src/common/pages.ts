/** Where the interactive documentation is served; its JSON is at /docs-json. */
export const DOCS_PATH = 'docs';

/** Where the queues are shown; every address of the page begins so. */
export const BOARD_PATH = '/ops/queues';

/** What the addresses of pages begin with; all others are answers to programs. */
export const PAGES: readonly string[] = [`/${DOCS_PATH}`, BOARD_PATH];
