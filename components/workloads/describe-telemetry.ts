import type { types } from "@pulumi/kubernetes";

import { otlpPort } from "../observability/addresses.ts";

/** What the telemetry of all services has in common. */
export interface TelemetryContext {
  /** Where traces and metrics go, by OTLP over HTTP. */
  readonly otlpEndpoint: string;
  /** Stack they belong to. */
  readonly stack: string;
}

/** Where a collector beside the service listens. */
const localEndpoint = `http://127.0.0.1:${String(otlpPort)}`;

/**
 * The variables by which an OpenTelemetry SDK finds the collector and says who it is, without a line of code (OpenTelemetry
 * specification, "Environment variable specification"). What the pod is called in the cluster the collector adds by itself.
 */
export function describeTelemetry(
  service: string,
  namespace: string,
  { otlpEndpoint, stack }: TelemetryContext,
  beside = false,
): types.input.core.v1.EnvVar[] {
  const attributes = {
    "service.namespace": namespace,
    "service.instance.id": "$(POD_NAME)",
    "deployment.environment.name": stack,
  };
  return [
    // First, since Kubernetes only fills in variables that stand before.
    { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    { name: "OTEL_SERVICE_NAME", value: service },
    {
      name: "OTEL_RESOURCE_ATTRIBUTES",
      value: Object.entries(attributes)
        .map(([key, value]) => `${key}=${value}`)
        .join(","),
    },
    { name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: beside ? localEndpoint : otlpEndpoint },
    // Some SDKs speak gRPC unless told otherwise.
    { name: "OTEL_EXPORTER_OTLP_PROTOCOL", value: "http/protobuf" },
    { name: "OTEL_PROPAGATORS", value: "tracecontext,baggage" },
  ];
}
