// The hub on Azure, in one resource group. Every access is by identity: no resource accepts a shared key, no secret is a parameter or an output.
targetScope = 'resourceGroup'

import { agencyType } from 'modules/types.bicep'

@description('Short name of the environment; part of every resource name.')
@minLength(2)
@maxLength(8)
param environmentName string

@description('Region. England\'s data stays in the United Kingdom.')
@allowed(['uksouth', 'ukwest'])
param location string = 'uksouth'

@description('Where Durable Task keeps its histories: the Durable Task Scheduler, or the storage account of the Functions host.')
@allowed(['scheduler', 'storage'])
param durableBackend string = 'scheduler'

@description('Resources are reached through private endpoints only, and the app runs in a virtual network. Service Bus is then Premium.')
param privateNetwork bool = false

@description('Tenant whose tokens the hub accepts.')
param tenantId string = tenant().tenantId

@description('Audience of those tokens: the application id URI of the hub\'s app registration.')
param audience string

@description('Application (client) id under which people sign in to the monitor: usually that of the same app registration, with ID tokens allowed and the redirect address /monitor/signed-in.')
param monitorClientId string

@description('Agencies reached over Service Bus: the agency\'s id, the name of its subscriptions, and the object id of its service principal.')
param agencies agencyType[] = []

@description('Mail address that alerts go to.')
param alertAddress string

@description('Address of the OpenTelemetry collector that takes OTLP; empty for none.')
param otlpEndpoint string = ''

@description('Azure Monitor workspace in which that collector keeps the hub\'s metrics; empty for none. With it the conditions of alerts.yaml become alerts.')
param metricsWorkspaceId string = ''

@description('Days for which old versions of blobs are kept.')
@minValue(30)
param versionDays int = 365

@description('Most instances of the app.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('How "within six weeks of" is counted.')
param counting string = 'AfterTheDay'

var name = 'ehchub-${environmentName}-${take(uniqueString(resourceGroup().id), 6)}'
var tags = { 'azd-env-name': environmentName }

module identity 'modules/identity.bicep' = {
  params: { name: name, location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  params: { name: name, location: location, tags: tags, principalId: identity.outputs.principalId }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  params: { name: name, location: location, tags: tags }
}

module data 'modules/data.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    versionDays: versionDays
    privateNetwork: privateNetwork
  }
}

module bus 'modules/bus.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    agencies: agencies
    privateNetwork: privateNetwork
  }
}

module vault 'modules/vault.bicep' = {
  params: { name: name, location: location, tags: tags, principalId: identity.outputs.principalId, privateNetwork: privateNetwork }
}

module scheduler 'modules/scheduler.bicep' = if (durableBackend == 'scheduler') {
  params: { name: name, location: location, tags: tags, principalId: identity.outputs.principalId, instances: maximumInstances, privateNetwork: privateNetwork }
}

module app 'modules/app.bicep' = {
  params: {
    name: name
    location: location
    tags: union(tags, { 'azd-service-name': 'hub' })
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    principalId: identity.outputs.principalId
    insightsConnection: monitoring.outputs.connection
    tables: data.outputs.tables
    blobs: data.outputs.blobs
    serviceBus: bus.outputs.host
    vault: vault.outputs.address
    schedulerEndpoint: scheduler.?outputs.endpoint ?? ''
    durableBackend: durableBackend
    authority: '${environment().authentication.loginEndpoint}${tenantId}/v2.0'
    audience: audience
    monitorClientId: monitorClientId
    counting: counting
    otlpEndpoint: otlpEndpoint
    maximumInstances: maximumInstances
    subnetId: network.?outputs.appSubnetId ?? ''
  }
}

module endpoints 'modules/endpoints.bicep' = if (privateNetwork) {
  params: {
    name: name
    location: location
    tags: tags
    subnetId: network.?outputs.endpointSubnetId ?? ''
    networkId: network.?outputs.id ?? ''
    dataAccountId: data.outputs.id
    hostAccountId: app.outputs.hostAccountId
    busId: bus.outputs.id
    vaultId: vault.outputs.id
    schedulerId: scheduler.?outputs.id ?? ''
  }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    busId: bus.outputs.id
    dataAccountId: data.outputs.id
    appId: app.outputs.id
    address: alertAddress
    metricsWorkspaceId: metricsWorkspaceId
  }
}

@description('Address of the hub.')
output address string = app.outputs.address

@description('Name of the function app, for the deployment.')
output appName string = app.outputs.name
