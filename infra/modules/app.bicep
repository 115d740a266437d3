// The Functions app on Flex Consumption, with the storage that its host needs for itself.
import { roles } from 'roles.bicep'

param name string
param location string
param tags object
param identityId string
param clientId string
param principalId string
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

// The host leases blobs; Durable Task on storage keeps queues and tables there as well.
var granted = durableBackend == 'storage'
  ? [roles.storageBlobDataOwner, roles.storageQueueDataContributor, roles.storageTableDataContributor]
  : [roles.storageBlobDataOwner, roles.storageQueueDataContributor]

var common = {
  AzureWebJobsDisableHomepage: 'true'
  AzureWebJobsStorage__accountName: host.name
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
  Hub__Tables: tables
  Hub__Blobs: blobs
  Hub__ServiceBus: serviceBus
  Hub__IdentityClientId: clientId
  Hub__Documents: 'documents'
  Hub__Settings: 'settings'
  Hub__Notices: 'notices'
  Hub__Fhir: 'fhirjournal'
  Hub__FhirBodies: 'fhir'
  Hub__Vault: vault
  Hub__Address: 'https://${name}.azurewebsites.net'
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
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionName: 'AzureWebJobsStorage'
    }

resource host 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: take('host${replace(name, '-', '')}', 24)
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: empty(subnetId) ? 'Enabled' : 'Disabled'
  }
}

resource hostBlobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: host
  name: 'default'
}

resource deployments 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: hostBlobs
  name: 'deployments'
  properties: { publicAccess: 'None' }
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in granted: {
  name: guid(host.id, principalId, role)
  scope: host
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

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
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${host.properties.primaryEndpoints.blob}${deployments.name}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: { maximumInstanceCount: maximumInstances, instanceMemoryMB: 2048 }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
    }
  }
  dependsOn: [grants]

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

output id string = app.id
output name string = app.name
output address string = 'https://${app.properties.defaultHostName}'
output hostAccountId string = host.id
