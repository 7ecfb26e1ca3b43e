import { controller } from "../autoscaling/hpa-replicas.ts";
import type { LoadPlan, ServiceState, State } from "../engine/state.ts";
import { rateAt, secondInCurve } from "./load.ts";
import type { Station } from "./queueing.ts";
import { percentile, serve, shareWithin } from "./queueing.ts";

/** Seconds within which 95 % of all requests shall be answered. */
const responseLimit = 0.2;

/** One second of load on every service. */
export function flow(state: State, plan: LoadPlan): void {
  const edge = plan.requests(state.now);
  const queued = plan.messages(state.now);
  const workers = state.services.filter(({ takes }) => takes === "messages");
  const shares = workers.reduce((sum, { cost }) => sum + cost.share, 0);
  for (const service of state.services) {
    const rate =
      service.takes === "requests" ? edge * service.cost.share : (queued * service.cost.share) / shares;
    work(state, service, ownRate(state, service) ?? rate);
  }
}

/** A service may have a curve of its own. */
function ownRate({ profile, now }: State, { cost, takes }: ServiceState): number | undefined {
  const points = takes === "requests" ? cost.requests : cost.messages;
  return points === undefined ? undefined : rateAt(points, secondInCurve(profile, now));
}

function work(state: State, service: ServiceState, rate: number): void {
  const { totals, window } = service;
  const arrivals = Math.max(0, rate * (1 + state.profile.noise * service.random.bell()));
  const station = stationOf(service);
  const second = serve(station, arrivals, service.backlog);
  totals.arrived += arrivals;
  totals.served += second.served;
  totals.dropped += second.dropped;
  totals.within += second.served * shareWithin(station, second, responseLimit);
  window.cores += second.served * service.cost.cpuSeconds;
  window.pods += service.ready;
  window.requests += arrivals;
  service.backlog = second.backlog;
  service.arrivals = arrivals;
  service.utilisation = second.utilisation;
  service.p95 = service.ready === 0 ? 0 : percentile(station, second, 0.95);
  if (state.now % controller.metricsSeconds === 0) measure(service, state.now);
}

/** The station that a service is now. Messages wait for ever, requests as long as their callers. */
function stationOf({ cost, cores, ready, takes }: ServiceState): Station {
  return {
    pods: ready,
    cores,
    cpuSeconds: cost.cpuSeconds,
    waitSeconds: cost.waitSeconds,
    patienceSeconds: takes === "requests" ? cost.patienceSeconds : Number.POSITIVE_INFINITY,
  };
}

/** What metrics-server and Prometheus will say until the next window is over. Memory follows what is in the pod at once (Little's law). */
function measure(service: ServiceState, now: number): void {
  const { window, cost, measured, ready, p95 } = service;
  const perPod = (amount: number): number => (window.pods === 0 ? 0 : amount / window.pods);
  const requests = window.requests / controller.metricsSeconds;
  const inside = ready === 0 ? 0 : (requests * Math.max(cost.waitSeconds, p95 / 3)) / ready;
  measured.at = now;
  measured.cpu = perPod(window.cores);
  measured.memory = (cost.memoryMib + cost.memoryPerRequestMib * inside) * 2 ** 20;
  measured.requests = requests;
  service.window = { cores: 0, pods: 0, requests: 0 };
}
