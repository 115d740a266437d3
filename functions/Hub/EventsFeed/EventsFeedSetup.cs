using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>Adds the feed of events.</summary>
public static class EventsFeedSetup
{
    /// <summary>Adds it. Where no council has one, nothing runs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Which councils have one.</param>
    /// <param name="address">The hub's public address.</param>
    public static IServiceCollection AddEventsFeed(this IServiceCollection services, EventsFeedOptions options, string address)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options).AddSingleton(new FeedEventMaking(address)).AddSingleton<FeedStore>().AddSingleton<FeedReading>().AddSingleton<FeedWork>();
        return options.Codes.Any() ? services.AddHostedService(s => s.GetRequiredService<FeedWork>()) : services;
    }
}
