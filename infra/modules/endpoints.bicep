// A private endpoint and its DNS zone for each service that the app speaks to.
param name string
param location string
param tags object
param subnetId string
param networkId string
param dataAccountId string
param hostAccountId string
param busId string
param vaultId string
@description('Empty where Durable Task keeps its histories in the host\'s storage.')
param schedulerId string

var zones = union(always, empty(schedulerId) ? {} : { scheduler: 'privatelink.durabletask.io' })
var targets = union(alwaysReached, empty(schedulerId) ? [] : [{ name: 'scheduler', resource: schedulerId, group: 'scheduler' }])
var always = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  namespace: 'privatelink.servicebus.windows.net'
  vault: 'privatelink.vaultcore.azure.net'
}
var alwaysReached = [
  { name: 'data-blob', resource: dataAccountId, group: 'blob' }
  { name: 'data-table', resource: dataAccountId, group: 'table' }
  { name: 'host-blob', resource: hostAccountId, group: 'blob' }
  { name: 'host-queue', resource: hostAccountId, group: 'queue' }
  { name: 'host-table', resource: hostAccountId, group: 'table' }
  { name: 'bus', resource: busId, group: 'namespace' }
  { name: 'vault', resource: vaultId, group: 'vault' }
]

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [for each in items(zones): {
  name: each.value
  location: 'global'
  tags: tags
}]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (each, n) in items(zones): {
  parent: zone[n]
  name: name
  location: 'global'
  properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
}]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = [for each in targets: {
  name: '${name}-${each.name}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: each.name, properties: { privateLinkServiceId: each.resource, groupIds: [each.group] } }
    ]
  }
}]

resource record 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [for (each, n) in targets: {
  parent: endpoint[n]
  name: 'default'
  dependsOn: [zone]
  properties: {
    privateDnsZoneConfigs: [
      { name: each.group, properties: { privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', zones[each.group]) } }
    ]
  }
}]
