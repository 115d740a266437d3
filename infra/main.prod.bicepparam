using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'prod')
param audience = readEnvironmentVariable('HUB_AUDIENCE', 'api://integrationhub')
param alertAddress = readEnvironmentVariable('HUB_ALERT_ADDRESS', 'operations@example.org')
param privateNetwork = true
param maximumInstances = 100
