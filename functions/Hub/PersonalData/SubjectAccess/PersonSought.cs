using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.GivenFiles;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>The capacities in which the hub may know a person.</summary>
public enum SoughtAs
{
    /// <summary>The child or young person of a case: everything in the case is about them.</summary>
    Child,

    /// <summary>A parent, brother, sister or anybody else who is named in a case.</summary>
    Named,

    /// <summary>Somebody who worked on a case: an officer or an adviser.</summary>
    Professional,
}

/// <summary>The person whose data are asked for, as the council has established who they are.</summary>
public sealed record PersonSought
{
    private static readonly JsonSerializerOptions Options = Make();

    /// <summary>As whom they are sought.</summary>
    public required SoughtAs As { get; init; }

    /// <summary>Given name.</summary>
    public string? GivenName { get; init; }

    /// <summary>Family name.</summary>
    public string? FamilyName { get; init; }

    /// <summary>Date of birth; a child is not found without it.</summary>
    public DateOnly? DateOfBirth { get; init; }

    /// <summary>Unique pupil number.</summary>
    public Upn? Upn { get; init; }

    /// <summary>NHS number.</summary>
    public NhsNumber? NhsNumber { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The id under which they sign in.</summary>
    public string? SignInId { get; init; }

    /// <summary>Reads it from JSON.</summary>
    /// <returns>Null where something else is in it, or too little to know one person from others.</returns>
    public static PersonSought? Read(string json)
    {
        try
        {
            return GivenJson.Read<PersonSought>(json, Options) is { IsEnough: true } sought ? sought : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whole name; null where it is not known.</summary>
    internal string? Name => GivenName is not null && FamilyName is not null ? $"{GivenName} {FamilyName}" : null;

    private bool IsEnough => As == SoughtAs.Child
        ? DateOfBirth is not null && (Name is not null || Upn is not null || NhsNumber is not null)
        : !string.IsNullOrWhiteSpace(Name) || !string.IsNullOrWhiteSpace(Email) || !string.IsNullOrWhiteSpace(SignInId);

    /// <summary>Whether this is the child: one detail agrees, and no detail that both know differs.</summary>
    public bool Is(Child child)
    {
        ArgumentNullException.ThrowIfNull(child);
        return As == SoughtAs.Child && DateOfBirth == child.DateOfBirth
            && (Name is null || NameComparison.IsSame(child with { GivenName = GivenName!, FamilyName = FamilyName! }, child))
            && (Upn is null || child.Upn is null || Upn == child.Upn)
            && (NhsNumber is null || child.NhsNumber is null || NhsNumber == child.NhsNumber)
            && (Name is not null || (Upn is not null && Upn == child.Upn) || (NhsNumber is not null && NhsNumber == child.NhsNumber));
    }

    /// <summary>Whether a child who is not this one has the same name: what names them is about them.</summary>
    internal bool IsNamesakeOf(Child child) => As == SoughtAs.Child && Name is not null && NameComparison.IsSame(child with { GivenName = GivenName!, FamilyName = FamilyName! }, child);

    /// <summary>Whether somebody in a case with this name or address is the person.</summary>
    internal bool Is(string? name, string? email) =>
        (Name is { } own && name is not null && SearchWords.Folded(own) == SearchWords.Folded(name))
        || (!string.IsNullOrWhiteSpace(Email) && string.Equals(Email, email, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text names the person, or holds a number, address or id of theirs.</summary>
    internal bool IsIn(string text) =>
        (Name is not null && IsNamedIn(SearchWords.Folded(text)))
        || new[] { Email, SignInId, Upn?.Value, NhsNumber?.Value }.Any(mark => !string.IsNullOrWhiteSpace(mark) && IsMarkIn(text, mark));

    /// <summary>Not as a part of a longer one: officer-1 is not in officer-12.</summary>
    private static bool IsMarkIn(string text, string mark)
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
        options.Converters.Insert(0, new CamelCaseEnum<SoughtAs>());
        return options;
    }
}
