import type { types } from "@pulumi/kubernetes";

/** What the telemetry of all services has in common. */
export interface TelemetryContext {
  /** Where traces and metrics go, by OTLP over HTTP. */
  readonly otlpEndpoint: string;
  /** Namespace of the services. */
  readonly namespace: string;
  /** Stack they belong to. */
  readonly stack: string;
}

/**
 * The variables by which an OpenTelemetry SDK finds the collector and says who it is, without a line of code (OpenTelemetry
 * specification, "Environment variable specification"). What the pod is called in the cluster the collector adds by itself.
 */
export function describeTelemetry(
  service: string,
  { otlpEndpoint, namespace, stack }: TelemetryContext,
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
    { name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: otlpEndpoint },
    // Some SDKs speak gRPC unless told otherwise.
    { name: "OTEL_EXPORTER_OTLP_PROTOCOL", value: "http/protobuf" },
    { name: "OTEL_PROPAGATORS", value: "tracecontext,baggage" },
  ];
}
