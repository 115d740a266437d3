using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.SuppliedFiles;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>The roles in which the hub can hold data about a person.</summary>
public enum SubjectCapacity
{
    /// <summary>The child or young person of a case. Everything in the case is about this person.</summary>
    Child,

    /// <summary>A parent, brother, sister or any other person who is named in a case.</summary>
    Named,

    /// <summary>A professional who worked on a case: an officer or an adviser.</summary>
    Professional,
}

/// <summary>The person whose data are requested, with the details that the council has verified.</summary>
public sealed record DataSubject
{
    private static readonly JsonSerializerOptions Options = Make();

    /// <summary>The role in which data about the person are searched for.</summary>
    public required SubjectCapacity As { get; init; }

    /// <summary>Given name.</summary>
    public string? GivenName { get; init; }

    /// <summary>Family name.</summary>
    public string? FamilyName { get; init; }

    /// <summary>Date of birth; it is required to find a child.</summary>
    public DateOnly? DateOfBirth { get; init; }

    /// <summary>Unique pupil number.</summary>
    public Upn? Upn { get; init; }

    /// <summary>NHS number.</summary>
    public NhsNumber? NhsNumber { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The person's sign-in id.</summary>
    public string? SignInId { get; init; }

    /// <summary>Reads the person's details from JSON.</summary>
    /// <returns>The person, or null if the text contains something else or too few details to identify one person.</returns>
    public static DataSubject? Read(string json)
    {
        try
        {
            return SuppliedJson.Read<DataSubject>(json, Options) is { IsEnough: true } sought ? sought : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The person's full name, or null if it is not known.</summary>
    internal string? Name => GivenName is not null && FamilyName is not null ? $"{GivenName} {FamilyName}" : null;

    private bool IsEnough => As == SubjectCapacity.Child
        ? DateOfBirth is not null && (Name is not null || Upn is not null || NhsNumber is not null)
        : !string.IsNullOrWhiteSpace(Name) || !string.IsNullOrWhiteSpace(Email) || !string.IsNullOrWhiteSpace(SignInId);

    /// <summary>Whether the person is this child: at least one detail is the same, and no detail that is known for both is
    /// different.</summary>
    public bool Is(Child child)
    {
        ArgumentNullException.ThrowIfNull(child);
        return As == SubjectCapacity.Child && DateOfBirth == child.DateOfBirth
            && (Name is null || NameComparison.IsSame(child with { GivenName = GivenName!, FamilyName = FamilyName! }, child))
            && (Upn is null || child.Upn is null || Upn == child.Upn)
            && (NhsNumber is null || child.NhsNumber is null || NhsNumber == child.NhsNumber)
            && (Name is not null || (Upn is not null && Upn == child.Upn) || (NhsNumber is not null && NhsNumber == child.NhsNumber));
    }

    /// <summary>Whether a different child has this person's name, so that a text with the name is about that child.</summary>
    internal bool IsNamesakeOf(Child child) => As == SubjectCapacity.Child && Name is not null && NameComparison.IsSame(child with { GivenName = GivenName!, FamilyName = FamilyName! }, child);

    /// <summary>Whether a name or e-mail address in a case belongs to the person whose data are requested.</summary>
    internal bool Is(string? name, string? email) =>
        (Name is { } own && name is not null && SearchWords.Folded(own) == SearchWords.Folded(name))
        || (!string.IsNullOrWhiteSpace(Email) && string.Equals(Email, email, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text names the person, or contains one of the person's numbers, addresses or ids.</summary>
    internal bool IsIn(string text) =>
        (Name is not null && IsNamedIn(SearchWords.Folded(text)))
        || new[] { Email, SignInId, Upn?.Value, NhsNumber?.Value }.Any(mark => !string.IsNullOrWhiteSpace(mark) && IsIdentifierIn(text, mark));

    /// <summary>Whether a number, address or id occurs in a text, but not as part of a longer one: officer-1 is not found in
    /// officer-12.</summary>
    private static bool IsIdentifierIn(string text, string mark)
    {
        for (var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(mark, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + mark.Length == text.Length || !char.IsLetterOrDigit(text[at + mark.Length])))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsNamedIn(string folded)
    {
        var words = SearchWords.Of(folded);
        var (given, family) = (SearchWords.Of(SearchWords.Folded(GivenName!)), SearchWords.Of(SearchWords.Folded(FamilyName!)));
        return Follows(words, [.. given, .. family]) || Follows(words, [.. family, .. given]);
    }

    private static bool Follows(string[] words, string[] sought) =>
        sought.Length > 0 && Enumerable.Range(0, Math.Max(0, words.Length - sought.Length + 1)).Any(at => words.AsSpan(at, sought.Length).SequenceEqual(sought));

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(PlanJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
        options.Converters.Insert(0, new CamelCaseEnum<SubjectCapacity>());
        return options;
    }
}
