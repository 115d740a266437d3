// What the hub remembers: assessments in tables and blobs, plans and documents in blobs. Apart from the host's own storage, so that
// the host's rights do not reach it.
import { roles } from 'roles.bicep'

param name string
param location string
param tags object
param principalId string
param versionDays int
param privateNetwork bool

@description('The region has zones: three copies in three of them. Without, three in the region and three in its pair, which is in the United Kingdom too.')
param zones bool

@description('Workspace to which the resource tells what happens to it.')
param workspaceId string

var tableNames = ['assessments', 'assessmentsdue', 'assessmentlists', 'assessmentagencies', 'notices', 'accesslog', 'fhirjournal', 'drivers']
var containers = [
  { name: 'assessments', immutable: false }
  { name: 'documents', immutable: true }
  { name: 'settings', immutable: false }
  { name: 'shared', immutable: false }
  { name: 'notices', immutable: false }
  { name: 'fhir', immutable: false }
]

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: take('data${replace(name, '-', '')}', 24)
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zones ? 'Standard_ZRS' : 'Standard_GRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: privateNetwork ? 'Deny' : 'Allow', bypass: 'None' }
  }
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2024-01-01' = [for table in tableNames: {
  parent: tableService
  name: table
}]

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    changeFeed: { enabled: true, retentionInDays: versionDays }
    deleteRetentionPolicy: { enabled: true, days: 30 }
    containerDeleteRetentionPolicy: { enabled: true, days: 30 }
  }
}

// Version-level immutability: a kept plan carries its own date and cannot be replaced before it, not by the hub either.
resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [for each in containers: {
  parent: blobService
  name: each.name
  properties: {
    publicAccess: 'None'
    immutableStorageWithVersioning: each.immutable ? { enabled: true } : null
  }
}]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = {
  parent: account
  name: 'default'
  dependsOn: [blobService]
  properties: {
    policy: {
      rules: [
        {
          name: 'documents-grow-cold'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['documents/'] }
            actions: { baseBlob: { tierToCool: { daysAfterModificationGreaterThan: 180 } } }
          }
        }
        {
          name: 'old-versions-end'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'] }
            actions: { version: { delete: { daysAfterCreationGreaterThan: versionDays } } }
          }
        }
      ]
    }
  }
}

resource tableGrant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, roles.storageTableDataContributor)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageTableDataContributor)
  }
}

// By container: which councils the hub serves and whom it sends to is for people to say, so what they say there the hub may only read.
resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (each, n) in containers: {
  name: guid(account.id, each.name, principalId)
  scope: container[n]
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', each.name == 'settings' ? roles.storageBlobDataReader : roles.storageBlobDataContributor)
  }
}]

resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobService
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: tableService
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = account.id
output tables string = account.properties.primaryEndpoints.table
output blobs string = account.properties.primaryEndpoints.blob
