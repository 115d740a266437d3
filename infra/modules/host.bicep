// The storage that the Functions host needs for itself. Made before the app, so that in a private network its endpoints are there when the app starts.
import { roles } from 'roles.bicep'

param name string
param location string
param tags object
param principalId string
@allowed(['scheduler', 'storage'])
param durableBackend string

@description('The host\'s storage is kept in three zones, as the cases\' own always is where the region has them.')
param zoneRedundant bool
param privateNetwork bool

@description('Workspace to which the resource tells what happens to it.')
param workspaceId string

// The host leases blobs; Durable Task on storage keeps queues and tables there as well.
var granted = durableBackend == 'storage'
  ? [roles.storageBlobDataOwner, roles.storageQueueDataContributor, roles.storageTableDataContributor]
  : [roles.storageBlobDataOwner, roles.storageQueueDataContributor]

resource host 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: take('host${replace(name, '-', '')}', 24)
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
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

resource hostDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: hostBlobs
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = host.id
output account string = host.name
output deployments string = '${host.properties.primaryEndpoints.blob}${deployments.name}'
