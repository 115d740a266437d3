using IntegrationHub.Azure.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
await AzureHub.AddAsync(builder.Services, builder.Configuration, CancellationToken.None);
await builder.Build().RunAsync();
