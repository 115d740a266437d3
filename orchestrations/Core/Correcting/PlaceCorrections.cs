namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Checks a correction of the first day at a place of education.</summary>
internal static class PlaceCorrections
{
    /// <summary>The last day at the place, which the true first day cannot follow.</summary>
    internal static DatedFact NotAfter(AssessmentState s, CorrectRecord input) => new(Meant(s, input)?.To, "the last day at the place");

    /// <summary>Whether no other place of the same rank is on record from the true first day, because a case has only one.</summary>
    internal static bool IsFree(Deciding d, CorrectRecord input) => d.Require(
        input.On is not { } day || d.State.SchoolPlaces.All(one => one.From != day || one.Place.Rank != Meant(d.State, input)?.Place.Rank),
        "place-on-record",
        "Another place of the same rank is on record from that day. Correct or remove that record first.");

    // The record that the correction means. Two places can begin on one day, if one is the main place and the other a second place.
    private static AttendedPlace? Meant(AssessmentState s, CorrectRecord input)
    {
        var named = input.ToFact().Named(Enumerable.Range(0, s.SchoolPlaces.Count).Where(n => s.SchoolPlaces[n].From == input.WasOn));
        return named.Count == 1 ? s.SchoolPlaces[named.Single()] : null;
    }
}
