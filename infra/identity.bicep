// What the app is to the rest of Azure. Assigned by the user and not by the system, so that the roles are there before the
// app first starts: the host keeps its own keys in the storage, and does not come up without it.
param name string
param location string
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

output id string = identity.id
output clientId string = identity.properties.clientId
output principalId string = identity.properties.principalId
