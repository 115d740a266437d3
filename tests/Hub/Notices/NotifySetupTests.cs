using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Notices.Notify;
using IntegrationHub.Functions.Notices.Setup;
using IntegrationHub.Functions.Outgoing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Notices;

/// <summary>Which channel a host has is what its settings say.</summary>
public sealed class NotifySetupTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("notify-setup-").FullName;

    [Theory]
    [InlineData(false, false, typeof(RecordOnlyChannel))]
    [InlineData(true, false, typeof(NotifyChannel))]
    [InlineData(true, true, typeof(CombinedChannel))]
    public async Task The_channel_follows_the_settings_and_calls_through_the_guard(bool notify, bool graph, Type channel)
    {
        await using var fake = await FakeNotify.StartAsync(() => DateTimeOffset.UtcNow);
        var settings = new Dictionary<string, string?>();
        if (notify)
        {
            settings["Notices:Notify:BaseAddress"] = fake.Address.ToString();
            settings["Notices:Notify:Councils:330:ApiKey"] = FakeNotify.Key;
            settings["Notices:Notify:Councils:330:EmailTemplate"] = "email-template";
        }

        if (graph)
        {
            settings["Notices:Graph:TenantId"] = "11111111-2222-3333-4444-555555555555";
            settings["Notices:Graph:ClientId"] = "66666666-7777-8888-9999-000000000000";
            settings["Notices:Graph:ClientSecret"] = "secret";
            settings["Notices:Graph:Mailbox"] = "send@example.org";
        }

        foreach (var allowed in (bool[])[true, false])
        {
            var services = new ServiceCollection().AddLogging();
            services.AddSingleton(TimeProvider.System).AddSingleton<IAssessmentStore, MemoryAssessmentStore>();
            services.AddSingleton(new OutgoingOptions { AllowLoopback = allowed }).AddSingleton<TakeInput>((_, _, _) => throw new InvalidOperationException("Nothing is taken in here."));
            services.AddNotices<Nobody>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), data, "https://hub.example");
            await using var built = services.BuildServiceProvider();
            var found = built.GetRequiredService<INoticeChannel>();
            Assert.IsType(channel, found);
            if (!notify)
            {
                continue;
            }

            var message = new NoticeMessage("330-X/1/1", "the family", new NoticeAddress { Mail = "sam@example.org" }, "Subject", "Text") { Council = "330" };
            var sent = await found.SendAsync(message, TestContext.Current.CancellationToken);
            Assert.Equal(allowed ? EffectFault.None : EffectFault.Transient, sent.Fault);
            fake.Taken.Clear();
        }
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private sealed class Nobody : IEffectHandler
    {
        public bool Handles(Effect effect) => false;

        public ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default) => new(EffectResult.Done());
    }
}
