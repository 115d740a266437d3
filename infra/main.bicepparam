using 'main.bicep'

// What azd up reads: the values of the environment it was asked for.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param audience = readEnvironmentVariable('HUB_AUDIENCE', 'api://integrationhub-dev')
param monitorClientId = readEnvironmentVariable('HUB_CLIENT_ID', '00000000-0000-0000-0000-000000000000')
param alertAddress = readEnvironmentVariable('HUB_ALERT_ADDRESS', 'operations@example.org')
