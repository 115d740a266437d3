using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Issuer;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Tests.Monitoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Local.Tests.SignIn;

/// <summary>A hub as councils run it: behind its public address, with an issuer for tokens and sign-ins, and without the development sign-in.</summary>
internal sealed class SignInHub : IAsyncDisposable
{
    /// <summary>The address under which people reach it.</summary>
    internal const string Address = "https://hub.example.gov.uk";

    private readonly string data;
    private readonly bool keeps;

    private SignInHub(WebApplication app, string data, bool keeps, FakeIssuer issuer, LogLines log) => (App, this.data, this.keeps, Issuer, Log) = (app, data, keeps, issuer, log);

    internal WebApplication App { get; }

    internal FakeIssuer Issuer { get; }

    internal LogLines Log { get; }

    /// <summary>Starts one.</summary>
    /// <param name="settings">Settings beside the issuer of tokens; <c>ISSUER</c> in a value stands for the fake issuer's address.</param>
    /// <param name="clients">The applications that the issuer knows.</param>
    /// <param name="agencies">How agencies and people are reached.</param>
    /// <param name="time">The hub's clock; null for that of the machine.</param>
    /// <param name="keepIn">Directory of the data, which stays afterwards; null for one of its own.</param>
    internal static async Task<SignInHub> StartAsync(
        IEnumerable<(string Name, string Value)> settings, IReadOnlyList<IssuerClient> clients, IReadOnlyList<AgencyEntry>? agencies = null, TimeProvider? time = null, string? keepIn = null)
    {
        var issuer = await FakeIssuer.StartAsync(clients);
        var data = keepIn ?? Directory.CreateTempSubdirectory("sign-in-").FullName;
        var log = new LogLines();
        var given = settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value.Replace("ISSUER", issuer.Name, StringComparison.Ordinal)))
            .Append(KeyValuePair.Create("Access:Authority", (string?)issuer.Name)).Append(KeyValuePair.Create("Proxy:PublicAddress", (string?)Address));
        try
        {
            var app = LocalHub.Build(new LocalHubOptions
            {
                DataDirectory = data,
                Url = "http://127.0.0.1:0",
                StartEngine = false,
                Time = time ?? TimeProvider.System,
                RequestsPerMinute = 0,
                Councils = CouncilsFile.Development,
                Settings = given.ToDictionary(),
                Agencies = agencies ?? [],
                Add = builder =>
                {
                    builder.Services.AddSingleton<INoticeChannel>(new PostBox());
                    builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug);
                },
            });
            await app.StartAsync(TestContext.Current.CancellationToken);
            return new SignInHub(app, data, keepIn is not null, issuer, log);
        }
        catch
        {
            await issuer.DisposeAsync();
            Remove(data, keepIn is not null);
            throw;
        }
    }

    /// <summary>A browser of somebody's own.</summary>
    internal IssuerBrowser Browser() => new(LocalHub.AddressOf(App));

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        await Issuer.DisposeAsync();
        Remove(data, keeps);
    }

    private static void Remove(string data, bool keeps)
    {
        if (!keeps)
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
