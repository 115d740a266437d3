// Durable Task Scheduler: where the drivers' histories live. Losing it loses no assessment: the sweeper starts every driver again.
import { roles } from 'roles.bicep'

param name string
param location string
param tags object
param principalId string
param instances int
param privateNetwork bool

@description('Workspace to which the resource tells what happens to it.')
param workspaceId string

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    // Access is by identity at any rate. An empty list lets no address in; what comes through a private endpoint does not ask the list.
    ipAllowlist: privateNetwork ? [] : ['0.0.0.0/0']
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
    sku: instances > 10 ? { name: 'Dedicated', capacity: 1 } : { name: 'Consumption' }
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: 'assessments'
  properties: {}
}

resource use 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hub.id, principalId, roles.durableTaskDataContributor)
  scope: hub
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.durableTaskDataContributor)
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: scheduler
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = scheduler.id
output endpoint string = scheduler.properties.endpoint
