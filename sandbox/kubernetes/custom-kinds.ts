/**
 * The kinds that charts add to a cluster: set, then `group/served versions`, then kinds; `*` marks those without a namespace.
 * Read from the CustomResourceDefinitions of the chart versions in `charts.ts`.
 */
export const customKinds = {
  "aws-load-balancer-controller": {
    "elbv2.k8s.aws/v1beta1": "ALBTargetControlConfig IngressClassParams*",
    "aga.k8s.aws/v1beta1": "GlobalAccelerator",
    "elbv2.k8s.aws/v1alpha1,v1beta1": "TargetGroupBinding",
    "gateway.k8s.aws/v1,v1beta1":
      "ListenerRuleConfiguration LoadBalancerConfiguration TargetGroupConfiguration",
  },
  "argo-cd": {
    "argoproj.io/v1alpha1": "Application ApplicationSet AppProject",
  },
  "argo-rollouts": {
    "argoproj.io/v1alpha1": "AnalysisRun AnalysisTemplate ClusterAnalysisTemplate* Experiment Rollout",
  },
  "argo-events": {
    "argoproj.io/v1alpha1": "EventBus EventSource Sensor",
  },
  "cert-manager": {
    "acme.cert-manager.io/v1": "Challenge Order",
    "cert-manager.io/v1": "CertificateRequest Certificate ClusterIssuer* Issuer",
  },
  "eck-operator": {
    "agent.k8s.elastic.co/v1alpha1": "Agent",
    "apm.k8s.elastic.co/v1,v1beta1": "ApmServer",
    "autoops.k8s.elastic.co/v1alpha1": "AutoOpsAgentPolicy",
    "beat.k8s.elastic.co/v1beta1": "Beat",
    "maps.k8s.elastic.co/v1alpha1": "ElasticMapsServer",
    "autoscaling.k8s.elastic.co/v1alpha1": "ElasticsearchAutoscaler",
    "elasticsearch.k8s.elastic.co/v1,v1beta1": "Elasticsearch",
    "enterprisesearch.k8s.elastic.co/v1,v1beta1": "EnterpriseSearch",
    "kibana.k8s.elastic.co/v1,v1beta1": "Kibana",
    "logstash.k8s.elastic.co/v1alpha1": "Logstash",
    "packageregistry.k8s.elastic.co/v1alpha1": "PackageRegistry",
    "stackconfigpolicy.k8s.elastic.co/v1alpha1": "StackConfigPolicy",
  },
  "envoy-gateway": {
    "gateway.networking.k8s.io/v1,v1alpha3": "BackendTLSPolicy",
    "gateway.networking.k8s.io/v1,v1beta1": "GatewayClass* Gateway HTTPRoute ReferenceGrant",
    "gateway.networking.k8s.io/v1": "GRPCRoute ListenerSet",
    "gateway.networking.k8s.io/v1,v1alpha2": "TCPRoute UDPRoute",
    "gateway.networking.k8s.io/v1,v1alpha2,v1alpha3": "TLSRoute",
    "gateway.networking.x-k8s.io/v1alpha1": "XBackend XBackendTrafficPolicy XMesh*",
    "gateway.envoyproxy.io/v1alpha1":
      "Backend BackendTrafficPolicy ClientTrafficPolicy EnvoyExtensionPolicy EnvoyPatchPolicy EnvoyProxy HTTPRouteFilter SecurityPolicy",
  },
  "external-dns": {
    "externaldns.k8s.io/v1alpha1": "DNSEndpoint",
  },
  "external-secrets": {
    "generators.external-secrets.io/v1alpha1":
      "ACRAccessToken BeyondtrustWorkloadCredentialsDynamicSecret CloudsmithAccessToken ClusterGenerator* ECRAuthorizationToken Fake GCRAccessToken GeneratorState GithubAccessToken GitlabDeployToken Grafana MFA Password QuayAccessToken SSHKey STSSessionToken UUID VaultDynamicSecret Webhook",
    "external-secrets.io/v1": "ClusterExternalSecret* ClusterSecretStore* ExternalSecret SecretStore",
    "external-secrets.io/v1alpha1": "ClusterPushSecret* PushSecret",
  },
  karpenter: {
    "autoscaling.x-k8s.io/v1beta1": "CapacityBuffer",
    "karpenter.k8s.aws/v1": "EC2NodeClass*",
    "karpenter.sh/v1": "NodeClaim* NodePool*",
    "karpenter.sh/v1alpha1": "NodeOverlay*",
  },
  keda: {
    "eventing.keda.sh/v1alpha1": "CloudEventSource ClusterCloudEventSource*",
    "keda.sh/v1alpha1": "ClusterTriggerAuthentication* ScaledJob ScaledObject TriggerAuthentication",
  },
  kyverno: {
    "kyverno.io/v2,v2beta1": "CleanupPolicy ClusterCleanupPolicy* PolicyException",
    "kyverno.io/v1,v2beta1": "ClusterPolicy* Policy",
    "kyverno.io/v2,v2alpha1,v2beta1": "GlobalContextEntry*",
    "kyverno.io/v2": "UpdateRequest",
    "reports.kyverno.io/v1": "ClusterEphemeralReport* EphemeralReport",
    "wgpolicyk8s.io/v1alpha2": "ClusterPolicyReport* PolicyReport",
    "policies.kyverno.io/v1,v1alpha1,v1beta1":
      "DeletingPolicy* GeneratingPolicy* ImageValidatingPolicy* MutatingPolicy* PolicyException ValidatingPolicy*",
    "policies.kyverno.io/v1,v1beta1":
      "NamespacedDeletingPolicy NamespacedGeneratingPolicy NamespacedImageValidatingPolicy NamespacedMutatingPolicy NamespacedValidatingPolicy",
  },
  linkerd: {
    "policy.linkerd.io/v1alpha1":
      "AuthorizationPolicy EgressNetwork HTTPLocalRateLimitPolicy MeshTLSAuthentication NetworkAuthentication",
    "policy.linkerd.io/v1alpha1,v1beta1,v1beta2,v1beta3": "HTTPRoute Server",
    "policy.linkerd.io/v1alpha1,v1beta1": "ServerAuthorization",
    "linkerd.io/v1alpha1,v1alpha2": "ServiceProfile",
    "workload.linkerd.io/v1alpha1,v1beta1": "ExternalWorkload",
  },
  "opentelemetry-operator": {
    "opentelemetry.io/v1alpha1": "OpAMPBridge TargetAllocator Instrumentation",
    "opentelemetry.io/v1alpha1,v1beta1": "OpenTelemetryCollector",
  },
  "prometheus-operator": {
    "monitoring.coreos.com/v1alpha1": "AlertmanagerConfig PrometheusAgent ScrapeConfig",
    "monitoring.coreos.com/v1":
      "Alertmanager PodMonitor Probe Prometheus PrometheusRule ServiceMonitor ThanosRuler",
  },
  strimzi: {
    "kafka.strimzi.io/v1":
      "Kafka KafkaConnect KafkaTopic KafkaUser KafkaNodePool KafkaBridge KafkaConnector KafkaMirrorMaker2 KafkaRebalance",
    "core.strimzi.io/v1": "StrimziPodSet",
  },
  "trivy-operator": {
    "aquasecurity.github.io/v1alpha1":
      "ClusterComplianceReport* ClusterConfigAuditReport* ClusterInfraAssessmentReport* ClusterRbacAssessmentReport* ClusterSbomReport* ClusterVulnerabilityReport* ConfigAuditReport ExposedSecretReport InfraAssessmentReport RbacAssessmentReport SbomReport VulnerabilityReport",
  },
  velero: {
    "velero.io/v1":
      "BackupRepository Backup BackupStorageLocation DeleteBackupRequest DownloadRequest PodVolumeBackup PodVolumeRestore Restore Schedule ServerStatusRequest VolumeSnapshotLocation",
    "velero.io/v2alpha1": "DataDownload DataUpload",
  },
  "vertical-pod-autoscaler": {
    "autoscaling.k8s.io/v1": "VerticalPodAutoscalerCheckpoint VerticalPodAutoscaler",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The name of one such set. */
export type CustomKindSet = keyof typeof customKinds;
