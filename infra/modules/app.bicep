// The Functions app on Flex Consumption.

param name string
param location string
param tags object
param identityId string
param clientId string
param insightsConnection string
param tables string
param blobs string
param serviceBus string
param vault string
param schedulerEndpoint string
@allowed(['scheduler', 'storage'])
param durableBackend string
param authority string
param audience string
param monitorClientId string
param counting string
param otlpEndpoint string
param maximumInstances int
param subnetId string

@description('A new version takes over instance by instance, and what is under way ends on the old one. Otherwise all instances stop and start again.')
param rollingUpdate bool

@description('Name of the storage account that the Functions host keeps for itself.')
param hostAccount string

@description('Address of the container from which the app is deployed.')
param deployments string

@description('Id of the Front Door through which alone the app is reached; empty: from anywhere.')
param frontDoorId string

@description('Workspace to which the resource tells what happens to it.')
param workspaceId string

@description('Networks of what stands before the app\'s own front end, which alone are believed about who called.')
param proxies string[]

@description('Address under which people reach the hub.')
param publicAddress string

// The connection to Application Insights is the hub's own, not the Functions host's: the host would report every request with its address, and
// families' links are addresses. The host's own logs go to the workspace by diagnostic settings.
var common = {
  AzureWebJobsDisableHomepage: 'true'
  AzureWebJobsStorage__accountName: hostAccount
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
  Hub__Tables: tables
  Hub__Blobs: blobs
  Hub__ServiceBus: serviceBus
  Hub__IdentityClientId: clientId
  Hub__Documents: 'documents'
  Hub__Settings: 'settings'
  Hub__Notices: 'notices'
  Hub__NoticeBodies: 'notices'
  Hub__Drivers: 'drivers'
  Hub__AccessLog: 'accesslog'
  Hub__Fhir: 'fhirjournal'
  Hub__FhirBodies: 'fhir'
  Hub__Shared: 'shared'
  Hub__Insights: insightsConnection
  Hub__Vault: vault
  Hub__KeysInBlobs: 'false'
  Hub__Address: publicAddress
  Proxy__Known: join(union(['127.0.0.1', '::1'], proxies), ',')
  Proxy__PublicAddress: publicAddress
  Hub__Counting: counting
  Access__Authority: authority
  Access__Audience: audience
  Access__SubjectClaim: 'oid'
  Monitor__Authority: authority
  Monitor__ClientId: monitorClientId
  Monitor__SubjectClaim: 'oid'
  ServiceBus__fullyQualifiedNamespace: serviceBus
  ServiceBus__credential: 'managedidentity'
  ServiceBus__clientId: clientId
  DurableTaskHub: 'assessments'
}
var telemetry = empty(otlpEndpoint) ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint }
var durable = durableBackend == 'scheduler'
  ? { DurableTaskScheduler: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${clientId}' }
  : {
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureStorage'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'AzureWebJobsStorage'
    }

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
      ipSecurityRestrictionsDefaultAction: empty(frontDoorId) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: empty(frontDoorId) ? [] : [
        {
          name: 'front-door'
          priority: 100
          action: 'Allow'
          tag: 'ServiceTag'
          ipAddress: 'AzureFrontDoor.Backend'
          headers: { 'x-azure-fdid': [frontDoorId] }
        }
      ]
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deployments
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: 2048
        // Nobody waits for a cold start: one instance for requests and one for the drivers are always there.
        alwaysReady: [
          { name: 'http', instanceCount: 1 }
          { name: 'durable', instanceCount: 1 }
        ]
      }
      #disable-next-line BCP037 // The compiler's types do not have it yet: https://learn.microsoft.com/azure/azure-functions/flex-consumption-site-updates.
      siteUpdateStrategy: { type: rollingUpdate ? 'RollingUpdate' : 'Recreate' }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
    }
  }
  resource settings 'config@2024-11-01' = {
    name: 'appsettings'
    properties: union(common, telemetry, durable)
  }

  // Publishing is by identity too.
  resource ftp 'basicPublishingCredentialsPolicies@2024-11-01' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies@2024-11-01' = {
    name: 'scm'
    properties: { allow: false }
  }
}

// The Functions host's own logs. Not its HTTP logs: families' links are addresses.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = app.id
output name string = app.name
output address string = 'https://${app.properties.defaultHostName}'
