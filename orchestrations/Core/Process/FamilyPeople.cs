using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family members who receive notices, and their addresses.</summary>
public static class FamilyPeople
{
    /// <summary>The contact details of a family member, or null if the case no longer has this person.</summary>
    /// <param name="state">The case, which must have been opened.</param>
    /// <param name="person">The family member; null means the first contact.</param>
    public static FamilyContact? ContactOf(AssessmentState state, string? person) =>
        person is null ? state.Facts!.Family : state.People.FirstOrDefault(p => p.Id == person)?.ToContact();

    /// <summary>Whether somebody who speaks for the child is on record. If a plan was taken over, it is possible that nobody is on record
    /// yet.</summary>
    /// <param name="contact">The first contact.</param>
    public static bool IsKnown(FamilyContact contact) => !string.IsNullOrWhiteSpace(contact.Name);

    /// <summary>The name by which a family member is known as a reader of letters and pages; null means the first contact.</summary>
    public static string ReaderId(string? person) => $"family/{person}";

    /// <summary>Whether a family member holds or shares the rights on a day. While the parent holds the rights, the first contact and everybody
    /// with parental responsibility share them. Once the young person holds the rights, nobody else does; the first contact is the young person
    /// only if the young person made the request (CFA 2014 s83(2), reg 64).</summary>
    /// <param name="state">The case, which must have been opened.</param>
    /// <param name="person">The family member; null means the first contact.</param>
    /// <param name="on">The day for which the question is asked.</param>
    public static bool HoldsRights(AssessmentState state, string? person, DateOnly on)
    {
        if (person is not null)
        {
            return AlsoTold(state, on).Any(p => p.Id == person);
        }

        var holder = Age.HolderOfRights(state.Facts!.Child.DateOfBirth, on, state.Facts.Capacity?.LacksCapacity ?? false);
        return holder != RightsHolder.YoungPerson || state.Facts.Route == RequestRoute.YoungPerson;
    }

    /// <summary>Whether the hub has a way to send a notice to this person.</summary>
    internal static bool IsReached(AssessmentState state, string? person) =>
        ContactOf(state, person) is { AccessibleFormat: null } contact && contact is { ElectronicServiceAgreedOn: not null } or { PostalAddress.Count: > 0 };

    /// <summary>Whether two people of a family share an address.</summary>
    internal static bool ShareAnAddress(FamilyContact one, FamilyContact other) =>
        Same(one.Email, other.Email) || Same(one.Mobile, other.Mobile)
        || (one.PostalAddress is { Count: > 0 } lines && other.PostalAddress is { Count: > 0 } others && Same(string.Join(' ', lines), string.Join(' ', others)));

    private static bool Same(string? one, string? other) => !string.IsNullOrWhiteSpace(one) && string.Equals(Plain(one), Plain(other), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string? address) => string.Concat((address ?? "").Where(c => !char.IsWhiteSpace(c) && c != ','));

    /// <summary>
    /// The people, other than the first contact, who are notified of everything that the family is notified of. While the parent holds the
    /// rights, this means everybody with parental responsibility; later, the young person (CFA 2014 s83(2), reg 64).
    /// </summary>
    internal static IEnumerable<FamilyPerson> AlsoTold(AssessmentState state, DateOnly on)
    {
        if (state.People.Count == 0)
        {
            return [];
        }

        var holder = Age.HolderOfRights(state.Facts!.Child.DateOfBirth, on, state.Facts.Capacity?.LacksCapacity ?? false);
        return state.People.Where(p => holder == RightsHolder.YoungPerson ? p.Role == PersonRole.YoungPerson : p.ParentalResponsibility);
    }

    /// <summary>
    /// The case as seen by the person to whom one notice is sent. Time limits that run from a notice of this kind to the family are counted
    /// from that person's own notice.
    /// </summary>
    public static AssessmentState VisibleTo(AssessmentState state, Notice notice) => notice.Person is null && state.People.Count == 0
        ? state
        : state with
        {
            Notices =
            [
                .. state.Notices.Where(n => n.To != RecipientRole.Family || notice.To != RecipientRole.Family || n.Person == notice.Person || n.Kind != notice.Kind)
                    .Select(n => n.Id == notice.Id ? n with { Person = null } : n),
            ],
        };
}
