namespace IntegrationHub.Contracts.Bus;

/// <summary>Media types of an event's data. The bus accepts only JSON in UTF-8.</summary>
public static class ContentTypes
{
    /// <summary>What to change if <see cref="IsJson"/> returns false.</summary>
    public const string Problem = "content-type: must be application/json in UTF-8 (with one event in each message), or application/cloudevents+json.";

    /// <summary>Whether data of this type is JSON in UTF-8: <c>application/json</c>, <c>text/json</c> or a type that ends in <c>+json</c>.</summary>
    /// <param name="contentType">A media type, with parameters or without.</param>
    public static bool IsJson(string contentType)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        var name = NameOf(contentType);
        var isJson = name is "application/json" or "text/json" || (name.Contains('/', StringComparison.Ordinal) && name.EndsWith("+json", StringComparison.Ordinal) && name != "application/cloudevents-batch+json");
        return isJson && CharsetOf(contentType) is "" or "utf-8" or "utf8" or "us-ascii";
    }

    /// <summary>The type and subtype in lower case, without parameters.</summary>
    internal static string NameOf(string contentType) => contentType.Split(';')[0].Trim().ToLowerInvariant();

    private static string CharsetOf(string contentType) =>
        contentType.Split(';').Skip(1).Select(parameter => parameter.Split('=', 2))
            .Where(parameter => parameter.Length == 2 && parameter[0].Trim().Equals("charset", StringComparison.OrdinalIgnoreCase))
            .Select(parameter => parameter[1].Trim().Trim('"').ToLowerInvariant())
            .FirstOrDefault("");
}
