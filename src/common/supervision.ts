/** What supervisors and Prometheus ask, who have no key and must not be told to come back later. */
const SUPERVISION = /^\/(api\/(ops\/)?health|health\/\w+|metrics)\/?$/;

/** Whether a path is one that supervision asks. @param path without the query */
export function isSupervision(path: string): boolean {
  return SUPERVISION.test(path);
}
