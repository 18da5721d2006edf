// The whole of CallCenter on Azure: one resource group. Started by 'azd up', or by
//   az deployment sub create --location westeurope --template-file infra/main.bicep --parameters environmentName=callcenter location=westeurope
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Names the resource group, and is hashed into the names that must be unique.')
param environmentName string

@description('A region that has Flex Consumption: az functionapp list-flexconsumption-locations')
param location string

@description('Adds a Durable Task Scheduler. The app uses it after the changes that docs/azure.md names.')
param durableTaskScheduler bool = false

@minValue(1)
@maxValue(1000)
@description('The most instances that the app may grow to.')
param maximumInstanceCount int = 40

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'identity.bicep' = {
  scope: group
  name: 'identity'
  params: { name: 'id-callcenter-${token}', location: location, tags: tags }
}

module storage 'storage.bicep' = {
  scope: group
  name: 'storage'
  params: { name: 'stcallcenter${take(token, 12)}', location: location, tags: tags, principalId: identity.outputs.principalId }
}

module monitoring 'monitoring.bicep' = {
  scope: group
  name: 'monitoring'
  params: { token: token, location: location, tags: tags, principalId: identity.outputs.principalId }
}

module scheduler 'scheduler.bicep' = if (durableTaskScheduler) {
  scope: group
  name: 'scheduler'
  params: { name: 'dts-callcenter-${token}', location: location, tags: tags, principalId: identity.outputs.principalId }
}

module app 'app.bicep' = {
  scope: group
  name: 'app'
  params: {
    name: 'func-callcenter-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': 'api' })
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    insightsConnectionString: monitoring.outputs.connectionString
    schedulerEndpoint: durableTaskScheduler ? scheduler!.outputs.endpoint : ''
    schedulerTaskHub: durableTaskScheduler ? scheduler!.outputs.taskHub : ''
    maximumInstanceCount: maximumInstanceCount
  }
}

output AZURE_LOCATION string = location
output CALLCENTER_URL string = app.outputs.url
