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

@description('The Functions host\'s own storage is kept in three zones.')
param zoneRedundant bool = true

@description('A new version takes over instance by instance. Microsoft calls it a preview; false restarts all instances, which costs seconds and no data.')
param rollingUpdate bool = true

@description('Most instances of the app.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Networks of what stands before the app, such as those of an application gateway, in CIDR notation. Callers\' addresses, by which requests are limited, are read from the nearest address that is none of these.')
param proxies string[] = []

@description('Address under which people reach the hub, such as https://hub.example.gov.uk; empty for the app\'s own.')
param publicAddress string = ''

@description('The council\'s own domain for the hub, such as hub.example.gov.uk; empty for none. With it Azure Front Door and its firewall stand before the app.')
param domain string = ''

@description('Prevention refuses what a rule of the firewall finds; Detection counts it.')
@allowed(['Prevention', 'Detection'])
param firewallMode string = 'Prevention'

@description('Microsoft\'s managed rules in the firewall; Front Door is then Premium.')
param managedRules bool = true

@description('How "within six weeks of" is counted.')
param counting string = 'AfterTheDay'

// Storage accounts take small letters and digits only, 24 at most: data + ehchub + 8 + 6.
var name = 'ehchub-${toLower(environmentName)}-${take(uniqueString(resourceGroup().id), 6)}'

// UK West has no zones.
var zones = location == 'uksouth'

// Networks from which Front Door calls the app: https://learn.microsoft.com/azure/frontdoor/front-door-faq.
var frontDoorNetworks = ['147.243.0.0/16', '2a01:111:2050::/44']
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
    zones: zones
    workspaceId: monitoring.outputs.workspaceId
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
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  params: { name: name, location: location, tags: tags, principalId: identity.outputs.principalId, privateNetwork: privateNetwork, workspaceId: monitoring.outputs.workspaceId }
}

module scheduler 'modules/scheduler.bicep' = if (durableBackend == 'scheduler') {
  params: { name: name, location: location, tags: tags, principalId: identity.outputs.principalId, instances: maximumInstances, privateNetwork: privateNetwork, workspaceId: monitoring.outputs.workspaceId }
}

module host 'modules/host.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    durableBackend: durableBackend
    zoneRedundant: zoneRedundant && zones
    privateNetwork: privateNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

module front 'modules/front.bicep' = if (!empty(domain)) {
  params: {
    name: name
    tags: tags
    domain: domain
    origin: '${name}.azurewebsites.net'
    firewallMode: firewallMode
    managedRules: managedRules
    workspaceId: monitoring.outputs.workspaceId
  }
}

// After the endpoints: an app that starts before them finds none of what it needs.
module app 'modules/app.bicep' = {
  dependsOn: [endpoints]
  params: {
    name: name
    location: location
    tags: union(tags, { 'azd-service-name': 'hub' })
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
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
    rollingUpdate: rollingUpdate
    hostAccount: host.outputs.account
    deployments: host.outputs.deployments
    frontDoorId: front.?outputs.id ?? ''
    workspaceId: monitoring.outputs.workspaceId
    subnetId: network.?outputs.appSubnetId ?? ''
    proxies: empty(domain) ? proxies : union(proxies, frontDoorNetworks)
    publicAddress: !empty(publicAddress) ? publicAddress : front.?outputs.address ?? 'https://${name}.azurewebsites.net'
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
    hostAccountId: host.outputs.id
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

@description('Where the record of the own domain must point, and what its record _dnsauth must hold; empty without a domain.')
output domainEndpoint string = front.?outputs.endpoint ?? ''
output domainProof string = front.?outputs.proof ?? ''
