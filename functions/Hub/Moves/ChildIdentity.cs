using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Children;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Moves;

/// <summary>The child whose plan is expected. The council that takes the plan over gives these details, from the family, the school or the
/// other council's letter.</summary>
/// <param name="DateOfBirth">Date of birth.</param>
/// <param name="GivenName">Given name, or null if only numbers are known.</param>
/// <param name="FamilyName">Family name.</param>
/// <param name="Upn">Unique pupil number.</param>
/// <param name="NhsNumber">NHS number.</param>
/// <param name="EarlierCase">An officer's decision about an earlier case that may be about the same child, for instance when a family moves
/// back.</param>
public sealed record ChildIdentity(
    DateOnly DateOfBirth, string? GivenName = null, string? FamilyName = null, Upn? Upn = null, NhsNumber? NhsNumber = null, EarlierCaseDecision? EarlierCase = null)
{
    private static readonly JsonSerializerOptions Options = new(PlanJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new CamelCaseEnum<EarlierCaseAnswer>() },
    };

    /// <summary>Reads the details from JSON: <c>dateOfBirth</c>, any of <c>givenName</c>, <c>familyName</c>, <c>upn</c> and
    /// <c>nhsNumber</c>, and <c>earlierCase</c> if the hub has asked about an earlier case.</summary>
    /// <returns>The details, or null if the JSON has other members or no date of birth.</returns>
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

    /// <summary>Whether the details identify a child. A date of birth alone is not enough, because many children share it.</summary>
    internal bool IsEnough => (GivenName is not null && FamilyName is not null) || Upn is not null || NhsNumber is not null;

    /// <summary>The names of the details that differ from the package, without their values; empty if every given detail matches.</summary>
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
