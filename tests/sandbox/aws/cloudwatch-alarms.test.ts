import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

let world: World;
const fresh = (): void => {
  world = new World();
};

describe("a simulated alarm", () => {
  beforeEach(fresh);

  const alarm = (inputs: Properties = {}): Settled =>
    world.make("aws:cloudwatch/metricAlarm:MetricAlarm", "cpu", {
      name: "cpu",
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 5,
      threshold: 80,
      namespace: "AWS/RDS",
      metricName: "CPUUtilization",
      statistic: "Average",
      period: 60,
      ...inputs,
    });
  const asking = (...metricQueries: readonly Properties[]): Settled =>
    alarm({
      metricQueries,
      namespace: undefined,
      metricName: undefined,
      statistic: undefined,
      period: undefined,
    });

  it("goes by its name", () => {
    expect(alarm().state.arn).to.equal("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:cpu");
  });

  it("says what it measures, over what period and how", () => {
    expect(refusalOf(() => alarm({ metricName: undefined }))).to.equal(
      "ValidationError: Either MetricName or Metrics must be specified",
    );
    expect(refusalOf(() => alarm({ statistic: undefined }))).to.equal(
      "InvalidParameterCombination: One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm",
    );
    expect(refusalOf(() => alarm({ period: undefined }))).to.equal(
      "InvalidParameterCombination: The parameter Period is required with MetricName",
    );
    expect(alarm({ statistic: undefined, extendedStatistic: "p99" }).id).to.equal("cpu");
  });

  it("says when that is too much", () => {
    expect(refusalOf(() => alarm({ threshold: undefined }))).to.equal(
      "ValidationError: Either Threshold or ThresholdMetricId must be specified",
    );
    expect(refusalOf(() => alarm({ datapointsToAlarm: 6 }))).to.equal(
      "ValidationError: DatapointsToAlarm must be less than or equal to EvaluationPeriods",
    );
  });

  it("looks back a day, or seven by hours", () => {
    expect(refusalOf(() => alarm({ period: 300, evaluationPeriods: 289 }))).to.equal(
      "ValidationError: Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).",
    );
    expect(alarm({ period: 3600, evaluationPeriods: 168 }).id).to.equal("cpu");
    expect(refusalOf(() => alarm({ period: 3600, evaluationPeriods: 169 }))).to.equal(
      "ValidationError: Metrics cannot be checked across more than seven days (EvaluationPeriods * Period must be <= 604800).",
    );
  });

  it("asks one question of its metrics", () => {
    const query = { id: "all", expression: "SELECT AVG(x) FROM y", period: 60, returnData: true };
    expect(asking(query).id).to.equal("cpu");
    expect(refusalOf(() => asking({ ...query, period: undefined }))).to.equal(
      "ValidationError: Period must not be null",
    );
    expect(refusalOf(() => asking({ ...query, returnData: false }))).to.equal(
      "ValidationError: Exactly one element of the metrics list should return data.",
    );
    expect(refusalOf(() => asking(query, query))).to.equal(
      "ValidationError: The values for parameter id in the metrics list must be unique.",
    );
    expect(refusalOf(() => asking({ id: "all", returnData: true }))).to.equal(
      "ValidationError: Each element of the metrics list needs either an expression or a metric, and not both.",
    );
  });

  it("compares a metric with the band that is expected of it", () => {
    const band = { id: "band", expression: "ANOMALY_DETECTION_BAND(m1)", returnData: true };
    const metric = { metricName: "CPUUtilization", namespace: "AWS/EC2", period: 120, stat: "Average" };
    const { state } = world.make("aws:cloudwatch/metricAlarm:MetricAlarm", "odd", {
      comparisonOperator: "GreaterThanUpperThreshold",
      evaluationPeriods: 2,
      thresholdMetricId: "band",
      metricQueries: [band, { id: "m1", metric, returnData: true }],
    });
    expect(state.thresholdMetricId).to.equal("band");
  });

  it("tells a topic of its region that exists", () => {
    const telling = (action: unknown): Settled => alarm({ alarmActions: [action] });
    expect(refusalOf(() => telling("arn:aws:sns:us-east-1:123456789012:alarms"))).to.equal(
      "ValidationError: Invalid region us-east-1 specified. Only eu-west-1 is supported.",
    );
    expect(refusalOf(() => telling("arn:aws:sns:eu-west-1:123456789012:alarms"))).to.equal(
      "InvalidParameterValue: The alarm action arn:aws:sns:eu-west-1:123456789012:alarms names a topic that does not exist",
    );
    expect(telling(world.make("aws:sns/topic:Topic", "alarms").state.arn).id).to.equal("cpu");
  });
});

describe("a simulated dashboard", () => {
  beforeEach(fresh);

  it("has widgets", () => {
    const dashboard = (dashboardBody: string): Settled =>
      world.make("aws:cloudwatch/dashboard:Dashboard", "main", { dashboardName: "main", dashboardBody });
    expect(refusalOf(() => dashboard("{}"))).to.match(
      /^InvalidParameterInput: The dashboard body is invalid, there are 1 validation errors: /,
    );
    expect(dashboard('{"widgets":[]}').state.dashboardArn).to.equal(
      "arn:aws:cloudwatch::123456789012:dashboard/main",
    );
  });
});
