using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Institutions;

/// <summary>
/// Checks institutions that are consulted, named or put on a family's list, if a register of schools was imported. A number is refused if
/// it is not in the register or if the institution has closed, because a wrong digit would send a child's draft to another school. Without
/// a register, or while it cannot be read, nothing is refused.
/// </summary>
public sealed class RegisteredInstitutions(InstitutionRegister register) : IInputCheck
{
    /// <inheritdoc/>
    public async ValueTask<Refusal?> RefusalOfAsync(Delivery delivery, CancellationToken cancellationToken) => delivery.Input switch
    {
        ConsultInstitution i => await register.CurrentAsync(cancellationToken) is var current ? i.All().Select(one => Refused(current, one, i.On)).FirstOrDefault(refusal => refusal is not null) : null,

        // For a phase transfer, the first day at the school can be months away, and a school that will have closed by then must not be
        // named.
        NamePlacement { Institution: { } named } i => Refused(await register.CurrentAsync(cancellationToken), named, LondonDate.Of(delivery.ReceivedAt), i.From),
        ShareSchoolList i => await register.CurrentAsync(cancellationToken) is var current ? i.Schools.Select(one => Refused(current, one.Institution, LondonDate.Of(delivery.ReceivedAt))).FirstOrDefault(refusal => refusal is not null) : null,
        _ => null,
    };

    private static Refusal? Refused(LoadedRegister? register, Agency named, DateOnly on, DateOnly? firstDay = null)
    {
        if (register is null || named.Id.Scheme != Contracts.Identifiers.AgencyScheme.Urn)
        {
            return null;
        }

        if (register.Find(named.Id) is not { } known)
        {
            return new Refusal("institution-unknown", $"URN {named.Id.Code} is not in the register of schools that was imported on {Day(register.Source.TakenOn)}. Check the number.");
        }

        var successors = register.SuccessorsOf(known);
        var isOpen = !known.HasClosed(on);
        return !isOpen || (firstDay is { } first && known.HasClosed(first))
            ? new Refusal(
                "institution-closed",
                $"{known.Name} (URN {known.Urn}) {(isOpen ? "closes before the first day there," : "has closed")}{(known.ClosedOn is { } closed ? $" on {Day(closed)}" : "")}, according to the register of schools.{(successors.Count == 0 ? "" : $" The institution was succeeded by {string.Join("; ", successors.Select(one => $"{one.Name} (URN {one.Urn})"))}.")}")
            : null;
    }

    private static string Day(DateOnly day) => Words.Day(day, withYear: true);
}
