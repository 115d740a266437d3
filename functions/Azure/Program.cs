using IntegrationHub.Azure.Hosting;
using IntegrationHub.Functions.Startup;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
try
{
    await AzureHub.AddAsync(builder.Services, builder.Configuration, CancellationToken.None);
}
catch (RefusedStartException refused)
{
    // The message is written as a single line, so that it can be read in the log stream, which shows what a process writes when it ends.
    await Console.Error.WriteLineAsync(refused.Message);
    return 2;
}

await builder.Build().RunAsync();
return 0;
