using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>Adds the feed of events.</summary>
public static class EventsFeedSetup
{
    /// <summary>Adds the feed. If no council has a feed, no background work runs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Which councils have a feed.</param>
    /// <param name="address">The hub's public address.</param>
    public static IServiceCollection AddEventsFeed(this IServiceCollection services, EventsFeedOptions options, string address)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options).AddSingleton(new FeedEventMaking(address)).AddSingleton<FeedStore>().AddSingleton<FeedReading>().AddSingleton<FeedWork>();
        return options.Codes.Any() ? services.AddHostedService(s => s.GetRequiredService<FeedWork>()) : services;
    }
}
