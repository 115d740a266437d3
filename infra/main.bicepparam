using 'main.bicep'

// What azd up reads: the values of the environment it was asked for.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param audience = readEnvironmentVariable('HUB_AUDIENCE', 'api://integrationhub-dev')
param monitorClientId = readEnvironmentVariable('HUB_CLIENT_ID', '00000000-0000-0000-0000-000000000000')
param alertAddress = readEnvironmentVariable('HUB_ALERT_ADDRESS', 'operations@example.org')
param privateNetwork = bool(readEnvironmentVariable('HUB_PRIVATE_NETWORK', 'false'))
param durableBackend = readEnvironmentVariable('HUB_DURABLE_BACKEND', 'scheduler') == 'storage' ? 'storage' : 'scheduler'
param maximumInstances = int(readEnvironmentVariable('HUB_MAXIMUM_INSTANCES', '40'))

// A list as modules/types.bicep describes it, in JSON.
param agencies = json(readEnvironmentVariable('HUB_AGENCIES', '[]'))
