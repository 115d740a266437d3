// What a person must hear of. Metrics carry raw signals; judgement is here. docs/runbooks says what to do about each.
param name string
param location string
param tags object
param workspaceId string
param busId string
param dataAccountId string
param appId string
param address string

@description('Azure Monitor workspace in which the collector keeps the hub\'s own metrics; empty for none.')
param metricsWorkspaceId string

var metrics = [
  { name: 'dead-letters', text: 'Messages wait in a dead-letter queue: docs/runbooks/dead-letters.md.', scope: busId, namespace: 'Microsoft.ServiceBus/namespaces', metric: 'DeadletteredMessages', aggregation: 'Maximum', threshold: 0, severity: 2 }
  { name: 'server-errors', text: 'The hub answers with errors of its own.', scope: appId, namespace: 'Microsoft.Web/sites', metric: 'Http5xx', aggregation: 'Total', threshold: 10, severity: 1 }
  { name: 'storage-unavailable', text: 'The store of the assessments does not answer as it should.', scope: dataAccountId, namespace: 'Microsoft.Storage/storageAccounts', metric: 'Availability', aggregation: 'Average', threshold: 99, severity: 1 }
]
var queries = [
  { name: 'slept', text: 'Assessments were due and their drivers did not wake; the sweeper ended them.', query: 'AppTraces | where Properties.CategoryName startswith "IntegrationHub.Orchestrations.Durable.Sweeper"', threshold: 0, severity: 2 }
  { name: 'handler-faults', text: 'Faults of the hub itself while effects were carried out.', query: 'AppTraces | where Properties.CategoryName startswith "IntegrationHub.Orchestrations.Durable.EffectActivity" and SeverityLevel >= 3', threshold: 5, severity: 2 }
]

// The hub's own conditions are said once, in alerts.yaml: for Prometheus as expr, and as azure for what the hub sends to Application Insights.
// There a histogram has a sum, a count and extremes, and no quantiles.
var conditions = loadYamlContent('../alerts.yaml').groups[0].rules

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'ehchub'
    enabled: true
    emailReceivers: [{ name: 'operations', emailAddress: address, useCommonAlertSchema: true }]
  }
}

resource metric 'Microsoft.Insights/metricAlerts@2018-03-01' = [for each in metrics: {
  name: '${name}-${each.name}'
  location: 'global'
  tags: tags
  properties: {
    description: each.text
    severity: each.severity
    enabled: true
    scopes: [each.scope]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: each.name
          metricNamespace: each.namespace
          metricName: each.metric
          timeAggregation: each.aggregation
          operator: each.metric == 'Availability' ? 'LessThan' : 'GreaterThan'
          threshold: each.threshold
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}]

resource query 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for each in queries: {
  name: '${name}-${each.name}'
  location: location
  tags: tags
  properties: {
    description: each.text
    severity: each.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    criteria: {
      allOf: [
        { query: each.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: each.threshold, failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 } }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}]

resource condition 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for each in conditions: {
  name: '${name}-${toLower(each.alert)}'
  location: location
  tags: tags
  properties: {
    description: each.annotations.summary
    severity: each.labels.severity == 'page' ? 1 : 2
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    overrideQueryTimeRange: each.alert == 'CasesBeyondHelp' ? 'P2D' : null
    criteria: {
      allOf: [
        { query: each.azure, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0, failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 } }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}]

resource hub 'Microsoft.AlertsManagement/prometheusRuleGroups@2023-03-01' = if (!empty(metricsWorkspaceId)) {
  name: '${name}-conditions'
  location: location
  tags: tags
  properties: {
    description: 'The conditions that matter: docs/metrics.md.'
    enabled: true
    interval: 'PT1M'
    scopes: [metricsWorkspaceId]
    rules: [
      for condition in conditions: {
        alert: condition.alert
        expression: condition.expr
        for: 'PT${toUpper(condition.for)}'
        severity: condition.labels.severity == 'page' ? 1 : 2
        enabled: true
        labels: condition.labels
        annotations: condition.annotations
        actions: [{ actionGroupId: people.id }]
      }
    ]
  }
}
