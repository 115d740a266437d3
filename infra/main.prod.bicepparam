using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'prod')
param audience = readEnvironmentVariable('HUB_AUDIENCE', 'api://integrationhub')
param monitorClientId = readEnvironmentVariable('HUB_CLIENT_ID', '00000000-0000-0000-0000-000000000000')
param alertAddress = readEnvironmentVariable('HUB_ALERT_ADDRESS', 'operations@example.org')
param privateNetwork = true
param maximumInstances = 100
