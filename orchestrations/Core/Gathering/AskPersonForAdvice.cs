using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Ask for advice from a person who works for no organisation, for example a private therapist or a tutor. The person is sent a
/// link and answers on a page of the hub.
/// </summary>
/// <param name="Kind">The kind of advice.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Profession">The person's profession.</param>
/// <param name="Mail">The person's e-mail address.</param>
/// <param name="Reason">Why the council asks this person.</param>
/// <param name="Registration">The person's number in a professional register.</param>
/// <param name="InPlaceOf">The id of the request that this request replaces, if any.</param>
public sealed partial record AskPersonForAdvice(
    AdviceKind Kind, string Name, string Profession, string Mail, string Reason, string? Registration = null, string? InPlaceOf = null)
    : AssessmentInput, IStep<AskPersonForAdvice>
{
    private const int MaxRegistration = 30;

    public static StepDefinition<AskPersonForAdvice> Definition { get; } = new("ask-person-for-advice", "Ask a person who works for no organisation")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 6(1)",
        Example = """{ "kind": "other", "name": "Jo Example", "profession": "occupational therapist", "registration": "OT12345", "mail": "jo@example.org", "reason": "Jo treats the child." }""",
    };

    internal override void Decide(Deciding d)
    {
        var person = new PersonAsked(Name, Profession, Mail, Registration);
        if (IsUsable(d, Kind, person))
        {
            person = Trimmed(person);
            new RequestAdvice(Kind, AgencyOf(d, person), Reason, InPlaceOf).Decide(d, person);
        }
    }

    internal static bool IsUsable(Deciding d, AdviceKind kind, PersonAsked person) =>
        InputChecks.Text(d, person.Name, "The name")
        && InputChecks.Text(d, person.Profession, "The profession")
        && d.Require(PassOnAdviceRequest.IsEmailAddress(person.Mail), "mail-not-usable", "The address must be an e-mail address.")
        && d.Require(person.Registration is null || person.Registration.Trim() is { Length: > 0 and <= MaxRegistration }, "registration-not-usable", "The registration number must not be empty or too long.")
        && d.Require(
            kind != AdviceKind.Psychological || (person.Registration is { } number && Psychologist().IsMatch(number.Trim())),
            "registration-missing",
            "Give the psychologist's HCPC registration number, for example PYL12345.");

    internal static PersonAsked Trimmed(PersonAsked person) =>
        person with { Name = person.Name.Trim(), Profession = person.Profession.Trim(), Registration = person.Registration?.Trim() };

    internal static Agency AgencyOf(Deciding d, PersonAsked person) => new()
    {
        Id = IdOf(d, person.Mail),
        Name = $"{person.Name}, {person.Profession}{(person.Registration is { } registered ? $" ({registered})" : "")}",
    };

    /// <summary>The id of a person; within a case one e-mail address always has one id. The id reveals nothing about the person, because
    /// ids of agencies appear in logs.</summary>
    private static AgencyId IdOf(Deciding d, string mail)
    {
        var asked = d.State.Requests.Where(r => r.Person is not null).ToList();
        if (asked.Find(r => string.Equals(r.Person!.Mail, mail, StringComparison.OrdinalIgnoreCase))?.Agency is { } known)
        {
            return known.Id;
        }

        var (council, number) = (d.State.Id.Council, asked.Select(r => r.Agency!.Id).Distinct().Count() + 1);
        var text = FormattableString.Invariant($"person:{council}/{d.State.Id.Value[(council.Value.Length + 1)..].ToLowerInvariant()}-{number}");
        return AgencyId.TryParse(text, out var id, out var problem) ? id : throw new InvalidOperationException(problem);
    }

    [GeneratedRegex("^PYL[0-9]{4,6}$", RegexOptions.IgnoreCase)]
    private static partial Regex Psychologist();
}
