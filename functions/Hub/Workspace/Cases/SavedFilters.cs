using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>A filter that an officer saved under a name.</summary>
/// <param name="Name">Name of the filter.</param>
/// <param name="Of">The list that is filtered, given as the last part of its web address.</param>
/// <param name="Query">The filter, as part of a web address.</param>
public sealed record SavedFilter(string Name, string Of, string Query)
{
    /// <summary>The web address of the list with the saved filter.</summary>
    public string Address => (WorkScopes.Of(Of) ?? WorkScope.Mine).Address() + Query;
}

/// <summary>
/// The filters that an officer saved. The filters stay in the browser in which they were saved, in a cookie that scripts cannot read.
/// </summary>
public static class SavedFilters
{
    /// <summary>The largest number of filters that are stored; if more are saved, the oldest is dropped.</summary>
    public const int Max = 12;

    /// <summary>The largest number of characters in the name of a filter.</summary>
    public const int MaxNameLength = 40;

    private const string Cookie = "workspace.filters";

    /// <summary>The filters saved in a browser, in the order in which they were saved; none if the cookie is damaged.</summary>
    public static IReadOnlyList<SavedFilter> Of(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 and < 4000 } kept)
        {
            return [];
        }

        try
        {
            var read = JsonSerializer.Deserialize<List<SavedFilter>>(WebEncoders.Base64UrlDecode(kept)) ?? [];
            return [.. read.Where(one => one is { Name.Length: > 0, Of: not null, Query: not null } && WorkScopes.Of(one.Of) is not null).Select(Clean)];
        }
        catch (Exception damaged) when (damaged is FormatException or JsonException)
        {
            return [];
        }
    }

    /// <summary>Saves a filter, replacing any filter with that name.</summary>
    public static void Save(HttpContext http, SavedFilter filter) =>
        Write(http, [.. Of(http.Request).Where(one => one.Name != filter.Name).Append(Clean(filter)).TakeLast(Max)]);

    /// <summary>Removes a filter.</summary>
    public static void Remove(HttpContext http, string name) => Write(http, [.. Of(http.Request).Where(one => one.Name != name)]);

    /// <summary>The filter without any parts that lists do not recognise, so that such parts never become part of a web address.</summary>
    internal static SavedFilter Clean(SavedFilter filter) => filter with
    {
        Name = filter.Name.Length > MaxNameLength ? filter.Name[..MaxNameLength] : filter.Name,
        Query = (WorkFilter.Read(new QueryCollection(QueryHelpers.ParseQuery(filter.Query))) with { Page = 1, OnOnePage = false }).ToQuery(),
    };

    private static void Write(HttpContext http, IReadOnlyList<SavedFilter> filters) => http.Response.Cookies.Append(
        Cookie, WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(filters)),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/workspace", MaxAge = TimeSpan.FromDays(365), IsEssential = true });
}
