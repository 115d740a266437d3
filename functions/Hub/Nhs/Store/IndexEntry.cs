namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>One search index entry of a resource.</summary>
/// <param name="Parameter">Name of the search parameter.</param>
/// <param name="Value">Code, reference, text in lower case or uri; "" for a date.</param>
/// <param name="System">System of a token: "" if the token has no system, null if the parameter is not a token.</param>
/// <param name="From">First instant that a date covers, in UTC ticks.</param>
/// <param name="To">Last instant that a date covers, in UTC ticks.</param>
public sealed record IndexEntry(string Parameter, string Value, string? System = null, long From = 0, long To = 0);
