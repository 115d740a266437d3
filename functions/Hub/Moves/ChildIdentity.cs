using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Children;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Moves;

/// <summary>The child whose plan is expected, as the council that takes it over knows them: by the family, the school or the letter of the other council.</summary>
/// <param name="DateOfBirth">Date of birth.</param>
/// <param name="GivenName">Given name; null where only numbers are known.</param>
/// <param name="FamilyName">Family name.</param>
/// <param name="Upn">Unique pupil number.</param>
/// <param name="NhsNumber">NHS number.</param>
/// <param name="EarlierCase">Where the hub has a case that may be about the same child, for instance of a family that moves back: what an officer found.</param>
public sealed record ChildIdentity(
    DateOnly DateOfBirth, string? GivenName = null, string? FamilyName = null, Upn? Upn = null, NhsNumber? NhsNumber = null, EarlierCaseDecision? EarlierCase = null)
{
    private static readonly JsonSerializerOptions Options = new(PlanJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new CamelCaseEnum<EarlierCaseAnswer>() },
    };

    /// <summary>Reads it from JSON: <c>dateOfBirth</c>, and what is known of <c>givenName</c>, <c>familyName</c>, <c>upn</c> and <c>nhsNumber</c>; <c>earlierCase</c> where it was asked for.</summary>
    /// <returns>Null where something else is in it, or no date of birth.</returns>
    public static ChildIdentity? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ChildIdentity>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A date of birth alone is that of many children.</summary>
    internal bool IsEnough => (GivenName is not null && FamilyName is not null) || Upn is not null || NhsNumber is not null;

    /// <summary>The details that are not those of the package, in words and without the values; empty where all that is given is the same.</summary>
    internal IReadOnlyList<string> Different(Child child)
    {
        var differences = new List<string>();
        Compare("the date of birth", DateOfBirth == child.DateOfBirth);
        Compare("the name", NameComparison.IsSame(child with { GivenName = GivenName ?? child.GivenName, FamilyName = FamilyName ?? child.FamilyName }, child));
        Compare("the UPN", Upn is null || Upn == child.Upn);
        Compare("the NHS number", NhsNumber is null || NhsNumber == child.NhsNumber);
        return differences;

        void Compare(string what, bool isSame)
        {
            if (!isSame)
            {
                differences.Add(what);
            }
        }
    }
}
