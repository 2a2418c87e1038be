/** What supervisors and Prometheus ask, who have no key and must not be told to come back later. */
const SUPERVISION = /^\/(api\/(ops\/)?health|health\/\w+|metrics)\/?$/;

export function isSupervision(path: string): boolean {
  return SUPERVISION.test(path);
}
