using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Checks whether the details of the places where a child is educated are consistent.</summary>
internal static class SchoolPlaces
{
    private const int LongestCode = 10;

    internal static bool AreLawful(Deciding d, IReadOnlyList<SchoolPlace> places) => places.All(place =>
        d.Require(place.Rank is 1 or 2, "rank-unknown", "A place must be either the main place (1) or a second place (2).")
        && d.Require(place.Institution is null != place.Setting is null, "one-place", "Name a place either by its URN or UKPRN or by its kind of setting, and not by both.")
        && d.Require(place.Institution is null or { Scheme: AgencyScheme.Urn or AgencyScheme.Ukprn }, "not-a-school", "A place of education must be named by its URN or UKPRN.")
        && d.Require(place.Setting == SenSetting.Oth == !string.IsNullOrWhiteSpace(place.OtherSetting), "other-not-named", "If the setting is \"other\", describe it; otherwise leave the description out.")
        && (place.OtherSetting is null || InputChecks.Text(d, place.OtherSetting, "The description of the other setting")));

    internal static bool IsCode(Deciding d, string? code) => d.Require(
        code is null || (code.Length is > 0 and <= LongestCode && code.All(char.IsAsciiLetterOrDigit)), "not-a-code", "A code of the SEN2 return must consist of letters and digits.");
}
