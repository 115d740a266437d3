// What the hub remembers: assessments in tables and blobs, plans and documents in blobs. Apart from the host's own storage, so that
// the host's rights do not reach it.
import { roles } from 'roles.bicep'

param name string
param location string
param tags object
param principalId string
param versionDays int
param privateNetwork bool

var tableNames = ['assessments', 'assessmentsdue', 'assessmentlists', 'assessmentagencies', 'notices', 'fhirjournal']
var containers = [
  { name: 'assessments', immutable: false }
  { name: 'documents', immutable: true }
  { name: 'settings', immutable: false }
  { name: 'fhir', immutable: false }
]
var granted = [roles.storageTableDataContributor, roles.storageBlobDataContributor]

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: take('data${replace(name, '-', '')}', 24)
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
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

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in granted: {
  name: guid(account.id, principalId, role)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

output id string = account.id
output tables string = account.properties.primaryEndpoints.table
output blobs string = account.properties.primaryEndpoints.blob
