// The whole of CallCenter on Azure: one resource group. Started by 'azd up', or by
//   az deployment sub create --location westeurope --template-file infra/main.bicep --parameters environmentName=callcenter location=westeurope
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Names the resource group, and is hashed into the names that must be unique.')
param environmentName string

@description('A region that has Flex Consumption: az functionapp list-flexconsumption-locations')
param location string

@allowed(['azureStorage', 'azureManaged'])
@description('Where cases are kept: the storage account, or a Durable Task Scheduler, which is made then. The app must be built for the same one.')
param durableStorage string = 'azureStorage'

@minValue(40)
@maxValue(1000)
@description('The most instances that the app may grow to. The platform has refused less than 40; its own default is 100.')
param maximumInstanceCount int = 100

@minValue(0)
@description('Instances that wait for HTTP calls, and are paid for, while none comes. 0: the first call after a pause waits for a start.')
param alwaysReadyHttp int = 0

@minValue(0)
@description('The same for orchestrations and activities, which run on instances of their own.')
param alwaysReadyDurable int = 0

@description('The client id of an app registration: everybody must sign in with Microsoft Entra ID then, beside the keys. Empty: keys only.')
param entraClientId string = ''

@description('Puts the storage account into a virtual network, closes it to all others, and lets the app reach it from there.')
param privateNetworking bool = false

@description('How long ended cases are kept, such as 30.00:00:00 for 30 days. Empty: for ever.')
param retention string = ''

@secure()
@description('The PostgreSQL database of tickets: a connection string, or a Key Vault reference to one. Empty: tickets are refused, cases are not.')
param assignments string = ''

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var hasScheduler = durableStorage == 'azureManaged'

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
  params: {
    name: 'stcallcenter${take(token, 12)}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    isPrivate: privateNetworking
  }
}

module network 'network.bicep' = if (privateNetworking) {
  scope: group
  name: 'network'
  params: { token: token, location: location, tags: tags, storageName: storage.outputs.name }
}

module monitoring 'monitoring.bicep' = {
  scope: group
  name: 'monitoring'
  params: { token: token, location: location, tags: tags, principalId: identity.outputs.principalId }
}

module scheduler 'scheduler.bicep' = if (hasScheduler) {
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
    schedulerEndpoint: hasScheduler ? scheduler!.outputs.endpoint : ''
    schedulerTaskHub: hasScheduler ? scheduler!.outputs.taskHub : ''
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttp: alwaysReadyHttp
    alwaysReadyDurable: alwaysReadyDurable
    entraClientId: entraClientId
    retention: retention
    assignments: assignments
  }
}

output AZURE_LOCATION string = location
output CALLCENTER_URL string = app.outputs.url
