using System.Globalization;
using IntegrationHub.Functions.LocalOffer;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// A search in a Local Offer. The search is sent in the body of the request, because a web address that names a case must not also contain
/// a child's age and needs.
/// </summary>
/// <param name="Typed">The values typed into the search.</param>
/// <param name="Wrong">What is wrong with the age, or null if the age is valid.</param>
public sealed record OfferSearch(FormValues Typed, string? Wrong = null)
{
    private const int MaxAge = 25;

    /// <summary>The initial search, filled in with the child's present age.</summary>
    public static OfferSearch For(AssessmentState state, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new(FormValues.None.With("age", Age.On(state.Facts!.Child.DateOfBirth, today).ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The services that match; none if the age cannot be read.</summary>
    internal (OfferSearch Search, IReadOnlyList<OfferService> Found) In(KeptOffer? offer)
    {
        var words = Typed["words"].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int? age = null;
        if (Typed["age"].Trim() is { Length: > 0 } typed)
        {
            if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var years) || years > MaxAge)
            {
                return (this with { Wrong = $"Age must be a whole number of years, up to {MaxAge}" }, []);
            }

            age = years;
        }

        return (this, [.. (offer?.Services ?? []).Where(one => (age is not { } old || one.AcceptsAge(old)) && one.ContainsAll(words) && one.IsAt(Typed["place"].Trim()))]);
    }
}
