// The queues and topics that contracts/Messages/Bus/BusEntities.cs declares: bus-entities.json is written from it, and a test holds both equal.
import { roles } from 'roles.bicep'
import { agencyType } from 'types.bicep'

param name string
param location string
param tags object
param principalId string
param agencies agencyType[]
param privateNetwork bool

var entities = loadJsonContent('bus-entities.json')
var queues = filter(entities.entities, entity => entity.kind == 'queue')
var topics = filter(entities.entities, entity => entity.kind == 'topic')
var subscriptions = flatten(map(topics, topic => map(agencies, agency => { topic: topic, agency: agency })))

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

resource subscription 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = [for each in subscriptions: {
  name: '${name}/${each.topic.name}/${each.agency.subscription}'
  dependsOn: [topic]
  properties: {
    requiresSession: each.topic.requiresSession
    lockDuration: each.topic.lockDuration
    maxDeliveryCount: each.topic.maxDeliveryCount
    deadLetteringOnMessageExpiration: each.topic.deadLetterOnExpiry
    deadLetteringOnFilterEvaluationExceptions: true
  }
}]

// Named $Default, so that it takes the place of the rule that lets everything through.
resource rule 'Microsoft.ServiceBus/namespaces/topics/subscriptions/rules@2024-01-01' = [for (each, n) in subscriptions: {
  parent: subscription[n]
  name: '$Default'
  properties: {
    filterType: 'CorrelationFilter'
    correlationFilter: { properties: { '${entities.agencyProperty}': each.agency.id } }
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

// An agency reads its own subscriptions and sends to the queues; nothing of another agency's.
resource agencyReceive 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (each, n) in subscriptions: {
  name: guid(namespace.id, each.topic.name, each.agency.principalId, roles.serviceBusDataReceiver)
  scope: subscription[n]
  properties: {
    principalId: each.agency.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataReceiver)
  }
}]

resource agencySend 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for n in range(0, length(agencies) * length(queues)): {
  name: guid(namespace.id, queues[n % length(queues)].name, agencies[n / length(queues)].principalId, roles.serviceBusDataSender)
  scope: queue[n % length(queues)]
  properties: {
    principalId: agencies[n / length(queues)].principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataSender)
  }
}]

output id string = namespace.id
output host string = '${namespace.name}.servicebus.windows.net'
