// The queues and topics that contracts/Messages/Bus/BusEntities.cs declares: bus-entities.json is written from it, and a test holds both equal.
import { roles } from 'roles.bicep'
import { agencyType } from 'types.bicep'

param name string
param location string
param tags object
param principalId string
param agencies agencyType[]
param privateNetwork bool

@description('Workspace to which the resource tells what happens to it.')
param workspaceId string

var entities = loadJsonContent('bus-entities.json')
var queues = filter(entities.entities, entity => entity.kind == 'queue')
var topics = filter(entities.entities, entity => entity.kind == 'topic')

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: privateNetwork ? 'Premium' : 'Standard', tier: privateNetwork ? 'Premium' : 'Standard', capacity: privateNetwork ? 1 : null }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
  }
}

resource queue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [for each in queues: {
  parent: namespace
  name: each.name
  properties: {
    requiresSession: each.requiresSession
    requiresDuplicateDetection: each.requiresDuplicateDetection
    duplicateDetectionHistoryTimeWindow: each.?duplicateDetectionWindow
    lockDuration: each.lockDuration
    maxDeliveryCount: each.maxDeliveryCount
    defaultMessageTimeToLive: each.defaultTimeToLive
    deadLetteringOnMessageExpiration: each.deadLetterOnExpiry
  }
}]

resource topic 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' = [for each in topics: {
  parent: namespace
  name: each.name
  properties: {
    requiresDuplicateDetection: each.requiresDuplicateDetection
    duplicateDetectionHistoryTimeWindow: each.?duplicateDetectionWindow
    defaultMessageTimeToLive: each.defaultTimeToLive
  }
}]

// The hub receives from the queues and sends to the topics; each by its own grant, none on the namespace.
resource receive 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (each, n) in queues: {
  name: guid(namespace.id, each.name, principalId, roles.serviceBusDataReceiver)
  scope: queue[n]
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataReceiver)
  }
}]

resource send 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (each, n) in topics: {
  name: guid(namespace.id, each.name, principalId, roles.serviceBusDataSender)
  scope: topic[n]
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataSender)
  }
}]

// Service Bus has no call that puts a dead letter back: the hub sends a copy to the queue that it came from.
resource sendBack 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (each, n) in queues: {
  name: guid(namespace.id, each.name, principalId, roles.serviceBusDataSender)
  scope: queue[n]
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataSender)
  }
}]

// A template makes 800 resources at most, and an agency takes nine: forty agencies to a deployment.
var agenciesAtOnce = 40

@batchSize(1)
module agenciesOf 'agencies.bicep' = [for n in range(0, (length(agencies) + agenciesAtOnce - 1) / agenciesAtOnce): {
  name: '${name}-agencies-${n}'
  params: { name: name, agencies: take(skip(agencies, n * agenciesAtOnce), agenciesAtOnce) }
  dependsOn: [queue, topic]
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: namespace
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = namespace.id
output host string = '${namespace.name}.servicebus.windows.net'
