// Some agencies on the bus: their subscriptions of every topic, and their rights. A file of its own, so that each deployment of it stays within the
// number of resources that a template may have.
import { roles } from 'roles.bicep'
import { agencyType } from 'types.bicep'

param name string
param agencies agencyType[]

var entities = loadJsonContent('bus-entities.json')
var queues = filter(entities.entities, entity => entity.kind == 'queue')
var topics = filter(entities.entities, entity => entity.kind == 'topic')
var topicNames = map(topics, topic => topic.name)
var subscriptions = flatten(map(topics, topic => map(agencies, agency => { topic: topic, agency: agency })))

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: name
}

resource queue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' existing = [for each in queues: {
  parent: namespace
  name: each.name
}]

resource topic 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' existing = [for each in topics: {
  parent: namespace
  name: each.name
}]

resource subscription 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = [for each in subscriptions: {
  parent: topic[indexOf(topicNames, each.topic.name)]
  name: each.agency.subscription
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
