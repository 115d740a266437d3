// The council's own domain and a firewall before the app: Azure Front Door. The app then takes requests from it alone.
param name string
param tags object

@description('The council\'s own domain for the hub, such as hub.example.gov.uk. Its DNS record points to the endpoint; the certificate is Front Door\'s.')
param domain string

@description('Host name of the app.')
param origin string

@description('Prevention refuses what a rule of the firewall finds; Detection counts it.')
@allowed(['Prevention', 'Detection'])
param firewallMode string

@description('Microsoft\'s managed rules beside the limit of requests; Front Door is then Premium.')
param managedRules bool

@description('Workspace to which the resource tells what happens to it.')
param workspaceId string

var sku = managedRules ? 'Premium_AzureFrontDoor' : 'Standard_AzureFrontDoor'

resource profile 'Microsoft.Cdn/profiles@2024-09-01' = {
  name: name
  location: 'global'
  tags: tags
  sku: { name: sku }
  properties: { originResponseTimeoutSeconds: 60 }
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2024-09-01' = {
  parent: profile
  name: name
  location: 'global'
  tags: tags
  properties: { enabledState: 'Enabled' }
}

resource originGroup 'Microsoft.Cdn/profiles/originGroups@2024-09-01' = {
  parent: profile
  name: 'hub'
  properties: {
    loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3 }
    healthProbeSettings: { probePath: '/health/live', probeRequestType: 'HEAD', probeProtocol: 'Https', probeIntervalInSeconds: 100 }
  }
}

resource app 'Microsoft.Cdn/profiles/originGroups/origins@2024-09-01' = {
  parent: originGroup
  name: 'app'
  properties: { hostName: origin, originHostHeader: origin, httpsPort: 443, enforceCertificateNameCheck: true }
}

resource own 'Microsoft.Cdn/profiles/customDomains@2024-09-01' = {
  parent: profile
  name: replace(domain, '.', '-')
  properties: {
    hostName: domain
    tlsSettings: { certificateType: 'ManagedCertificate', minimumTlsVersion: 'TLS12' }
  }
}

// Nothing is kept at the edge: every answer is somebody's own.
resource route 'Microsoft.Cdn/profiles/afdEndpoints/routes@2024-09-01' = {
  parent: endpoint
  name: 'all'
  dependsOn: [app]
  properties: {
    customDomains: [{ id: own.id }]
    originGroup: { id: originGroup.id }
    patternsToMatch: ['/*']
    supportedProtocols: ['Http', 'Https']
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Disabled'
  }
}

resource firewall 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2024-02-01' = {
  name: replace(name, '-', '')
  location: 'global'
  tags: tags
  sku: { name: sku }
  properties: {
    policySettings: { enabledState: 'Enabled', mode: firewallMode, requestBodyCheck: 'Enabled' }
    customRules: {
      rules: [
        {
          name: 'TooManyRequests'
          ruleType: 'RateLimitRule'
          priority: 100
          action: 'Block'
          rateLimitDurationInMinutes: 1
          rateLimitThreshold: 1200
          matchConditions: [{ matchVariable: 'RequestUri', operator: 'Any', matchValue: [] }]
        }
      ]
    }
    managedRules: {
      managedRuleSets: managedRules ? [
        { ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1', ruleSetAction: 'Block' }
        { ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1' }
      ] : []
    }
  }
}

resource guard 'Microsoft.Cdn/profiles/securityPolicies@2024-09-01' = {
  parent: profile
  name: 'firewall'
  properties: {
    parameters: {
      type: 'WebApplicationFirewall'
      wafPolicy: { id: firewall.id }
      associations: [{ domains: [{ id: own.id }], patternsToMatch: ['/*'] }]
    }
  }
}

// Not its logs of requests: families' links are addresses.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: profile
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = profile.properties.frontDoorId
output address string = 'https://${domain}'

@description('What the record of the domain points to, and the value of the record _dnsauth that proves it.')
output endpoint string = endpoint.properties.hostName
output proof string = own.properties.validationProperties.validationToken
