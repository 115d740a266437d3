using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Background;

/// <summary>The state of the background work, for operators of the hub: names of loops, ids of items and kinds of faults, no personal data.</summary>
public static class BackgroundHealth
{
    /// <summary>The largest number of set-aside items, and of stores, that the answer lists. The answer also gives the total number of
    /// items that each loop has set aside.</summary>
    private const int MaxListed = 200;

    /// <summary>Maps <c>/health/background</c>; the host decides who may see it.</summary>
    public static RouteHandlerBuilder MapBackgroundHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health/background", (BackgroundWork work, IEnumerable<IFreeSpaceMeter> rooms) => Results.Json(Of(work, rooms))).ExcludeFromDescription();

    /// <summary>One line for each failing loop, for the readiness probe. The line contains no ids, because anybody may read it.</summary>
    public static IEnumerable<string> Lines(BackgroundWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work.FailingLoops.Select(loop => FormattableString.Invariant(
            $"{loop.Name}: {loop.FailedInARow} rounds failed in a row, {loop.SetAside.Count} items set aside for an operator"));
    }

    /// <summary>One line for each kind of store that is nearly full. The line does not say which caller's share of the store is
    /// full.</summary>
    public static IEnumerable<string> Lines(IEnumerable<IFreeSpaceMeter> rooms) =>
        rooms.SelectMany(watch => watch.Measured).Where(room => room.IsShort).GroupBy(room => room.Place).Select(place => place.MaxBy(room => room.Used)!.Line);

    private static object Of(BackgroundWork work, IEnumerable<IFreeSpaceMeter> rooms) => new
    {
        since = work.Since,
        note = "The list of items set aside exists only in this process. The list was empty when the process started; items that still fail are set aside again within minutes.",
        loops = work.Loops.Select(loop => new
        {
            name = loop.Name,
            rounds = loop.Rounds,
            failedInARow = loop.FailedInARow,
            lastRound = loop.LastRound,
            lastFault = loop.LastFault,
            setAside = loop.SetAside.Count,
        }),
        room = rooms.SelectMany(watch => watch.Measured).OrderByDescending(room => room.Used).Take(MaxListed)
            .Select(room => new { place = room.Place, holder = room.Holder, used = Math.Round(room.Used, 3), freeBytes = room.FreeBytes, isShort = room.IsShort }),
        setAside = work.Loops.SelectMany(loop => loop.SetAside).OrderBy(item => item.Since).Take(MaxListed)
            .Select(item => new { loop = item.Loop, item = item.Item, attempts = item.Attempts, since = item.Since, fault = item.Fault }),
    };
}
